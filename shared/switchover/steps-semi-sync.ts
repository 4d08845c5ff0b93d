import type { Step } from '../runbook/plan';
import { act, changes, check, is, number, said, sql, wait } from './commands';
import { followSource, forgetSource, stopFollowing } from './follow';
import type { Scene, Side } from './scene';
import { followingChanges, keys } from './server-facts';
import { followingOf, quietLog, replicaSide, sides } from './steps-follow';

/**
 * Row 15b: with semi-sync on, the new primary gets its replicas before it is opened. A source without one stalled its
 * first commit for the whole of its timeout, and one with semi-sync off acknowledges what nobody else has.
 */
export function semiSyncSteps(scene: Scene, common: { group: string | null; track: string }): Step[] {
  if (scene.needed === null) return [];
  const { to, needed } = scene;
  const early = earlyFollowers(scene);
  const follow = early.map((side, index): Step => followEarly(scene, side, index, common));
  const params = { to: to.node, needed: `${needed}` };
  return [
    ...follow,
    wait({
      ...common,
      id: 'ackers',
      number: '15c',
      title: said('STEP_ACKERS', params),
      target: to.node,
      needs: early.length > 0 ? follow.map(({ id }) => id) : ['detach'],
      until: check(
        'ackers',
        said('CHECK_ACKERS', params),
        sql(to.node, CLIENTS[to.member.dialect], [number(needed)]),
        is('enough', '1'),
      ),
      everyMs: 10,
      limitMs: 10_000,
    }),
    act({
      ...common,
      id: 'semi-sync-on',
      number: '15d',
      title: said('STEP_SEMI_SYNC_ON', params),
      target: to.node,
      needs: ['ackers'],
      nature: 'reversible',
      confirms: true,
      changes: changes([keys.semiSource(to.node), '1'], [keys.semiReplica(to.node), '0']),
      apply: [sides(to, true, false)],
      undo: {
        apply: [sides(to, to.member.semiSync?.source === true, to.member.semiSync?.replica === true)],
        verify: [],
      },
    }),
  ];
}

const CLIENTS = {
  mysql:
    "SELECT VARIABLE_VALUE >= ? AS enough FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Rpl_semi_sync_source_clients'",
  mariadb:
    "SELECT VARIABLE_VALUE >= ? AS enough FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_MASTER_CLIENTS'",
};

/** The other replicas; the old primary too, where they alone are too few. */
export function earlyFollowers({ from, moving, others, to, needed }: Scene): readonly Side[] {
  if (needed === null) return [];
  const acknowledging = others.filter(
    ({ node, member }) => node !== to.node && member.semiSync?.replica === true,
  ).length;
  return acknowledging < needed ? [...moving, from] : moving;
}

/** As rows 18 and 19, but with a way back: to the old primary, or to no source at all. */
function followEarly(
  scene: Scene,
  side: Side,
  index: number,
  common: { group: string | null; track: string },
): Step {
  const { from, to } = scene;
  const { node, member } = side;
  const following = followingOf(scene, side, to);
  const isOld = node === from.node;
  const semi = isOld ? replicaSide(from) : null;
  return act({
    ...common,
    id: `follow-${node}`,
    number: `15b${index + 1}`,
    title: said('STEP_FOLLOW', { node, to: to.node }),
    target: node,
    needs: ['detach'],
    nature: 'reversible',
    confirms: true,
    changes: followingChanges(node, member, {
      sourceHost: to.member.address,
      sourcePort: to.member.port,
    }).concat(semi?.changes ?? []),
    apply: [...(semi?.apply ?? []), ...followSource(following)],
    undo: {
      apply: isOld
        ? [
            stopFollowing(node, member, following.like.name),
            forgetSource(node, member, following.like.name),
            sides(from, member.semiSync?.source === true, member.semiSync?.replica === true),
          ]
        : followSource(followingOf(scene, side, from)),
      verify: [],
    },
    precheck: quietLog(side),
  });
}
