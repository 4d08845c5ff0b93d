import type { Link, Service } from '../estate/schema';
import { isCut, isDead, outOf, placesOfService, type Scene, usableOf } from './scene';
import { type Takeover, takeoverOf } from './takeover';

/** A routing rule whose target takes no work. */
export interface RoutingEffect {
  rule: Scene['estate']['routing'][number];
  /** Nodes that could do it instead, and whether anything of the estate says that they do. */
  takeover: Takeover;
}

export const routingEffects = (scene: Scene): RoutingEffect[] =>
  scene.estate.routing.flatMap((rule) => {
    const service = scene.estate.services.find(({ id }) => id === rule.to);
    if (!service || outOf(scene, rule.to) === undefined) return [];
    return [{ rule, takeover: takeoverOf(scene, service) }];
  });

/** What stops beside the workflows. */
export type SideEffect =
  /** A service of which there may be one, and none is left: its work stands still. */
  | { kind: 'stands-still'; service: string }
  /** Whoever was logged in is logged out. */
  | { kind: 'logged-out'; service: string }
  /** Everybody who asked the cache asks these at once, until it is full again. */
  | { kind: 'stampede'; service: string; clients: string[]; onto: string[] }
  | { kind: 'unwatched' | 'not-started' | 'not-backed-up'; by: string; of: string[] }
  /** A copy no longer follows. */
  | { kind: 'replication-stops'; link: string; from: string; to: string }
  /** A link that no workflow travels, and that is dead. */
  | { kind: 'link-dead'; link: string; from: string; to: string }
  /** A service of unstated size is stopped as a whole, although several are meant. */
  | { kind: 'all-instances'; service: string; least: number };

const WATCHING: Partial<Record<NonNullable<Link['purpose']>, 'unwatched' | 'not-started' | 'not-backed-up'>> =
  {
    health: 'unwatched',
    monitor: 'unwatched',
    start: 'not-started',
    backup: 'not-backed-up',
  };

/** Everything beside workflows, routing and data, in the order in which a person would want to know it. */
export function sideEffects(scene: Scene): SideEffect[] {
  const { services } = scene.estate;
  const gone = services.filter(({ id }) => outOf(scene, id) !== undefined);
  return [
    ...gone.flatMap((service) => ofService(scene, service)),
    ...lostWatching(scene),
    ...deadLinks(scene),
    ...gone.flatMap(({ id, multiplicity }): SideEffect[] => {
      const unplaced = placesOfService(scene, id).every(({ host }) => host === null);
      const least = multiplicity?.min ?? 1;
      return unplaced && least > 1 && outOf(scene, id) !== 'removed'
        ? [{ kind: 'all-instances', service: id, least }]
        : [];
    }),
  ];
}

function ofService(scene: Scene, { id, role, singleton }: Service): SideEffect[] {
  if (role === 'cache') {
    const clients = scene.estate.links.filter(({ to }) => to === id).map(({ from }) => from);
    const asking = [...new Set(clients)].filter((client) => usableOf(scene, client).length > 0);
    const service = scene.estate.services.find((each) => each.id === id);
    const takeover = service ? takeoverOf(scene, service) : null;
    const onto = takeover?.kind === 'behind-cache' ? takeover.nodes : [];
    return asking.length === 0 ? [] : [{ kind: 'stampede', service: id, clients: asking, onto }];
  }
  if (role === 'session' && outOf(scene, id) !== 'drained') return [{ kind: 'logged-out', service: id }];
  return singleton ? [{ kind: 'stands-still', service: id }] : [];
}

/** Watching, starting and saving that ends because whoever does it is gone, or cannot reach what it does it for. */
function lostWatching(scene: Scene): SideEffect[] {
  const lost = new Map<string, Extract<SideEffect, { of: string[] }>>();
  for (const link of scene.estate.links) {
    const kind = link.purpose === undefined ? undefined : WATCHING[link.purpose];
    const reaches = usableOf(scene, link.to).length > 0;
    if (!kind || !reaches || !isDead(scene, link)) continue;
    const key = `${kind} ${link.from}`;
    const before = lost.get(key) ?? { kind, by: link.from, of: [] };
    if (!before.of.includes(link.to)) before.of.push(link.to);
    lost.set(key, before);
  }
  return [...lost.values()];
}

/** Replication that stops, and links without a workflow whose one end lives and finds nobody at the other. */
function deadLinks(scene: Scene): SideEffect[] {
  const travelled = new Set(scene.estate.workflows.flatMap(({ steps }) => steps.map(({ link }) => link)));
  return scene.estate.links.flatMap((link): SideEffect[] => {
    const { id, from, to, purpose } = link;
    if (!isDead(scene, link)) return [];
    if (purpose === 'replicate') return [{ kind: 'replication-stops', link: id, from, to }];
    if (travelled.has(id) || (purpose !== undefined && WATCHING[purpose])) return [];
    if (scene.estate.services.find((service) => service.id === to)?.role === 'cache') return [];
    const opens = usableOf(scene, from).length > 0 || scene.estate.actors.some((actor) => actor.id === from);
    return opens || isCut(scene, id) ? [{ kind: 'link-dead', link: id, from, to }] : [];
  });
}
