import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { type ChainHead, readLine, seal } from '@shared/journal/chain';
import type { JournalEvent } from '@shared/journal/entry';
import type { Timed } from '@shared/journal/fold';
import { textIdsOf } from '@shared/journal/search';
import { takeLock } from '../stores/file-lock';
import { digest } from './digest';
import { dayFileOf, dayFiles, headFile, type LaneHead, linesOf, lockFileOf } from './lane-files';
import { recoverLane } from './recover';

/** Makes what was written stay after a power cut. A test gives its own to see when it is called. */
export type Sync = (handle: FileHandle) => Promise<void>;

export interface LaneOptions {
  who: string;
  sync: Sync;
  /** The text behind an id, for the records that write it down. */
  textOf(id: string): string;
}

/** Longer than any head: one written over another leaves nothing of it. */
const HEAD_BYTES = 512;
/** Far more than processes that write at once. */
const MAX_LANES = 1_000;
const DAY_MS = 86_400_000;

/**
 * Takes the first lane that no other process writes, mends its end and goes on with its chain. A doubt about a
 * lock costs a lane and never a chain.
 */
export async function openLane(journal: string, options: LaneOptions): Promise<Lane> {
  for (let number = 1; number <= MAX_LANES; number += 1) {
    const folder = path.join(journal, `${number}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await takeLock(lockFileOf(folder));
    if (!lock) continue;
    try {
      const { head, file, gaps } = await recoverLane(folder);
      return new Lane(folder, options, lock, head, file, gaps);
    } catch (thrown) {
      await lock.release();
      throw thrown;
    }
  }
  throw new Error('every lane of the journal is taken');
}

/** One chain and its only writer. Calls must follow each other: whoever holds it waits for one before the next. */
export class Lane {
  private head: ChainHead;
  private file: { name: string; bytes: number } | null;
  private handle: FileHandle | null = null;
  private headHandle: FileHandle | null = null;
  /** Texts that this writer put into the current file. */
  private texts = new Set<string>();
  private gaps: JournalEvent[];
  private readonly folder: string;
  private readonly options: LaneOptions;
  private readonly lock: { release(): Promise<void> };

  constructor(
    folder: string,
    options: LaneOptions,
    lock: { release(): Promise<void> },
    head: ChainHead,
    file: { name: string; bytes: number } | null,
    gaps: JournalEvent[],
  ) {
    this.folder = folder;
    this.options = options;
    this.lock = lock;
    this.head = head;
    this.file = file;
    this.gaps = gaps;
  }

  /**
   * Appends events and makes them stay; resolves with how many records that were. All or nothing: when it
   * rejects, the file is as it was before.
   */
  async append(events: readonly Timed[], now: number): Promise<number> {
    const { name, bytes } = await this.fileFor(now);
    const handle = this.handle;
    if (!handle) throw new Error('a lane without a file');
    let head = this.head;
    let text = '';
    const texts = new Set(this.texts);
    const put = (timed: Timed) => {
      const sealed = seal(head, { at: timed.at, who: this.options.who, what: timed.what }, digest);
      head = sealed.head;
      text += `${sealed.line}\n`;
    };
    for (const what of this.gaps) put({ at: now, what });
    for (const timed of events) {
      for (const id of textIdsOf(timed.what)) {
        if (texts.has(id)) continue;
        texts.add(id);
        put({ at: timed.at, what: { kind: 'text', id, text: this.options.textOf(id) } });
      }
      put(timed);
    }
    const buffer = Buffer.from(text, 'utf8');
    try {
      await handle.appendFile(buffer);
      await this.options.sync(handle);
    } catch (thrown) {
      // Half a record must not stay in the way of the next; giving space back works on a full disk too.
      await handle.truncate(bytes).catch(() => undefined);
      throw thrown;
    }
    const records = head.seq - this.head.seq;
    this.head = head;
    this.file = { name, bytes: bytes + buffer.length };
    this.texts = texts;
    this.gaps = [];
    await this.writeHead(false);
    return records;
  }

  /** Removes whole files older than `days`, after a record that carries the hash they end with. */
  async removeOld(days: number, now: number): Promise<void> {
    const oldest = dayFileOf(now - days * DAY_MS);
    const files = (await dayFiles(this.folder)).filter((name) => name < oldest && name !== this.file?.name);
    const newest = files.at(-1);
    if (newest === undefined) return;
    let last = '';
    for await (const line of linesOf(path.join(this.folder, newest))) last = line.text;
    const end = readLine(last, digest);
    // An end that cannot be read is evidence of something: it stays.
    if (typeof end === 'string') return;
    const what: JournalEvent = { kind: 'anchor', files, lastSeq: end.seq, lastHash: end.hash };
    await this.append([{ at: now, what }], now);
    for (const name of files) await rm(path.join(this.folder, name), { force: true });
  }

  /** `clean` only after the last record was written. */
  async close(clean: boolean): Promise<void> {
    if (clean) await this.writeHead(true);
    await this.handle?.close();
    await this.headHandle?.close();
    await this.lock.release();
  }

  /** The file of the day, opened. A clock that goes back never leads back to an earlier file. */
  private async fileFor(now: number): Promise<{ name: string; bytes: number }> {
    const today = dayFileOf(now);
    const name = this.file && this.file.name > today ? this.file.name : today;
    if (this.file?.name === name && this.handle) return this.file;
    await this.handle?.close();
    this.handle = null;
    this.handle = await open(path.join(this.folder, name), 'a', 0o600);
    const file = this.file?.name === name ? this.file : { name, bytes: 0 };
    // A new file's name must stay after a power cut, too.
    if (file.bytes === 0) await syncFolder(this.folder);
    this.file = file;
    this.texts = new Set();
    return file;
  }

  /**
   * One small write in place. It may be lost in a power cut, and is then only older than the file: the records
   * after it are read again at the next start.
   */
  private async writeHead(clean: boolean): Promise<void> {
    if (!this.file) return;
    const head: LaneHead = { ...this.head, file: this.file.name, bytes: this.file.bytes, clean };
    try {
      const file = headFile(this.folder);
      this.headHandle ??= await open(file, 'r+').catch(() => open(file, 'w', 0o600));
      await this.headHandle.write(`${JSON.stringify(head).padEnd(HEAD_BYTES)}\n`, 0);
    } catch {
      // A full disk: the file itself is the record.
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  // Windows has no such thing, and does not need it.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
