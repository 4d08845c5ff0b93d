import type { Contract } from '@shared/contract';
import type { Output } from '@shared/contract-kit';

type Live = Output<Contract, 'watch.snapshot'>;
/** One event applied to what is known; null: something was missed. */
type Step = (live: Live | undefined) => Live | null;

/** Everything is decided and drawn again at most this often, */
const PAUSE_MS = 250;
/** or, in a large estate, after this many milliseconds for each host: deciding over a thousand takes 0.2 s. */
const PAUSE_PER_HOST_MS = 1;

/**
 * Gathers events, so that a thousand hosts that answer within a second are drawn once and not a thousand times.
 * What comes after a quiet moment is applied at once.
 */
export class LiveBuffer {
  private readonly read: () => Live | undefined;
  private readonly write: (next: Live | null) => void;
  private steps: Step[] = [];
  private pausing: ReturnType<typeof setTimeout> | null = null;

  constructor(read: () => Live | undefined, write: (next: Live | null) => void) {
    this.read = read;
    this.write = write;
  }

  push(step: Step): void {
    this.steps.push(step);
    if (this.pausing === null) this.flush();
  }

  /** Applies now what was gathered. */
  flush(): void {
    this.stop();
    if (this.steps.length === 0) return;
    let live: Live | null | undefined = this.read();
    for (const step of this.steps) {
      live = step(live);
      if (live === null) break;
    }
    this.steps = [];
    this.write(live ?? null);
    const hosts = live ? Object.keys(live.snapshot.hosts).length : 0;
    this.pausing = setTimeout(
      () => {
        this.pausing = null;
        this.flush();
      },
      Math.max(PAUSE_MS, hosts * PAUSE_PER_HOST_MS),
    );
  }

  stop(): void {
    if (this.pausing !== null) clearTimeout(this.pausing);
    this.pausing = null;
  }
}
