import type { Host, Service } from '@shared/estate/schema';
import { HOST_KIND, kindOf } from '@shared/kinds';
import { textOf } from '@shared/kinds/fact-of';
import { type Kind, type Probe, type ProbeTarget, statementOf, type Version } from '@shared/kinds/kind';
import { isWithin, versionOf } from '@shared/kinds/version';
import type { HostAnswer } from '@shared/snapshot';
import { isDue, mayBeEarly } from '@shared/watch/schedule';
import type { Clock } from '../ports';
import type { SqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { type ProbeRun, runProbe } from './run-probe';

export interface AskContext {
  host: Host;
  /** Services of the estate that run on this host. */
  services: readonly Service[];
  /**
   * Polled statements and the slower ones have connections of their own: a status statement that hangs on a
   * full disk must not blind the rest. Throws a Failure when the estate names no account.
   */
  sqlSession(service: Service, purpose: 'poll' | 'slow'): SqlSession;
  clock: Clock;
  periodMs: number;
}
export interface AskOptions {
  /** Polling never asks a person. */
  background: boolean;
  /** Every probe, whatever its cadence. */
  everything: boolean;
  signal: AbortSignal;
}

interface Due {
  probe: Probe;
  service: Service | null;
  kind: Kind;
}

/** Runs the probes that are due on one host; `done` is told of each as it ends. Never rejects for a failed probe. */
export async function askDue(
  context: AskContext,
  lease: Lease,
  before: HostAnswer | null,
  options: AskOptions,
  done: (run: ProbeRun) => void,
): Promise<void> {
  const now = context.clock.now();
  const lastRun = new Map(before?.evidence.map((head) => [head.id, head.at]));
  const targetOf = (service: Service | null) => ({ host: context.host, ...(service ? { service } : {}) });
  const isNow = ({ probe, service }: Due) => {
    if (!hasSomethingToAsk(probe, targetOf(service))) return false;
    const id = service ? `${service.id}/${probe.id}` : probe.id;
    return options.everything || isDue(probe.every, lastRun.get(id) ?? null, now, context.periodMs);
  };
  const run = async ({ probe, service, kind }: Due): Promise<ProbeRun> => {
    const sql = () => {
      if (!service) throw new Error(`${probe.id}: a statement needs a service`);
      return context.sqlSession(service, purposeOf(probe));
    };
    const reach = { lease, port: service?.port ?? kind.port ?? 0, sql };
    const finished = await runProbe(probe, targetOf(service), reach, { ...options, clock: context.clock });
    done(finished);
    return finished;
  };
  const own = HOST_KIND.probes.map((probe): Due => ({ probe, service: null, kind: HOST_KIND }));
  const askHost = async (due: Due) => {
    const { parsed } = (await run(due)).outcome;
    if (due.probe.every !== 'poll' || !parsed || !before) return;
    const isEarly = ({ probe }: Due) => {
      const last = before.evidence.find(({ id }) => id === probe.id);
      return (probe.early?.(parsed.facts, before.facts) ?? false) && mayBeEarly(last, now);
    };
    await Promise.all(own.filter((one) => !isNow(one) && isEarly(one)).map(run));
  };
  await Promise.all([
    ...own.filter(isNow).map(askHost),
    ...context.services.map((service) => askService(service, before, isNow, run)),
  ]);
}

const purposeOf = (probe: Probe): 'poll' | 'slow' => (probe.every === 'poll' ? 'poll' : 'slow');

async function askService(
  service: Service,
  before: HostAnswer | null,
  isNow: (due: Due) => boolean,
  run: (due: Due) => Promise<ProbeRun>,
): Promise<void> {
  const kind = kindOf(service.kind);
  if (!kind) return;
  const due = kind.probes.map((probe): Due => ({ probe, service, kind })).filter(isNow);
  const statements = due.filter(({ probe }) => probe.via === 'sql');
  const others = due.filter(({ probe }) => probe.via !== 'sql');
  const known = before?.services[service.id]?.facts ?? {};
  const spoken = { dialect: textOf(known[DIALECT]), version: versionOf(textOf(known[VERSION])) };
  await Promise.all([...others.map(run), askStatements(statements, spoken, run)]);
}

/**
 * A server's statements, one after the other: what knows no dialect first, because it says which one the
 * server speaks. After a statement that brought no answer the others on its connection are left out: a server
 * that hangs would make every one of them wait, and what it does not say is old, not wrong.
 */
async function askStatements(
  due: readonly Due[],
  known: Spoken,
  run: (due: Due) => Promise<ProbeRun>,
): Promise<void> {
  let spoken = known;
  const silent = new Set<'poll' | 'slow'>();
  const inOrder = [...due].sort(
    (a, b) => Number(dialectOf(a.probe) !== null) - Number(dialectOf(b.probe) !== null),
  );
  for (const one of inOrder) {
    if (silent.has(purposeOf(one.probe)) || !isSpoken(one.probe, spoken)) continue;
    const { outcome } = await run(one);
    const { [DIALECT]: dialect, [VERSION]: version } = outcome.parsed?.facts ?? {};
    if (typeof dialect === 'string')
      spoken = { dialect, version: versionOf(typeof version === 'string' ? version : null) };
    // A statement that was refused says nothing about the next one; a connection that was, does.
    if (outcome.error && outcome.error.stage !== 'query') silent.add('poll').add('slow');
    else if (outcome.error?.retryable) silent.add(purposeOf(one.probe));
  }
}

/** Facts by which a database server says which dialect of which version it speaks. */
const DIALECT = 'mysql.dialect';
const VERSION = 'mysql.version';
interface Spoken {
  dialect: string | null;
  version: Version | null;
}

const dialectOf = (probe: Probe) => (probe.via === 'sql' ? (probe.dialect ?? null) : null);

/** Does the server understand this statement? One whose version is not known is only asked what all understand. */
function isSpoken(probe: Probe, spoken: Spoken): boolean {
  if (probe.via !== 'sql') return true;
  if (probe.dialect !== undefined && probe.dialect !== spoken.dialect) return false;
  return isWithin(spoken.version, probe.from, probe.below);
}

function hasSomethingToAsk(probe: Probe, target: ProbeTarget): boolean {
  switch (probe.via) {
    case 'ssh':
      return true;
    case 'http':
      return probe.path(target) !== null;
    case 'sql':
      return statementOf(probe, target) !== null;
  }
}
