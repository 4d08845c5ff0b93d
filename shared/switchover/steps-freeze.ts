import type { Check, SqlCommand } from '../runbook/command';
import type { Change, Step } from '../runbook/plan';
import { act, changes, group, LOCKING_MS, output, repeat, said, sql, wait } from './commands';
import { startFollowing, stopFollowing } from './follow';
import { isMysql } from './member';
import { hasNotMoved, hasReached, savePosition } from './positions';
import type { Scene, Side } from './scene';
import { keys, stoppedValues } from './server-facts';
import { endSessions, noSessions, saveNewestSession } from './sessions';
import { semiSyncSteps } from './steps-semi-sync';

/** While nobody can write: rows 10 to 16, in as few exchanges as is safe. A hold waits until they are over. */

const GROUP = 'writes-stop';
const inGroup = { group: GROUP, track: 'database' } as const;

/** Rounds in which sessions are ended; a transaction that is rolled back takes its time. */
const ROUNDS = 200;

/** `needs`: what is over before writes stop. */
export function stepsWithoutWrites(scene: Scene, needs: string[]): Step[] {
  const { from, to, channel } = scene;
  const params = { from: from.node, to: to.node };
  const newest = `newest session of ${from.node}`;
  const final = `final position of ${from.node}`;
  const ending = { node: from.node, member: from.member, newest };
  const before: Step[] = [
    freeze(scene, newest),
    repeat({
      ...inGroup,
      id: 'end-sessions',
      number: '11',
      title: said('STEP_END_SESSIONS', params),
      target: from.node,
      needs: ['freeze'],
      nature: 'reversible',
      body: [endSessions(ending)],
      until: noSessions('sessions', said('CHECK_NO_SESSIONS', params), ending),
      inARow: 2,
      everyMs: 1,
      maxRounds: ROUNDS,
      decides: 'check',
      // Row 11b: XA walks through the fence of MySQL.
      verify: [nothingPrepared(from)],
    }),
    act({
      ...inGroup,
      id: 'final-position',
      number: '12',
      title: said('STEP_FINAL', params),
      target: from.node,
      needs: ['end-sessions'],
      nature: 'reads',
      // Read the second time, and found the same, as the last thing before row 16.
      apply: [savePosition(from.node, from.member, final)],
    }),
    wait({
      ...inGroup,
      id: 'catch-up',
      number: '13',
      title: said('STEP_CATCH_UP', params),
      target: to.node,
      needs: ['final-position'],
      until: hasReached('reached', said('CHECK_REACHED', params), to.node, to.member, output(final)),
      everyMs: 5,
      limitMs: scene.catchUpSeconds * 1_000,
    }),
    act({
      ...inGroup,
      id: 'detach',
      number: '15',
      title: said('STEP_DETACH', params),
      target: to.node,
      needs: ['catch-up'],
      nature: 'reversible',
      confirms: true,
      changes: changes(...stoppedValues(to.node, to.member)),
      apply: [stopFollowing(to.node, to.member, channel.name)],
      undo: { apply: [startFollowing(to.node, to.member, channel.name)], verify: [] },
    }),
    ...semiSyncSteps(scene, inGroup),
  ];
  return [
    group({
      id: GROUP,
      number: '10–16',
      title: said('STEP_WRITES_STOP', params),
      needs,
      unbroken: true,
      // Measured: 10.11, four writers, one more replica; 82 ms blocked, 102 and 94 ms between two acknowledged writes.
      estimate: { p50Ms: 82, p90Ms: 102, basis: 'assumed' },
    }),
    ...before,
    open(scene, before.at(-1)?.id ?? 'detach', final),
  ];
}

export const nothingPrepared = ({ node }: Side): Check => ({
  id: 'prepared',
  title: said('CHECK_PREPARED', { node }),
  command: sql(node, 'XA RECOVER'),
  expect: { kind: 'no-rows' },
});

/**
 * Row 10. GLOBAL, not PERSIST: what a restart brings is the policy's. MySQL's super_read_only brings read_only. In the
 * same step the newest session is noted: who is connected by then may have begun to write before.
 */
function freeze({ from, to }: Scene, newest: string): Step {
  const { node, member } = from;
  const closed: Change[] = changes(...(isMysql(member) ? [[keys.superReadOnly(node), '1'] as const] : []), [
    keys.readOnly(node),
    '1',
  ]);
  return act({
    ...inGroup,
    id: 'freeze',
    number: '10',
    title: said('STEP_FREEZE', { from: node }),
    target: node,
    nature: 'reversible',
    confirms: true,
    relies: [keys.readOnly(to.node)],
    precheck: [nothingPrepared(from)],
    changes: closed,
    apply: [
      sql(node, isMysql(member) ? 'SET GLOBAL super_read_only = 1' : 'SET GLOBAL read_only = 1', [], {
        timeoutMs: LOCKING_MS,
      }),
      saveNewestSession(node, member, newest),
    ],
    undo: { apply: [openForWrites(from)], verify: [] },
  });
}

/** Both words of MySQL in one statement, the stronger first. */
export const openForWrites = ({ node, member }: Side): SqlCommand =>
  sql(
    node,
    isMysql(member) ? 'SET GLOBAL super_read_only = 0, GLOBAL read_only = 0' : 'SET GLOBAL read_only = 0',
    [],
    { timeoutMs: LOCKING_MS },
  );

/** Row 16: the point of no return. The old one is looked at once more: closed, and nothing was added since row 12. */
function open({ from, to }: Scene, after: string, final: string): Step {
  const { node, member } = to;
  return act({
    ...inGroup,
    id: 'open',
    number: '16',
    title: said('STEP_OPEN', { to: node }),
    target: node,
    needs: [after],
    nature: 'point-of-no-return',
    confirms: true,
    relies: [
      keys.readOnly(from.node),
      ...(isMysql(from.member) ? [keys.superReadOnly(from.node)] : []),
      keys.applier(node),
    ],
    precheck: [
      hasNotMoved('unmoved', said('CHECK_UNMOVED', { from: from.node }), from.node, from.member, final),
    ],
    changes: changes(...(member.superReadOnly === true ? [[keys.superReadOnly(node), '0'] as const] : []), [
      keys.readOnly(node),
      '0',
    ]),
    apply: [openForWrites(to)],
  });
}
