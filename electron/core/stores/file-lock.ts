import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../net/failure';

/** One writer of a place: the file names its process, and a process that is gone holds nothing. */
export interface FileLock {
  release(): Promise<void>;
}

/** A lock without a name in it is being written, or its writer died there; milliseconds. */
const WRITING_MS = 10_000;
/** Whoever takes an abandoned lock away needs far less than this; milliseconds. */
const BREAKING_MS = 30_000;

/** Takes the lock, or gives null while another living process has it, or may have it. */
export async function takeLock(file: string): Promise<FileLock | null> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const free = (await create(file)) || (!(await isLocked(file)) && (await replace(file)));
  return free ? { release: () => rm(file, { force: true }) } : null;
}

/** Does a living process, this one too, hold it? Every doubt is a yes. */
export async function isLocked(file: string): Promise<boolean> {
  const holder = await readFile(file, 'utf8').catch(() => null);
  if (holder === null) return false;
  const [pid, began = ''] = holder.trim().split(' ');
  if (!Number(pid)) return (await ageOf(file)) < WRITING_MS;
  try {
    process.kill(Number(pid), 0);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // A pid is given to another process later: where the system tells when one began, that must be the same too.
  const now = beginOf(Number(pid));
  return now === null || began === '' || now === began;
}

async function create(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid} ${beginOf(process.pid) ?? ''}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

/** Only who holds the second lock may take away an abandoned first one: two would take away each other's. */
async function replace(file: string): Promise<boolean> {
  const breaking = `${file}.breaking`;
  if ((await ageOf(breaking)) > BREAKING_MS) await rm(breaking, { force: true });
  if (!(await create(breaking))) return false;
  try {
    if (await isLocked(file)) return false;
    await rm(file, { force: true });
    return await create(file);
  } finally {
    await rm(breaking, { force: true });
  }
}

/** Milliseconds since a file was written; one that is not there is as young as can be. */
const ageOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );

/** Clock ticks from the system's start to the process's: field 22 of /proc/PID/stat, see proc(5). */
function beginOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

const TRIES = 100;
const PAUSE_MS = 50;
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while nobody else, in this process or another, holds the lock. Rejects with E_STORE_BUSY after
 * five seconds, E_STORE_WRITE where no lock can be made.
 */
export function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(file) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => alone(file, work));
  queues.set(file, mine);
  const done = () => {
    if (queues.get(file) === mine) queues.delete(file);
  };
  mine.then(done, done);
  return mine;
}

async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const lock = await takeLock(file).catch(() => {
      throw failure('E_STORE_WRITE', null, { file });
    });
    if (lock) return work().finally(() => lock.release());
    await sleep(PAUSE_MS);
  }
  throw failure('E_STORE_BUSY', null, { file });
}
