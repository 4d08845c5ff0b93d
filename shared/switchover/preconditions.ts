import type { ReplicationCluster } from '../replication/model';
import type { Check } from '../runbook/command';
import { atMost, check, is, said, sql, text } from './commands';
import { channelOf, channelStatus, isMysql } from './member';
import { holdsAll, wroteNothing } from './positions';
import type { Scene, Side } from './scene';
import { nothingPrepared } from './steps-freeze';

/** What must hold when the run begins, within a tolerance; read again each second while the lever is open. */
export function preconditionsOf(scene: Scene, replication: ReplicationCluster): Check[] {
  const { from, to, others, channel } = scene;
  const params = { from: from.node, to: to.node };
  return [
    connected(to, channel.name),
    behind(to, channel.name),
    ...historyChecks(scene),
    noLongTransactions(from),
    nothingPrepared(from),
    ...[from, to].flatMap(noTableLocks),
    ...others.flatMap((side) => connected(side, channelOf(side.member)?.name ?? '')),
    ...purgedChecks(scene, replication, params),
  ];
}

/** MySQL tells the state of the receiver by itself; MariaDB in a column. */
export const connected = ({ node, member }: Side, channel: string): Check =>
  isMysql(member)
    ? check(
        `receives ${node}`,
        said('CHECK_RECEIVES', { node }),
        channelStatus(node, member, channel),
        is('receiving', 'ON'),
      )
    : check(
        `receives ${node}`,
        said('CHECK_RECEIVES', { node }),
        channelStatus(node, member, channel),
        is('Slave_IO_Running', 'Yes'),
      );

/** What it has to catch up is time without writes. */
const LAG_SECONDS = 2;

/**
 * MySQL: the age of what is being applied, by the clock of who committed it. MariaDB tells only its own
 * Seconds_Behind_Master, and NULL is unknown, never fine.
 */
function behind({ node, member }: Side, channel: string): Check {
  const title = said('CHECK_LAG', { node, seconds: `${LAG_SECONDS}` });
  if (!isMysql(member))
    return check(
      'lag',
      title,
      channelStatus(node, member, channel),
      atMost('Seconds_Behind_Master', LAG_SECONDS),
    );
  return check(
    'lag',
    title,
    sql(
      node,
      "SELECT GREATEST(0, IFNULL(MAX(TIMESTAMPDIFF(SECOND, APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP, NOW(6))), 0)) AS seconds FROM performance_schema.replication_applier_status_by_worker WHERE CHANNEL_NAME = ? AND APPLYING_TRANSACTION <> ''",
      [text(channel)],
    ),
    atMost('seconds', LAG_SECONDS),
  );
}

/** Row 3, from both sides: the primary has what the candidate had, and the candidate has written nothing since. */
function historyChecks({ from, to }: Scene): Check[] {
  const params = { from: from.node, to: to.node };
  const known = (isMysql(to.member) ? to.member.position : to.member.binlogState) ?? '';
  return [
    holdsAll('no errant', said('CHECK_NO_ERRANT', params), from.node, from.member, text(known)),
    wroteNothing(
      'no errant since',
      said('CHECK_WROTE_NOTHING', params),
      to.node,
      to.member,
      known,
      from.member,
    ),
  ];
}

const noLongTransactions = ({ node }: Side): Check =>
  check(
    'long transactions',
    said('CHECK_LONG', { node }),
    sql(
      node,
      'SELECT COUNT(*) AS n FROM information_schema.INNODB_TRX WHERE trx_started < NOW() - INTERVAL 2 SECOND',
    ),
    atMost('n', 0),
  );

/**
 * LOCK TABLES, FLUSH TABLES WITH READ LOCK, a backup's lock, and whoever changes a table's form. MariaDB needs a
 * plugin to tell: see `blind`.
 */
const noTableLocks = ({ node, member }: Side): Check[] =>
  isMysql(member)
    ? [
        check(
          `table locks ${node}`,
          said('CHECK_TABLE_LOCKS', { node }),
          sql(
            node,
            "SELECT COUNT(*) AS n FROM performance_schema.metadata_locks WHERE LOCK_STATUS = 'GRANTED' AND (OBJECT_TYPE = 'TABLE' AND LOCK_TYPE IN ('SHARED_NO_READ_WRITE', 'SHARED_READ_ONLY', 'EXCLUSIVE') OR OBJECT_TYPE IN ('GLOBAL', 'COMMIT', 'BACKUP LOCK') AND LOCK_TYPE = 'SHARED')",
          ),
          atMost('n', 0),
        ),
      ]
    : [];

/** Whoever will follow has all that the new primary's log no longer holds. */
function purgedChecks(
  { from, to, others }: Scene,
  { members }: ReplicationCluster,
  params: Record<string, string>,
): Check[] {
  const purged = members.find(({ server }) => server.node === to.node)?.server.gtid.purged ?? '';
  if (!isMysql(to.member) || purged === '') return [];
  return [from, ...others].map(({ node, member }) =>
    holdsAll(`purged ${node}`, said('CHECK_PURGED', { ...params, node }), node, member, text(purged)),
  );
}
