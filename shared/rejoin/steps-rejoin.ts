import type { ServiceCommands } from '../estate/service-control';
import type { Step } from '../runbook/plan';
import { said } from '../runbook/said';
import type { bootChange } from '../switchover/boot';
import { act, changes, check, is, output, sql, text, wait } from '../switchover/commands';
import { followSource } from '../switchover/follow';
import { isMysql, variables } from '../switchover/member';
import { hasReached, holdsAll, savePosition, wroteNothing } from '../switchover/positions';
import type { ChannelConfiguration } from '../switchover/readings';
import { replicationSecret, type Side } from '../switchover/scene';
import { channelValues, keys } from '../switchover/server-facts';
import { quietLog, replicaSide } from '../switchover/steps-follow';
import { isClosed } from './refuse-rejoin';
import { restartSteps } from './restart-steps';

/** Everything that the steps are made from, looked up once. */
export interface RejoinScene {
  old: Side;
  next: Side;
  /** A third server that keeps a copy of the run, where there is one. */
  kept: readonly Side[];
  /** How the others follow the new primary: so will the old one. */
  like: ChannelConfiguration;
  user: string;
  boot: ReturnType<typeof bootChange>;
  /** null: the estate leaves what a restart brings as it was, so that there is nothing to prove. */
  control: ServiceCommands | null;
}

/** Closed, kept closed by every restart, attached, caught up, and proved by a restart. */
export function stepsOf(scene: RejoinScene): Step[] {
  const { old, like, control } = scene;
  const before = [...closeSteps(old), ...bootSteps(scene)];
  const attached = attachSteps(
    scene,
    before.map(({ id }) => id),
  );
  const proof = control
    ? restartSteps({
        side: old,
        channel: like.name,
        control,
        needs: [`confirm-${old.node}`],
        numbers: ['6', '7', '8'],
        isPoint: false,
      })
    : [];
  return [...before, ...attached, ...proof];
}

/** MySQL: closed to administrators too, before it follows anybody. */
function closeSteps({ node, member }: Side): Step[] {
  if (isClosed(member)) return [];
  return [
    act({
      id: 'close',
      number: '1',
      title: said('STEP_CLOSE', { node }),
      target: node,
      nature: 'reversible',
      confirms: true,
      changes: changes([keys.superReadOnly(node), '1']),
      apply: [sql(node, 'SET GLOBAL super_read_only = 1')],
      undo: { apply: [sql(node, 'SET GLOBAL super_read_only = 0')], verify: [] },
    }),
  ];
}

function bootSteps({ old: { node }, boot }: RejoinScene): Step[] {
  if (boot === null || boot === 'unknown') return [];
  return [
    act({
      id: 'boot',
      number: '2',
      title: said('STEP_BOOT', { node }),
      target: node,
      nature: 'reversible',
      confirms: true,
      changes: changes(...boot.changes),
      apply: boot.apply,
      undo: { apply: boot.undo, verify: [] },
    }),
  ];
}

/**
 * Row 18. From here on it applies what the new primary writes: nothing brings back the moment before. So its history is
 * compared once more, on the servers, as the last thing before.
 */
function attachSteps({ old, next, like, user }: RejoinScene, needs: string[]): Step[] {
  const { node, member } = old;
  const params = { node, to: next.node };
  const history = (isMysql(member) ? member.position : member.binlogState) ?? '';
  const semi = replicaSide(old);
  const source = { sourceHost: next.member.address, sourcePort: next.member.port };
  const position = `position of ${next.node}`;
  return [
    act({
      id: 'attach',
      number: '3',
      title: said('STEP_ATTACH', params),
      target: node,
      needs,
      nature: 'point-of-no-return',
      confirms: true,
      relies: [keys.readOnly(node), keys.readOnly(next.node)],
      precheck: [
        ...quietLog(old),
        holdsAll('holds all', said('CHECK_HOLDS_ALL', params), next.node, next.member, text(history)),
        wroteNothing(
          'wrote nothing',
          said('CHECK_WROTE_NOTHING', { from: next.node, to: node }),
          node,
          member,
          history,
          next.member,
        ),
        stillClosed(old),
      ],
      changes: changes(...channelValues(node, member, source)).concat(semi?.changes ?? []),
      apply: [
        ...(semi?.apply ?? []),
        ...followSource({
          node,
          member,
          like,
          source: next.member,
          user,
          password: replicationSecret(next.node),
          wasPrimary: true,
        }),
      ],
    }),
    act({
      id: 'new-position',
      number: '4',
      title: said('STEP_NEW_POSITION', { to: next.node }),
      target: next.node,
      needs: ['attach'],
      nature: 'reads',
      ifItFails: 'stop',
      apply: [savePosition(next.node, next.member, position)],
    }),
    wait({
      id: `confirm-${node}`,
      number: '5',
      title: said('STEP_CONFIRM', params),
      target: node,
      needs: ['new-position'],
      until: hasReached(
        'reached',
        said('CHECK_REACHED', { from: next.node, to: node }),
        node,
        member,
        output(position),
      ),
      everyMs: 100,
      limitMs: 600_000,
      ifItFails: 'stop',
    }),
  ];
}

/** Whatever opened it since it was read would write while it follows. */
const stillClosed = ({ node, member }: Side) =>
  check(
    'still closed',
    said('CHECK_CLOSED', { node }),
    variables(node, member),
    is(isMysql(member) ? 'super_read_only' : 'read_only', '1'),
  );
