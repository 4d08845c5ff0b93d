import { type AppError, toAppError } from '@shared/errors';
import type { Host, Service } from '@shared/estate/schema';
import { HOST_KIND, kindOf } from '@shared/kinds';
import type { Kind, Probe } from '@shared/kinds/kind';
import type { Evidence, Fact, HostAnswer } from '@shared/snapshot';
import { mergeAnswer } from '@shared/watch/merge-answer';
import type { LookResult } from '@shared/watch/next-reading';
import { isDue } from '@shared/watch/schedule';
import type { Clock } from '../ports';
import type { SqlSession } from '../sql/sql-session';
import type { Lease, Sessions } from '../ssh/lease';
import { type ProbeRun, type Reach, runProbe } from './run-probe';

export interface LookContext {
  host: Host;
  /** Services of the estate that run on this host. */
  services: readonly Service[];
  sessions: Sessions;
  /**
   * Polled statements and the slower ones have connections of their own: a status statement that hangs on a
   * full disk must not blind the rest. Throws a Failure when the estate names no account.
   */
  sqlSession(service: Service, purpose: 'poll' | 'slow'): SqlSession;
  clock: Clock;
  periodMs: number;
}
export interface LookOptions {
  /** Polling never asks a person. */
  background: boolean;
  /** Every probe, whatever its cadence. */
  everything: boolean;
  signal: AbortSignal;
}
export interface HostLook {
  result: LookResult;
  evidence: Evidence[];
}

interface Due {
  probe: Probe;
  service: Service | null;
  kind: Kind;
}

/** One look at one host: a lease, the probes that are due, and what they say on top of the answer before. */
export async function lookAtHost(
  context: LookContext,
  before: HostAnswer | null,
  options: LookOptions,
): Promise<HostLook> {
  const { clock, host } = context;
  const start = clock.monotonic();
  let lease: Lease;
  try {
    const { background, signal } = options;
    lease = await context.sessions.acquire(host.id, { account: 'read', background, signal });
  } catch (thrown) {
    const error = { ...toAppError(thrown), host: host.id };
    return { result: { ok: false, error, at: clock.now() }, evidence: [] };
  }
  try {
    const runs = await runDue(context, lease, before, options);
    const at = clock.now();
    const gone = fatalOf(runs);
    const evidence = runs.map((run) => run.raw);
    if (gone) return { result: { ok: false, error: gone, at }, evidence };
    const look = {
      at,
      durationMs: Math.round(clock.monotonic() - start),
      hostKey: { ...lease.hostKey },
      outcomes: runs.map((run) => run.outcome),
    };
    const ids = context.services.map((service) => service.id);
    return { result: { ok: true, answer: mergeAnswer(before, look, ids) }, evidence };
  } finally {
    lease.release();
  }
}

/** The host itself did not answer: then nothing that was or was not read says anything about its services. */
function fatalOf(runs: readonly ProbeRun[]): AppError | null {
  const own = runs.filter((run) => run.outcome.service === null && run.outcome.probe.every === 'poll');
  return own.find((run) => run.outcome.error)?.outcome.error ?? null;
}

async function runDue(
  context: LookContext,
  lease: Lease,
  before: HostAnswer | null,
  options: LookOptions,
): Promise<ProbeRun[]> {
  const now = context.clock.now();
  const targetOf = (service: Service | null) => ({ host: context.host, ...(service ? { service } : {}) });
  const lastRun = new Map(before?.evidence.map((head) => [head.id, head.at]));
  const isNow = ({ probe, service }: Due) => {
    if (probe.via === 'http' && probe.path(targetOf(service)) === null) return false;
    const id = service ? `${service.id}/${probe.id}` : probe.id;
    return options.everything || isDue(probe.every, lastRun.get(id) ?? null, now, context.periodMs);
  };
  const run = ({ probe, service, kind }: Due) => {
    const reach: Reach = {
      lease,
      port: service?.port ?? kind.port ?? 0,
      sql: () => {
        if (!service) throw new Error(`${probe.id}: a statement needs a service`);
        return context.sqlSession(service, probe.every === 'poll' ? 'poll' : 'slow');
      },
    };
    return runProbe(probe, targetOf(service), reach, { ...options, clock: context.clock });
  };
  const hostProbes = HOST_KIND.probes.map((probe) => ({ probe, service: null, kind: HOST_KIND }));
  const ofServices = context.services.map((service) => runService(service, before, isNow, run));
  return (await Promise.all([Promise.all(hostProbes.filter(isNow).map(run)), ...ofServices])).flat();
}

/** A service's probes: what knows no dialect first, because it says which dialect the server speaks. */
async function runService(
  service: Service,
  before: HostAnswer | null,
  isNow: (due: Due) => boolean,
  run: (due: Due) => Promise<ProbeRun>,
): Promise<ProbeRun[]> {
  const kind = kindOf(service.kind);
  if (!kind) return [];
  const due = kind.probes.map((probe) => ({ probe, service, kind })).filter(isNow);
  const plain = await Promise.all(due.filter(({ probe }) => dialectOf(probe) === null).map(run));
  const speaks = dialectSaidBy(plain) ?? before?.services[service.id]?.facts[DIALECT];
  const special = due.filter(({ probe }) => dialectOf(probe) !== null && dialectOf(probe) === speaks?.value);
  return [...plain, ...(await Promise.all(special.map(run)))];
}

/** Fact by which a database server says which dialect of replication statements it speaks. */
const DIALECT = 'mysql.dialect';
const dialectOf = (probe: Probe) => (probe.via === 'sql' ? (probe.dialect ?? null) : null);

function dialectSaidBy(runs: readonly ProbeRun[]): Pick<Fact, 'value'> | null {
  for (const { outcome } of runs) {
    const value = outcome.parsed?.facts[DIALECT];
    if (typeof value === 'string') return { value };
  }
  return null;
}
