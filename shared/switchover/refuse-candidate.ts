import type { ReplicationCluster } from '../replication/model';
import type { Refusal } from '../views/lever';
import type { SwitchoverReadings } from './readings';
import { type Refuse, refusal } from './refusal';

/** What replication itself says: who may take over, and how the old primary is. */
export const refuseCandidate: Refuse = ({ replication, readings }) => [
  ...shapeRefusals(replication),
  ...primaryRefusals(replication, readings),
  ...candidateRefusals(replication, readings),
];

/**
 * The reason beside which no other is worth a word, if there is one. Of a group, whatever its members take or follow, each
 * other reason would speak of asynchronous replication; towards the server that takes writes already, of a primary that it
 * is not taken from. Null: neither, or nobody can tell which server that is.
 */
export function onlyReason({ shape, primaries }: ReplicationCluster, to: string): Refusal | null {
  if (shape === 'group') return refusal('GROUP');
  const isTheOne = primaries.length === 1 && primaries[0] === to;
  return isTheOne ? refusal('ALREADY_PRIMARY', { node: to }) : null;
}

/** Forms in which "the primary" is no single server, or is not ours to choose. */
function shapeRefusals({ shape }: ReplicationCluster) {
  switch (shape) {
    case 'circular':
      return [refusal('CIRCULAR')];
    case 'islands':
      return [refusal('ISLANDS')];
    case 'alone':
    case 'chain':
    case 'star':
    case 'tree':
      return [];
    case 'multi-source':
      return [refusal('MULTI_SOURCE')];
    case 'group':
      return [refusal('GROUP')];
    case 'unknown':
      return [refusal('SHAPE_UNKNOWN')];
  }
}

/** Only a primary that is alive, seen from here and by its replicas, is switched over; all else is an emergency. */
function primaryRefusals({ primaries, verdicts }: ReplicationCluster, { from }: SwitchoverReadings) {
  if (!primaries.includes(from)) return [refusal('NOT_PRIMARY', { node: from })];
  const others = primaries.filter((node) => node !== from);
  if (others.length > 0) return [refusal('TWO_PRIMARIES', { nodes: [from, ...others].join(', ') })];
  const verdict = verdicts.find(({ node }) => node === from)?.verdict ?? 'unknown';
  switch (verdict) {
    case 'alive':
      return [];
    case 'unreachable-from-here':
      return [refusal('PRIMARY_UNREACHABLE_FROM_HERE', { node: from })];
    case 'dead':
      return [refusal('PRIMARY_DEAD', { node: from })];
    case 'hung':
    case 'refusing-clients':
    case 'locked-by-semi-sync':
    case 'disk-stalled':
      return [refusal('PRIMARY_ILL', { node: from, verdict })];
    case 'unknown':
      return [refusal('PRIMARY_UNKNOWN', { node: from })];
  }
}

/** Every reason of the candidate's verdict, in the words of the Replication place. */
function candidateRefusals({ candidates, members }: ReplicationCluster, { to, from }: SwitchoverReadings) {
  const found = candidates.find(({ node }) => node === to);
  const isMember = members.some(({ server }) => server.node === to);
  if (!found) return to === from || isMember ? [] : [refusal('NO_SUCH_CANDIDATE', { node: to })];
  if (found.verdict === 'can') return [];
  return found.because.map(({ code, params }) => refusal(`CANDIDATE_${code}`, { ...params, node: to }));
}
