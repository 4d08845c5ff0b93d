import type { Step } from '../runbook/plan';
import { act, changes, output, repeat, said, wait } from './commands';
import { switchEvents } from './events';
import { hasReached, savePosition } from './positions';
import type { EventReading, MemberReading } from './readings';
import type { Scene, Side } from './scene';
import { AWAKE, keys } from './server-facts';
import { endSessions, noSessions, saveNewestSession } from './sessions';
import { awakeEvents, openAccounts, setLock, untouched } from './steps-before';
import { followSteps } from './steps-follow';
import { earlyFollowers } from './steps-semi-sync';

/** After the point of no return: rows 17 to 20b. Each lane goes on by itself; what fails stops its own lane. */
export function stepsAfter(scene: Scene): Step[] {
  const early = new Set(earlyFollowers(scene).map(({ node }) => node));
  const follow = followSteps(scene, early);
  const point = pointSteps(scene);
  const confirm = confirmSteps(
    scene,
    [scene.from, ...scene.others],
    ['open', ...follow.filter(({ id }) => id !== 'forget').map(({ id }) => id)],
  );
  return [
    ...point,
    ...eventSteps(scene),
    ...follow,
    ...confirm,
    ...giveBackSteps(scene, [
      ...point.map(({ id }) => id),
      `follow-${scene.from.node}`,
      ...confirm.map(({ id }) => id),
    ]),
  ];
}

const later = { nature: 'hard', ifItFails: 'stop' } as const;

/** Clients are led to the new primary; where the hook can tell, it is seen to be in order there. */
export function pointSteps({ hooks, to }: Pick<Scene, 'hooks' | 'to'>): Step[] {
  const suffix = (index: number) => (hooks.length === 1 ? '' : `${index + 1}`);
  return hooks.flatMap(({ id, target, point, healthy }, index): Step[] => {
    const step = `point-${id}-${target}`;
    return [
      act({
        ...later,
        id: step,
        number: `16t${suffix(index)}`,
        title: said('STEP_POINT', { host: target, to: to.node }),
        target,
        track: 'traffic',
        needs: ['open'],
        changes: changes(...point.changes),
        apply: point.apply,
      }),
      ...(healthy
        ? [
            wait({
              id: `healthy-${id}-${target}`,
              number: `20t${suffix(index)}`,
              title: said('STEP_HEALTHY', { host: target, to: to.node }),
              target,
              track: 'traffic',
              needs: [step],
              until: healthy,
              everyMs: 250,
              limitMs: 30_000,
              ifItFails: 'stop',
            }),
          ]
        : []),
    ];
  });
}

/** The same events on the new primary, with their number in its own list. */
export function eventsToWake(
  from: MemberReading,
  to: MemberReading,
): { event: EventReading; index: number }[] {
  const wanted = new Set(awakeEvents(from).map(({ event }) => nameOf(event)));
  return (to.events ?? [])
    .map((event, index) => ({ event, index }))
    .filter(({ event }) => wanted.has(nameOf(event)) && event.status !== AWAKE);
}
export const nameOf = ({ schema, name }: EventReading): string => `${schema}.${name}`;

/** Row 17: those that ran on the old primary, and no others. */
export function eventSteps({ from, to }: Pick<Scene, 'from' | 'to'>): Step[] {
  const { node } = to;
  const events = eventsToWake(from.member, to.member);
  if (events.length === 0) return [];
  return [
    act({
      ...later,
      id: 'events-on',
      number: '17',
      title: said('STEP_EVENTS_ON', { node, count: `${events.length}` }),
      target: node,
      needs: ['open'],
      confirms: true,
      changes: changes(...events.map(({ event, index }) => [keys.event(node, event, index), AWAKE] as const)),
      apply: switchEvents(
        node,
        events.map(({ event }) => ({ event, to: 'ENABLE' })),
      ),
      verify: untouched(to, events),
    }),
  ];
}

/** Row 20: what the new primary has now comes to every other server, over the very channels that were made. */
export function confirmSteps({ to }: Pick<Scene, 'to'>, sides: readonly Side[], needs: string[]): Step[] {
  const position = `position of ${to.node}`;
  return [
    act({
      id: 'new-position',
      number: '20',
      title: said('STEP_NEW_POSITION', { to: to.node }),
      target: to.node,
      needs,
      nature: 'reads',
      ifItFails: 'stop',
      apply: [savePosition(to.node, to.member, position)],
    }),
    ...sides.map(({ node, member }, index) =>
      wait({
        id: `confirm-${node}`,
        number: `20.${index + 1}`,
        title: said('STEP_CONFIRM', { node, to: to.node }),
        target: node,
        needs: ['new-position'],
        until: hasReached(
          'reached',
          said('CHECK_REACHED', { from: to.node, to: node }),
          node,
          member,
          output(position),
        ),
        everyMs: 100,
        limitMs: 60_000,
        ifItFails: 'stop',
      }),
    ),
  ];
}

/**
 * Row 20b: whoever came to the old primary while it was closed, and stayed, is sent away once clients are led
 * elsewhere; then accounts that were locked may log in again.
 */
function giveBackSteps({ from, to }: Scene, needs: string[]): Step[] {
  const { node, member } = from;
  const params = { from: node, to: to.node };
  const newest = `late session of ${node}`;
  const ending = { node, member, newest };
  const accounts = openAccounts(member);
  return [
    act({
      id: 'late-session',
      number: '20a',
      title: said('STEP_NEWEST', params),
      target: node,
      needs,
      nature: 'reads',
      ifItFails: 'stop',
      apply: [saveNewestSession(node, member, newest)],
    }),
    repeat({
      ...later,
      id: 'end-late-sessions',
      number: '20s',
      title: said('STEP_LATE_SESSIONS', params),
      target: node,
      needs: ['late-session'],
      relies: [keys.readOnly(node)],
      body: [endSessions(ending)],
      until: noSessions('sessions', said('CHECK_NO_SESSIONS', params), ending),
      inARow: 1,
      everyMs: 50,
      maxRounds: 100,
      decides: 'check',
    }),
    ...(accounts.length === 0
      ? []
      : [
          act({
            ...later,
            id: 'unlock-accounts',
            number: '20b',
            title: said('STEP_UNLOCK', { node, count: `${accounts.length}` }),
            target: node,
            needs: ['end-late-sessions'],
            confirms: true,
            relies: [keys.readOnly(node)],
            changes: changes(
              ...accounts.map(({ account, index }) => [keys.account(node, account, index), 'open'] as const),
            ),
            apply: accounts.map(({ account }) => setLock(node, account, 'UNLOCK')),
          }),
        ]),
  ];
}
