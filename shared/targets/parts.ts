import type { Service } from '../estate/schema';
import { say } from '../text';
import type { Scene } from './scene';
import type { PathPart, Redundancy, Server } from './structure-model';

/** One service of a path with whatever can stand in for it, before services of the same servers are put together. */
export interface Stand {
  services: readonly Service[];
  servers: readonly Server[];
  redundancy: Redundancy;
}

/**
 * The parts of a path. Services on the same servers fall together and are one part, as weak as the weaker of them. A
 * part that answers from any of its servers adds nothing beside one that needs one of these very servers: where the
 * latter is up, so is the former.
 */
export function partsOf(stands: readonly Stand[], scene: Scene): PathPart[] {
  const merged = new Map<string, PathPart>();
  for (const { services, servers, redundancy } of stands) {
    const key = servers
      .map(({ id }) => id)
      .sort()
      .join('\n');
    const before = merged.get(key);
    const [lead] = services;
    if (!lead) continue;
    const title = say(lead.title ?? lead.id, scene.language);
    merged.set(
      key,
      before
        ? {
            ...before,
            roles: distinct([...before.roles, ...services.map(({ role }) => role)]),
            services: distinct([...before.services, ...services.map(({ id }) => id)]),
            servers: before.servers.map((server) => withServices(server, servers)),
            redundancy: weaker(before.redundancy, redundancy),
          }
        : {
            id: lead.id,
            title,
            roles: distinct(services.map(({ role }) => role)),
            services: services.map(({ id }) => id),
            servers,
            redundancy,
          },
    );
  }
  const parts = [...merged.values()];
  return parts.filter((part) => !parts.some((other) => other !== part && covers(other, part)));
}

/** Is whatever answers for `narrow` enough for `wide` too? */
function covers(narrow: PathPart, { redundancy, servers }: PathPart): boolean {
  if (narrow.servers.length >= servers.length) return false;
  const names = narrow.servers.map(({ id }) => id);
  if (redundancy.kind === 'failover') return names.every((id) => id === redundancy.active);
  const isOneEnough = redundancy.kind === 'parallel' && redundancy.needed === 1;
  return isOneEnough && names.every((id) => servers.some((server) => server.id === id));
}

const RANK: Record<Redundancy['kind'], number> = { single: 0, failover: 1, parallel: 2 };
const weaker = (a: Redundancy, b: Redundancy): Redundancy => (RANK[b.kind] < RANK[a.kind] ? b : a);

const withServices = (server: Server, more: readonly Server[]): Server => ({
  ...server,
  services: distinct([
    ...server.services,
    ...more.filter(({ id }) => id === server.id).flatMap((s) => s.services),
  ]),
});

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
