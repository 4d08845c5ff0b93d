import { linkKey, MOST_CARDS, MOST_ROWS } from '@shared/topology/boxes';
import { layoutIn } from '@shared/topology/form';
import { type Layout, layoutOf } from '@shared/topology/layout';
import type { Topology } from '@shared/views/topology';
import { useMemo, useRef } from 'react';
import type { Size } from './view';

/** Everything that decides where things stand. Health, numbers and states are not in it. */
const structureOf = ({ nodes, links, actors, hosts }: Topology): string =>
  JSON.stringify([
    nodes.map((node) => [node.id, node.site, node.tier]),
    links.map((link) => [linkKey(link), link.path?.length ?? 0]),
    actors.map((actor) => actor.id),
    hosts.map((host) => host.site),
  ]);

/** The topology as it was when its structure last changed: the same object as long as nothing would move. */
export function useStructure(topology: Topology): Topology {
  const key = useMemo(() => structureOf(topology), [topology]);
  const kept = useRef({ key, topology });
  if (kept.current.key !== key) kept.current = { key, topology };
  return kept.current.topology;
}

/** Are servers drawn one by one, or by site and tier? */
export const isGrouped = (topology: Pick<Topology, 'nodes'>): boolean => topology.nodes.length > MOST_CARDS;

/** Groups are open by themselves as long as there are few enough servers. */
export const opensByItself = (topology: Pick<Topology, 'nodes'>): boolean =>
  topology.nodes.length <= MOST_ROWS;

/** The picture for this window. `changed` are the groups that a person opened, or folded where they open by themselves. */
export function useLayout(
  structure: Topology,
  { width, height }: Size,
  changed: ReadonlySet<string>,
): Layout {
  const grouped = isGrouped(structure);
  // Groups stand the same in every window.
  const room = useMemo(() => (grouped ? null : { width, height }), [grouped, width, height]);
  return useMemo(() => {
    if (room) return layoutIn(structure, room);
    const byItself = opensByItself(structure);
    return layoutOf(structure, { form: 'group', between: 52, open: (id) => changed.has(id) !== byItself });
  }, [structure, room, changed]);
}
