import type { Topology } from '@shared/views/topology';

/** What the search finds, by node, actor or address; null: nothing is searched for. */
export function searchOf(
  { nodes, actors, links }: Pick<Topology, 'nodes' | 'actors' | 'links'>,
  text: string,
): ReadonlySet<string> | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  const found = new Set<string>();
  const offer = (id: string, words: readonly (string | null)[]) => {
    if (words.join(' ').toLowerCase().includes(wanted)) found.add(id);
  };
  for (const node of nodes)
    offer(node.id, [node.id, node.title, node.host, node.address, node.kind, node.product, node.tier]);
  for (const actor of actors) offer(actor.id, [actor.id, actor.title]);
  const known = new Set([...nodes, ...actors].map((each) => each.id));
  for (const link of links) for (const end of [link.from, link.to]) if (!known.has(end)) offer(end, [end]);
  return found;
}

/** The next or the one before in a list, round its ends; from nowhere the first. */
export function stepIn(ids: readonly string[], from: string | null, by: number): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return (by < 0 ? ids.at(-1) : ids[0]) ?? null;
  return ids[(at + by + ids.length) % ids.length] ?? null;
}
