import { inOrder } from '../units/spread';
import { bytesValue, rateValue, spreadValue } from './measured-value';
import type { MeasureFacts, NotEnough, Verdict } from './model';
import type { TreeReading } from './tree-script';

const DAY = 86_400;

/** What keeps a walk from having seen all of it; null: it has. */
function flawOf({ exit, hidden }: TreeReading): NotEnough | null {
  // timeout(1): 124 when the time was over, 137 when it took a KILL.
  if (exit === 124 || exit === 137) return 'cut-by-limit';
  return exit !== 0 || hidden > 0 ? 'unreadable' : null;
}

const reached = (reading: TreeReading): MeasureFacts => ({
  seconds: reading.seconds,
  files: reading.files,
  bytes: reading.bytes,
  days: reading.days,
  ...(reading.ahead > 0 ? { ahead: reading.ahead } : {}),
  ...(reading.hidden > 0 ? { hidden: reading.hidden, said: reading.said } : {}),
});

/**
 * Size, number of files, and what changed of them within a day. A file counts for the day of its last change alone, so that
 * only the newest day is whole and is the value; what older days still show is the least that changed then, and makes the
 * spread. Files that were deleted, and those that keep an old time, leave no trace. A walk that was cut or did not see all is
 * a lower bound and no value.
 */
export function changedFiles(set: string, reading: TreeReading | null): Verdict {
  if (!reading) return { state: 'unknown', why: 'no-answer', facts: {} };
  const facts = reached(reading);
  const flaw = flawOf(reading);
  if (flaw) return { state: 'unknown', why: flaw, facts };
  const at = (field: string) => `dataSets/${set}/${field}`;
  const perDay = (what: 'files' | 'bytes') => {
    const days = reading.days.map((day) => day[what]);
    return inOrder(Math.min(...days), days[0] ?? 0, Math.max(...days));
  };
  const { low, likely, high } = perDay('bytes');
  const rate = { low: low / DAY, likely: likely / DAY, high: high / DAY };
  return {
    state: 'measured',
    facts,
    values: [
      bytesValue(at('size'), reading.bytes),
      { path: at('fileCount'), value: reading.files, unit: 'files' },
      spreadValue(at('changedFiles'), perDay('files'), 'files/day'),
      rateValue(at('changeRate'), rate, 'day'),
    ],
  };
}

/** The first walk counts as cold when it took this much longer than the longest after it. */
const COLD = 1.5;

/**
 * Time of one walk through trees: the median of all but the first, which may have had to read from the disk what the others
 * find in the host's memory; the spread holds that first one too. One walk that is not whole makes all of them no value.
 */
export function treeWalk(readings: readonly (TreeReading | null)[]): Verdict {
  const whole = readings.filter((reading) => reading !== null);
  const walks = whole.map(({ seconds }) => seconds);
  const last = whole.at(-1);
  const facts: MeasureFacts = { ...(last ? reached(last) : {}), walks, samples: whole.length };
  const flaw = whole.length < readings.length ? 'no-answer' : whole.map(flawOf).find((one) => one !== null);
  if (flaw) return { state: 'unknown', why: flaw, facts };
  const [first, ...later] = walks;
  if (first === undefined || later.length === 0) return { state: 'unknown', why: 'too-few-samples', facts };
  const spread = inOrder(Math.min(...walks), medianOf(later), Math.max(...walks));
  const isFirstCold = first > COLD * Math.max(...later);
  return {
    state: 'measured',
    values: [spreadValue('assumptions/scanTime', spread, 's')],
    facts: { ...facts, seconds: walks.reduce((sum, each) => sum + each, 0), isFirstCold },
  };
}

/** The middle one, or the mean of the two in the middle. At least one value. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
