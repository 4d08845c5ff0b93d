import type { Estate } from '../estate/schema';
import { diagnose } from '../findings/diagnose';
import { answerOf, type Snapshot } from '../snapshot';
import { say } from '../text/say';
import type { Topology } from '../views/topology';
import { linksOf } from './links';
import { nodesOf } from './nodes';

/** A snapshot is frozen, so the picture of the last one asked for holds for everybody who asks again. */
const known = new WeakMap<Snapshot, { estate: Estate; topology: Topology }>();

/**
 * The picture: what the estate declares, what was seen of it, and what follows. Pure; the same snapshot gives
 * the same picture, whoever asks.
 */
export function topologyOf(estate: Estate, snapshot: Snapshot): Topology {
  const before = known.get(snapshot);
  if (before?.estate === estate) return before.topology;
  const topology = decide(estate, snapshot);
  known.set(snapshot, { estate, topology });
  return topology;
}

function decide(estate: Estate, snapshot: Snapshot): Topology {
  const nodes = nodesOf(estate, snapshot);
  const drawn = linksOf(estate, snapshot);
  const findings = diagnose({ estate, snapshot, nodes, links: drawn });
  const down = new Set(nodes.filter((node) => node.health === 'down').map((node) => node.id));
  // Broken is what an answering host reports: attempts without an answer, or a server that does not run.
  const unanswered = new Set(
    findings.flatMap(({ code, nodes: [from, to] }) => (code === 'LINK_UNANSWERED' ? [`${from} ${to}`] : [])),
  );
  return {
    takenAt: snapshot.takenAt,
    estate: estate.estate,
    actors: estate.actors.map((actor) => ({ id: actor.id, title: say(actor.title, 'en') })),
    hosts: estate.hosts.map((host) => {
      const reading = snapshot.hosts[host.id];
      return {
        id: host.id,
        address: host.address,
        site: host.site,
        state: reading?.state ?? 'unasked',
        at: answerOf(reading)?.at ?? null,
        ...(reading?.state === 'unreachable'
          ? { reason: reading.error.message, error: reading.error.code }
          : {}),
      };
    }),
    nodes,
    links: drawn.map((link) => {
      if (down.has(link.to) || unanswered.has(`${link.from} ${link.to}`))
        return { ...link, broken: true, count: null };
      // Nobody is there to open it: what the last sample counted is not true now.
      return down.has(link.from) ? { ...link, count: null } : link;
    }),
    findings,
  };
}
