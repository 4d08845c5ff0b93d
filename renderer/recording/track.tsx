import { markText } from '@shared/recording/mark-text';
import type { TimeLine } from '@shared/recording/time-line';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useSize } from '../topology/use-size';
import { useWords } from '../words';
import { seek } from './moment';
import { newestBy, type Span } from './time-window';
import { percent, TrackScale } from './track-scale';

interface TrackProps {
  line: TimeLine;
  /** What is drawn. */
  span: Span;
  /** What there is. */
  whole: Span;
  shown: number;
  live: boolean;
}

const STEP_MS = 5_000;
const PAGE_MS = 60_000;
/** A tick this near to the pointer is meant, pixels. */
const NEAR = 6;

const inSpan = (t: number, { from, to }: Span) => t >= from && t <= to;

/** Ticks, gaps and the thumb. Dragged, or moved by arrow keys, Page, Home and End. */
export function Track({ line, span, whole, shown, live }: TrackProps) {
  const { recording: words, time, language } = useWords();
  const track = useRef<HTMLDivElement>(null);
  const { width } = useSize(track);
  /** Where the pointer holds the thumb, before the console has got there. */
  const [held, setHeld] = useState<number | null>(null);
  const at = held ?? shown;
  const goTo = (t: number) => {
    const within = Math.min(whole.to, Math.max(whole.from, t));
    void seek(within >= whole.to ? null : within);
  };
  const timeAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    if (!box) return shown;
    const t = span.from + ((event.clientX - box.left) / box.width) * (span.to - span.from);
    const near = ((span.to - span.from) / box.width) * NEAR;
    const tick = line.marks.find((mark) => Math.abs(mark.t - t) < near);
    return tick?.t ?? t;
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const t = timeAt(event);
    setHeld(t);
    goTo(t);
  };
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: at - STEP_MS,
    ArrowDown: at - STEP_MS,
    ArrowRight: at + STEP_MS,
    ArrowUp: at + STEP_MS,
    PageDown: at - PAGE_MS,
    PageUp: at + PAGE_MS,
    Home: whole.from,
    End: whole.to,
  };
  const press = (event: KeyboardEvent) => {
    const to = keys[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  };
  const event = newestBy(line.marks, at);
  return (
    <div
      ref={track}
      className="track"
      role="slider"
      tabIndex={0}
      aria-label={words.title}
      aria-valuemin={whole.from}
      aria-valuemax={whole.to}
      aria-valuenow={Math.round(at)}
      aria-valuetext={words.slider(live ? words.live : time(at), event && markText(event, language))}
      onPointerDown={drag}
      onPointerMove={drag}
      onPointerUp={() => setHeld(null)}
      onPointerCancel={() => setHeld(null)}
      onKeyDown={press}
      data-testid="track"
    >
      <TrackScale line={line} from={span.from} to={span.to} width={width} />
      {inSpan(at, span) && <div className="track-thumb" style={{ left: percent(at, span) }} />}
    </div>
  );
}
