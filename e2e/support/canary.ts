import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { commandLines } from './processes';

/** A secret that is nowhere else: where it turns up, it leaked. */
export const canary = (name: string): string => `canary-${name}-${randomBytes(12).toString('hex')}`;

/** Files below a folder that hold one of these texts. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')));
    });
}

/** Looks at every command line of the machine, the lab's hosts included, until it is told to stop. */
export function watchCommandLines(texts: readonly string[]): () => { looks: number; found: string[] } {
  const found = new Set<string>();
  let looks = 0;
  const look = () => {
    looks += 1;
    for (const line of commandLines()) if (texts.some((text) => line.includes(text))) found.add(line);
  };
  const timer = setInterval(look, 20);
  return () => {
    clearInterval(timer);
    return { looks, found: [...found] };
  };
}

/** Everything that the page's JavaScript can still reach, as one text. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}
