import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { cleanLine } from '@shared/clean';
import type { AppError } from '@shared/errors';
import type { LogCopy } from '@shared/failover/binlog';
import type { Salvage } from '@shared/failover/model';
import { failure } from '../net/failure';

/** What every binary log begins with. */
const MAGIC = Uint8Array.of(0xfe, 0x62, 0x69, 0x6e);
/** More than anybody types in again; a disk must not be filled at such an hour. */
const MOST_BYTES = 4 * 1024 ** 3;

/**
 * The transactions that would be lost, kept in the console's own folder as a binary log: `mysqlbinlog FILE | mysql` puts them
 * back. 0600 from the first byte on: these are rows of people. A transaction that turns out to be none is cut off again.
 */
export class SalvageFile {
  private readonly file: string;
  private handle: FileHandle | null = null;
  private waiting: { at: number; piece: Uint8Array }[] = [];
  private open = false;
  /** Bytes on disk or waiting, and where the last whole transaction ends. */
  private length = 0;
  private sound = 0;
  private error: AppError | null = null;

  constructor(dataDir: string, id: string, node: string) {
    this.file = path.join(dataDir, 'salvage', id, `${node.replaceAll(/[^\w.-]/g, '_')}.binlog`);
  }

  readonly copy: LogCopy = {
    begin: () => {
      this.open = true;
      if (this.length === 0) this.put(MAGIC);
    },
    bytes: (piece) => this.put(piece),
    end: (whole) => {
      this.open = false;
      if (whole) this.sound = this.length;
      else {
        this.length = this.sound;
        this.waiting = this.waiting.filter(({ at }) => at < this.sound);
      }
    },
  };

  private put(piece: Uint8Array): void {
    if (this.error || !this.open) return;
    this.waiting.push({ at: this.length, piece: piece.slice() });
    this.length += piece.length;
  }

  /** Writes what was given. Never rejects: what went wrong is told at the end. */
  async flush(): Promise<void> {
    const pieces = this.waiting;
    const [first] = pieces;
    this.waiting = [];
    if (this.error || !first) return;
    try {
      if (this.length > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);
      this.handle ??= await this.create();
      const bytes = Buffer.concat(pieces.map(({ piece }) => piece));
      await this.handle.write(bytes, 0, bytes.length, first.at);
    } catch (thrown) {
      this.error = this.failed(thrown);
    }
  }

  private async create(): Promise<FileHandle> {
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    return open(this.file, 'wx', 0o600);
  }

  /** Brings it to disk. `salvage` is null when there was nothing to keep, or when it could not be kept. */
  async close(): Promise<{ salvage: Salvage | null; error: AppError | null }> {
    await this.flush();
    const { handle } = this;
    this.handle = null;
    try {
      if (handle && this.error === null) {
        await handle.truncate(this.sound);
        await handle.sync();
      }
      await handle?.close();
    } catch (thrown) {
      this.error ??= this.failed(thrown);
    }
    const kept = handle !== null && this.error === null && this.sound > 0;
    if (handle && !kept) await rm(this.file, { force: true }).catch(() => undefined);
    return { salvage: kept ? { file: this.file, bytes: this.sound } : null, error: this.error };
  }

  private failed(thrown: unknown): AppError {
    const text = cleanLine(thrown instanceof Error ? thrown.message : String(thrown));
    return failure('E_STORE_WRITE', null, { file: this.file, text }).error;
  }
}
