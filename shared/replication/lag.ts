import type { History, Standing } from './history';
import type { Channel, Lag, ServerReading } from './model';
import { beyond, hasAnonymous, type Position, positionOf, shownBy } from './positions';

/** Rates are taken over at least this long, so that one burst is no trend. */
const RATE_OVER_MS = 15_000;

export interface LagInput {
  replica: ServerReading;
  channel: Channel;
  /** The server it follows; null when that is no member or does not answer. */
  source: ServerReading | null;
  /** Where what it shows is written: the top of the chain above it, which is the source itself on the first tier. */
  origin: ServerReading | null;
  history: History;
}

/**
 * How old what a replica shows is. In this order: the heartbeat row (its age corrected by the clocks of writer
 * and reader); the original commit time of the transaction that is being applied (MySQL's performance_schema);
 * the last moment at which the server at the top had no more than the replica has now: a replica that has all of
 * a source which itself stands still is not up to date. `Seconds_Behind_*` is carried as a
 * footnote and decides nothing: it is 0 on a half-open link, NULL on a stopped one.
 */
export function lagOf(input: LagInput): Lag {
  const { replica, channel, source } = input;
  const blind = hasAnonymous(replica) || (source !== null && hasAnonymous(source));
  const received = blind ? null : positionOf(replica.dialect, channel.received);
  const executed = blind ? null : shownBy(replica);
  const onSource = source?.state === 'answers' ? positionOf(source.dialect, source.gtid.executed) : null;
  const difference = (a: Position | null, b: Position | null) => (a && b ? beyond(a, b) : null);
  const waiting = difference(received, executed)?.count ?? null;
  const missing = missingOf(difference(onSource, executed)?.count ?? null, waiting);
  const rates = ratesOf(input);
  const age = ageOf(input, executed, waiting);
  const left = waiting === null || missing === null ? null : waiting + missing;
  return {
    ...age,
    waiting: waiting?.toString() ?? null,
    missing: missing?.toString() ?? null,
    appliedPerSecond: rates?.applied ?? null,
    catchUp: catchUpOf(left, rates),
    secondsBehind: channel.secondsBehind,
  };
}

/** Not arrived yet: what the source has beyond the replica, without what only waits to be applied. */
function missingOf(behind: bigint | null, waiting: bigint | null): bigint | null {
  if (behind === null) return null;
  if (waiting === null) return null;
  return behind > waiting ? behind - waiting : 0n;
}

function ageOf(
  { replica, channel, origin, history }: LagInput,
  executed: Position | null,
  waiting: bigint | null,
): Pick<Lag, 'seconds' | 'by'> {
  const { heartbeat, at } = replica;
  if (heartbeat?.ageSeconds !== null && heartbeat?.ageSeconds !== undefined) {
    const skew = clockDifferenceMs(replica, origin) / 1000;
    return { seconds: atLeastZero(heartbeat.ageSeconds - skew), by: 'heartbeat' };
  }
  if (at === null) return { seconds: null, by: null };
  const above = origin?.state === 'answers' ? positionOf(origin.dialect, origin.gtid.executed) : null;
  if (waiting === 0n && above && executed && beyond(above, executed)?.count === 0n)
    return { seconds: 0, by: 'positions' };
  const { applying } = channel.commits;
  if (waiting !== null && waiting > 0n && applying !== null) {
    // Original commit times are the clock of the server at the top; so is "now".
    const seconds = atLeastZero((at + (origin?.clockOffsetMs ?? 0) - applying) / 1000);
    return { seconds, by: 'commit-times' };
  }
  const byPositions = sinceSourceWasAt(history, origin, executed, at);
  return byPositions === null ? { seconds: null, by: null } : { seconds: byPositions, by: 'positions' };
}

const clockDifferenceMs = (replica: ServerReading, source: ServerReading | null): number =>
  replica.clockOffsetMs === null || !source || source.clockOffsetMs === null
    ? 0
    : replica.clockOffsetMs - source.clockOffsetMs;

const atLeastZero = (seconds: number): number => Math.max(0, Math.round(seconds * 1000) / 1000);

/**
 * Seconds since the source was first seen with something that the replica lacks now: the age is at least that,
 * and at most a look more. At least, because a transaction that is on its way while the two are read one after
 * the other is no lag. If the source had more at every look there was, that is no age to show: unknown.
 */
function sinceSourceWasAt(
  history: History,
  source: ServerReading | null,
  executed: Position | null,
  now: number,
): number | null {
  if (!source || !executed) return null;
  const past: readonly Standing[] = history[source.node] ?? [];
  for (let index = past.length - 1; index >= 0; index -= 1) {
    const one = past[index];
    const then = one && positionOf(source.dialect, one.executed);
    const more = then && beyond(then, executed);
    if (more?.count !== 0n) continue;
    const first = past[index + 1]?.at ?? source.at ?? now;
    return atLeastZero((now - first) / 1000);
  }
  return null;
}

interface Rates {
  /** Transactions a second: applied by the replica, committed by the source. */
  applied: number;
  committed: number;
}

function ratesOf({ replica, source, history }: LagInput): Rates | null {
  const applied = rateOf(replica, history);
  const committed = source && rateOf(source, history);
  return applied === null || committed === null ? null : { applied, committed };
}

function rateOf(server: ServerReading, history: History): number | null {
  const now = positionOf(server.dialect, server.gtid.executed);
  const { at } = server;
  if (!now || at === null) return null;
  const then = (history[server.node] ?? []).findLast((one) => one.at <= at - RATE_OVER_MS);
  const before = then ? positionOf(server.dialect, then.executed) : null;
  const done = before && beyond(now, before);
  return then && done ? Number(done.count) / ((at - then.at) / 1000) : null;
}

function catchUpOf(left: bigint | null, rates: Rates | null): Lag['catchUp'] {
  if (left === null) return null;
  if (left === 0n) return 0;
  if (!rates) return null;
  const nearer = rates.applied - rates.committed;
  return nearer > 0 ? Math.round(Number(left) / nearer) : 'never';
}
