import type { Check, SqlCommand, Value } from '../runbook/command';
import type { Said } from '../runbook/said';
import { check, is, output, sql, text } from './commands';
import { isMysql } from './member';
import type { MemberReading } from './readings';

/** Where servers stand, and how one waits for the other, in each dialect's own words. */

/** One wait at the server is this long; longer ones are made of several, so that a run can be held in between. */
const WAIT_SECONDS = 2;
const WAIT_MS = (WAIT_SECONDS + 5) * 1_000;

/** All that a server has: one line, in the column `position`. */
export const positionStatement = (member: MemberReading): string =>
  isMysql(member)
    ? "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10 USING utf8mb4), '') AS position"
    : 'SELECT @@GLOBAL.gtid_binlog_pos AS position';

export const savePosition = (node: string, member: MemberReading, name: string): SqlCommand =>
  sql(node, positionStatement(member), [], { saves: [{ output: name, column: 'position' }] });

/** Has it got everything of that position? 0 is yes; 1 (MySQL) and -1 (MariaDB) are a timeout, NULL is unknown. */
export const hasReached = (
  id: string,
  title: Said,
  node: string,
  member: MemberReading,
  position: Value,
): Check =>
  check(
    id,
    title,
    sql(
      node,
      isMysql(member)
        ? `SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ${WAIT_SECONDS}) AS result`
        : `SELECT MASTER_GTID_WAIT(?, ${WAIT_SECONDS}) AS result`,
      [position],
      { timeoutMs: WAIT_MS },
    ),
    is('result', '0'),
  );

/** Reads it once more: is it still what was saved? */
export const hasNotMoved = (
  id: string,
  title: Said,
  node: string,
  member: MemberReading,
  name: string,
): Check => check(id, title, sql(node, positionStatement(member)), is('position', output(name)));

/** What a server's log holds, told so that nothing hides below a later transaction of somebody else. */
export const historyStatement = (member: MemberReading): string =>
  isMysql(member) ? positionStatement(member) : 'SELECT @@GLOBAL.gtid_binlog_state AS position';

/**
 * Row 3: does `node` have all that stands in `history`, read on another server before? MySQL subtracts the sets;
 * MariaDB's states are compared by (domain, server), because gtid_binlog_pos hides a rogue transaction below a
 * later one.
 */
export function holdsAll(
  id: string,
  title: Said,
  node: string,
  member: MemberReading,
  history: Value,
): Check {
  if (isMysql(member)) {
    const command = sql(node, 'SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed) AS errant', [history]);
    return check(id, title, command, is('errant', ''));
  }
  return check(id, title, sql(node, historyStatement(member)), {
    kind: 'judged',
    by: 'holds-all',
    params: { history },
  });
}

/**
 * Has the candidate written anything itself since it was read? All that it may have gained is what the primary
 * wrote: by its uuid, tagged or not (MySQL), or by its server id (MariaDB).
 */
export function wroteNothing(
  id: string,
  title: Said,
  node: string,
  member: MemberReading,
  known: string,
  primary: MemberReading,
): Check {
  const writer = primary.identity.sql;
  if (isMysql(member)) {
    const uuid = writer?.serverUuid ?? '';
    const tags = [
      ...new Set([...(primary.position ?? '').matchAll(/:([a-z_][a-z0-9_]*)/gi)].map((m) => m[1])),
    ];
    const all = [`${uuid}:${ALL}`, ...tags.map((tag) => `${uuid}:${tag}:${ALL}`)].join(',');
    return check(
      id,
      title,
      sql(node, 'SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, ?) AS errant', [
        text(known === '' ? all : `${known},${all}`),
      ]),
      is('errant', ''),
    );
  }
  return check(id, title, sql(node, historyStatement(member)), {
    kind: 'judged',
    by: 'wrote-nothing',
    params: { known: text(known), writer: text(writer?.serverId ?? '') },
  });
}
/** Every number that a MySQL server can give (GNO_END - 1, rpl_gtid.h). */
const ALL = '1-9223372036854775806';
