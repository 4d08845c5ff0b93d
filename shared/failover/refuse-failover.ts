import { channelOf, isMysql } from '../switchover/member';
import type { MemberReading } from '../switchover/readings';
import { type Ground, refusal } from '../switchover/refusal';
import { loginRefusals, rightsRefusals } from '../switchover/refuse-access';
import { bootRefusals, channelRefusals, purgedOf, versionRefusals } from '../switchover/refuse-servers';
import { replicationUser } from '../switchover/scene';
import { hookKnows } from '../switchover/traffic';
import type { Refusal } from '../views/lever';
import { aheadOf, type FailoverGround } from './failover-scene';
import type { FailoverLook } from './model';

/**
 * Everything that speaks against an emergency failover, all at once. What could not be read of those who stay refuses as well;
 * what cannot be read of the one that is given up never does. A person may know better about two things: that it is dead
 * although only this console misses it, and that what somebody else alone has may be lost.
 */

/** What has to be typed where nobody but this console misses the primary; a name in every language, no sentence. */
export const OWN_VIEW = 'own view alone';
/** What has to be typed where somebody else still sees it. */
export const SEEN = 'others see it';

/**
 * Reasons beside which no other is worth a word: it lives, or nobody knows who could take over. They need no more than the look.
 */
export function firstReasons(look: FailoverLook): Refusal[] {
  const { old, choice, loss } = look;
  const verdict = old.verdict?.verdict ?? 'unknown';
  const params = { from: old.node };
  if (old.answers) return [refusal('FAILOVER_ANSWERS', params)];
  // A server that refuses this console speaks all the same.
  if (verdict === 'alive' || verdict === 'refusing-clients')
    return [refusal('FAILOVER_LIVES', { ...params, verdict })];
  if (choice.kind === 'unclear') {
    const nodes = choice.nodes.join(', ');
    return [refusal(`FAILOVER_UNCLEAR_${choice.why.toUpperCase()}`, { ...params, nodes })];
  }
  return loss === null ? [refusal('FAILOVER_NO_POSITION', { ...params, to: choice.node })] : [];
}

export function refuseFailover(ground: FailoverGround, madeAt: number): Refusal[] {
  const { estate, replication, look, readings } = ground;
  const { to, others, members } = readings;
  const next = members[to];
  if (!next) return [refusal('NOT_READ', { node: to })];
  const stay: Ground = { estate, replication, readings, madeAt };
  const ahead = aheadOf(look);
  const followers = others.filter((node) => members[node] && !ahead.has(node));
  return [
    ...shapeRefusals(ground),
    ...viewRefusals(look),
    ...choiceRefusals(look),
    ...Object.values(members).flatMap((member) => [
      ...versionRefusals(member),
      ...(member.readOnly ? [] : [refusal('WRITABLE', { node: member.node, from: readings.from })]),
      // Threads of a dead source may stand still.
      ...channelRefusals(member),
    ]),
    ...relayRefusals(ground, next),
    ...bootRefusals(stay),
    ...purgedOf(stay, followers),
    ...rightsRefusals(stay),
    ...accountRefusals(ground, next, followers),
    ...hookRefusals(ground, next),
  ];
}

/** Forms in which "the primary" is no single server. Of a dead one the others may look like islands: that says nothing. */
function shapeRefusals({ replication: { shape } }: FailoverGround): Refusal[] {
  switch (shape) {
    case 'group':
      return [refusal('GROUP')];
    case 'circular':
      return [refusal('CIRCULAR')];
    case 'multi-source':
      return [refusal('MULTI_SOURCE')];
    case 'alone':
    case 'chain':
    case 'star':
    case 'tree':
    case 'islands':
    case 'unknown':
      return [];
  }
}

/** "I do not see it" is not "it is dead". */
function viewRefusals({ old, seenByOthers }: FailoverLook): Refusal[] {
  if (seenByOthers) return [];
  const terms = (old.verdict?.terms ?? []).filter(
    ({ code }) => code === 'replica-hears' || code === 'host-reaches',
  );
  const seeing = terms.filter(({ holds }) => holds === true).map(({ observer }) => observer);
  return seeing.length > 0
    ? [refusal('FAILOVER_SEEN', { from: old.node, nodes: [...new Set(seeing)].join(', ') }, SEEN)]
    : [refusal('FAILOVER_OWN_VIEW', { from: old.node }, OWN_VIEW)];
}

/**
 * Of one that a person named: each rule that forbids it, and who has more. That may be given up only where nobody of those
 * could take over instead: else naming that one costs nothing, and this costs transactions.
 */
function choiceRefusals({ choice, ranked }: FailoverLook): Refusal[] {
  if (choice.kind !== 'asked') return [];
  const { node, because, behind } = choice;
  const forbidden = because.map(({ code, params }) => refusal(`CANDIDATE_${code}`, { ...params, node }));
  if (behind.length === 0) return forbidden;
  const able = ranked.filter(
    (one) => behind.includes(one.node) && one.received !== null && one.against.length === 0,
  );
  const nodes = behind.join(', ');
  return [
    ...forbidden,
    able.length > 0
      ? refusal('FAILOVER_BEHIND_ABLE', { node, nodes: able.map((one) => one.node).join(', ') })
      : refusal('FAILOVER_BEHIND', { node, nodes }, nodes),
  ];
}

/** T1: with both threads of MariaDB stopped, any start deletes the relay logs, and with them the only copy. */
function relayRefusals({ look }: FailoverGround, member: MemberReading): Refusal[] {
  const channel = channelOf(member);
  if (isMysql(member) || !channel || channel.receiverOn || channel.applierOn) return [];
  const toApply = look.ranked.find(({ node }) => node === member.node)?.toApply ?? null;
  if (toApply === '0') return [];
  return [refusal('FAILOVER_RELAY_LOGS', { node: member.node, count: toApply ?? '?' })];
}

/** T12: they will log in to the new primary; with semi-sync, undoing leads them back to the old one's address. */
function accountRefusals(
  { estate, readings }: FailoverGround,
  next: MemberReading,
  followers: readonly string[],
): Refusal[] {
  if (followers.length === 0) return [];
  if (replicationUser(estate, next.service) === null)
    return [refusal('NO_REPLICATION_ACCOUNT', { node: next.node })];
  return loginRefusals(readings, followers);
}

/** A hook that cannot lead to the new server would leave clients at the old one; one whose host is gone is a warning. */
function hookRefusals({ estate, readings }: FailoverGround, next: MemberReading): Refusal[] {
  const hooks = estate.clusters.find(({ id }) => id === readings.cluster)?.acting?.traffic ?? [];
  return hooks
    .filter((hook) => !hookKnows(hook, next.service))
    .map(({ id }) => refusal('HOOK_INCOMPLETE', { hook: id, node: next.node }));
}
