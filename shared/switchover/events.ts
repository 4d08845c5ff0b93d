import type { SqlCommand } from '../runbook/command';
import { check, is, LOCKING_MS, sql, text } from './commands';
import { AT_HOME, atLeast, isMysql, quoted, quotedAccount } from './member';
import type { EventReading, MemberReading } from './readings';

/**
 * Rows 7 and 17. ALTER EVENT makes the acting account the owner unless DEFINER is said, and stores the character set
 * and collation of the session (measured on both dialects); sql_mode and time zone stay what they were.
 */

/** Only names are put in: the character set's name has no other letters, else the event is not one we can write. */
const NAME = /^[A-Za-z0-9_]+$/;
/** Outside ASCII a name would be read in the event's own character set, and be another name. */
const isAscii = (value: string) => /^[\x20-\x7e]*$/.test(value);

/** Can the event be switched without changing anything else of it? */
export const isSwitchable = (event: EventReading): boolean =>
  NAME.test(event.characterSetClient) &&
  NAME.test(event.collationConnection) &&
  (event.characterSetClient.startsWith('utf8') || [event.schema, event.name, event.definer].every(isAscii));

export const sleepWord = (member: MemberReading): string =>
  isMysql(member) && atLeast(member, 8, 2) ? 'DISABLE ON REPLICA' : 'DISABLE ON SLAVE';

/** Each event in a session of its own character set, then the session is as it was. */
export function switchEvents(
  node: string,
  events: readonly { event: EventReading; to: string }[],
): SqlCommand[] {
  return [
    ...events.flatMap(({ event, to }) => [
      sql(
        node,
        `SET SESSION character_set_client = '${event.characterSetClient}', collation_connection = '${event.collationConnection}'`,
      ),
      sql(
        node,
        `ALTER DEFINER=${quotedAccount(event.definer)} EVENT ${quoted(event.schema)}.${quoted(event.name)} ${to}`,
        [],
        // The server's own limit is over before ours: then it says so itself.
        { timeoutMs: LOCKING_MS },
      ),
    ]),
    sql(node, `SET SESSION ${AT_HOME}`),
  ];
}

/** Everything of an event that a switch could change by itself is still what it was. */
export const isUntouched = (id: string, node: string, event: EventReading) => {
  const { schema, name, definer, sqlMode, timeZone, characterSetClient, collationConnection } = event;
  const settings = [definer, sqlMode, timeZone, characterSetClient, collationConnection].join(' / ');
  return check(
    id,
    { code: 'CHECK_EVENT', params: { node, event: `${schema}.${name}` } },
    sql(
      node,
      "SELECT CONCAT_WS(' / ', DEFINER, SQL_MODE, TIME_ZONE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION) AS settings FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ? AND EVENT_NAME = ?",
      [text(schema), text(name)],
    ),
    is('settings', settings),
  );
};
