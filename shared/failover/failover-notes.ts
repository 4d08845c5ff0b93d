import { type Said, said } from '../runbook/said';
import { channelOf, isMysql } from '../switchover/member';
import { nameOf } from '../switchover/steps-after';
import { awakeEvents } from '../switchover/steps-before';
import type { FailoverReadings, FailoverScene } from './failover-scene';

/** Worth knowing before the lever is pulled: what is missing, what stays, what has to be done afterwards. */
export function warningsOf(scene: FailoverScene, readings: FailoverReadings): Said[] {
  const { from, to, look, others, moving, leftOut, hooksLeftOut, hooks, acting } = scene;
  const params = { from: from.node, to: to.node };
  const ways = look.fences.filter(({ kind, can }) => kind !== 'person' && can !== 'can' && can !== 'done');
  const tls = channelOf(to.member)?.tls;
  return [
    said('WARN_FENCE_STAYS', params),
    ...ways.map(({ kind, id, host, because }) =>
      said('WARN_NO_FENCE', { way: kind, id, host: host ?? '?', because: because.code }),
    ),
    ...when(leftOut.length > 0, 'WARN_LEFT_OUT', { ...params, nodes: leftOut.join(', ') }),
    ...when(hooksLeftOut.length > 0, 'WARN_HOOKS_LEFT_OUT', { ...params, hooks: hooksLeftOut.join(', ') }),
    ...eventWarnings(scene, readings),
    ...when(scene.semiSyncShort, 'WARN_SEMI_SYNC_SHORT', params),
    ...when(acting.boot !== 'as-was', 'WARN_BOOT_CLOSED', params),
    ...when(tls !== undefined && !tls.on && moving.length > 0, 'WARN_NO_TLS_LATER', params),
    ...when(hooks.length === 0, 'WARN_NO_TRAFFIC', params),
    ...when(others.length === 0, 'WARN_ALONE', params),
  ];
}

/** Which events ran on the old primary is known from the last look at it, or not at all: then none is woken. */
function eventWarnings({ from, to }: FailoverScene, { awake }: FailoverReadings): Said[] {
  const asleep = (to.member.events ?? []).filter(({ status }) => status.endsWith('SIDE_DISABLED'));
  const params = { from: from.node, to: to.node };
  if (to.member.events === null) return [said('WARN_EVENTS_UNREAD', params)];
  if (awake === null && asleep.length > 0)
    return [said('WARN_EVENTS_ASLEEP', { ...params, list: asleep.map(nameOf).join(', ') })];
  const there = new Set((to.member.events ?? []).map(nameOf));
  const missing = awakeEvents(from.member).filter(({ event }) => !there.has(nameOf(event)));
  return [
    ...when(missing.length > 0, 'WARN_EVENTS_MISSING', {
      ...params,
      list: missing.map(({ event }) => nameOf(event)).join(', '),
    }),
    ...when(
      awakeEvents(from.member).length > 0 && to.member.eventScheduler === false,
      'WARN_SCHEDULER_OFF',
      params,
    ),
  ];
}

/** What no reading can show. */
export function blindOf({ from, to, hooks }: FailoverScene): Said[] {
  const params = { from: from.node, to: to.node };
  return [
    said('BLIND_CLIENTS', params),
    ...when(!isMysql(to.member), 'BLIND_PURGED', params),
    ...when(hooks.length > 0, 'BLIND_POOLS', params),
  ];
}

const when = (holds: boolean, code: string, params: Record<string, string>): Said[] =>
  holds ? [said(code, params)] : [];
