import type { Cluster, Estate, Service } from '../estate/schema';
import { clusterOf, isDead, outOf, placesOfService, type Scene, usableOf } from './scene';

/** Who does the work of a service that lost places, and how it comes to them. Ids are of nodes of the picture. */
export type Takeover =
  /** Another place of the same service. `via` is the policy or the balancer that brings the work there. */
  | { kind: 'other-place'; by: 'clients' | 'balancer' | 'unstated'; via: string | null; nodes: string[] }
  /** Whoever holds a copy becomes the one that is written to. */
  | { kind: 'promotion'; how: 'by-itself' | 'by-hand' | 'unstated'; nodes: string[] }
  /** The lost one only held a copy: those that are left answer for it. */
  | { kind: 'other-copy'; nodes: string[] }
  /** Only a cache: whoever asked it asks these instead. */
  | { kind: 'behind-cache'; nodes: string[] }
  | { kind: 'nobody'; because: 'singleton' | 'only-one' | 'all-out' };

/** Clusters that choose a new primary without a person. */
const BY_ITSELF: ReadonlySet<Cluster['technology']> = new Set(['group-replication', 'galera']);

/** Who takes over from a service that lost at least one place. What takes no work itself is never named. */
export function takeoverOf(scene: Scene, service: Service): Takeover {
  const left = usableOf(scene, service.id);
  if (left.length > 0) return otherPlace(scene, service, ids(left));
  if (service.role === 'cache') return { kind: 'behind-cache', nodes: behindCache(scene, service.id) };
  const { cluster, copies, isCopy } = copiesOf(scene.estate, service);
  const nodes = copies.flatMap((copy) => ids(usableOf(scene, copy)));
  if (nodes.length > 0 && outOf(scene, service.id) !== 'removed') {
    if (isCopy) return { kind: 'other-copy', nodes };
    const technology = cluster?.technology ?? 'unknown';
    const how = BY_ITSELF.has(technology) ? 'by-itself' : technology === 'unknown' ? 'unstated' : 'by-hand';
    return { kind: 'promotion', how, nodes };
  }
  if (service.singleton) return { kind: 'nobody', because: 'singleton' };
  const several = placesOfService(scene, service.id).length > 1 || copies.length > 0;
  return { kind: 'nobody', because: several ? 'all-out' : 'only-one' };
}

/** Who holds the data of a service too, and whether this service is itself only such a copy. */
export interface Copies {
  cluster: Cluster | undefined;
  /** Ids of services. */
  copies: string[];
  isCopy: boolean;
}

/** By membership of a cluster, and by links that replicate to a service of the same role. */
export function copiesOf(estate: Estate, { id, role }: Service): Copies {
  const cluster = clusterOf(estate, id);
  const members = cluster?.members.filter((member) => member.role !== 'unknown') ?? [];
  const own = members.find((member) => member.service === id)?.role;
  const copying = estate.links.filter(({ purpose }) => purpose === 'replicate');
  const to = copying.flatMap((link) => (link.from === id ? [link.to] : []));
  const from = copying.flatMap((link) => (link.to === id ? [link.from] : []));
  const others = own === undefined ? [] : members.map(({ service }) => service);
  const names = [...new Set([...others, ...to, ...from])].filter((name) => name !== id);
  const kin = new Set(
    estate.services.filter((service) => service.role === role).map((service) => service.id),
  );
  const copies = names.filter((name) => kin.has(name));
  return { cluster, copies, isCopy: own === undefined ? from.length > 0 : own !== 'primary' };
}

function otherPlace(scene: Scene, service: Service, nodes: string[]): Takeover {
  const policy = policyFor(scene, service.id);
  if (policy) return { kind: 'other-place', by: 'clients', via: policy.id, nodes };
  const balancers = new Set(
    scene.estate.services.filter(({ role }) => role === 'balancer' || role === 'proxy').map(({ id }) => id),
  );
  const balancer = scene.estate.links.find(
    (link) => link.to === service.id && balancers.has(link.from) && !isDead(scene, link),
  );
  return balancer
    ? { kind: 'other-place', by: 'balancer', via: balancer.from, nodes }
    : { kind: 'other-place', by: 'unstated', via: null, nodes };
}

/** The policy by which clients choose among the places of a service: it names it, or its actor asks it directly. */
export const policyFor = ({ estate }: Scene, service: string) =>
  estate.clientPolicies.find(
    ({ actor, candidates }) =>
      candidates.some((candidate) => candidate.service === service) ||
      estate.links.some(({ from, to, purpose }) => from === actor && to === service && purpose !== 'write'),
  );

/** Where the clients of a cache read what it held: the stores that they are linked with. */
function behindCache(scene: Scene, cache: string): string[] {
  const { links, services } = scene.estate;
  const clients = new Set(links.filter(({ to }) => to === cache).map(({ from }) => from));
  const stores = new Set(services.filter(({ role }) => STORES.has(role)).map(({ id }) => id));
  const reached = links.filter(
    (link) => clients.has(link.from) && stores.has(link.to) && !isDead(scene, link),
  );
  return [...new Set(reached.flatMap(({ to }) => ids(usableOf(scene, to))))];
}
const STORES: ReadonlySet<string> = new Set(['database']);

const ids = (places: readonly { id: string }[]): string[] => places.map(({ id }) => id);
