import { z } from 'zod';
import { type Frame, Mark, Stage } from './frame';

/** A stretch of time of which less is known than was asked for. `nothing`: no look was kept at all. */
export const Gap = z.strictObject({
  from: z.number(),
  to: z.number(),
  why: z.enum(['not-recorded', ...Stage.exclude(['whole']).options]),
});
export type Gap = z.infer<typeof Gap>;

/** What a recording covers, for the scrubber: epoch milliseconds, oldest first. */
export const TimeLine = z.strictObject({
  from: z.number(),
  to: z.number(),
  marks: z.array(Mark),
  gaps: z.array(Gap),
});
export type TimeLine = z.infer<typeof TimeLine>;

/**
 * A watched host is written at every look, and looks at hosts that do not answer come at most a minute apart:
 * longer silence means that nobody looked (console stopped, desk asleep). Milliseconds.
 */
const SILENCE_MS = 90_000;
const SILENT_PERIODS = 4;
/** Marks kept for the screen, the newest: more ticks than a screen has pixels say nothing. */
const MAX_MARKS = 2_000;

/** One file's time line, and of which estate file it is. */
export interface PartLine extends TimeLine {
  yaml: string;
}

/** Of the frames of one file; null when they hold no moment at all. */
export function timeLineOf(frames: readonly Frame[]): PartLine | null {
  const times = frames.flatMap((frame) => (frame.k !== 'head' && 't' in frame ? [frame.t] : []));
  const [from, to] = [times[0], times.at(-1)];
  if (from === undefined || to === undefined) return null;
  const head = frames.find((frame) => frame.k === 'head');
  if (!head) return null;
  const marks = frames.flatMap((frame) => (frame.k === 'mark' ? [frame.mark] : []));
  const gaps = [...silences(times, silenceOf(head.periodMs)), ...thin(frames, to)];
  return { from, to, marks, gaps, yaml: head.yaml };
}

const silenceOf = (periodMs: number) => Math.max(SILENCE_MS, SILENT_PERIODS * periodMs);

function silences(times: readonly number[], limit: number): Gap[] {
  return times.flatMap((t, index) => {
    const before = times[index - 1] ?? t;
    return t - before > limit ? [{ from: before, to: t, why: 'not-recorded' as const }] : [];
  });
}

/** Stretches in which less was kept, because the day's bytes were used up. */
function thin(frames: readonly Frame[], end: number): Gap[] {
  const changes = frames.filter((frame) => frame.k === 'stage');
  return changes.flatMap(({ t, stage }, index) =>
    stage === 'whole' ? [] : [{ from: t, to: changes[index + 1]?.t ?? end, why: stage }],
  );
}

/** Several files' time lines as one; what lies between two of them was not recorded. */
export function joined(lines: readonly PartLine[]): TimeLine | null {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return null;
  const between = lines.flatMap((line, index) => {
    const before = lines[index - 1]?.to ?? line.from;
    return line.from - before > SILENCE_MS
      ? [{ from: before, to: line.from, why: 'not-recorded' as const }]
      : [];
  });
  const marks = lines.flatMap((line, index): Mark[] => {
    const before = lines[index - 1];
    const other = before !== undefined && before.yaml !== line.yaml;
    return other ? [{ t: line.from, what: 'estate-changed' }, ...line.marks] : line.marks;
  });
  return {
    from: first.from,
    to: last.to,
    marks: marks.slice(-MAX_MARKS),
    gaps: [...lines.flatMap((line) => line.gaps), ...between].toSorted((a, b) => a.from - b.from),
  };
}
