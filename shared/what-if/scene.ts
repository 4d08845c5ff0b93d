import type { Cluster, Estate, Link, Service } from '../estate/schema';
import type { Ledger } from '../plan/ledger/ledger';
import { placesOf } from '../topology/nodes';
import type { Change } from './change';

/** One service on one host, by the id of its node in the picture. */
export interface Place {
  id: string;
  service: Service;
  /** null: placed nowhere yet. */
  host: string | null;
}

/** Why a place does no work: it stopped, is emptied, or is not part of this what-if. */
export type Out = 'failed' | 'drained' | 'removed';

/** An estate with changes laid on it: what every consequence is decided from. */
export interface Scene {
  /** As opened. */
  asIs: Estate;
  /** Where the what-if starts: the estate as it is, or in a scenario. What was removed is still in it, and out. */
  estate: Estate;
  changes: readonly Change[];
  places: readonly Place[];
  /** By id of the place. Who is not here, works. */
  out: ReadonlyMap<string, Out>;
  /** Hosts that failed or are emptied, by id. */
  hostsOut: ReadonlyMap<string, Out>;
  /** Ids of links of the estate. */
  cut: ReadonlySet<string>;
  /** With what was set. */
  ledger: Ledger;
}

export const placesIn = (estate: Estate): Place[] =>
  estate.services.flatMap((service) => placesOf(service).map(({ id, host }) => ({ id, service, host })));

/** Where a service still takes work. */
export const usableOf = (scene: Scene, service: string): Place[] =>
  scene.places.filter((place) => place.service.id === service && !scene.out.has(place.id));

export const placesOfService = (scene: Scene, service: string): Place[] =>
  scene.places.filter((place) => place.service.id === service);

/** A service with no place that takes work; undefined while it has one. The harshest reason of its places. */
export function outOf(scene: Scene, service: string): Out | undefined {
  const places = placesOfService(scene, service);
  if (places.length === 0 || places.some((place) => !scene.out.has(place.id))) return undefined;
  const reasons = new Set(places.map((place) => scene.out.get(place.id)));
  return reasons.has('failed') ? 'failed' : reasons.has('drained') ? 'drained' : 'removed';
}

/** An end of a link or step that nobody answers at: a service that is out, or a host. Actors always are there. */
export function endOut(scene: Scene, end: string): Out | undefined {
  const isService = scene.estate.services.some(({ id }) => id === end);
  return isService ? outOf(scene, end) : scene.hostsOut.get(end);
}

export const isCut = (scene: Scene, link: string | undefined): boolean =>
  link !== undefined && scene.cut.has(link);

/** A link on which nothing travels: cut, or one of its ends is out. */
export const isDead = (scene: Scene, { id, from, to }: Link): boolean =>
  scene.cut.has(id) || endOut(scene, from) !== undefined || endOut(scene, to) !== undefined;

export const clusterOf = (estate: Estate, service: string): Cluster | undefined =>
  estate.clusters.find((cluster) => cluster.members.some((member) => member.service === service));

/** Services that lost a place that is not simply left out of this what-if, in the order of the estate. */
export const struckServices = (scene: Scene): Service[] =>
  scene.estate.services.filter(({ id }) =>
    placesOfService(scene, id).some((place) => scene.out.has(place.id)),
  );
