import type { Check } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { act, check, is, output, said, sql } from '../switchover/commands';
import { isMysql } from '../switchover/member';
import type { Side } from '../switchover/scene';
import { confirmSteps, eventSteps, pointSteps } from '../switchover/steps-after';
import { followSteps } from '../switchover/steps-follow';
import { earlyFollowers } from '../switchover/steps-semi-sync';
import { type FailoverScene, isReceiver } from './failover-scene';
import { ISOLATED } from './steps-fence';
import { outputs, receivedCommands } from './steps-recount';

/**
 * The others follow the new primary. CHANGE throws away what a replica has received and not applied (T1): so it is first
 * proved that the new primary holds all of it.
 */
export function stepsAfterFailover(scene: FailoverScene): Step[] {
  const early = new Set(earlyFollowers(scene).map(({ node }) => node));
  const follow = followSteps(scene, early, scene.moving)
    .map((step) => asProved(scene, step))
    .map(withoutReceiver);
  const moved = follow.filter(({ id }) => id !== 'forget').map(({ id }) => id);
  return [
    ...pointSteps(scene),
    ...eventSteps(scene),
    ...follow,
    ...confirmSteps(scene, scene.others, ['open', ...moved]),
  ];
}

/** What each has received, read while nobody sends any more: before anybody's channel is changed. */
export const stepsReceived = (scene: FailoverScene): Step[] =>
  scene.moving.map(({ node, member, like }, index) =>
    act({
      id: `received-${node}`,
      number: `8.${index + 1}`,
      title: said('STEP_RECEIVED', { to: node }),
      target: node,
      needs: [ISOLATED],
      nature: 'reads',
      ifItFails: 'stop',
      apply: receivedCommands(node, member, like.name),
    }),
  );

/** A step by which one of the others follows, with the proof before it; any other step as it is. */
export function asProved(scene: FailoverScene, step: Step): Step {
  const side = scene.moving.find(({ node }) => step.id === `follow-${node}`);
  if (!side || step.kind !== 'act') return step;
  return {
    ...step,
    needs: [...step.needs, `received-${side.node}`],
    precheck: [...step.precheck, holdsReceived(scene.to, side.node)],
  };
}

function holdsReceived({ node, member }: Side, of: string): Check {
  const title = said('CHECK_HOLDS_RECEIVED', { to: node, node: of });
  const received = output(outputs.received(of));
  if (isMysql(member)) {
    const command = sql(node, 'SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed) AS lacks', [received]);
    return check('holds received', title, command, is('lacks', ''));
  }
  const command = sql(
    node,
    'SELECT @@GLOBAL.gtid_binlog_state AS logged, @@GLOBAL.gtid_slave_pos AS applied',
  );
  return check('holds received', title, command, {
    kind: 'judged',
    by: 'holds-received',
    params: { received },
  });
}

/** A receiver that has given up a dead source is off, and nothing that a plan could have known: see `factsOf`. */
export const withoutReceiver = (step: Step): Step => ({
  ...step,
  changes: step.changes.filter(({ fact }) => !isReceiver(fact)),
});
