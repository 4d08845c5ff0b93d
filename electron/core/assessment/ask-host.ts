import { type GatheredReading, reasonOf } from '@shared/assessment/gathered';
import { type AssessmentProbe, isUnread, type Read } from '@shared/assessment/model';
import { isOfKind } from '@shared/assessment/subjects';
import { clean, cutAt } from '@shared/clean';
import { type AppError, toAppError } from '@shared/errors';
import type { Estate, Host, Service } from '@shared/estate/schema';
import { textOf } from '@shared/kinds/fact-of';
import type { Probe, Row } from '@shared/kinds/kind';
import { isWithin, versionOf } from '@shared/kinds/version';
import type { Evidence, HostAnswer } from '@shared/snapshot';
import type { Clock } from '../ports';
import type { SqlSession } from '../sql/sql-session';
import type { Lease, Sessions } from '../ssh/lease';
import { runProbe } from '../watch/run-probe';

export interface AskHostContext {
  estate: Estate;
  host: Host;
  /** What the host said at the look that went before; its servers' dialects and versions are in it. */
  answer: HostAnswer;
  probes: readonly AssessmentProbe[];
  sessions: Sessions;
  /** A connection of the assessment's own, as the watching account. @throws Failure E_SQL_NO_ACCOUNT */
  openSql(service: Service): SqlSession;
  clock: Clock;
  signal: AbortSignal;
  /** Told of each reading as it comes: what was read stays when the rest is given up. */
  done(reading: GatheredReading, evidence: (Evidence & { host: string }) | null): void;
}

const TIMEOUT_MS = 30_000;
/** Raw output that is kept of one probe; the rows are kept whole. */
export const MAX_RAW = 16 * 1024;
/** Rows that are kept of one reading: what comes beyond is not decided from. */
const MAX_ROWS = 5_000;

/**
 * Asks one host everything that the tables of the assessment ask of it and its services. Commands follow each other, and
 * so do the statements of each server; the two go on side by side. Never rejects for what a probe met.
 */
export async function askHost(context: AskHostContext): Promise<void> {
  const { estate, host, probes, sessions, signal } = context;
  const services = estate.services.filter((service) => service.hosts?.includes(host.id));
  const of = (via: Probe['via'], service: Service | null) =>
    probes.filter(
      (probe) =>
        probe.via === via && (service === null ? probe.kind === 'host' : isOfKind(service, probe.kind)),
    );
  const lanes: Lane[] = services.map((service) => ({
    service,
    probes: of('sql', service).filter(speaks(context, service)),
  }));
  const commands: Lane[] = [null, ...services].map((service) => ({ service, probes: of('ssh', service) }));
  let lease: Lease;
  try {
    lease = await sessions.acquire(host.id, { account: 'read', background: false, signal });
  } catch (thrown) {
    const error = toAppError(thrown);
    for (const lane of [...commands, ...lanes]) refuse(context, lane, lane.probes, error);
    return;
  }
  try {
    const run = (lane: Lane) => askLane(context, lease, lane);
    await Promise.all([
      ...lanes.map(run),
      commands.reduce((before, lane) => before.then(() => run(lane)), Promise.resolve()),
    ]);
  } finally {
    lease.release();
  }
}

/** What is asked of one service, or of the host itself, one after the other. */
interface Lane {
  service: Service | null;
  probes: readonly AssessmentProbe[];
}

/** Is this statement one that the server understands? Of one that never spoke, nothing is known and nothing asked. */
function speaks({ answer }: AskHostContext, service: Service) {
  const facts = answer.services[service.id]?.facts ?? {};
  const dialect = textOf(facts['mysql.dialect']);
  const version = versionOf(textOf(facts['mysql.version']));
  return (probe: AssessmentProbe): boolean =>
    probe.via !== 'sql' ||
    (dialect !== null &&
      (probe.dialect === undefined || probe.dialect === dialect) &&
      isWithin(version, probe.from, probe.below));
}

async function askLane(context: AskHostContext, lease: Lease, lane: Lane): Promise<void> {
  const { service, probes } = lane;
  const { signal, clock } = context;
  let session: SqlSession | null = null;
  const sql = (): SqlSession => {
    if (!service) throw new Error('a statement needs a service');
    session ??= context.openSql(service);
    return session;
  };
  try {
    for (const [index, probe] of probes.entries()) {
      if (signal.aborted) return;
      let read: Read | null = null;
      const target = { host: context.host, ...(service ? { service } : {}) };
      const asked = asProbe(probe, (found) => {
        read = found;
      });
      const reach = { lease, port: service?.port ?? 0, sql };
      const { outcome, raw } = await runProbe(asked, target, reach, { background: false, signal, clock });
      // given up on the way: that says nothing of the server
      if (outcome.error && signal.aborted) return;
      const evidence = { ...raw, host: context.host.id, raw: cutAt(raw.raw, MAX_RAW) };
      evidence.truncated = raw.truncated || raw.raw.length > MAX_RAW;
      const result = outcome.error ?? read;
      context.done(readingOf(context, lane, probe, result, raw.at, raw.id), evidence);
      // A connection that could not be made cannot be made for the next one either; a statement refused is one of many.
      if (
        probe.via === 'sql' &&
        outcome.error &&
        (outcome.error.stage !== 'query' || outcome.error.code === 'E_SQL_HUNG')
      ) {
        refuse(context, lane, probes.slice(index + 1), outcome.error);
        return;
      }
    }
  } finally {
    await (session as SqlSession | null)?.close();
  }
}

/** A probe of the assessment as one that `runProbe` runs; `caught` is given what its parser makes of the answer. */
function asProbe(probe: AssessmentProbe, caught: (read: Read) => void): Probe {
  const base = { id: probe.id, every: 'rare' as const, fills: [], timeoutMs: probe.timeoutMs ?? TIMEOUT_MS };
  if (probe.via === 'sql') {
    const { statement } = probe;
    return {
      ...base,
      via: 'sql',
      statement,
      parse: (rows, at) => {
        caught(probe.parse(rows, at));
        return { facts: {} };
      },
    };
  }
  return {
    ...base,
    via: 'ssh',
    argv: probe.argv,
    parse: (out, at) => {
      caught(out.truncated ? { unread: 'cut' } : probe.parse(out, at));
      return { facts: {} };
    },
  };
}

function readingOf(
  { host }: AskHostContext,
  { service }: Lane,
  probe: AssessmentProbe,
  result: AppError | Read | null,
  at: number,
  evidence: string | null,
): GatheredReading {
  const base = { host: host.id, service: service?.id ?? null, name: probe.gives, at, evidence };
  const unknown = (reason: GatheredReading['reason']): GatheredReading => ({ ...base, rows: null, reason });
  if (result === null) return unknown({ code: 'not-understood', params: {}, more: null });
  if ('code' in result) return unknown(reasonOf(result, probe.more));
  if (isUnread(result)) {
    const helps = result.unread === 'grant' || result.unread === 'root' ? (probe.more ?? null) : null;
    return unknown({ code: result.unread, params: { ...result.params }, more: result.more ?? helps });
  }
  if (result.length > MAX_ROWS)
    return unknown({ code: 'cut', params: { limit: String(MAX_ROWS) }, more: null });
  return { ...base, rows: result.map(cleaned), reason: null };
}

/** Rows are made from output that was cleaned when it came; a parser may still have put pieces together. */
const cleaned = (row: Row): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value === null ? null : clean(value)]),
  );

function refuse(
  context: AskHostContext,
  lane: Lane,
  probes: readonly AssessmentProbe[],
  error: AppError,
): void {
  for (const probe of probes)
    context.done(readingOf(context, lane, probe, error, context.clock.now(), null), null);
}
