import { clean, cutAt } from '@shared/clean';
import { type AppError, toAppError } from '@shared/errors';
import { type Parsed, type Probe, type ProbeTarget, statementOf } from '@shared/kinds/kind';
import type { Evidence, EvidenceHead } from '@shared/snapshot';
import type { ProbeOutcome } from '@shared/watch/merge-answer';
import { runHttp } from '../http/run-http';
import type { Clock } from '../ports';
import { runSql } from '../sql/run-sql';
import type { SqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { shellLine } from '../ssh/quote';
import { runSsh } from '../ssh/run-ssh';

/** How a probe reaches what it asks. */
export interface Reach {
  lease: Lease;
  /** Opened at the first statement; throws a Failure when the estate names no account. */
  sql(): SqlSession;
  /** Port of the service on its own host, for HTTP probes. */
  port: number;
}
export interface ProbeRun {
  outcome: ProbeOutcome;
  raw: Evidence;
}

/** A service that takes longer than this to answer a poll is news in itself. */
const POLL_TIMEOUT_MS = 3_000;
/** A host that does is only slow: whether it is there at all, its sshd says by answering pings. */
const DEFAULT_TIMEOUT_MS = 10_000;
const timeoutOf = ({ every, via }: Probe) =>
  every === 'poll' && via !== 'ssh' ? POLL_TIMEOUT_MS : DEFAULT_TIMEOUT_MS;
/** Raw evidence that is kept; more is cut, and says so. */
const MAX_RAW = 64 * 1024;

interface Answered {
  parsed: Parsed;
  raw: string;
  truncated: boolean;
  at: number;
  durationMs: number;
  bytes: number;
  exit: number | null;
}

/** Runs one probe and never rejects: what stood in the way is part of the outcome, and so is its evidence. */
export async function runProbe(
  probe: Probe,
  target: ProbeTarget,
  reach: Reach,
  options: { background: boolean; signal: AbortSignal; clock: Clock },
): Promise<ProbeRun> {
  const started = options.clock.now();
  const clockStart = options.clock.monotonic();
  const service = target.service?.id ?? null;
  let answered: Answered | null = null;
  let error: AppError | null = null;
  try {
    answered = await ask(probe, target, reach, options);
  } catch (thrown) {
    error = { ...toAppError(thrown), host: target.host.id };
  }
  const head: EvidenceHead = {
    id: service === null ? probe.id : `${service}/${probe.id}`,
    via: probe.via,
    sent: clean(sentBy(probe, target, reach)),
    ...wayOf(probe, reach),
    at: answered?.at ?? started,
    durationMs: Math.round(answered?.durationMs ?? options.clock.monotonic() - clockStart),
    exit: answered?.exit ?? null,
    bytes: answered?.bytes ?? 0,
  };
  const raw = answered ? answered.raw : `${error?.code}: ${error?.message}`;
  return {
    outcome: { probe, service, evidence: head, parsed: answered?.parsed ?? null, error },
    raw: {
      ...head,
      raw: cutAt(raw, MAX_RAW),
      truncated: raw.length > MAX_RAW || (answered?.truncated ?? false),
    },
  };
}

async function ask(
  probe: Probe,
  target: ProbeTarget,
  reach: Reach,
  options: { background: boolean; signal: AbortSignal },
): Promise<Answered> {
  const common = {
    name: probe.id,
    timeoutMs: probe.timeoutMs ?? timeoutOf(probe),
    signal: options.signal,
    background: options.background,
  };
  switch (probe.via) {
    case 'ssh': {
      const output = await runSsh(reach.lease, probe.argv(target), {
        ...common,
        resident: probe.every === 'poll',
      });
      const raw = output.stderr === '' ? output.stdout : `${output.stdout}\n[stderr]\n${output.stderr}`;
      return { ...output, parsed: probe.parse(output, target), raw };
    }
    case 'sql': {
      const output = await runSql(reach.sql(), {
        ...common,
        statement: sentStatement(probe, target),
      });
      const raw = JSON.stringify(output.rows, null, 1);
      return { ...output, parsed: probe.parse(output.rows, target), raw, exit: null };
    }
    case 'http': {
      const path = probe.path(target);
      if (path === null) throw new Error(`${probe.id}: nothing to ask was not left out`);
      const where = { host: '127.0.0.1', port: reach.port, path };
      const output = await runHttp(reach.lease, { ...common, ...where });
      const raw = `HTTP ${output.status}\n${output.body}`;
      return { ...output, parsed: probe.parse(output, target), raw, exit: null };
    }
  }
}

function sentStatement(probe: Extract<Probe, { via: 'sql' }>, target: ProbeTarget): string {
  const statement = statementOf(probe, target);
  if (statement === null) throw new Error(`${probe.id}: nothing to ask was not left out`);
  return statement;
}

function sentBy(probe: Probe, target: ProbeTarget, reach: Reach): string {
  switch (probe.via) {
    case 'ssh':
      return shellLine(probe.argv(target));
    case 'sql':
      return sentStatement(probe, target);
    case 'http':
      return `GET http://127.0.0.1:${reach.port}${probe.path(target)}`;
  }
}

/** As whom, and along which way. A statement travels on from where SSH ends. */
function wayOf(probe: Probe, reach: Reach): { account: string; route: string } {
  const { user, route } = reach.lease;
  if (probe.via === 'http') return { account: user, route: `${route} → 127.0.0.1:${reach.port}` };
  if (probe.via === 'ssh') return { account: user, route };
  try {
    const session = reach.sql();
    return { account: session.user, route: session.route ?? route };
  } catch {
    return { account: '', route };
  }
}
