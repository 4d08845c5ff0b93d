import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sampleArgvs } from './argv-sampler';
import { registerToken } from './canary-registry';

/** A secret that is nowhere else: where it turns up, it leaked. */
export function canary(name: string): string {
  const token = `canary-${name}-${randomBytes(12).toString('hex')}`;
  registerToken(token);
  return token;
}

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
  const stop = sampleArgvs();
  return () => {
    const { samples, lines } = stop();
    return { looks: samples, found: [...lines].filter((line) => texts.some((text) => line.includes(text))) };
  };
}

/** Everything that the page's JavaScript can still reach, as one text. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  // What only waits to be collected is not what can be reached.
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}
