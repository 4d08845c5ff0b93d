import type { Check, SqlCommand } from '../runbook/command';
import { ownSessions } from '../runbook/commands-of';
import type { Said } from '../runbook/said';
import { check, column, output, sql, text } from './commands';
import { atLeast, isMysql } from './member';
import type { MemberReading } from './readings';

/** Row 11: who is connected, and how sessions are ended. */

/** ER_NO_SUCH_THREAD: it went by itself. */
const NO_SUCH_THREAD = 1094;
const LIST_MS = 1_000;

/** MySQL's table of its own asks for no global lock; older ones, and MariaDB, have only the other. */
const processList = (member: MemberReading): string =>
  isMysql(member) && atLeast(member, 8, 0, 22)
    ? 'performance_schema.processlist'
    : 'information_schema.PROCESSLIST';

/** Connections are numbered in order: whoever has a higher number than this came later. */
export const saveNewestSession = (node: string, member: MemberReading, name: string): SqlCommand =>
  sql(node, `SELECT MAX(ID) AS newest FROM ${processList(member)}`, [], {
    saves: [{ output: name, column: 'newest' }],
  });

interface Ending {
  node: string;
  member: MemberReading;
  /** Output: the newest session that counts. Later ones met a server that was closed already. */
  newest: string;
}

/**
 * Sessions of clients up to the newest that counts. Spared: all of this run, the system's own threads, who pulls the
 * log (with and without GTID), and the account that only looks.
 */
function listOf({ node, member, newest }: Ending): Pick<SqlCommand, 'statement' | 'values'> {
  return {
    statement: `SELECT ID AS id FROM ${processList(member)} WHERE ID <= CAST(? AS UNSIGNED) AND FIND_IN_SET(ID, ?) = 0 AND USER NOT IN ('system user', 'event_scheduler', ?) AND COMMAND NOT IN ('Binlog Dump', 'Binlog Dump GTID', 'Daemon')`,
    values: [output(newest), output(ownSessions(node)), text(member.readUser)],
  };
}

export function endSessions(ending: Ending): SqlCommand {
  const { statement, values } = listOf(ending);
  return sql(ending.node, statement, values, {
    timeoutMs: LIST_MS,
    tolerates: [NO_SUCH_THREAD],
    each: {
      statement: isMysql(ending.member) ? 'KILL ?' : 'KILL SOFT CONNECTION ?',
      values: [column('id')],
    },
  });
}

export function noSessions(id: string, title: Said, ending: Ending): Check {
  const { statement, values } = listOf(ending);
  return check(id, title, sql(ending.node, statement, values, { timeoutMs: LIST_MS }), { kind: 'no-rows' });
}
