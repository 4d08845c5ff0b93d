import { markText } from '@shared/recording/mark-text';
import type { TimeLine } from '@shared/recording/time-line';
import { memo, useMemo, useState } from 'react';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { type Column, columnsOf, shareOf, ticksOf } from './time-window';

interface TrackScaleProps {
  line: TimeLine;
  from: number;
  to: number;
  /** Of the track, pixels. */
  width: number;
}

/** Marks nearer to each other than this are one, pixels. */
const COLUMN = 3;
const MINUTE = 60_000;
/** Lines that a tooltip still shows whole. */
const LINES = 8;

export const percent = (t: number, span: { from: number; to: number }) => `${shareOf(t, span) * 100}%`;

/** Gaps, times and marks: everything on the track but the thumb. Drawn anew only when one of them changes. */
export const TrackScale = memo(function TrackScale({ line, from, to, width }: TrackScaleProps) {
  const { recording: words, time } = useWords();
  const span = useMemo(() => ({ from, to }), [from, to]);
  const columns = useMemo(
    () => columnsOf(line.marks, span, Math.max(1, Math.floor(width / COLUMN))),
    [line.marks, span, width],
  );
  const ticks = ticksOf(span, -new Date(from).getTimezoneOffset() * MINUTE);
  const onMinutes = ticks.every((t) => t % MINUTE === 0);
  return (
    <>
      <div className="track-line" />
      {line.gaps
        .filter((gap) => gap.to > from && gap.from < to)
        .map((gap) => (
          <div
            key={`${gap.why} ${gap.from}`}
            className={`track-gap track-gap-${gap.why}`}
            style={{
              left: percent(gap.from, span),
              width: `${(shareOf(gap.to, span) - shareOf(gap.from, span)) * 100}%`,
            }}
            title={words.gapBetween(time(gap.from), time(gap.to), words.gap[gap.why])}
          />
        ))}
      {ticks.map((t) => (
        <div key={t} className="track-tick" style={{ left: percent(t, span) }}>
          <span>{onMinutes ? time(t).slice(0, 5) : time(t)}</span>
        </div>
      ))}
      {columns.map((column) => (
        <Mark key={column.t} column={column} left={percent(column.t, span)} />
      ))}
    </>
  );
});

/** One mark, or several that happened in one place. Its text is made when somebody points at it. */
function Mark({ column, left }: { column: Column; left: string }) {
  const { time, language } = useWords();
  const [pointed, setPointed] = useState(false);
  const { shape, marks } = column;
  const lines = () => [
    ...marks.slice(0, LINES).map((mark) => `${time(mark.t)} ${markText(mark, language)}`),
    ...(marks.length > LINES ? [`+ ${marks.length - LINES}`] : []),
  ];
  return (
    <div
      className={`track-mark track-${shape}`}
      style={{ left }}
      title={pointed ? lines().join('\n') : undefined}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      data-testid="track-mark"
    >
      <Shape mark={shape} size={shape === 'note' ? 8 : 12} />
    </div>
  );
}
