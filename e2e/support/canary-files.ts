import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { finderOf } from './canary-forms';

export interface Hit {
  file: string;
  tokens: string[];
}
export interface Scanned {
  files: number;
  bytes: number;
  /** What could not be read. It counts as not clean: nobody knows what is in it. */
  unreadable: string[];
  hits: Hit[];
}

const CHUNK = 4 << 20;

/** Looks into every file below a folder that was written since `since` (epoch ms); names of files count too. */
export function scanFolder(
  root: string,
  find: ReturnType<typeof finderOf>,
  options: { since: number; skip: ReadonlySet<string> },
): Scanned {
  const scanned: Scanned = { files: 0, bytes: 0, unreadable: [], hits: [] };
  const buffer = Buffer.alloc(CHUNK + find.longest);

  const look = (file: string) => {
    const tokens = new Set(find(Buffer.from(file)));
    const fd = openSync(file, 'r');
    try {
      let kept = 0;
      for (;;) {
        const read = readSync(fd, buffer, kept, CHUNK, null);
        if (read === 0) break;
        scanned.bytes += read;
        const there = buffer.subarray(0, kept + read);
        for (const token of find(there)) tokens.add(token);
        // A text may lie across two chunks.
        kept = Math.min(find.longest - 1, there.length);
        there.copyWithin(0, there.length - kept);
      }
    } finally {
      closeSync(fd);
    }
    scanned.files += 1;
    if (tokens.size > 0) scanned.hits.push({ file, tokens: [...tokens] });
  };

  const visit = (path: string) => {
    if (options.skip.has(path)) return;
    try {
      const stat = lstatSync(path);
      if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
      else if (stat.isFile() && Math.max(stat.mtimeMs, stat.ctimeMs) >= options.since) look(path);
    } catch (error) {
      // Gone while we looked: others work on this machine, too.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') scanned.unreadable.push(path);
    }
  };
  visit(root);
  return scanned;
}
