import { Failure } from '@shared/errors';
import type { RecordingState } from '@shared/recording/state';
import { RecordedHistory } from './recorded-history';
import type { Recorder } from './recorder';
import type { Moment, Recording } from './recording';

/**
 * Which moment the console shows. With a recorder the recording is the console's own and `null` is now; a
 * recording from a file is always at some moment of it.
 */
export class TimeTravel {
  readonly recording: Recording;
  private readonly recorder: Recorder | null;
  private shown: Moment | null = null;
  private told: RecordedHistory | null = null;

  constructor(recording: Recording, recorder: Recorder | null) {
    this.recording = recording;
    this.recorder = recorder;
  }

  /** What is shown of the past; null: what is shown is now. */
  get moment(): Moment | null {
    return this.shown;
  }

  /** What the recording tells of replication before the moment that is shown; null when that is now. */
  get history(): RecordedHistory | null {
    return this.told;
  }

  /** Goes to a moment, or back to now; in a file, now is its end. @throws Failure E_RECORDING_… */
  async seek(at: number | null): Promise<void> {
    await this.recorder?.flush();
    if (at === null && this.recorder) this.shown = null;
    else this.shown = await this.recording.at(at ?? Number.MAX_SAFE_INTEGER);
    this.told = this.shown && new RecordedHistory(this.recording, this.shown);
  }

  async state(): Promise<RecordingState> {
    await this.recorder?.flush();
    const line = await this.recording.timeLine();
    return {
      state: 'there',
      source: this.recorder ? 'live' : 'file',
      file: this.recording.file,
      at: this.shown?.at ?? null,
      writing: this.recorder?.writing ?? false,
      line,
      damage: this.recording.damage(),
    };
  }
}

/** Everything that looks or changes something is refused while the past is shown. */
export const notLive = (): Failure =>
  new Failure({
    code: 'E_NOT_LIVE',
    stage: 'store',
    message: 'What is shown is a recording; nothing is sent and nothing is changed from here.',
    remedy: 'Go back to live first.',
    retryable: false,
  });
