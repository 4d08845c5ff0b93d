import { momentOf, type RecordingState } from '@shared/recording/state';
import { client, useCall } from '../api';

/** What is recorded, and which moment of it the window shows. */
export const useRecording = (): RecordingState | undefined => useCall('recording.get', undefined).data;

/** The moment shown, epoch milliseconds; null: now. While it is not null, nothing looks or acts. */
export const useMoment = (): number | null => momentOf(useRecording());

interface Wanted {
  at: number | null;
}
let next: Wanted | null = null;
let under: Promise<void> | null = null;

/** Goes to a moment, or back to now. While one is on its way only the newest wish counts: a drag makes many. */
export function seek(at: number | null): Promise<void> {
  next = { at };
  under ??= follow().finally(() => {
    under = null;
  });
  return under;
}

async function follow(): Promise<void> {
  while (next) {
    const { at } = next;
    next = null;
    await client.call('recording.seek', { at });
  }
}
