import type { TopologyLink } from '../views/topology';
import { linkKey } from './boxes';
import { boxFinder, type Placed } from './grid';

/** What one drawn line stands for: one link, or all links in one direction between two folded boxes. */
export interface Bundle {
  key: string;
  from: string;
  to: string;
  /** Keys of the links. */
  links: readonly string[];
  /** The request goes there and comes back on it. */
  twoWays: boolean;
}

/** Links between single servers stay single; what joins a group, or many strangers, is drawn once with a count. */
export function bundlesOf(
  links: readonly TopologyLink[],
  placed: readonly Pick<Placed, 'id' | 'members'>[],
): Bundle[] {
  const find = boxFinder(placed);
  const folded = new Set(placed.filter((box) => box.members.length > 0).map((box) => box.id));
  const bundles = new Map<string, Bundle>();
  for (const link of links) {
    const from = find(link.from);
    const to = find(link.to);
    if (from === null || to === null || from === to) continue;
    const single = !folded.has(from) && !folded.has(to);
    const key = single ? linkKey(link) : `${from} ⇉ ${to}`;
    const before = bundles.get(key);
    bundles.set(key, {
      key,
      from,
      to,
      links: [...(before?.links ?? []), linkKey(link)],
      twoWays: single && (link.path?.length ?? 0) > 1,
    });
  }
  return [...bundles.values()];
}
