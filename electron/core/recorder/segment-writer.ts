import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { type Frame, printFrame } from '@shared/recording/frame';
import { seal } from './segment-files';

/** Writes one segment: lines are gathered, and go to disk in their order at each flush. */
export class SegmentWriter {
  readonly file: string;
  readonly started: number;
  /** Outputs that stand in this file already, by hash. */
  readonly hashes: Set<string>;
  /** Bytes of this file, those not yet on disk included. */
  bytes: number;
  private pending: string[] = [];
  private handle: FileHandle | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(file: string, started: number, bytes = 0, hashes: Iterable<string> = []) {
    this.file = file;
    this.started = started;
    this.bytes = bytes;
    this.hashes = new Set(hashes);
  }

  /** Bytes the frame takes. */
  add(frame: Frame): number {
    const line = printFrame(frame);
    const bytes = Buffer.byteLength(line);
    this.pending.push(line);
    this.bytes += bytes;
    return bytes;
  }

  /** Everything added so far is on its way to disk when this resolves: a killed process loses none of it. */
  flush(): Promise<void> {
    this.work = this.work.then(async () => {
      if (this.pending.length === 0) return;
      const text = this.pending.join('');
      this.pending = [];
      this.handle ??= await this.open();
      await this.handle.appendFile(text, 'utf8');
    });
    return this.work;
  }

  async close(): Promise<void> {
    await this.flush().finally(async () => {
      await this.handle?.sync().catch(() => undefined);
      await this.handle?.close();
      this.handle = null;
    });
  }

  /** Closes and compresses. Gives the bytes saved. */
  async seal(): Promise<number> {
    await this.close();
    return this.bytes - (await seal(this.file));
  }

  private async open(): Promise<FileHandle> {
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    return open(this.file, 'a', 0o600);
  }
}
