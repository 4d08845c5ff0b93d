import type { Estate } from '@shared/estate/schema';
import type { Mark } from '@shared/recording/frame';
import { type Known, marksSince } from '@shared/recording/marks';
import type { Snapshot } from '@shared/snapshot';
import { topologyOf } from '@shared/topology/topology-of';
import type { Topology } from '@shared/views/topology';
import type { Clock } from '../ports';

/** Deciding takes at most one part in this of a processor, however large the estate. */
const PARTS = 20;
const MIN_PAUSE_MS = 200;

/** Decides again after looks, and tells what came and went since it last did. */
export class MarkWatch {
  private readonly decide: () => Topology;
  private readonly clock: Clock;
  private readonly onMark: (mark: Mark) => void;
  private known: Known | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private pauseMs = MIN_PAUSE_MS;

  constructor(estate: Estate, clock: Clock, snapshot: () => Snapshot, onMark: (mark: Mark) => void) {
    this.decide = () => topologyOf(estate, snapshot());
    this.clock = clock;
    this.onMark = onMark;
  }

  /** Something was read: what follows from it is decided soon, together with what comes until then. */
  look(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.now();
    }, this.pauseMs);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.now();
  }

  private now(): void {
    const began = this.clock.monotonic();
    const { marks, known } = marksSince(this.known, this.decide(), this.clock.now());
    this.known = known;
    this.pauseMs = Math.max(MIN_PAUSE_MS, (this.clock.monotonic() - began) * PARTS);
    for (const mark of marks) this.onMark(mark);
  }
}
