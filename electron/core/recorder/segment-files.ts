import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { Failure } from '@shared/errors';

/** One file of a recording: an hour at most, plain while it is written, compressed afterwards. */
export interface SegmentFile {
  file: string;
  /** When it was begun, epoch milliseconds; its name. */
  started: number;
  sealed: boolean;
  bytes: number;
}

const PLAIN = '.jsonl';
const SEALED = '.jsonl.gz';
/** Bytes of text that are read at most: more would be a bomb, not a recording. */
const MAX_TEXT = 400_000_000;
const compress = promisify(gzip);

/** Where the recording of an estate file lies: two files of the same estate do not mix. */
export function recordingDir(dataDir: string, estateFile: string): string {
  const key = createHash('sha256').update(path.resolve(estateFile)).digest('hex').slice(0, 16);
  return path.join(dataDir, 'recordings', key);
}

/** The name sorts as its time does, and every file system takes it. */
export const segmentFile = (dir: string, started: number): string =>
  path.join(dir, `${new Date(started).toISOString().replaceAll(':', '-')}${PLAIN}`);

/** Files of a recording, oldest first. A folder that is not there has none. */
export async function listSegments(dir: string): Promise<SegmentFile[]> {
  const names = await readdir(dir).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [];
    throw unreadable(dir, thrown);
  });
  const found = names.flatMap((name) => {
    const [, day, h, m, s] =
      /^(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.jsonl(?:\.gz)?$/.exec(name) ?? [];
    const started = Date.parse(`${day}${h}:${m}:${s}`);
    return Number.isNaN(started) ? [] : [{ name, started, sealed: name.endsWith(SEALED) }];
  });
  // A crash between sealing and removing leaves both: the sealed one is whole.
  const sealed = new Set(found.filter((one) => one.sealed).map((one) => one.started));
  const chosen = found.filter((one) => one.sealed || !sealed.has(one.started));
  const files = await Promise.all(
    chosen.map(async ({ name, ...rest }) => {
      const file = path.join(dir, name);
      const bytes = await stat(file).then(
        ({ size }) => size,
        () => 0,
      );
      return { file, bytes, ...rest };
    }),
  );
  return files.toSorted((a, b) => a.started - b.started);
}

/** Compresses a finished segment and removes the plain one. Gives the bytes it has now. */
export async function seal(plain: string): Promise<number> {
  const bytes = await compress(await readFile(plain), { level: 6 });
  const sealed = `${plain}.gz`;
  await writeFile(`${sealed}.tmp`, bytes, { mode: 0o600, flush: true });
  await rename(`${sealed}.tmp`, sealed);
  await rm(plain, { force: true });
  return bytes.length;
}

/** Cuts a line that a crash left half-written, so that the file can be written on. Gives what is left of it. */
export async function cutTornLine(plain: string): Promise<string> {
  const bytes = await readFile(plain);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) {
    const handle = await open(plain, 'r+');
    await handle.truncate(end).finally(() => handle.close());
  }
  return bytes.toString('utf8', 0, end);
}

/**
 * The text of a recording file, compressed or not, as far as it can be read: of a damaged or cut one what comes
 * before the damage. @throws Failure E_RECORDING_FILE
 */
export async function readRecordingText(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((thrown: unknown) => {
    throw unreadable(file, thrown);
  });
  const magic = Buffer.alloc(2);
  try {
    if (!(await handle.stat()).isFile()) throw unreadable(file, new Error('not a file'));
    await handle.read(magic, 0, 2, 0);
  } finally {
    await handle.close();
  }
  const source = createReadStream(file);
  const text = magic.equals(Buffer.from([0x1f, 0x8b])) ? source.pipe(createGunzip()) : source;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of text) {
      bytes += (chunk as Buffer).length;
      if (bytes > MAX_TEXT) break;
      chunks.push(chunk as Buffer);
    }
  } catch {
    // What was unpacked before the damage is what there is; the reader says where it stops.
  } finally {
    source.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}

export const unreadable = (file: string, thrown: unknown): Failure => {
  const text = (thrown as NodeJS.ErrnoException).code ?? (thrown as Error).message;
  return new Failure({
    code: 'E_RECORDING_FILE',
    stage: 'store',
    message: `${file} cannot be read as a recording: ${text}.`,
    remedy: 'Check the name and the rights of the file.',
    retryable: false,
    params: { file, text },
  });
};
