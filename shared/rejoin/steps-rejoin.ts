import type { ServiceCommands } from '../estate/service-control';
import type { Check } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { said } from '../runbook/said';
import type { bootChange } from '../switchover/boot';
import { act, changes, check, is, output, sql, text, wait } from '../switchover/commands';
import { followSource } from '../switchover/follow';
import { isMysql, variables } from '../switchover/member';
import { hasReached, holdsAll, savePosition, wroteNothing } from '../switchover/positions';
import type { ChannelConfiguration } from '../switchover/readings';
import { replicationSecret, type Side } from '../switchover/scene';
import { followingChanges, keys } from '../switchover/server-facts';
import { quietLog, replicaSide } from '../switchover/steps-follow';
import { logReachesBack } from './judges';
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
export function attachPlan(scene: RejoinScene): Step[] {
  const { old } = scene;
  const before = [...closeSteps(old), ...bootSteps(scene)];
  const { member } = old;
  const attached = attachSteps(scene, {
    needs: before.map(({ id }) => id),
    history: (isMysql(member) ? member.position : member.binlogState) ?? '',
    goesOn: 'own-log',
    numbers: ['3', '4', '5'],
  });
  return [...before, ...attached, ...proofSteps(scene, [`confirm-${old.node}`], ['6', '7', '8'])];
}

/** The restart, where the estate lets one be made. */
export const proofSteps = (
  { old, like, control }: RejoinScene,
  needs: readonly string[],
  numbers: readonly [string, string, string],
): Step[] =>
  control ? restartSteps({ side: old, channel: like.name, control, needs, numbers, isPoint: false }) : [];

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

/** Whoever restarts it finds it closed. */
export function bootSteps({ old: { node }, boot }: Pick<RejoinScene, 'old' | 'boot'>): Step[] {
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

export interface Attaching {
  needs: readonly string[];
  /** All that the old primary has by then: gtid_executed, or MariaDB's gtid_binlog_state. null: an earlier step compares it. */
  history: string | null;
  /**
   * MariaDB: it goes on from where its own log ends, or from the position that it was given. By the latter the point of no
   * return lies behind already.
   */
  goesOn: 'own-log' | 'position';
  numbers: readonly [attach: string, position: string, confirm: string];
}

/**
 * Row 18. From here on it applies what the new primary writes: nothing brings back the moment before. So its history is
 * compared once more, on the servers, as the last thing before.
 */
export function attachSteps(
  { old, next, like, user }: RejoinScene,
  { needs, history, goesOn, numbers }: Attaching,
): Step[] {
  const { node, member } = old;
  const params = { node, to: next.node };
  const semi = replicaSide(old);
  const source = { sourceHost: next.member.address, sourcePort: next.member.port };
  const position = `position of ${next.node}`;
  const isPoint = goesOn === 'own-log';
  return [
    act({
      id: 'attach',
      number: numbers[0],
      title: said('STEP_ATTACH', params),
      target: node,
      needs: [...needs],
      nature: isPoint ? 'point-of-no-return' : 'hard',
      ifItFails: isPoint ? 'undo' : 'stop',
      confirms: true,
      relies: [keys.readOnly(node), keys.readOnly(next.node)],
      precheck: [
        ...quietLog(old),
        ...(history === null
          ? []
          : [...historyChecks(old, next, history), ...logReachesBack(next, text(history))]),
        stillClosed(old),
      ],
      changes: followingChanges(node, member, source).concat(semi?.changes ?? []),
      apply: [
        ...(semi?.apply ?? []),
        ...followSource({
          node,
          member,
          // A delay stays with who had it.
          like: { ...like, delaySeconds: 0 },
          source: next.member,
          user,
          password: replicationSecret(next.node),
          wasPrimary: isPoint,
        }),
      ],
    }),
    act({
      id: 'new-position',
      number: numbers[1],
      title: said('STEP_NEW_POSITION', { to: next.node }),
      target: next.node,
      needs: ['attach'],
      nature: 'reads',
      ifItFails: 'stop',
      apply: [savePosition(next.node, next.member, position)],
    }),
    wait({
      id: `confirm-${node}`,
      number: numbers[2],
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

/** Compared once more, on both servers: nothing that it has is missing there, and it has written nothing since. */
const historyChecks = (old: Side, next: Side, history: string): Check[] => [
  holdsAll(
    'holds all',
    said('CHECK_HOLDS_ALL', { node: old.node, to: next.node }),
    next.node,
    next.member,
    text(history),
  ),
  wroteNothing(
    'wrote nothing',
    said('CHECK_WROTE_NOTHING', { from: next.node, to: old.node }),
    old.node,
    old.member,
    history,
    next.member,
  ),
];

/** Whatever opened it since it was read would write while it follows. */
export const stillClosed = ({ node, member }: Side): Check =>
  check(
    'still closed',
    said('CHECK_CLOSED', { node }),
    variables(node, member),
    is(isMysql(member) ? 'super_read_only' : 'read_only', '1'),
  );
