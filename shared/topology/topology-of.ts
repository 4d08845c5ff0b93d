import type { Estate } from '../estate/schema';
import { diagnose } from '../findings/diagnose';
import { answerOf, type Snapshot } from '../snapshot';
import { say } from '../text/say';
import type { Finding, Topology, TopologyLink, TopologyNode } from '../views/topology';
import { linksOf } from './links';
import { nodesOf } from './nodes';

/**
 * The picture: what the estate declares, what was seen of it, and what follows. Pure; the same snapshot gives
 * the same picture, whoever asks.
 */
export function topologyOf(estate: Estate, snapshot: Snapshot): Topology {
  const nodes = nodesOf(estate, snapshot);
  const drawn = linksOf(estate, snapshot);
  const findings = diagnose({ estate, snapshot, nodes, links: drawn });
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
      if (isBroken(link, nodes, findings)) return { ...link, broken: true, count: null };
      // Nobody is there to open it: what the last sample counted is not true now.
      return isDown(link.from, nodes) ? { ...link, count: null } : link;
    }),
    findings,
  };
}

/** Broken is what an answering host reports: attempts without an answer, or a server that does not run. */
const isBroken = (
  link: TopologyLink,
  nodes: readonly TopologyNode[],
  findings: readonly Finding[],
): boolean =>
  isDown(link.to, nodes) ||
  findings.some(
    ({ code, nodes: [from, to] }) => code === 'LINK_UNANSWERED' && from === link.from && to === link.to,
  );

const isDown = (id: string, nodes: readonly TopologyNode[]): boolean =>
  nodes.some((node) => node.id === id && node.health === 'down');
