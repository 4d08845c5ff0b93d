import type { TopologyLink } from '@shared/views/topology';

export type LinkState = 'seen' | 'declared' | 'observed' | 'replication' | 'unknown' | 'broken';

/** How a link is drawn. What cannot be seen is unknown before it is anything else. */
export function linkState(
  link: Pick<TopologyLink, 'declared' | 'observed' | 'unknown' | 'broken' | 'configured'>,
): LinkState {
  if (link.broken) return 'broken';
  if (link.unknown) return 'unknown';
  if (link.configured.includes('replication')) return 'replication';
  if (link.observed) return link.declared ? 'seen' : 'observed';
  return 'declared';
}
