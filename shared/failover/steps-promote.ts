import type { Check, SqlCommand } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { act, changes, check, output, said, sql, text, wait } from '../switchover/commands';
import { stopFollowing } from '../switchover/follow';
import { channelStatus, isMysql } from '../switchover/member';
import { hasReached } from '../switchover/positions';
import { keys, stoppedValues } from '../switchover/server-facts';
import { openForWrites } from '../switchover/steps-freeze';
import { semiSyncSteps } from '../switchover/steps-semi-sync';
import { type FailoverScene, isReceiver } from './failover-scene';
import { ISOLATED } from './steps-fence';
import { asProved, withoutReceiver } from './steps-follow-safely';
import { NO_MORE_LOST, outputs, RECEIVED } from './steps-recount';

/**
 * Everything that was received is applied before anything of the channel is touched, and the new primary is opened only
 * then (T1: a reset, and on MariaDB even a start, throws away what is not applied yet). Nothing here is taken back by
 * itself: whatever fails waits for a person.
 */

export const DRAIN = 'drain';
/** A replica that was hours behind takes its time; whoever waits may give it up at any moment. */
const DRAIN_MS = 30 * 60_000;
const THREADS_MS = 30_000;

export function stepsPromote(scene: FailoverScene): Step[] {
  const start = startApplier(scene);
  const before: Step[] = [...start, drain(scene, start), detach(scene)];
  const semi = semiSyncSteps(scene, { group: null, track: 'database' }).map(
    (step): Step => withoutReceiver(asProved(scene, { ...step, ifItFails: 'stop' })),
  );
  const all = [...before, ...semi];
  return [...all, open(scene, all.at(-1)?.id ?? 'detach')];
}

/** MariaDB: only while the receiver is there, or the start would delete the relay logs. Read in the same step, right before. */
function startApplier({ to, channel }: FailoverScene): Step[] {
  if (channel.applierOn) return [];
  const { node, member } = to;
  const thread = (verb: 'START' | 'STOP'): SqlCommand =>
    isMysql(member)
      ? sql(node, `${verb} REPLICA SQL_THREAD FOR CHANNEL ?`, [text(channel.name)], { timeoutMs: THREADS_MS })
      : sql(node, `${verb} SLAVE ? SQL_THREAD`, [text(channel.name)], { timeoutMs: THREADS_MS });
  return [
    act({
      id: 'start-applier',
      number: '12',
      title: said('STEP_START_APPLIER', { to: node }),
      target: node,
      needs: [RECEIVED],
      nature: 'reversible',
      ifItFails: 'stop',
      confirms: true,
      precheck: isMysql(member) ? [] : [receiverIsThere(node, member, channel.name)],
      changes: changes([keys.applier(node), isMysql(member) ? 'on' : 'Yes']),
      apply: [thread('START')],
      undo: { apply: [thread('STOP')], verify: [] },
    }),
  ];
}

const receiverIsThere = (node: string, member: FailoverScene['to']['member'], channel: string): Check =>
  check('receiver', said('CHECK_RELAY_KEPT', { to: node }), channelStatus(node, member, channel), {
    kind: 'one-of',
    column: 'Slave_IO_Running',
    values: ['Yes', 'Connecting'],
  });

/** Beside the recount: what it applies, it would have applied anyway. */
function drain(scene: FailoverScene, start: readonly Step[]): Step {
  return wait({
    id: DRAIN,
    number: '13',
    title: said('STEP_DRAIN_RELAY', { to: scene.to.node }),
    target: scene.to.node,
    needs: start.length > 0 ? start.map(({ id }) => id) : [RECEIVED],
    until: hasDrained('drained', scene),
    everyMs: 10,
    limitMs: DRAIN_MS,
    ifItFails: 'stop',
  });
}

const hasDrained = (id: string, { to }: FailoverScene): Check =>
  hasReached(
    id,
    said('CHECK_DRAINED', { to: to.node }),
    to.node,
    to.member,
    output(outputs.received(to.node)),
  );

/** Undone, only those threads start again that ran before; by then nothing unapplied is left to be lost. */
function detach(scene: FailoverScene): Step {
  const { from, to, channel } = scene;
  const { node, member } = to;
  const word = isMysql(member) ? 'REPLICA' : 'SLAVE';
  const start = isMysql(member) ? `START ${word} SQL_THREAD FOR CHANNEL ?` : `START ${word} ? SQL_THREAD`;
  const whole = isMysql(member) ? `START ${word} FOR CHANNEL ?` : `START ${word} ?`;
  // MySQL's receiver was stopped by a step of its own, which starts it again.
  const alone = isMysql(member) || !channel.receiverOn;
  return act({
    id: 'detach',
    number: '15',
    title: said('STEP_DETACH', { from: from.node, to: node }),
    target: node,
    needs: [NO_MORE_LOST, DRAIN],
    nature: 'reversible',
    ifItFails: 'stop',
    confirms: true,
    precheck: [hasDrained('drained', scene)],
    changes: changes(...stoppedValues(node, member).filter(([key]) => !isReceiver(key))),
    apply: [stopFollowing(node, member, channel.name)],
    undo: {
      apply: [sql(node, alone ? start : whole, [text(channel.name)], { timeoutMs: THREADS_MS })],
      verify: [],
    },
  });
}

/** The point of no return. Everything received is applied: that is seen once more, as the last thing before. */
function open(scene: FailoverScene, after: string): Step {
  const { from, to } = scene;
  const { node, member } = to;
  return act({
    id: 'open',
    number: '16',
    title: said('STEP_OPEN', { to: node, from: from.node }),
    target: node,
    needs: [...new Set([ISOLATED, NO_MORE_LOST, after])],
    nature: 'point-of-no-return',
    ifItFails: 'stop',
    confirms: true,
    relies: [keys.applier(node)],
    precheck: [hasDrained('drained', scene)],
    changes: changes(...(member.superReadOnly === true ? [[keys.superReadOnly(node), '0'] as const] : []), [
      keys.readOnly(node),
      '0',
    ]),
    apply: [openForWrites(to)],
  });
}
