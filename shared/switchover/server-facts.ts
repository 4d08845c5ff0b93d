import type { Fact } from '../runbook/command';
import type { Change } from '../runbook/plan';
import { fact, named, said, sql, text } from './commands';
import { channelOf, channelStatus, isMysql, variables } from './member';
import type { ChannelConfiguration, EventReading, MemberReading, PrivilegedAccount } from './readings';

/** What a plan stands on and changes, of one server: how it is read, and what it is now. */

/** Keys of facts, so that steps name them as they are. */
export const keys = {
  readOnly: (node: string) => `${node}/read_only`,
  superReadOnly: (node: string) => `${node}/super_read_only`,
  semiSource: (node: string) => `${node}/semi-sync source`,
  semiReplica: (node: string) => `${node}/semi-sync replica`,
  source: (node: string) => `${node}/source`,
  sourcePort: (node: string) => `${node}/source port`,
  receiver: (node: string) => `${node}/receiver`,
  applier: (node: string) => `${node}/applier`,
  persisted: (node: string, variable: string) => `${node}/persisted ${variable}`,
  file: (node: string) => `${node}/boot file`,
  event: (node: string, event: EventReading, index: number) =>
    named(`${node}/event`, `${event.schema}.${event.name}`, index),
  account: (node: string, account: PrivilegedAccount, index: number) =>
    named(`${node}/account`, `${account.user}@${account.host}`, index),
};

const flag = (on: boolean) => (on ? '1' : '0');

/** Is it open for writes? Both words of MySQL, from one statement. */
export function writableFacts(node: string, member: MemberReading): Fact[] {
  const command = variables(node, member);
  return [
    fact(keys.readOnly(node), said('FACT_READ_ONLY', { node }), command, 'read_only', flag(member.readOnly)),
    ...(isMysql(member)
      ? [
          fact(
            keys.superReadOnly(node),
            said('FACT_SUPER_READ_ONLY', { node }),
            command,
            'super_read_only',
            flag(member.superReadOnly === true),
          ),
        ]
      : []),
  ];
}

/** Which side of semi-sync is on; nothing where there is no such plugin. */
export function semiSyncFacts(node: string, member: MemberReading): Fact[] {
  if (!member.semiSync) return [];
  const command = variables(node, member);
  const { source, replica } = member.semiSync;
  return [
    fact(
      keys.semiSource(node),
      said('FACT_SEMI_SOURCE', { node }),
      command,
      'semi_sync_source',
      flag(source),
    ),
    fact(
      keys.semiReplica(node),
      said('FACT_SEMI_REPLICA', { node }),
      command,
      'semi_sync_replica',
      flag(replica),
    ),
  ];
}

/**
 * Whom it follows, and which of its threads are asked to run. `channel` is the name under which it follows or will;
 * a server that follows nobody has no such row: every value is then the text ''.
 */
export function channelFacts(node: string, member: MemberReading, channel: string): Fact[] {
  const command = channelStatus(node, member, channel);
  const now = channelOf(member);
  const key = (of: (name: string) => string, code: string, name: string, value: string) =>
    fact(of(node), said(code, { node }), command, name, now ? value : '');
  const { host, port } = { host: now?.sourceHost ?? '', port: `${now?.sourcePort ?? ''}` };
  return isMysql(member)
    ? [
        key(keys.source, 'FACT_SOURCE', 'source', `${host}:${port}`),
        key(keys.receiver, 'FACT_RECEIVER', 'receiver', now?.receiverOn ? 'on' : 'off'),
        key(keys.applier, 'FACT_APPLIER', 'applier', now?.applierOn ? 'on' : 'off'),
      ]
    : [
        key(keys.source, 'FACT_SOURCE', 'Master_Host', host),
        key(keys.sourcePort, 'FACT_SOURCE_PORT', 'Master_Port', port),
        key(keys.applier, 'FACT_APPLIER', 'Slave_SQL_Running', now?.applierOn ? 'Yes' : 'No'),
      ];
}

/** What the channel's facts read when it follows `source` with both threads asked to run; null: no channel at all. */
export function channelValues(
  node: string,
  member: MemberReading,
  source: Pick<ChannelConfiguration, 'sourceHost' | 'sourcePort'> | null,
): [key: string, value: string][] {
  const { sourceHost = '', sourcePort = '' } = source ?? {};
  const running = (on: string) => (source ? on : '');
  return isMysql(member)
    ? [
        [keys.source(node), source ? `${sourceHost}:${sourcePort}` : ''],
        [keys.receiver(node), running('on')],
        [keys.applier(node), running('on')],
      ]
    : [
        [keys.source(node), sourceHost],
        [keys.sourcePort(node), `${sourcePort}`],
        [keys.applier(node), running('Yes')],
      ];
}

/** Which threads are stopped when the channel stands still. */
export const stoppedValues = (node: string, member: MemberReading): [key: string, value: string][] =>
  isMysql(member)
    ? [
        [keys.receiver(node), 'off'],
        [keys.applier(node), 'off'],
      ]
    : [[keys.applier(node), 'No']];

/** What a channel's facts become when it is stopped, led to `source` and started; its threads stand still in between. */
export function followingChanges(
  node: string,
  member: MemberReading,
  source: Pick<ChannelConfiguration, 'sourceHost' | 'sourcePort'>,
): Change[] {
  const stopped = new Map(stoppedValues(node, member));
  return channelValues(node, member, source).map(([key, to]) => {
    const through = stopped.get(key);
    return { fact: key, to, ...(through === undefined ? {} : { through: [through] }) };
  });
}

/** Status of an event; both spellings of "asleep on a replica" (8.0 and MariaDB: SLAVESIDE_DISABLED) are one. */
export function eventFact(node: string, event: EventReading, index: number): Fact {
  const { schema, name } = event;
  return fact(
    keys.event(node, event, index),
    said('FACT_EVENT', { node, event: `${schema}.${name}` }),
    sql(
      node,
      "SELECT REPLACE(STATUS, 'SLAVESIDE', 'REPLICA_SIDE') AS status FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ? AND EVENT_NAME = ?",
      [text(schema), text(name)],
    ),
    'status',
    event.status.replace('SLAVESIDE', 'REPLICA_SIDE'),
  );
}
export const ASLEEP = 'REPLICA_SIDE_DISABLED';
export const AWAKE = 'ENABLED';

/** MariaDB: may somebody log in with this account? */
export function accountFact(node: string, account: PrivilegedAccount, index: number): Fact {
  const { user, host, locked } = account;
  return fact(
    keys.account(node, account, index),
    said('FACT_ACCOUNT', { node, account: `${user}@${host}` }),
    sql(
      node,
      "SELECT IF(JSON_VALUE(Priv, '$.account_locked') = '1', 'locked', 'open') AS state FROM mysql.global_priv WHERE User = ? AND Host = ?",
      [text(user), text(host)],
    ),
    'state',
    locked ? 'locked' : 'open',
  );
}
