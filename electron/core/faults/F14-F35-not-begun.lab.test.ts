import { findingText } from '@shared/text/finding-text';
import { describe, expect, it } from 'vitest';
import { bentLab, LONG } from './testing/bent.lab-kit';

/**
 * Clusters in which somebody must not take over, or in which nothing must be begun: which fault of docs/faults.md it is, how
 * the lab is bent, what the console finds, and why it plans no switchover. Reasons that depend on how far a replica has
 * come by then ("lags", "threads stopped") may stand beside the one that is named.
 */
interface IllCluster {
  /** Begins with the number of the fault. */
  title: string;
  scenario: string;
  /** Who is to take over. */
  to: string;
  finding: string;
  /** What the finding says, in English. */
  says: RegExp;
  reason: string;
  /** Where MariaDB differs in nothing, MySQL is enough. */
  engines: readonly ('mysql' | 'mariadb')[];
}

const BOTH = ['mysql', 'mariadb'] as const;
const MYSQL = ['mysql'] as const;
const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const ILL_CLUSTERS: readonly IllCluster[] = [
  {
    title: 'F14 all replicas have lost a primary that lives',
    scenario: 'all-replicas-stopped',
    to: 'db-b',
    finding: 'ALL_REPLICAS_STOPPED',
    says: /which itself answers.*Do not fail over/s,
    reason: 'THREADS_STOPPED',
    engines: BOTH,
  },
  {
    title: 'F21 a row is there already (1062)',
    scenario: 'sql-error-1062',
    to: 'db-c',
    finding: 'APPLIER_ERROR',
    says: /Duplicate entry '9001'.*Do not skip/s,
    reason: 'CANDIDATE_APPLIER_ERROR',
    engines: BOTH,
  },
  {
    title: 'F21 a row is missing (1032)',
    scenario: 'sql-error-1032',
    to: 'db-c',
    finding: 'APPLIER_ERROR',
    says: new RegExp(`'${UUID}:\\d+'.*Can't find record in 'account'.*Do not skip`, 's'),
    reason: 'CANDIDATE_APPLIER_ERROR',
    engines: MYSQL,
  },
  {
    title: 'F22 the log that a replica needs is gone (1236)',
    scenario: 'io-error-1236',
    to: 'db-c',
    finding: 'BINLOG_PURGED',
    says: /has to be rebuilt.*No waiting and no restart brings/s,
    reason: 'CANDIDATE_BINLOG_PURGED',
    engines: BOTH,
  },
  {
    title: 'F23 a replica holds a transaction of its own, which is named',
    scenario: 'errant',
    to: 'db-b',
    finding: 'ERRANT_TRANSACTIONS',
    says: new RegExp(`(${UUID}:1|\\d+-\\d+-\\d+).*Do not inject empty transactions`, 's'),
    reason: 'CANDIDATE_ERRANT_TRANSACTIONS',
    engines: BOTH,
  },
  {
    title: 'F25 semi-sync has gone back to asynchronous',
    scenario: 'semi-sync-fallback',
    to: 'db-b',
    finding: 'SEMI_SYNC_FALLEN_BACK',
    says: /Commits without acknowledgement: [1-9].*may be lost with this server/s,
    reason: 'SEMI_SYNC_SHORT',
    engines: BOTH,
  },
  {
    title: 'F26 a replica receives and does not apply',
    scenario: 'applier-stopped',
    to: 'db-c',
    finding: 'APPLIER_STOPPED',
    says: /would need time to catch up/,
    reason: 'CANDIDATE_APPLIER_STOPPED',
    engines: MYSQL,
  },
  {
    title: 'F26 a replica is locked, and lags',
    scenario: 'lagging',
    to: 'db-c',
    finding: 'LAGGING',
    says: /Waiting to be applied: [1-9]/,
    reason: 'CANDIDATE_LAGGING',
    engines: BOTH,
  },
  {
    title: 'F29 a transaction stays open on the primary, and is named',
    scenario: 'long-transaction',
    to: 'db-b',
    finding: 'LONG_TRANSACTIONS',
    says: /The oldest: \d+: \d+ s, root/,
    reason: 'LONG_TRANSACTIONS',
    engines: BOTH,
  },
  {
    title: 'F30 a transaction is prepared and not decided',
    scenario: 'xa-prepared',
    to: 'db-b',
    finding: 'PREPARED_TRANSACTIONS',
    says: /on MySQL their commit passes read_only and super_read_only/,
    reason: 'PREPARED',
    engines: BOTH,
  },
  {
    title: 'F32 a replica leaves out a table',
    scenario: 'filtered',
    to: 'db-c',
    finding: 'FILTERED',
    says: /patronus.note.*it can never take over/s,
    reason: 'CANDIDATE_FILTERED',
    engines: BOTH,
  },
  {
    title: 'F32 a replica does not log what it applies',
    scenario: 'not-logging-replicated',
    to: 'db-c',
    finding: 'NOT_LOGGING_REPLICATED',
    says: /would lack everything it received/,
    reason: 'CANDIDATE_NOT_LOGGING_REPLICATED',
    engines: MYSQL,
  },
  {
    title: 'F32 a replica is kept an hour behind',
    scenario: 'delayed',
    to: 'db-c',
    finding: 'DELAYED',
    says: /never a candidate to take over/,
    reason: 'CANDIDATE_DELAYED',
    engines: MYSQL,
  },
  {
    title: 'F32 a replica follows two sources',
    scenario: 'multi-source',
    to: 'db-b',
    finding: 'MULTI_SOURCE',
    says: /db-a, db-b/,
    reason: 'MULTI_SOURCE',
    engines: MYSQL,
  },
  {
    title: 'F32 two servers follow each other',
    scenario: 'circular',
    to: 'db-b',
    finding: 'CIRCULAR',
    says: /no order of promotion is safe in it/,
    reason: 'CIRCULAR',
    engines: MYSQL,
  },
  {
    title: 'F32 two servers have one server id',
    scenario: 'duplicate-server-id',
    to: 'db-b',
    finding: 'DUPLICATE_SERVER_ID',
    says: /db-b, db-c/,
    reason: 'CANDIDATE_DUPLICATE_SERVER_ID',
    engines: MYSQL,
  },
  {
    title: 'F33 a replica has no connection left',
    scenario: 'connections-full',
    to: 'db-b',
    finding: 'CONNECTIONS_FULL',
    says: /this console are refused/,
    reason: 'LOGIN',
    engines: MYSQL,
  },
  {
    title: 'F33 the primary has no connection left, and is not dead (1040)',
    scenario: 'primary-refuses-clients',
    to: 'db-b',
    finding: 'PRIMARY_REFUSES_CLIENTS',
    says: /It is alive.*Do not fail over because of it/s,
    reason: 'PRIMARY_ILL',
    engines: BOTH,
  },
  {
    title: 'F35 nobody could follow the new primary: its replication account lets nobody in (1045)',
    scenario: 'repl-login-fails',
    to: 'db-b',
    finding: 'REPLICATION_LOGIN',
    says: /db-a, db-c could not follow db-b after a switch/,
    reason: 'LOGIN',
    engines: BOTH,
  },
];

describe.each([
  ['mysql', 2594],
  ['mariadb', 2595],
] as const)('what is not begun on %s', { timeout: LONG }, (engine, gatePort) => {
  const on = bentLab(engine, gatePort);

  it('where all is well a plan is made: what is refused below is refused for its own sake', async () => {
    expect((await on.ready(await on.bent('star'), 'db-b')).state).toBe('ready');
  });

  it.each(ILL_CLUSTERS.filter(({ engines }) => engines.includes(engine)))(
    '$title',
    async ({ scenario, to, finding: code, says, reason }) => {
      const at = await on.bent(scenario);
      const { clusters } = await at.client.call('replication.get', undefined);
      const found = clusters
        .flatMap(({ findings, members }) => [...findings, ...members.flatMap((member) => member.findings)])
        .find((one) => one.code === code);
      expect(found && Object.values(findingText(found, 'en')).flat().join('\n')).toMatch(says);
      expect(clusters.flatMap(({ verdicts }) => verdicts.map(({ verdict }) => verdict))).not.toContain(
        'dead',
      );
      expect(await on.reasons(at, to)).toContain(`REFUSED_${reason}`);
    },
  );
});
