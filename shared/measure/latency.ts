import { inOrder } from '../units/spread';
import { spreadValue } from './measured-value';
import type { Verdict } from './model';
import { medianOf } from './tree';

const FEWEST_SAMPLES = 5;

/**
 * Time of one question and its answer on a connection that stands, of these many in milliseconds: half of them came within
 * the value; the spread is from the quickest to that of nine in ten.
 */
export function latency(samplesMs: readonly number[]): Verdict {
  const facts = { samples: samplesMs.length };
  if (samplesMs.length < FEWEST_SAMPLES) return { state: 'unknown', why: 'too-few-samples', facts };
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const p90 = sorted[Math.ceil(0.9 * sorted.length) - 1] ?? 0;
  const spread = inOrder(sorted[0] ?? 0, medianOf(sorted), p90);
  return {
    state: 'measured',
    values: [spreadValue('assumptions/roundTripTime', spread, 'ms')],
    facts: { ...facts, p90: p90 / 1000 },
  };
}
