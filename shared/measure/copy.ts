import type { LedgerEntry } from '../contract';
import { spreadOf } from '../units/spread';
import { clocksAgree, type Moment } from './clock';
import { growthOf } from './growth';
import { rateValue } from './measured-value';
import type { MeasuredValue, Verdict } from './model';

/** Bytes that had arrived at a moment, over all connections together. */
export interface Arrival extends Moment {
  bytes: number;
}

const WINDOWS = 5;
/** Below these the first round trips and one buffer decide what is read as a rate. */
const FEWEST_BYTES = 1_000_000;
const SHORTEST_SECONDS = 0.2;
const FEWEST_SAMPLES = 3;

/** Where what a copy really got is kept: over the hours that were measured, and of each hour of day (UTC) of a host. */
export const COPY_RATE = 'measured/copyRate';
export const hourPath = (host: string, hour: number): string =>
  `${COPY_RATE}/${host}/${`${hour}`.padStart(2, '0')}`;

/**
 * Bytes per second that a copy gets: overhead, cipher and whoever else is on the way are in it, so that nothing of the kind
 * may be taken off it again. It counts from the first bytes that arrive. Entered for the hour of day in which it began, and
 * over all hours of this host that the ledger knows: the mean of the hours, and the slowest and quickest of them all.
 */
export function copyRate(
  host: string,
  arrivals: readonly Arrival[],
  streams: number,
  ledger: readonly LedgerEntry[],
): Verdict {
  const [first] = arrivals;
  const hour = new Date(first?.wall ?? 0).getUTCHours();
  const points = arrivals.map(({ monotonic, bytes }) => ({ at: monotonic / 1000, total: bytes }));
  const growth = growthOf(points, WINDOWS);
  const facts = {
    samples: arrivals.length,
    streams,
    hour,
    seconds: growth?.seconds ?? 0,
    bytes: arrivals.at(-1)?.bytes ?? 0,
  };
  if (!clocksAgree(arrivals)) return { state: 'unknown', why: 'clock-jumped', facts };
  if (!growth || growth.seconds < SHORTEST_SECONDS || growth.amount < FEWEST_BYTES)
    return { state: 'unknown', why: 'too-short', facts };
  if (arrivals.length < FEWEST_SAMPLES) return { state: 'unknown', why: 'too-few-samples', facts };
  const now = rateValue(hourPath(host, hour), growth.rate, 's');
  return { state: 'measured', values: [overHours(host, now, ledger), now], facts };
}

function overHours(host: string, now: MeasuredValue, ledger: readonly LedgerEntry[]): MeasuredValue {
  const others = ledger.flatMap(({ path, quantity }) => {
    const isHour = path.startsWith(`${COPY_RATE}/${host}/`) && path !== now.path;
    const read = isHour && quantity !== 'unknown' ? spreadOf(quantity, 'rate') : null;
    return read?.ok ? [read.value] : [];
  });
  const own = spreadOf({ ...now, source: 'measured' }, 'rate');
  const hours = own.ok ? [own.value, ...others] : others;
  const rate = {
    low: Math.min(...hours.map(({ low }) => low)),
    likely: hours.reduce((sum, { likely }) => sum + likely, 0) / Math.max(1, hours.length),
    high: Math.max(...hours.map(({ high }) => high)),
  };
  return rateValue(COPY_RATE, rate, 's');
}
