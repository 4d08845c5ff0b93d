import type { RecordingState } from '@shared/recording/state';
import { errorText } from '@shared/text/error-text';
import { useWords } from '../words';
import { seek } from './moment';

type There = Extract<RecordingState, { state: 'there' }>;

/** Instead of the status line while the past is shown: which moment it is, and the way back. */
export function PastLine({ recording, at }: { recording: There; at: number }) {
  const { recording: words, time, date, language } = useWords();
  const isFile = recording.source === 'file';
  return (
    <footer className="status-line status-past" data-testid="past-line">
      <span>
        <b>{words.asKnownAt(time(at))}</b> · {date(at)}
      </span>
      <span>{words.noActing}</span>
      {recording.damage && <span>{errorText(recording.damage, language).sentence}</span>}
      <span className="grow" />
      <span>
        <kbd>[</kbd> <kbd>]</kbd> {words.keys.step}
      </span>
      <button type="button" className="past-live" onClick={() => void seek(null)} data-testid="back-to-live">
        <kbd>\</kbd> {isFile ? words.toEnd : words.backToLive}
      </button>
    </footer>
  );
}
