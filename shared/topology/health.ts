import type { AppError } from '../errors';
import type { Service } from '../estate/schema';
import { kindOf } from '../kinds';
import { factOf, listOf, truthOf } from '../kinds/fact-of';
import { isLoopback } from '../kinds/net-address';
import type { HostAnswer, HostReading } from '../snapshot';
import type { HealthParams, kinds } from '../text/en/kinds';
import type { Health } from '../views/topology';
import { isSuspect } from '../watch/wake';

export type ReasonCode = keyof typeof kinds.health;
/** Why a service has this health: a code for the translated clause, its values, and the error behind it. */
export interface HealthReason {
  code: ReasonCode;
  params: HealthParams;
  error?: AppError;
}
export interface ServiceHealth {
  health: Health;
  reason: HealthReason | null;
}

/** An answer older than this many looks says nothing about now (ux: stale after three). */
const STALE_AFTER_LOOKS = 3;
/** A look that waits for a hung probe is late, not stale. */
const LATE_LOOK_MS = 10_000;

function isStale(answer: HostAnswer, { takenAt, periodMs, suspectBefore }: HealthInput): boolean {
  if (isSuspect(answer.at, takenAt, suspectBefore)) return true;
  return takenAt - answer.at > STALE_AFTER_LOOKS * periodMs + LATE_LOOK_MS;
}

/**
 * The console could not ask, or was not allowed to: that says nothing about the server, whose process and port
 * are still seen on its host.
 */
const OWN_LACK =
  /^E_(NEEDS_ANSWER|ANSWER_DECLINED|SECRET_.*|KEY_.*|AGENT|ABORTED|CLOSED|EGRESS|INTERNAL|CHANNEL|SQL_NO_ACCOUNT|FORWARD_FORBIDDEN|PARSE)$/;

export const saysNothingOfServer = (error: AppError): boolean => OWN_LACK.test(error.code);

/** Not seen, and how: no answer, an answer that is not trusted, or one that does not let the console in. */
function unseenBy(error: AppError): ReasonCode {
  if (error.stage === 'hostkey') return 'untrusted';
  return error.stage === 'auth' ? 'refused' : 'unreachable';
}

export interface HealthInput {
  service: Service;
  /** Host it runs on; null when the estate does not place it. */
  host: string | null;
  reading: HostReading | undefined;
  takenAt: number;
  periodMs: number;
  /** Snapshot.suspectBefore. */
  suspectBefore?: number | undefined;
}

/** What a host's answer shows of a service's processes and port. */
interface Signs {
  processNames: readonly string[];
  /** null: not observable (kind unknown, or /proc hides other accounts). */
  running: number | null;
  halted: number;
  port: number | null;
  listening: 'no' | 'loopback' | 'yes' | null;
}

function signsOf(service: Service, answer: HostAnswer): Signs {
  const kind = kindOf(service.kind);
  const processNames = kind?.processes ?? [];
  const count = processNames.reduce((sum, name) => sum + (answer.processes[name] ?? 0), 0);
  const complete = truthOf(factOf(answer, null, 'host.processes.complete')) === true;
  const halted = (listOf(factOf(answer, null, 'host.halted')) ?? []).reduce((sum, entry) => {
    const match = /^(\d+) (.*)$/.exec(entry);
    return match?.[2] !== undefined && processNames.includes(match[2]) ? sum + Number(match[1]) : sum;
  }, 0);
  const port = service.port ?? kind?.port ?? null;
  const ears = answer.listeners.filter((listener) => listener.port === port);
  // Not one listener in an answer that is not whole: they were not read (no awk there, no PATH), so none is missing.
  const listed = complete || answer.listeners.length > 0;
  const open = ears.some((listener) => !isLoopback(listener.address)) ? 'yes' : 'loopback';
  return {
    processNames,
    running: processNames.length === 0 || (count === 0 && !complete) ? null : count,
    halted,
    port,
    listening: port === null || !listed ? null : ears.length === 0 ? 'no' : open,
  };
}

/**
 * Health of one service on one host.
 *
 * A host that cannot be reached makes its services unknown, never down: not seen from here is not dead. Down
 * needs a host that answers and shows that nothing runs or nothing listens. A stopped process (state T) keeps
 * its port open and answers nobody: impaired, with exactly that reason.
 */
export function healthOf(input: HealthInput): ServiceHealth {
  const { service, host, reading } = input;
  const params: HealthParams = {
    host: host ?? '?',
    port: String(service.port ?? kindOf(service.kind)?.port ?? '?'),
    process: kindOf(service.kind)?.processes.join('/') ?? service.kind,
    running: '?',
    halted: '?',
    message: '?',
  };
  const because = (health: Health, code: ReasonCode, error?: AppError): ServiceHealth => ({
    health,
    reason: {
      code,
      params: error ? { ...params, message: error.message } : params,
      ...(error ? { error } : {}),
    },
  });
  if (host === null) return because('unknown', 'unplaced');
  if (!reading || reading.state === 'unasked') return because('unknown', 'unasked');
  if (reading.state === 'unreachable') return because('unknown', unseenBy(reading.error), reading.error);
  const { answer } = reading;
  if (isStale(answer, input)) return because('unknown', 'stale');

  const signs = signsOf(service, answer);
  const names = signs.processNames.filter((name) => (answer.processes[name] ?? 0) > 0);
  if (names.length > 0) params.process = names.join('/');
  params.running = String(signs.running ?? '?');
  params.halted = String(signs.halted);
  const found = answer.services[service.id];
  const error = found?.error && !saysNothingOfServer(found.error) ? found.error : undefined;

  if (signs.halted > 0) return because('degraded', 'frozen', error);
  if (signs.running === 0) {
    return signs.listening === 'no' || signs.listening === null
      ? because('down', 'notRunning')
      : because('unknown', 'portWithoutProcess');
  }
  if (signs.listening === 'no') return because('down', 'notListening', error);
  if (error) return because('degraded', 'error', error);
  if (signs.listening === 'loopback') return because('degraded', 'loopbackOnly');
  if (signs.listening === null && signs.running === null) return because('unknown', 'unobservable');
  return { health: 'up', reason: null };
}
