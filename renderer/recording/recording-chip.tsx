import { IconMovie } from '@tabler/icons-react';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { useRecording } from './moment';

/** Says for as long as a recording is open that it is one. */
export function RecordingChip() {
  const { recording: words, date } = useWords();
  const { estate } = useWatched();
  const recording = useRecording();
  if (recording?.state !== 'there' || recording.source !== 'file') return null;
  return (
    <span className="recording-chip" data-testid="recording-chip">
      <IconMovie size={14} aria-hidden="true" /> {words.of(estate.estate, date(recording.at ?? 0))}
    </span>
  );
}
