import type { LabelWish } from '@shared/topology/labels';
import type { LinkRoute } from '@shared/topology/link-routes';
import type { TopologyLink } from '@shared/views/topology';
import type { Words } from '../words';
import type { DrawnLink } from './drawn-links';

/** Widths in pixels of the condensed face at 11.5 px: a little more than the widest common letters take. */
const LETTER = 5.9;
/** At 14 px, where a line stands for many links and is looked at from far. */
const LARGE_LETTER = 7.2;
/** A mark before the text, and the space about both. */
const MARK = 16;
const SPACE = 8;
/** The widest count that gets room; what is wider is cut at its end. */
const COUNT = 888;

const protocolOf = (link: TopologyLink): string => {
  if (link.protocol === 'unknown') return '';
  // What is declared has its port in the estate; of a stranger the port is half of what is known.
  return link.declared || link.port === null ? link.protocol : `${link.protocol} ${link.port}`;
};

/** Is this line one link, drawn as itself? */
const single = (route: LinkRoute, links: readonly TopologyLink[]): TopologyLink | undefined =>
  route.key.includes(' ⇉ ') ? undefined : links[0];

/**
 * The room that the label of a line asks for. It depends on what the line is, never on what was last counted on
 * it: a label does not move or change its form because a number changed.
 */
export function wishOf(route: LinkRoute, links: readonly TopologyLink[], { ui, graph }: Words): LabelWish {
  const width = (text: string) => Math.ceil(text.length * LETTER) + SPACE;
  const stops = Math.min(2, new Set(links.flatMap((link) => link.path ?? [])).size);
  const link = single(route, links);
  if (!link) {
    // In focus it says how many of them are lit: the longest that it ever says.
    const large = Math.ceil(graph.linksOf(links.length, links.length).length * LARGE_LETTER) + SPACE;
    return { key: route.key, stops, widths: [MARK + large] };
  }
  const protocol = protocolOf(link);
  const full = [protocol, ui.topology.link.connections(COUNT)].filter(Boolean).join(' · ');
  const short = protocol === '' ? [] : [MARK + width(protocol)];
  return { key: route.key, stops, widths: [MARK + width(full), ...short, MARK + SPACE] };
}

/** The text of a label in the wording for which there is room. */
export function labelText(drawn: DrawnLink, wording: number, { ui, common, graph }: Words): string {
  const { route, links, lit, state } = drawn;
  const link = single(route, links);
  if (!link) {
    if (lit < links.length && lit > 0) return graph.linksOf(lit, links.length);
    return graph.links(links.length);
  }
  const protocol = protocolOf(link);
  const count = link.count === null ? '' : ui.topology.link.connections(link.count);
  // The mark says unknown already.
  const named = protocol !== '' || state === 'unknown' ? protocol : common.unknown;
  if (wording === 0) return [named, count].filter(Boolean).join(' · ');
  return wording === 1 ? protocol : '';
}
