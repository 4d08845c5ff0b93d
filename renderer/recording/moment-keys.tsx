import { useNow } from '../clock';
import { useKeys } from '../keys';
import { seek, useRecording } from './moment';
import { stepFrom } from './time-window';

/** `[` and `]` go an event back and forward, `\` back to now, from everywhere. */
export function MomentKeys() {
  const recording = useRecording();
  const now = useNow();
  const step = (by: 1 | -1) => () => {
    if (recording?.state !== 'there' || !recording.line) return;
    const to = stepFrom(recording.line.marks, recording.at ?? now, by);
    if (to !== null) void seek(to);
    // After the last event comes what is now, or the end of the file.
    else if (by === 1 && recording.at !== null) void seek(null);
  };
  useKeys({ '[': step(-1), ']': step(1), '\\': () => void seek(null) });
  return null;
}
