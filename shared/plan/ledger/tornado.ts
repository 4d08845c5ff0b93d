import { type Derived, inputsBeneath, type Lack } from './derived';
import { type Ledger, type LedgerRow, withValue } from './ledger';

/** What one input does to a result when it alone goes from its low to its high. */
export interface TornadoBar {
  path: string;
  /** Values tried, in base units. */
  low: number;
  high: number;
  /** The result at each; null: then there is none ("never", or refused). */
  atLow: number | null;
  atHigh: number | null;
  /** Distance of the two results; null when one is missing: this input decides whether there is a result at all. */
  swing: number | null;
  /** Tried over its range, or half up and half down because nobody gave one. */
  basis: 'range' | 'half';
}

export interface Tornado {
  /** null: unknown, and `lacks` says what it waits for. */
  result: number | null;
  /** The most influential first. */
  bars: readonly TornadoBar[];
  lacks: readonly Lack[];
}

/**
 * Which input moves a result most, so that a person knows what to measure first. Each input beneath the result is tried
 * alone over its range, or by half of itself; all others stay at their likely value.
 */
export function tornado(ledger: Ledger, compute: (ledger: Ledger) => Derived<number>): Tornado {
  const base = compute(ledger);
  if (!base.known) return { result: null, bars: [], lacks: base.lacks };
  const bars = inputsBeneath(base).flatMap((row) =>
    row.state === 'known' ? [barOf(row, ledger, compute)] : [],
  );
  return { result: base.value, bars: bars.sort(byInfluence), lacks: [] };
}

function barOf(
  { path, spread, dimension }: Extract<LedgerRow, { state: 'known' }>,
  ledger: Ledger,
  compute: (ledger: Ledger) => Derived<number>,
): TornadoBar {
  const isRange = spread.low < spread.high;
  const low = isRange ? spread.low : spread.likely * 0.5;
  const half = spread.likely * 1.5;
  const high = isRange ? spread.high : dimension === 'fraction' ? Math.min(1, half) : half;
  const at = (value: number) => {
    const result = compute(withValue(ledger, path, value));
    return result.known ? result.value : null;
  };
  const [atLow, atHigh] = [at(low), at(high)];
  const swing = atLow === null || atHigh === null ? null : Math.abs(atHigh - atLow);
  return { path, low, high, atLow, atHigh, swing, basis: isRange ? 'range' : 'half' };
}

/** An input without which there is no result comes before all that only move it. */
const byInfluence = (a: TornadoBar, b: TornadoBar): number =>
  (b.swing ?? Number.MAX_VALUE) - (a.swing ?? Number.MAX_VALUE) || (a.path < b.path ? -1 : 1);
