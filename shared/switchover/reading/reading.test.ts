import { describe, expect, it } from 'vitest';
import { mariadbChannels, mysqlChannels } from './channels';
import { configurationOf, ownFileText } from './configuration';
import * as parts from './parts';
import { privilegedAccounts } from './privileged';

/** Answers as the servers print them; what a lab cannot be brought to is told here. */

describe('rights', () => {
  // MariaDB 10.11.19, word for word but for the hash
  const line =
    "GRANT PROCESS, EVENT, READ_ONLY ADMIN ON *.* TO `act`@`10.%` IDENTIFIED BY PASSWORD '*B0A344B743FC9969C205E2189C08FA0337A4EB62'";

  it('come without the password hash', () => {
    const other =
      "GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED VIA ed25519 USING 'zzzzzzz' OR unix_socket REQUIRE SSL";
    expect(parts.grantsOf([{ Grants: line }, { Grants: other }, { Grants: null }])).toEqual([
      'GRANT PROCESS, EVENT, READ_ONLY ADMIN ON *.* TO `act`@`10.%`',
      'GRANT USAGE ON *.* TO `a`@`%` REQUIRE SSL',
    ]);
  });

  it.each([
    ['EVENT', true],
    ['READ_ONLY ADMIN', true],
    ['ADMIN', false],
    ['SUPER', false],
  ])('%s everywhere: %s', (right, held) => {
    expect(parts.hasGlobally([line], right)).toBe(held);
  });

  it('on one schema are not rights everywhere', () => {
    expect(parts.hasGlobally(['GRANT EVENT ON `app`.* TO `act`@`%`'], 'EVENT')).toBe(false);
    expect(parts.hasGlobally(['GRANT ALL PRIVILEGES ON *.* TO `act`@`%`'], 'EVENT')).toBe(true);
  });
});

describe('semi-synchronous replication', () => {
  const of = (values: Record<string, string>) => parts.semiSyncOf(new Map(Object.entries(values)));
  it('is not there without its variables', () => expect(of({ super_read_only: 'ON' })).toBe(null));
  it('is told in the words of either', () => {
    const now = { source: true, replica: false, needed: 2, clients: 1 };
    expect(
      of({
        rpl_semi_sync_source_enabled: 'ON',
        rpl_semi_sync_replica_enabled: 'OFF',
        rpl_semi_sync_source_wait_for_replica_count: '2',
        rpl_semi_sync_source_clients: '1',
      }),
    ).toEqual(now);
    expect(
      of({
        rpl_semi_sync_master_enabled: 'ON',
        rpl_semi_sync_slave_enabled: 'OFF',
        rpl_semi_sync_master_clients: '1',
      }),
    ).toEqual({ ...now, needed: 1 });
  });
});

describe('locks, transactions and what is prepared', () => {
  it('are unknown where the server does not watch its locks', () => {
    expect(parts.tableLocksOf([])).toBe(null);
    expect(parts.tableLocksOf([{ told: 'NO', id: null }])).toBe(null);
    expect(parts.tableLocksOf([{ told: 'YES', id: null }])).toEqual([]);
  });

  it('are those of sessions, not of replication', () => {
    const rows = [
      { id: '7', seconds: '2', user: 'app' },
      { id: '8', seconds: '3', user: 'app' },
      { id: '9', seconds: '90', user: 'system user' },
      { id: '0', seconds: '900', user: null },
    ];
    expect(parts.transactionsOf(rows)).toEqual({
      openTransactions: 2,
      longTransactions: [{ id: '8', seconds: 3, user: 'app' }],
    });
  });

  it('are named as XA COMMIT takes them', () => {
    const row = { formatID: '3', gtrid_length: '3', bqual_length: '1', data: '0x6C616262' };
    expect(parts.preparedOf([row, { data: "'lab','b',3" }])).toEqual(["X'6C6162',X'62',3", "'lab','b',3"]);
  });
});

describe('versions', () => {
  it.each([
    ['9.7.4-2', { version: [9, 7, 4], dialect: 'mysql' }],
    ['5.5.5-10.11.19-MariaDB-0+deb12u1-log', { version: [10, 11, 19], dialect: 'mariadb' }],
    ['unknown', null],
  ])('%s', (text, expected) => expect(parts.serverVersion(text)).toEqual(expected));
});

describe('who writes on MariaDB in spite of read_only', () => {
  const SUPER = `${1 << 15}`;
  const READ_ONLY_ADMIN = '8589934592';
  const account = (user: string, access: string, more: Record<string, string> = {}) => ({
    user,
    host: '%',
    access,
    version_id: '101119',
    locked: null,
    is_role: null,
    ...more,
  });
  const role = (user: string, access: string) => account(user, access, { host: '', is_role: '1' });
  const has = (holder: string, name: string, host = '%') => ({ user: holder, host, role: name });
  const privileged = (
    accounts: Parameters<typeof privilegedAccounts>[0],
    roles: Parameters<typeof privilegedAccounts>[1] = [],
    version = [10, 11, 19],
  ) =>
    privilegedAccounts(accounts, roles, { version, hostname: 'DB-A', spared: ['act'] }).map(
      ({ user, host, because }) => `${user}@${host}: ${because}`,
    );

  it('is whoever holds READ ONLY ADMIN, and nobody for SUPER alone', () => {
    expect(
      privileged([account('app', '15'), account('job', READ_ONLY_ADMIN), account('dba', SUPER)]),
    ).toEqual(['job@%: READ ONLY ADMIN']);
  });

  it('is whoever holds SUPER where it implied the other: old servers, old accounts', () => {
    expect(privileged([account('dba', SUPER)], [], [10, 6, 20])).toEqual(['dba@%: SUPER']);
    for (const version_id of ['101100', ''])
      expect(privileged([account('dba', SUPER, { version_id })])).toEqual(['dba@%: SUPER']);
  });

  it('is whoever may take a role that holds it, through another role too, and everybody by PUBLIC', () => {
    const roles = [role('writer', READ_ONLY_ADMIN), role('team', '0')];
    const edges = [has('team', 'writer', ''), has('ann', 'team')];
    expect(privileged([...roles, account('ann', '0'), account('bob', '0')], edges)).toEqual([
      'ann@%: READ ONLY ADMIN, by the role writer, by the role team',
    ]);
    expect(privileged([role('PUBLIC', READ_ONLY_ADMIN), account('bob', '0')])).toEqual([
      'bob@%: READ ONLY ADMIN',
    ]);
  });

  it('is not who has to: the acting account, and the server’s own root at home', () => {
    const all = '18446744073709551615';
    const root = (host: string) => account('root', all, { host });
    expect(
      privileged([
        account('act', READ_ONLY_ADMIN),
        root('localhost'),
        root('::1'),
        root('db-a'),
        root('10.%'),
      ]),
    ).toEqual(['root@10.%: READ ONLY ADMIN']);
  });

  it('is told with its lock', () => {
    const [one] = privilegedAccounts([account('job', READ_ONLY_ADMIN, { locked: '1' })], [], {
      version: [10, 11, 19],
      hostname: 'db-a',
      spared: [],
    });
    expect(one?.locked).toBe(true);
  });
});

describe('option files', () => {
  const ours = '/etc/mysql/mariadb.conf.d/zz-patronus.cnf';
  const debian = (...lines: string[]) =>
    ['in|/etc/mysql/conf.d', 'out|/etc/mysql/conf.d', 'in|/etc/mysql/mariadb.conf.d', ...lines].join('\n');
  const found = (text: string) => {
    const result = configurationOf(text);
    return result.state === 'read' ? result.reading : null;
  };

  it('are told in the order in which they are read, and ours decides', () => {
    const text = debian(
      'set|/etc/mysql/mariadb.conf.d/50-server.cnf|read-only = a|b',
      'out|/etc/mysql/mariadb.conf.d',
      'end|3|0',
    );
    expect(found(text)).toEqual({
      sets: [{ file: '/etc/mysql/mariadb.conf.d/50-server.cnf', line: 'read-only = a|b' }],
      ours,
      included: true,
    });
  });

  it.each([
    ['a file of the same folder that is read later', 'set|/etc/mysql/mariadb.conf.d/zzz.cnf|read_only=0'],
    ['a line below the last !includedir', 'set|/etc/mysql/my.cnf|read_only=0'],
  ])('ours does not decide over %s', (_, line) => {
    expect(found(debian(line, 'end|3|0'))?.included).toBe(false);
  });

  it('ours may stand there already', () => {
    expect(found(debian(`set|${ours}|read_only=1`, 'end|3|0'))?.included).toBe(true);
  });

  it('without a folder that is included, ours would not be read', () => {
    expect(found('end|1|0')).toEqual({ sets: [], ours: '/etc/mysql/zz-patronus.cnf', included: false });
  });

  it.each(['', 'end|0|0', 'end|2|1', debian()])('%j says nothing', (text) => {
    expect(configurationOf(text).state).toBe('hidden');
  });

  it('ours is there or not', () => {
    expect(ownFileText('none\n')).toBe(null);
    expect(ownFileText('there\n[mysqld]\n')).toBe('[mysqld]\n');
    expect(ownFileText('there\n')).toBe('');
  });
});

describe('channels', () => {
  it('are unknown when a row does not say what it follows', () => {
    expect(mariadbChannels([{ Connection_name: '', Master_Host: '10.0.0.1', Master_Port: '3306' }])).toBe(
      null,
    );
    expect(mysqlChannels([], [{ CHANNEL_NAME: '', HOST: '10.0.0.1', PORT: '3306' }], [])).toBe(null);
  });

  it('of a group are not channels that somebody made', () => {
    expect(mysqlChannels([], [{ CHANNEL_NAME: 'group_replication_recovery' }], [])).toEqual([]);
  });

  it('keep their certificates', () => {
    const row = {
      Connection_name: 'c',
      Master_Host: '10.0.0.1',
      Master_Port: '3307',
      Using_Gtid: 'Slave_Pos',
      Master_SSL_Allowed: 'Yes',
      Master_SSL_Verify_Server_Cert: 'Yes',
      Master_SSL_CA_File: '/etc/mysql/ca.pem',
      Master_SSL_Key: '/etc/mysql/key.pem',
      Slave_IO_Running: 'Connecting',
      Slave_SQL_Running: 'No',
    };
    expect(mariadbChannels([row])).toMatchObject([
      {
        name: 'c',
        sourcePort: 3307,
        usingGtid: 'slave_pos',
        tls: { on: true, verify: true, ca: '/etc/mysql/ca.pem', key: '/etc/mysql/key.pem' },
        receiverOn: true,
        applierOn: false,
      },
    ]);
  });
});
