import type { Estate, Link } from '../estate/schema';
import type { Snapshot } from '../snapshot';
import { linkKey } from '../topology/boxes';
import { topologyOf } from '../topology/topology-of';
import type { Topology, TopologyLink } from '../views/topology';
import type { LinkMark, NodeMark, Overlay } from '../views/what-if';
import { endOut, type Scene, struckServices } from './scene';
import { takeoverOf } from './takeover';
import { isPlaceOf, nameInUnion, sameWay, unionOf } from './union-estate';

/** Nobody has looked yet: everything is as declared, and unknown. */
const UNSEEN: Snapshot = { estate: '', takenAt: 0, periodMs: 10_000, hosts: {} };

/**
 * The picture of a what-if: that of the live view, with whatever only the scenario has beside it, and what the changes make
 * of each node and line. Where nothing is new, the picture is the live one itself, so that no node moves.
 */
export function overlayOf(scene: Scene, snapshot: Snapshot | null): Overlay {
  const union = unionOf(scene.asIs, scene.estate);
  const topology = pictureOf(union, snapshot);
  const taking = takingOver(scene, union);
  const nodes = Object.fromEntries(
    topology.nodes.map(({ id, service, host }) => [id, nodeMark(scene, service, host, taking.has(id))]),
  );
  const links = topology.links.map((link) => {
    const own = linkIn(scene.estate, topology, link);
    return { key: linkKey(link), link: own?.id ?? null, mark: linkMark(scene, topology, link, own, nodes) };
  });
  return { topology, nodes, links };
}

/** The picture of an estate; the live one is asked for under its own estate, and kept there. */
export const pictureOf = (estate: Estate, snapshot: Snapshot | null): Topology =>
  topologyOf(estate, snapshot ?? UNSEEN);

function nodeMark(scene: Scene, service: string, host: string | null, takesOver: boolean): NodeMark {
  if (!isPlaceOf(scene.estate, service, host)) return 'absent';
  const place = scene.places.find(
    (each) => each.service.id === service && (each.host === host || each.host === null),
  );
  switch (place && scene.out.get(place.id)) {
    case 'failed':
      return 'stopped';
    case 'drained':
      return 'emptied';
    case 'removed':
      return 'left-out';
    default:
      if (takesOver) return 'takes-over';
      return isPlaceOf(scene.asIs, service, host) ? 'unaffected' : 'new';
  }
}

/** Nodes of the picture that do the work of one that is gone. */
function takingOver(scene: Scene, union: Estate): Set<string> {
  const names = struckServices(scene).flatMap((service) => {
    const takeover = takeoverOf(scene, service);
    return takeover.kind === 'nobody' ? [] : takeover.nodes;
  });
  return new Set(
    names.flatMap((name) => {
      const place = scene.places.find(({ id }) => id === name);
      return place ? nameInUnion(union, place.service.id, place.host) : [];
    }),
  );
}

/** The link of an estate that a line of the picture stands for; undefined for one that only was observed. */
export function linkIn(
  estate: Estate,
  { nodes }: Pick<Topology, 'nodes'>,
  { from, to, protocol, port }: TopologyLink,
): Link | undefined {
  const end = (id: string) => nodes.find((node) => node.id === id)?.service ?? id;
  const [a, b] = [end(from), end(to)];
  const between = estate.links.filter(
    (link) => link.from === a && link.to === b && link.protocol === protocol,
  );
  return between.find((link) => link.port === port) ?? between[0];
}

function linkMark(
  scene: Scene,
  topology: Topology,
  { from, to, declared }: TopologyLink,
  own: Link | undefined,
  nodes: Readonly<Record<string, NodeMark>>,
): LinkMark {
  const ends = [nodes[from], nodes[to]];
  if (ends.includes('absent') || (declared && !own)) return 'absent';
  if (own && scene.cut.has(own.id)) return 'cut';
  const gone: readonly (NodeMark | undefined)[] = ['stopped', 'emptied', 'left-out'];
  if (ends.some((mark) => gone.includes(mark))) return 'dead';
  if (own && (endOut(scene, own.from) !== undefined || endOut(scene, own.to) !== undefined)) return 'dead';
  if (own && own.purpose !== 'replicate' && nodes[to] === 'takes-over') return 'carries-more';
  const before = own && linkIn(scene.asIs, topology, { ...line(own), from, to });
  return own && !(before && sameWay(before, own)) ? 'new' : 'unaffected';
}

/** As much of a line as finding its link takes. */
const line = ({ from, to, protocol, port }: Link): TopologyLink => ({
  from,
  to,
  protocol,
  port: typeof port === 'number' ? port : null,
  declared: true,
  observed: false,
  configured: [],
  unknown: true,
  broken: false,
  firstSeen: null,
  lastSeen: null,
  count: null,
});
