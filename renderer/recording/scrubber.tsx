import { markText } from '@shared/recording/mark-text';
import type { RecordingState } from '@shared/recording/state';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { useRealNow } from '../clock';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { seek, useRecording } from './moment';
import { endOf, newestBy, spanOf, steadyEnd, stepFrom } from './time-window';
import { Track } from './track';

type There = Extract<RecordingState, { state: 'there' }>;

/** The time line of what was recorded: what happened when, what is missing, and the way to any moment of it. */
export const Scrubber = memo(function Scrubber() {
  const { recording: words } = useWords();
  const recording = useRecording();
  if (recording?.state !== 'there') return null;
  if (!recording.line) {
    const note = recording.source === 'live' && !recording.writing ? words.elsewhere : words.nothingYet;
    return <div className="scrubber scrubber-empty">{note}</div>;
  }
  return <Filled recording={recording} line={recording.line} />;
});

function Filled({ recording, line }: { recording: There; line: NonNullable<There['line']> }) {
  const { recording: words, time, language } = useWords();
  const now = useRealNow();
  const { at, source } = recording;
  const to = endOf(line, source, now);
  const shown = at ?? to;
  const axisEnd = source === 'live' ? steadyEnd({ from: line.from, to }) : to;
  const span = spanOf({ from: line.from, to: axisEnd }, shown);
  const event = newestBy(line.marks, shown);
  const text = event && markText(event, language);
  const step = (by: 1 | -1) => {
    const found = stepFrom(line.marks, shown, by);
    if (found !== null) void seek(found);
  };
  const isEnd = source === 'file' && shown >= line.to;
  return (
    <section className="scrubber" aria-label={words.title} data-testid="scrubber">
      <button
        type="button"
        className="icon-button"
        aria-label={words.back}
        title={words.back}
        aria-disabled={stepFrom(line.marks, shown, -1) === null}
        onClick={() => step(-1)}
      >
        <IconChevronLeft size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.forward}
        title={words.forward}
        aria-disabled={stepFrom(line.marks, shown, 1) === null}
        onClick={() => step(1)}
      >
        <IconChevronRight size={16} aria-hidden="true" />
      </button>
      <Track line={line} span={span} shown={shown} whole={{ from: line.from, to }} live={at === null} />
      <div className="scrubber-now">
        <button
          type="button"
          className="link-button scrubber-live"
          aria-pressed={at === null || isEnd}
          onClick={() => void seek(null)}
        >
          <Shape mark="ok" size={10} /> {source === 'live' ? words.isLive : words.end}
        </button>
        <span className="mono">{time(shown)}</span>
        <span className="scrubber-event soft" title={text ?? undefined}>
          {text === null ? words.events(line.marks.length) : `${time(event?.t ?? 0)} ${text}`}
        </span>
      </div>
    </section>
  );
}
