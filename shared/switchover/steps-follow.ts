import type { Check, Command } from '../runbook/command';
import type { Change, Step } from '../runbook/plan';
import { act, changes, check, is, said, sql } from './commands';
import { type Following, followSource, forgetSource } from './follow';
import { channelOf, isMysql, semiSyncNames } from './member';
import { replicationSecret, type Scene, type Side } from './scene';
import { channelValues, followingChanges, keys } from './server-facts';

/** Rows 18, 19 and 19b: everybody follows the new primary, side by side, and it forgets whom it followed. */

/** `side` follows `source`: with its own channel's options, or, as it had none, with those of the new primary's. */
export function followingOf(scene: Scene, side: Side, source: Side): Following {
  const { node, member } = side;
  return {
    node,
    member,
    like: channelOf(member) ?? scene.channel,
    source: source.member,
    user: scene.users[source.node] ?? '',
    password: replicationSecret(source.node),
    wasPrimary: node === scene.from.node,
  };
}

/** MariaDB writes the password of CHANGE MASTER into its general log as it is: so there must not be one. */
export const quietLog = ({ node, member }: Side): Check[] =>
  isMysql(member)
    ? []
    : [
        check(
          `general log ${node}`,
          said('CHECK_GENERAL_LOG', { node }),
          sql(node, 'SELECT @@GLOBAL.general_log AS general_log'),
          is('general_log', '0'),
        ),
      ];

/** Both sides of semi-sync in one statement. */
export function sides({ node, member }: Side, source: boolean, replica: boolean): Command {
  const names = semiSyncNames(member);
  const flag = (on: boolean) => (on ? 1 : 0);
  return sql(
    node,
    `SET GLOBAL ${names.source} = ${flag(source)}, GLOBAL ${names.replica} = ${flag(replica)}`,
  );
}

/** The old primary becomes a semi-sync replica before it follows; null: semi-sync is off, or it is one already. */
export const replicaSide = (from: Side): { changes: Change[]; apply: Command[] } | null =>
  from.member.semiSync?.source
    ? {
        changes: changes([keys.semiSource(from.node), '0'], [keys.semiReplica(from.node), '1']),
        apply: [sides(from, false, true)],
      }
    : null;

/** `early`: nodes that follow the new primary already; `sides`: who will, the old primary first where it is there. */
export function followSteps(
  scene: Scene,
  early: ReadonlySet<string>,
  sides: readonly Side[] = [scene.from, ...scene.moving],
): Step[] {
  const { from, to } = scene;
  const late = sides.filter(({ node }) => !early.has(node));
  const follow = late.map((side): Step => {
    const { node, member } = side;
    const isOld = node === from.node;
    const semi = isOld ? replicaSide(from) : null;
    return act({
      id: `follow-${node}`,
      number: isOld ? '18' : numberOf('19', scene, node),
      title: said(isOld ? 'STEP_FOLLOW_OLD' : 'STEP_FOLLOW', { node, to: to.node }),
      target: node,
      needs: ['open'],
      nature: 'hard',
      confirms: true,
      ifItFails: 'stop',
      relies: isOld ? [keys.readOnly(node)] : [],
      precheck: quietLog(side),
      changes: followingChanges(node, member, {
        sourceHost: to.member.address,
        sourcePort: to.member.port,
      }).concat(semi?.changes ?? []),
      apply: [...(semi?.apply ?? []), ...followSource(followingOf(scene, side, to))],
    });
  });
  return [...follow, forget(scene, ['open', ...follow.map(({ id }) => id)])];
}

/** "19", or "19.1", "19.2" where several do it. */
function numberOf(row: string, { moving }: Scene, node: string): string {
  const index = moving.findIndex((one) => one.node === node);
  return moving.length === 1 ? row : `${row}.${index + 1}`;
}

/** Last of all: until everybody follows, the record of the old channel stays. */
function forget({ to, channel }: Scene, needs: string[]): Step {
  return act({
    id: 'forget',
    number: '19b',
    title: said('STEP_FORGET', { to: to.node }),
    target: to.node,
    needs,
    nature: 'hard',
    confirms: true,
    ifItFails: 'stop',
    changes: changes(...channelValues(to.node, to.member, null)),
    apply: [forgetSource(to.node, to.member, channel.name)],
  });
}
