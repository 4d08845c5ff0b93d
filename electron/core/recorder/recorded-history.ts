import type { History } from '@shared/replication/history';
import type { LagPoint } from '@shared/views/replication';
import { ReplicationHistory } from '../watch/replication-history';
import type { Moment, Recording } from './recording';

/** How far back a lag that is told by positions looks, and how finely. */
const STANDING_MS = 15 * 60_000;
const STANDING_EVERY_MS = 10_000;
/** Points of a plot that are worked out: each is a decision over the whole cluster. */
const PLOTTED = 120;

/** What a recording tells of replication before one of its moments; worked out when it is first asked for. */
export class RecordedHistory {
  private readonly recording: Recording;
  private readonly moment: Moment;
  private standing: Promise<History> | null = null;

  constructor(recording: Recording, moment: Moment) {
    this.recording = recording;
    this.moment = moment;
  }

  /** Where the servers stood in the quarter of an hour before. */
  history(): Promise<History> {
    this.standing ??= this.readStanding();
    return this.standing;
  }

  /** How old the nodes were between two times, never after the moment. */
  async lagOf(nodes: readonly string[], from: number, to: number, most: number): Promise<LagPoint[][]> {
    const { estate, at } = this.moment;
    const until = Math.min(to, at);
    const told = new ReplicationHistory(estate);
    const everyMs = (until - from) / PLOTTED;
    for await (const { host, reading, snapshot } of this.recording.looks(from, until, everyMs))
      told.note(host, reading, snapshot);
    return nodes.map((node) => told.lagOf(node, from, until, most));
  }

  private async readStanding(): Promise<History> {
    const { estate, at } = this.moment;
    const told = new ReplicationHistory(estate);
    for await (const { host, reading } of this.recording.looks(at - STANDING_MS, at, STANDING_EVERY_MS))
      told.stands(host, reading);
    return told.history;
  }
}
