import path from 'node:path';
import type { Failure } from '@shared/errors';
import { planHash } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import type { LeaseFile } from '@shared/runbook/remote-record';
import { digest } from '../journal/digest';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import { type FileLock, takeLock } from '../stores/file-lock';
import type { Crew, Hands } from './api';
import { type LeaseSeen, lookAtLease, removeLease, writeLease } from './lease-file';
import { NOTICE_SECONDS } from './lease-lock';
import { type KeptLocks, takeLocks } from './lease-locks';
import { fileName, subjectFolder } from './remote-shell';

/**
 * The right to act on a subject, held by one console at a time: a lock on this desk, a lock on the database servers
 * that lives as long as our connection, and a file on the servers that outlives us. All are held, or none.
 */
export interface RunLease {
  /** Aborts when this console may no longer act; `reason` is a Failure E_LEASE_LOST. */
  readonly lost: AbortSignal;
  /** By target: the connection that holds the lock there now. */
  readonly connections: ReadonlyMap<string, string>;
  /** Gives everything back, as far as it can be reached. Never rejects. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  plan: RunPlan;
  runId: string;
  crew: Crew;
  /** user@workstation */
  who: string;
  clock: Clock;
  signal: AbortSignal;
  dataDir: string;
  /**
   * What a person typed to take a lease that nobody holds any more: its run, or who had it. A console that still holds
   * its lock is never overruled; the server lets go of one that vanished after a minute.
   */
  over?: string;
}

const RELEASE_MS = 5_000;

/**
 * Takes the lease. Rejects with Failure: E_LEASE_HELD (a console acts), E_LEASE_STALE (one did, and is gone), both with
 * params `by`, `since` and `name`, the run; E_RUN_OPEN (a run of this subject was never ended); and what reaching the
 * servers rejects with.
 */
export async function takeLease(options: LeaseOptions): Promise<RunLease> {
  const { plan, runId, crew, who, clock, signal, dataDir } = options;
  const folder = subjectFolder(plan.subject, digest);
  // One order for everybody: of several consoles that start at once, the first is not stopped by the others.
  const places = [...plan.keptOn].sort().map((target) => crew.hands(target));
  const taken: Taken = { desk: null, locks: null, files: [] };
  fileName(runId);
  try {
    taken.desk = await takeLock(path.join(dataDir, 'runs', 'locks', `${folder}.lock`));
    if (!taken.desk) throw failure('E_LEASE_HELD', null, { by: who, name: plan.subject });
    const first = await looks(places, folder, signal);
    // A console that takes up its own run again may be faster than the server that has to notice its end.
    const waitSeconds = first.some(({ seen }) => isOurs(seen, options)) ? NOTICE_SECONDS : 0;
    taken.locks = await takeLocks(places, { waitSeconds, clock, signal });
    if (!taken.locks.ok) throw heldFailure(taken.locks.hands, first, taken.locks.user);
    // Looked at again now that nobody else can be between looking and writing.
    const seen = await looks(places, folder, signal);
    for (const place of seen) allow(place, options);
    const file: LeaseFile = {
      version: 1,
      run: runId,
      plan: planHash(plan, digest),
      estate: plan.estate,
      subject: plan.subject,
      by: who,
      since: clock.now(),
    };
    for (const { hands, seen: before } of seen) {
      if (!(await writeLease(hands, folder, before.text, file, signal)))
        throw failure('E_LEASE_HELD', hands.host, { name: plan.subject });
      taken.files.push({ hands, file });
    }
    return leaseOf(taken, taken.locks.locks, folder);
  } catch (thrown) {
    await giveBack(taken, folder);
    throw thrown;
  }
}

interface Taken {
  desk: FileLock | null;
  locks: Awaited<ReturnType<typeof takeLocks>> | null;
  files: { hands: Hands; file: LeaseFile }[];
}
interface Looked {
  hands: Hands;
  seen: LeaseSeen;
}

const looks = (places: readonly Hands[], folder: string, signal: AbortSignal): Promise<Looked[]> =>
  Promise.all(places.map(async (hands) => ({ hands, seen: await lookAtLease(hands, folder, signal) })));

const isOurs = ({ file }: LeaseSeen, { runId, who }: LeaseOptions): boolean =>
  file?.run === runId && file.by === who;

/** @throws Failure when what lies on a server does not let this run have it. */
function allow({ hands, seen }: Looked, options: LeaseOptions): void {
  const other = seen.open.find((run) => run !== options.runId);
  if (other !== undefined) throw failure('E_RUN_OPEN', hands.host, { name: options.plan.subject, id: other });
  if (seen.text === null || isOurs(seen, options) || isNamed(seen, options.over)) return;
  throw failure('E_LEASE_STALE', hands.host, wordsOf(seen));
}

/** Was the lease's run, or who had it, typed. */
function isNamed({ file }: LeaseSeen, over: string | undefined): boolean {
  const typed = over?.trim().toLowerCase() ?? '';
  if (typed === '' || !file) return false;
  const by = file.by.toLowerCase();
  return [file.run.toLowerCase(), by, by.split('@')[0]].includes(typed);
}

const wordsOf = ({ file }: LeaseSeen) =>
  file ? { by: file.by, since: new Date(file.since).toISOString(), name: file.run } : {};

function heldFailure(hands: Hands, looked: readonly Looked[], user: string): Failure {
  const seen = looked.find((one) => one.hands === hands)?.seen;
  return failure('E_LEASE_HELD', hands.host, seen?.file ? wordsOf(seen) : { by: user });
}

function leaseOf(taken: Taken, locks: KeptLocks, folder: string): RunLease {
  let released: Promise<void> | null = null;
  return {
    lost: locks.lost,
    get connections() {
      return locks.connections;
    },
    release() {
      released ??= giveBack(taken, folder);
      return released;
    },
  };
}

/** Files first: while the locks are held nobody takes what is being removed for stale. */
async function giveBack({ desk, locks, files }: Taken, folder: string): Promise<void> {
  const signal = AbortSignal.timeout(RELEASE_MS);
  await Promise.allSettled(files.map(({ hands, file }) => removeLease(hands, folder, file, signal)));
  if (locks?.ok) await locks.locks.release(signal);
  await desk?.release();
}
