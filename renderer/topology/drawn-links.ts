import { linkKey } from '@shared/topology/boxes';
import type { Layout } from '@shared/topology/layout';
import type { LinkRoute } from '@shared/topology/link-routes';
import type { Neighbourhood } from '@shared/topology/neighbourhood';
import type { TopologyLink } from '@shared/views/topology';
import { type LinkState, linkState } from './link-state';

/** One line of the picture with what it stands for now. */
export interface DrawnLink {
  route: LinkRoute;
  links: readonly TopologyLink[];
  state: LinkState;
  /** Steps of the request path that travel it, in order; none when the path is not lit. */
  steps: readonly number[];
  /** How many of its links are lit; all of them when nothing is in focus. */
  lit: number;
}

/** The state that matters most stands for all links of a line. */
const WORST = [
  'broken',
  'observed',
  'unknown',
  'declared',
  'replication',
  'seen',
] as const satisfies readonly LinkState[];

export function drawnLinks(
  layout: Layout,
  byKey: ReadonlyMap<string, TopologyLink>,
  path: boolean,
  focus: Neighbourhood | null,
): DrawnLink[] {
  return layout.links.flatMap((route) => {
    const links = route.links.flatMap((key) => byKey.get(key) ?? []);
    if (links.length === 0) return [];
    const states = new Set(links.map(linkState));
    return [
      {
        route,
        links,
        state: WORST.find((state) => states.has(state)) ?? 'seen',
        steps: path ? [...new Set(links.flatMap((link) => link.path ?? []))].toSorted((a, b) => a - b) : [],
        lit: focus ? links.filter((link) => focus.links.has(linkKey(link))).length : links.length,
      },
    ];
  });
}
