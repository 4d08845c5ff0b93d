import { describe, expect, it } from 'vitest';
import type { ReplicationCluster } from '../replication/model';
import { sayPlan } from '../text/say-plan';
import { FULL_MARIADB, FULL_MYSQL, HAPROXY } from './full.test-kit';
import { planSwitchover, type SwitchoverInput } from './plan-switchover';
import { channelTo, event, inputOf, NOW, type Told } from './switchover.test-kit';

const error = {
  code: 'E_SQL_AUTH' as const,
  stage: 'sql-auth' as const,
  host: 'db-c',
  message: 'Access denied.',
  remedy: '',
  retryable: false,
};
const because = (code: string, verdict: 'refused' | 'unknown' = 'refused'): Partial<ReplicationCluster> => ({
  candidates: [{ node: 'db-b', verdict, because: [{ code, params: { seconds: '40', from: 'db-c' } }] }],
});
const verdict = (of: ReplicationCluster['verdicts'][number]['verdict']): Partial<ReplicationCluster> => ({
  verdicts: [{ node: 'db-a', verdict: of, terms: [] }],
});
const onA = (given: NonNullable<Told['members']>[string]): Told => ({ members: { 'db-a': given } });
const onB = (given: NonNullable<Told['members']>[string]): Told => ({ members: { 'db-b': given } });
const onMariadb = (node: string, given: NonNullable<Told['members']>[string]): Told => ({
  dialect: 'mariadb',
  members: { [node]: given },
});
const semiSync = (needed: number, clients: number) => ({ source: true, replica: false, needed, clients });

const CASES: readonly (readonly [code: string, told: Told])[] = [
  // Of the replication itself
  ['ALREADY_PRIMARY', { readings: { from: 'db-b', to: 'db-a' } }],
  ['CIRCULAR', { cluster: { shape: 'circular' } }],
  ['ISLANDS', { cluster: { shape: 'islands' } }],
  ['MULTI_SOURCE', { cluster: { shape: 'multi-source' } }],
  ['GROUP', { cluster: { shape: 'group' } }],
  ['SHAPE_UNKNOWN', { cluster: { shape: 'unknown' } }],
  ['NOT_PRIMARY', { cluster: { primaries: ['db-c'] } }],
  ['TWO_PRIMARIES', { cluster: { primaries: ['db-a', 'db-c'] } }],
  ['PRIMARY_UNREACHABLE_FROM_HERE', { cluster: verdict('unreachable-from-here') }],
  ['PRIMARY_DEAD', { cluster: verdict('dead') }],
  ['PRIMARY_ILL', { cluster: verdict('disk-stalled') }],
  ['PRIMARY_UNKNOWN', { cluster: { verdicts: [] } }],
  ['NO_SUCH_CANDIDATE', { readings: { to: 'db-x' } }],
  ['CANDIDATE_LAGGING', { cluster: because('LAGGING') }],
  ['CANDIDATE_ERRANT_TRANSACTIONS', { cluster: because('ERRANT_TRANSACTIONS') }],
  ['CANDIDATE_FILTERED', { cluster: because('FILTERED') }],
  ['CANDIDATE_DELAYED', { cluster: because('DELAYED') }],
  ['CANDIDATE_VERSION_ORDER', { cluster: because('VERSION_ORDER') }],
  ['CANDIDATE_NOT_LOGGING', { cluster: because('NOT_LOGGING') }],
  ['CANDIDATE_NOT_ANSWERING', { cluster: because('NOT_ANSWERING') }],
  ['CANDIDATE_LAG_UNKNOWN', { cluster: because('LAG_UNKNOWN', 'unknown') }],
  // Of the servers
  ['NOT_READ', { readings: { members: {} } }],
  ['UNREACHED', { readings: { members: {}, unreached: { 'db-c': error } } }],
  ['CHANNELS_UNREAD', onB({ channels: null })],
  ['TOO_OLD', onB({ version: [8, 0, 22] })],
  ['TOO_OLD', onMariadb('db-b', { version: [10, 5, 8] })],
  ['WRITABLE', { members: { 'db-c': { readOnly: false } } }],
  ['WRITABLE', onB({ readOnly: false })],
  ['NOT_WRITABLE', onA({ readOnly: true })],
  ['NOT_WRITABLE', onA({ superReadOnly: true })],
  ['PRIMARY_FOLLOWS', onA({ channels: [channelTo(3)] })],
  ['FOLLOWS_NOBODY', { members: { 'db-c': { channels: [] } } }],
  ['MULTI_SOURCE_MEMBER', { members: { 'db-c': { channels: [channelTo(1), channelTo(2)] } } }],
  ['NOT_BY_GTID', onB({ channels: [channelTo(1, { autoPosition: false })] })],
  ['NOT_BY_GTID', onMariadb('db-b', { channels: [channelTo(1, { usingGtid: 'No' })] })],
  ['THREADS_STOPPED', onB({ channels: [channelTo(1, { applierOn: false })] })],
  ['PREPARED', onA({ prepared: ['1-2-x'] })],
  ['PREPARED_UNKNOWN', onA({ prepared: null })],
  ['LONG_TRANSACTIONS', onA({ longTransactions: [{ id: '7', seconds: 9, user: 'app' }] })],
  ['TRANSACTIONS_UNKNOWN', onA({ longTransactions: null })],
  ['TABLE_LOCKS', onA({ tableLocks: [{ id: '7', user: 'app', table: 'a.b' }] })],
  ['PRIVILEGED_UNKNOWN', onMariadb('db-a', { privileged: null })],
  [
    'READER_WRITES',
    onMariadb('db-a', {
      privileged: [{ user: 'patronus_watch', host: '%', locked: false, because: 'SUPER' }],
    }),
  ],
  ['EVENTS_UNKNOWN', onB({ events: null })],
  ['EVENT_MISSING', onA({ events: [event('purge')] })],
  ['EVENT_CHARSET', { members: { 'db-a': { events: [event('été')] }, 'db-b': { events: [event('été')] } } }],
  ['BOOT_UNKNOWN', onB({ persisted: null })],
  ['BOOT_UNKNOWN', onMariadb('db-c', { configuration: null })],
  [
    'BOOT_NOT_INCLUDED',
    onMariadb('db-a', { configuration: { sets: [], ours: '/etc/x.cnf', oursText: null, included: false } }),
  ],
  [
    'SEMI_SYNC_SHORT',
    { members: { 'db-a': { semiSync: semiSync(2, 1) }, 'db-b': { semiSync: semiSync(2, 0) } } },
  ],
  [
    'SEMI_SYNC_FEW',
    { members: { 'db-a': { semiSync: semiSync(1, 2) }, 'db-b': { semiSync: semiSync(2, 0) } } },
  ],
  ['SEMI_SYNC_MISSING', onA({ semiSync: semiSync(1, 1) })],
  [
    'PURGED',
    onServerB({
      mode: 'ON',
      enforced: true,
      executed: null,
      purged: '3e11fa47-71ca-11e1-9e33-c80aa9429561:1-2000',
    }),
  ],
  ['PURGED_UNKNOWN', { members: { 'db-c': { position: null } } }],
  // Of access
  ['RIGHTS', onB({ grants: ['GRANT SELECT ON `performance_schema`.* TO `patronus_act`@`%`'] })],
  ['RIGHTS_UNKNOWN', onB({ grants: null })],
  ['SUDO', onMariadb('db-b', { sudoRefuses: ['tee /etc/x.new'] })],
  ['SUDO_UNKNOWN', onB({ sudoRefuses: null })],
  ['NO_REPLICATION_ACCOUNT', { replicationAccount: false }],
  ['LOGIN_UNTESTED', { readings: { replicationLogins: [] } }],
  [
    'LOGIN',
    {
      readings: {
        replicationLogins: [
          { from: 'db-a', to: 'db-b', address: 'x', port: 1, error: null },
          { from: 'db-c', to: 'db-b', address: 'x', port: 1, error },
        ],
      },
    },
  ],
  [
    'HOOK_INCOMPLETE',
    { acting: { traffic: [{ ...HAPROXY, servers: { 'db-a': 'a' } }] } as NonNullable<Told['acting']> },
  ],
  ['HOOK_HOST', { acting: { traffic: [HAPROXY] }, readings: { hosts: {} } }],
  ['BACKUP_NOT_STATED', { readings: { backup: { state: 'not-stated' } } }],
  [
    'BACKUP_UNKNOWN',
    { readings: { backup: { state: 'unknown', host: 'db-c', mark: '/m', limitHours: 24, error } } },
  ],
  ['BACKUP_OLD', { readings: { backup: backupOf(25) } }],
];

function onServerB(gtid: Record<string, unknown>): Told {
  return { servers: { 'db-b': { gtid } as never } };
}
function backupOf(hours: number): SwitchoverInput['readings']['backup'] {
  return { state: 'read', host: 'db-c', mark: '/m', verifiedAt: NOW - hours * 3_600_000, limitHours: 24 };
}

const reasonsOf = (input: SwitchoverInput) => {
  const made = planSwitchover(input);
  return made.ok ? [] : made.reasons;
};
const codesOf = (told: Told) => reasonsOf(inputOf(told)).map(({ code }) => code);

it.each(CASES)('%s', (code, told) => {
  expect(codesOf(told)).toContain(`REFUSED_${code}`);
});

it.each([
  ['plain MySQL', {}],
  ['plain MariaDB', { dialect: 'mariadb' }],
  ['MySQL with everything', FULL_MYSQL],
  ['MariaDB with everything', FULL_MARIADB],
] satisfies [string, Told][])('%s is refused for nothing', (_, told) => {
  expect(codesOf(told)).toEqual([]);
});

it('says of a group that it is one, and nothing else: every member of Galera takes writes and follows nobody', () => {
  const galera: Told['cluster'] = {
    shape: 'group',
    primaries: ['db-a', 'db-b', 'db-c'],
    verdicts: [],
    candidates: [],
  };
  const alike = { channels: [], readOnly: false };
  const told: Told = { cluster: galera, members: { 'db-a': alike, 'db-b': alike, 'db-c': alike } };
  expect(codesOf(told)).toEqual(['REFUSED_GROUP']);
  expect(codesOf({ ...told, cluster: { ...galera, shape: 'star' } }).length).toBeGreaterThan(1);
});

it('says all of it at once', () => {
  const codes = codesOf({
    members: { 'db-a': { prepared: ['x'] }, 'db-b': { grants: null }, 'db-c': { readOnly: false } },
    cluster: because('LAGGING'),
    readings: { backup: { state: 'not-stated' }, replicationLogins: [] },
  });
  expect(codes.toSorted()).toEqual([
    'REFUSED_BACKUP_NOT_STATED',
    'REFUSED_CANDIDATE_LAGGING',
    'REFUSED_LOGIN_UNTESTED',
    'REFUSED_LOGIN_UNTESTED',
    'REFUSED_PREPARED',
    'REFUSED_RIGHTS_UNKNOWN',
    'REFUSED_WRITABLE',
  ]);
});

describe('towards the server that takes writes already', () => {
  const towards = (cluster: Partial<ReplicationCluster>) =>
    codesOf({
      readings: { from: 'db-b', to: 'db-a', backup: { state: 'not-stated' } },
      members: { 'db-c': { readOnly: false } },
      cluster,
    });

  it('that is the one reason, whatever else would be one', () => {
    expect(towards({})).toEqual(['REFUSED_ALREADY_PRIMARY']);
  });

  it.each([
    ['none of several', { primaries: ['db-a', 'db-c'] }],
    ['nobody', { primaries: [] }],
    ['another', { primaries: ['db-b'] }],
  ])('%s is that server: it has its own reasons', (_, cluster) => {
    expect(towards(cluster)).not.toContain('REFUSED_ALREADY_PRIMARY');
    expect(towards(cluster)).toContain('REFUSED_WRITABLE');
  });
});

describe('a typed override', () => {
  const old: Told = { readings: { backup: backupOf(25) } };

  it('lets a plan be made without a backup, and stands in it', () => {
    const made = planSwitchover(
      inputOf({ ...old, overrides: [{ code: 'REFUSED_BACKUP_OLD', typed: ' No Báckup' }] }),
    );
    expect(made.ok && made.plan.overrides).toEqual([{ code: 'REFUSED_BACKUP_OLD', typed: ' No Báckup' }]);
  });

  it.each([
    ['for another reason', { code: 'REFUSED_BACKUP_UNKNOWN', typed: 'no backup' }],
    ['wrongly typed', { code: 'REFUSED_BACKUP_OLD', typed: 'no back' }],
  ])('%s changes nothing', (_, override) => {
    expect(codesOf({ ...old, overrides: [override] })).toEqual(['REFUSED_BACKUP_OLD']);
  });

  it('overrides nothing else', () => {
    const told: Told = {
      cluster: because('LAGGING'),
      overrides: [{ code: 'REFUSED_CANDIDATE_LAGGING', typed: 'no backup' }],
    };
    expect(reasonsOf(inputOf(told))).toMatchObject([{ code: 'REFUSED_CANDIDATE_LAGGING', override: null }]);
  });
});

it('a replication login is asked of everybody who will follow', () => {
  const logins = [{ from: 'db-a', to: 'db-b', address: 'x', port: 1, error: null }];
  expect(reasonsOf(inputOf({ readings: { replicationLogins: logins } }))).toMatchObject([
    { code: 'REFUSED_LOGIN_UNTESTED', params: { node: 'db-c', to: 'db-b' } },
  ]);
});

it.each(CASES)('%s is said in both languages, with a remedy', (code, told) => {
  const reason = reasonsOf(inputOf(told)).find((one) => one.code === `REFUSED_${code}`);
  for (const language of ['en', 'fr'] as const) {
    for (const said of [reason, reason?.remedy]) {
      const sentence = sayPlan(language, 'switchover', said ?? { code: 'nothing', params: {} });
      expect(sentence).toMatch(/^.{9,}\.$/s);
      expect(sentence).not.toMatch(/REFUSED|REMEDY|undefined| \?|[^\d]\?\.|!(?!includedir)/);
    }
  }
});
