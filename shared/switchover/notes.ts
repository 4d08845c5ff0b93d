import type { ReplicationCluster } from '../replication/model';
import { type Said, said } from '../runbook/said';
import { lineSaysReadOnly, startsClosed } from './boot';
import { isMysql } from './member';
import type { MemberReading } from './readings';
import type { Scene } from './scene';
import { awakeEvents, openAccounts } from './steps-before';

/** Worth knowing before the lever is pulled, though nothing is wrong. */
export function warningsOf(scene: Scene, replication: ReplicationCluster): Said[] {
  const { from, to, acting, channel, hooks, others } = scene;
  const { member } = from;
  const closes = (acting.boot ?? 'read-only') === 'read-only';
  const { tls } = channel;
  return [
    ...when((member.openTransactions ?? 0) > 0, 'WARN_OPEN_TRANSACTIONS', {
      from: from.node,
      count: `${member.openTransactions}`,
    }),
    ...openAccounts(member).map(({ account }) =>
      said('WARN_ACCOUNT_LOCKED', {
        from: from.node,
        account: `${account.user}@${account.host}`,
        because: account.because,
      }),
    ),
    ...when(awakeEvents(member).length > 0 && to.member.eventScheduler === false, 'WARN_SCHEDULER_OFF', {
      to: to.node,
    }),
    ...when(closes, 'WARN_BOOT_CLOSED', { to: to.node }),
    ...when(!closes && comesUpOpen(member), 'WARN_BOOT_OPEN', { from: from.node }),
    ...when(!tls.on, 'WARN_NO_TLS', { from: from.node, to: to.node }),
    ...when(
      [tls.ca, tls.cert, tls.key].some((path) => path !== ''),
      'WARN_TLS_FILES',
      {
        from: from.node,
        to: to.node,
      },
    ),
    ...when(hooks.length === 0, 'WARN_NO_TRAFFIC', { to: to.node }),
    ...when(to.member.superReadOnly === false, 'WARN_NOT_SUPER', { node: to.node }),
    ...when(unknownReplicas(replication, from.node), 'WARN_UNKNOWN_REPLICA', { from: from.node }),
    ...when(others.length === 0, 'WARN_ONLY_TWO', { from: from.node, to: to.node }),
  ];
}

/** What no reading can show. */
export function blindOf({ from, to, hooks }: Scene): Said[] {
  const mariadb = !isMysql(from.member);
  return [
    said('BLIND_CLIENTS', { from: from.node }),
    ...when(mariadb && from.member.tableLocks === null, 'BLIND_TABLE_LOCKS', {
      from: from.node,
      to: to.node,
    }),
    ...when(mariadb, 'BLIND_ROOT', { from: from.node }),
    ...when(mariadb, 'BLIND_PURGED', { to: to.node }),
    ...when(hooks.length > 0, 'BLIND_POOLS', { to: to.node }),
  ];
}

const when = (holds: boolean, code: string, params: Record<string, string>): Said[] =>
  holds ? [said(code, params)] : [];

/** As far as it is known: would a restart bring it up open for writes? */
function comesUpOpen({ persisted, configuration }: MemberReading): boolean {
  if (persisted?.read_only === 'ON' || persisted?.super_read_only === 'ON') return false;
  if (configuration === null) return true;
  return (
    !startsClosed(configuration) || configuration.sets.some(({ line }) => lineSaysReadOnly(line) === false)
  );
}

/** Somebody who is no member pulls the log: nobody re-attaches it. */
const unknownReplicas = ({ edges }: ReplicationCluster, from: string): boolean =>
  edges.some((edge) => edge.from === from && edge.to === null);
