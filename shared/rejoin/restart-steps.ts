import { ACTIVE, INACTIVE, type ServiceCommands } from '../estate/service-control';
import type { Check, Fact, SqlCommand } from '../runbook/command';
import type { Step } from '../runbook/plan';
import { act, changes, check, fact, is, said, sql, ssh, wait } from '../switchover/commands';
import { channelStatus, isMysql } from '../switchover/member';
import { connected } from '../switchover/preconditions';
import type { Side } from '../switchover/scene';
import { keys } from '../switchover/server-facts';

/**
 * The proof that a restart brings a server back read-only and following: it is restarted. Policy and configuration say
 * what should come of it; only a restart shows what does (T5, F31).
 */
export interface Restart {
  side: Side;
  /** The channel by which it follows. */
  channel: string;
  control: ServiceCommands;
  /** Ids of the steps before it. */
  needs: readonly string[];
  /** Numbers of its three steps, as people count. */
  numbers: readonly [stop: string, start: string, follows: string];
  /** Is stopping the server itself what cannot be taken back; else that lies behind already. */
  isPoint: boolean;
}

export const serviceKey = (node: string): string => `${node}/service`;

/** Whether the service runs; a server that was just asked by SQL does. */
export const serviceFact = (node: string, { state }: Pick<ServiceCommands, 'state'>): Fact =>
  fact(serviceKey(node), said('FACT_SERVICE', { node }), ssh(node, state), null, ACTIVE);

/** A server that flushes a large buffer pool, and one that recovers, take their time. */
export const SERVICE_MS = 300_000;
const FOLLOWS_MS = 60_000;

/**
 * stop → start → it follows again. Where the start brings it back open, it is closed at once and the step has failed:
 * an open server that nobody leads clients to is how two primaries begin.
 */
export function restartSteps({ side, channel, control, needs, numbers, isPoint }: Restart): Step[] {
  const { node } = side;
  const [stopId, startId] = [`stop-${node}`, `start-${node}`];
  const later = { nature: 'hard', ifItFails: 'stop', target: node } as const;
  return [
    act({
      ...later,
      id: stopId,
      number: numbers[0],
      title: said('STEP_STOP', { node }),
      needs: [...needs],
      nature: isPoint ? 'point-of-no-return' : 'hard',
      confirms: true,
      relies: [keys.readOnly(node)],
      changes: changes([serviceKey(node), INACTIVE]),
      apply: [ssh(node, control.stop, { timeoutMs: SERVICE_MS })],
    }),
    act({
      ...later,
      id: startId,
      number: numbers[1],
      title: said('STEP_START', { node }),
      needs: [stopId],
      changes: changes([serviceKey(node), ACTIVE]),
      apply: [ssh(node, control.start, { timeoutMs: SERVICE_MS }), closeIfOpen(side)],
      verify: [cameBackClosed(side)],
    }),
    wait({
      id: `follows-${node}`,
      number: numbers[2],
      title: said('STEP_FOLLOWS_AGAIN', { node }),
      target: node,
      needs: [startId],
      until: connected(side, channel),
      everyMs: 250,
      limitMs: FOLLOWS_MS,
      ifItFails: 'stop',
      verify: [applies(side, channel)],
    }),
  ];
}

/** Sent for the one row that there is when it is open, and for none when it is closed. */
function closeIfOpen({ node, member }: Side): SqlCommand {
  const variable = isMysql(member) ? 'super_read_only' : 'read_only';
  return sql(node, `SELECT 1 AS is_open FROM DUAL WHERE @@GLOBAL.${variable} = 0`, [], {
    each: { statement: `SET GLOBAL ${variable} = 1`, values: [] },
  });
}

/**
 * Is it closed, and was it closed by what it read when it started? Both servers keep where a value comes from, so the
 * proof can be read again at any time: `DYNAMIC` (performance_schema.variables_info) and `SQL`
 * (information_schema.SYSTEM_VARIABLES) are what somebody set afterwards.
 */
const cameBackClosed = ({ node, member }: Side): Check =>
  check(
    'came back',
    said('CHECK_CAME_BACK', { node }),
    sql(
      node,
      isMysql(member)
        ? "SELECT IF(@@GLOBAL.super_read_only = 1 AND VARIABLE_SOURCE <> 'DYNAMIC', 'closed', 'open') AS came_back FROM performance_schema.variables_info WHERE VARIABLE_NAME = 'super_read_only'"
        : "SELECT IF(GLOBAL_VALUE = 'ON' AND GLOBAL_VALUE_ORIGIN <> 'SQL', 'closed', 'open') AS came_back FROM information_schema.SYSTEM_VARIABLES WHERE VARIABLE_NAME = 'READ_ONLY'",
    ),
    is('came_back', 'closed'),
  );

const applies = ({ node, member }: Side, channel: string): Check =>
  check(
    'applies',
    said('CHECK_APPLIES', { node }),
    channelStatus(node, member, channel),
    isMysql(member) ? is('applier', 'on') : is('Slave_SQL_Running', 'Yes'),
  );
