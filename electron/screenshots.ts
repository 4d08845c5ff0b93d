import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { ORIGIN } from './app-scheme';

const PLACES = ['topology', 'replication', 'plan', 'runs', 'journal'] as const;
/** Long enough for the newest reading to be drawn; a picture has nothing to wait for but paint. */
const SETTLE_MS = 1_500;

/**
 * Walks the places and leaves `<n>-<place>.png` of each in `folder`. `ready` resolves when every host was
 * asked once, so that the pictures show answers and not the asking.
 */
export async function takeScreenshots(
  window: BrowserWindow,
  folder: string,
  ready: Promise<void>,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  await ready;
  const files: string[] = [];
  for (const [index, place] of PLACES.entries()) {
    await window.loadURL(`${ORIGIN}/#/${place}`);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const image = await window.webContents.capturePage();
    const file = path.join(folder, `${index + 1}-${place}.png`);
    await writeFile(file, image.toPNG());
    files.push(file);
  }
  return files;
}
