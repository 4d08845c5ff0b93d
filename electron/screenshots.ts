import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { ORIGIN } from './app-scheme';

const PLACES = ['topology', 'replication', 'plan', 'runs', 'journal'] as const;
/** Rates need two looks: the pictures begin when the second one is drawn. */
const SECOND_LOOK_MS = 6_000;
/** Long enough for a place to be drawn with its fonts. */
const SETTLE_MS = 1_500;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
  await pause(SECOND_LOOK_MS);
  const files: string[] = [];
  for (const [index, place] of PLACES.entries()) {
    await window.loadURL(`${ORIGIN}/#/${place}`);
    await pause(SETTLE_MS);
    const image = await window.webContents.capturePage();
    const file = path.join(folder, `${index + 1}-${place}.png`);
    await writeFile(file, image.toPNG());
    files.push(file);
  }
  return files;
}
