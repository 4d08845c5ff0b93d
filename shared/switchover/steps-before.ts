import type { Step } from '../runbook/plan';
import { bootChange } from './boot';
import { act, changes, LOCKING_MS, output, said, sql, text, wait } from './commands';
import { isUntouched, sleepWord, switchEvents } from './events';
import { isMysql } from './member';
import { hasReached, historyStatement, holdsAll, savePosition } from './positions';
import type { EventReading, MemberReading, PrivilegedAccount } from './readings';
import type { Scene, Side } from './scene';
import { ASLEEP, AWAKE, keys } from './server-facts';

/**
 * Everything that can be done while clients still write: rows 3, 6, the restart policy, 7, row 6 again, 9b, 8 and
 * row 3 again.
 */
export function stepsBefore(scene: Scene): Step[] {
  // One after the other, so that the last is as close to the freeze as can be.
  return chain([
    warmSteps(scene),
    bootSteps(scene.acting, [scene.from, scene.to, ...scene.others]),
    eventSteps(scene),
    warmAgain(scene),
    accountSteps(scene),
    drainSteps(scene),
    errantSteps(scene),
  ]);
}

const idsOf = (steps: readonly Step[]) => steps.map(({ id }) => id);

/** Each part needs the one before it; within a part, steps keep their own order. */
function chain(parts: readonly Step[][]): Step[] {
  let before: string[] = [];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part) => {
      const needs = before;
      const inner = new Set(part.flatMap((step) => step.needs));
      before = idsOf(part).filter((id) => !inner.has(id));
      return part.map((step): Step => ({ ...step, needs: [...new Set([...needs, ...step.needs])] }));
    });
}

/**
 * Row 6: while the primary still takes writes, the candidate reaches a snapshot of it. If it cannot, nothing was
 * touched.
 */
const warmSteps = (scene: Scene): Step[] =>
  reachSnapshot(scene, { snapshot: 'snapshot', warm: 'warm', numbers: ['6a', '6'], limitMs: 60_000 });

/**
 * Once more, right before anybody is kept out: what the candidate fell behind meanwhile would be waited for while
 * nobody can write. What it does not reach now, it would not reach then.
 */
const warmAgain = (scene: Scene): Step[] =>
  reachSnapshot(scene, {
    snapshot: 'snapshot-again',
    warm: 'warm-again',
    numbers: ['6y', '6z'],
    limitMs: scene.catchUpSeconds * 1_000,
  });

interface Warm {
  snapshot: string;
  warm: string;
  numbers: readonly [string, string];
  limitMs: number;
}

function reachSnapshot({ from, to }: Scene, { snapshot, warm, numbers, limitMs }: Warm): Step[] {
  const taken = `${snapshot} of ${from.node}`;
  return [
    act({
      id: snapshot,
      number: numbers[0],
      title: said('STEP_SNAPSHOT', { from: from.node }),
      target: from.node,
      nature: 'reads',
      apply: [savePosition(from.node, from.member, taken)],
    }),
    wait({
      id: warm,
      number: numbers[1],
      title: said('STEP_WARM', { from: from.node, to: to.node }),
      target: to.node,
      needs: [snapshot],
      until: hasReached(
        'reached',
        said('CHECK_REACHED', { from: from.node, to: to.node }),
        to.node,
        to.member,
        output(taken),
      ),
      everyMs: 50,
      limitMs,
    }),
  ];
}

/** The restart policy on every server, before anything stops: a primary that dies half-way must not come back open. */
export function bootSteps(acting: Scene['acting'], sides: readonly Side[]): Step[] {
  if ((acting.boot ?? 'read-only') === 'as-was') return [];
  return sides.flatMap(({ node, member }, index): Step[] => {
    const boot = bootChange(node, member);
    if (boot === null || boot === 'unknown') return [];
    return [
      act({
        id: `boot-${node}`,
        number: `6${LETTERS[index + 1] ?? index}`,
        title: said('STEP_BOOT', { node }),
        target: node,
        track: isMysql(member) ? 'database' : 'files',
        nature: 'reversible',
        changes: changes(...boot.changes),
        apply: boot.apply,
        undo: { apply: boot.undo, verify: [] },
        confirms: true,
      }),
    ];
  });
}
/** By which a number is followed where several do the same. */
export const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Events that run on the primary now, with their number in its list. */
export const awakeEvents = (member: MemberReading): { event: EventReading; index: number }[] =>
  (member.events ?? [])
    .map((event, index) => ({ event, index }))
    .filter(({ event }) => event.status === AWAKE);

/** Row 7. Off as on any replica, so that they neither run there nor are seen as changed by hand. */
function eventSteps({ from }: Scene): Step[] {
  const verify = untouched(from, awakeEvents(from.member));
  return putToSleep(from, '7').map((step) => ({
    ...step,
    verify,
    undo: step.undo && { ...step.undo, verify },
  }));
}

/** The events that run there sleep, and undoing wakes them; [] where none runs. */
export function putToSleep({ node, member }: Side, number: string): Step[] {
  const events = awakeEvents(member);
  if (events.length === 0) return [];
  const switched = (to: string) =>
    switchEvents(
      node,
      events.map(({ event }) => ({ event, to })),
    );
  return [
    act({
      id: 'events-off',
      number,
      title: said('STEP_EVENTS_OFF', { node, count: `${events.length}` }),
      target: node,
      nature: 'reversible',
      confirms: true,
      changes: changes(
        ...events.map(({ event, index }) => [keys.event(node, event, index), ASLEEP] as const),
      ),
      apply: switched(sleepWord(member)),
      undo: { apply: switched('ENABLE'), verify: [] },
    }),
  ];
}

export const untouched = ({ node }: Side, events: readonly { event: EventReading; index: number }[]) =>
  events.map(({ event, index }) => isUntouched(`event ${index + 1}`, node, event));

/** Privileged accounts that are open now. MySQL needs no lock: super_read_only stops them all. */
export const openAccounts = (member: MemberReading): { account: PrivilegedAccount; index: number }[] =>
  isMysql(member)
    ? []
    : (member.privileged ?? [])
        .map((account, index) => ({ account, index }))
        .filter(({ account }) => !account.locked);

export const setLock = (node: string, { user, host }: PrivilegedAccount, lock: 'LOCK' | 'UNLOCK') =>
  sql(node, `ALTER USER ?@? ACCOUNT ${lock}`, [text(user), text(host)], { timeoutMs: LOCKING_MS });

/** Row 9b: MariaDB's read_only lets these write; so they may not even log in. */
function accountSteps({ from: { node, member } }: Scene): Step[] {
  const accounts = openAccounts(member);
  if (accounts.length === 0) return [];
  return [
    act({
      id: 'lock-accounts',
      number: '9b',
      title: said('STEP_LOCK', { node, count: `${accounts.length}` }),
      target: node,
      nature: 'reversible',
      confirms: true,
      changes: changes(
        ...accounts.map(({ account, index }) => [keys.account(node, account, index), 'locked'] as const),
      ),
      apply: accounts.map(({ account }) => setLock(node, account, 'LOCK')),
      undo: { apply: accounts.map(({ account }) => setLock(node, account, 'UNLOCK')), verify: [] },
    }),
  ];
}

/** Row 8: no new client is led to the server that stops. Those that are there go on until they are cut. */
function drainSteps({ hooks, from }: Scene): Step[] {
  const closing = hooks.flatMap(({ close, ...hook }) => (close ? [{ ...hook, close }] : []));
  return closing.map(({ id, target, close }, index) =>
    act({
      id: `drain-${id}`,
      number: closing.length === 1 ? '8' : `8${LETTERS[index] ?? index}`,
      title: said('STEP_DRAIN', { host: target, from: from.node }),
      target,
      track: 'traffic',
      nature: 'reversible',
      changes: changes(...close.changes),
      apply: close.apply,
      undo: { apply: close.undo, verify: [] },
    }),
  );
}

/** Row 3, right before the freeze: what the candidate has, read first, is all on the primary. */
function errantSteps({ from, to }: Scene): Step[] {
  const history = `history of ${to.node}`;
  return [
    act({
      id: 'history',
      number: '3a',
      title: said('STEP_HISTORY', { to: to.node }),
      target: to.node,
      nature: 'reads',
      apply: [
        sql(to.node, historyStatement(to.member), [], { saves: [{ output: history, column: 'position' }] }),
      ],
    }),
    wait({
      id: 'no-errant',
      number: '3',
      title: said('STEP_NO_ERRANT', { from: from.node, to: to.node }),
      target: from.node,
      needs: ['history'],
      until: holdsAll(
        'errant',
        said('CHECK_NO_ERRANT', { from: from.node, to: to.node }),
        from.node,
        from.member,
        output(history),
      ),
      everyMs: 100,
      // With semi-sync (AFTER_SYNC) the candidate may show a transaction before its source does.
      limitMs: 2_000,
    }),
  ];
}
