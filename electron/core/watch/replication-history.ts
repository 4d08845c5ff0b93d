import type { Estate } from '@shared/estate/schema';
import { kindOf } from '@shared/kinds';
import { type History, KEPT_MS, withLook } from '@shared/replication/history';
import { serverOf } from '@shared/replication/read-server';
import { replicationOf } from '@shared/replication/replication-of';
import type { HostReading, Snapshot } from '@shared/snapshot';
import type { LagPoint } from '@shared/views/replication';

/** Samples a node keeps: six hours at the ordinary period. */
const KEPT_SAMPLES = (6 * 3600) / 3 + 100;

/**
 * Where the database servers stood and how old the replicas were, look by look: of an open estate since it was opened,
 * of a recording as `recorded-history.ts` reads it. Lag that is told by positions needs it, and so does the plot.
 */
export class ReplicationHistory {
  private readonly estate: Estate;
  private readonly databases: ReadonlyMap<string, readonly string[]>;
  private readonly samples = new Map<string, LagPoint[]>();
  private kept: History = {};

  constructor(estate: Estate) {
    this.estate = estate;
    const services = estate.services.filter((service) => kindOf(service.kind)?.icon === 'database');
    const hosts = new Set(services.flatMap((service) => service.hosts ?? []));
    this.databases = new Map(
      [...hosts].map((host) => [
        host,
        services.filter((service) => service.hosts?.includes(host)).map((service) => service.id),
      ]),
    );
  }

  get history(): History {
    return this.kept;
  }

  /** Notes one host's new reading. Hosts without a database cost nothing. */
  note(host: string, reading: HostReading, snapshot: Snapshot): void {
    if (!this.stands(host, reading) || reading.state !== 'answered') return;
    for (const cluster of replicationOf(this.estate, snapshot, this.kept).clusters) {
      for (const { server, lag } of cluster.members) {
        if (server.host !== host || lag === null) continue;
        const { seconds, secondsBehind } = lag;
        this.push(server.node, { at: reading.answer.at, seconds, secondsBehind });
      }
    }
  }

  /** Notes where the host's servers stood and nothing of their age; false when it has none, or did not answer. */
  stands(host: string, reading: HostReading): boolean {
    const services = this.databases.get(host);
    if (!services || reading.state !== 'answered') return false;
    const servers = services.map((service) =>
      // Health decides what is claimed of now; where a server stood at this look is claimed of then.
      serverOf({ node: service, host, service, address: null, reading, health: 'up' }),
    );
    this.kept = withLook(this.kept, servers);
    return true;
  }

  private push(node: string, sample: LagPoint): void {
    const own = this.samples.get(node) ?? [];
    if (own.at(-1)?.at === sample.at) return;
    own.push(sample);
    if (own.length > KEPT_SAMPLES) own.splice(0, own.length - KEPT_SAMPLES);
    this.samples.set(node, own);
  }

  /** Samples of a node between two times, thinned to `most`: the oldest age of each stretch is kept. */
  lagOf(node: string, from: number, to: number, most: number): LagPoint[] {
    const own = (this.samples.get(node) ?? []).filter(
      ({ at }) => at >= Math.max(from, to - KEPT_MS) && at <= to,
    );
    const stretch = Math.ceil(own.length / most);
    if (stretch <= 1) return own;
    const thinned: LagPoint[] = [];
    for (let start = 0; start < own.length; start += stretch) {
      const piece = own.slice(start, start + stretch);
      // A gap in knowledge must stay visible, and so must a peak.
      const worst =
        piece.find(({ seconds }) => seconds === null) ??
        piece.reduce((a, b) => ((b.seconds ?? 0) > (a.seconds ?? 0) ? b : a));
      thinned.push(worst);
    }
    return thinned;
  }
}
