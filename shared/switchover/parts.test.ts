import { expect, it } from 'vitest';
import { lineSaysReadOnly, startsClosed } from './boot';
import { grantsFor, missingRights } from './grants';
import { switchoverJudges } from './judges';
import { quotedAccount } from './member';
import { sudoCommands, sudoersFor } from './sudo-commands';

const answer = (position: string | null) => ({ rows: [{ position }], stdout: '', exit: null });
const judge = (name: string, position: string | null, params: Record<string, string>) =>
  switchoverJudges[name]?.(answer(position), params);

it.each([
  // Measured on 10.11 with gtid_strict_mode=0: 0-3-3 stands in the state and not in the position.
  ['a rogue transaction below a later one', '0-2-4', '0-2-4,0-3-3', false, '0-3-3'],
  ['all of it', '0-2-9,0-3-3', '0-2-4,0-3-3', true, ''],
  ['ahead of its source', '0-2-4', '0-2-5', false, '0-2-5'],
  ['nothing yet', '', '', true, ''],
])('holds-all: %s', (_, own, history, holds, value) => {
  expect(judge('holds-all', own, { history })).toEqual({ holds, value });
});

it.each([
  ['what the primary wrote', '0-1-50,0-2-9', '0-1-10,0-2-9', true],
  ['a transaction of its own', '0-1-50,0-2-10', '0-1-10,0-2-9', false],
  ['a transaction of a stranger', '0-1-50,0-2-9,0-7-1', '0-1-10,0-2-9', false],
])('wrote-nothing: %s', (_, own, known, holds) => {
  expect(judge('wrote-nothing', own, { known, writer: '1' })?.holds).toBe(holds);
});

it.each([
  ['a text that is none', 'x', { history: '0-1-1' }],
  ['no answer', null, { history: '0-1-1' }],
  ['another text that is none', '0-1-1', { history: 'x' }],
])('%s is unknown, never a yes', (_, own, params) => {
  expect(judge('holds-all', own, params)?.holds).toBeNull();
  expect(judge('wrote-nothing', own, { known: '0-1-1', writer: '' })?.holds).toBeNull();
});

const MYSQL = { dialect: 'mysql', version: [9, 7, 4] } as const;
const MARIADB = { dialect: 'mariadb', version: [10, 11, 19] } as const;

it('the documented rights are enough, and each of them is missed', () => {
  for (const server of [MYSQL, MARIADB]) {
    const grants = grantsFor(server, "'act'@'%'");
    expect(missingRights({ ...server, grants })).toEqual([]);
    for (const [index] of grants.entries())
      expect(missingRights({ ...server, grants: grants.toSpliced(index, 1) })).not.toEqual([]);
  }
  expect(missingRights({ ...MYSQL, grants: null })).toBeNull();
});

it('rights are read as the servers print them', () => {
  const mysql = [
    'GRANT RELOAD, PROCESS, REPLICATION CLIENT, EVENT ON *.* TO `act`@`%`',
    'GRANT CONNECTION_ADMIN,PERSIST_RO_VARIABLES_ADMIN,REPLICATION_SLAVE_ADMIN,SET_ANY_DEFINER,SYSTEM_VARIABLES_ADMIN,XA_RECOVER_ADMIN ON *.* TO `act`@`%`',
    'GRANT SELECT ON `performance_schema`.* TO `act`@`%`',
  ];
  expect(missingRights({ ...MYSQL, grants: mysql })).toEqual(['SYSTEM_USER ON *.*']);
  const mariadb = [
    'GRANT RELOAD, PROCESS, BINLOG MONITOR, CREATE USER, EVENT, SET USER, CONNECTION ADMIN, READ_ONLY ADMIN, REPLICATION SLAVE ADMIN, REPLICATION MASTER ADMIN, BINLOG ADMIN, SLAVE MONITOR ON *.* TO `act`@`%`',
    'GRANT SELECT ON `mysql`.`global_priv` TO `act`@`%`',
  ];
  expect(missingRights({ ...MARIADB, grants: mariadb })).toEqual(['SELECT ON mysql.roles_mapping']);
  expect(
    missingRights({
      ...MARIADB,
      grants: ['GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION'],
    }),
  ).toEqual([]);
  // Of MySQL's, ALL is no word for the dynamic ones.
  expect(missingRights({ ...MYSQL, grants: ['GRANT ALL PRIVILEGES ON *.* TO `x`@`%`'] })).toContain(
    'SYSTEM_USER ON *.*',
  );
});

it.each([
  ['read_only', true],
  ['read-only=ON', true],
  ['loose_read_only = "1"  # closed', true],
  ['read_only=0', false],
  ['skip-read-only', false],
  ['read_only = perhaps', null],
  ['super_read_only=1', null],
])('%s', (line, says) => {
  expect(lineSaysReadOnly(line)).toBe(says);
});

it('a server starts closed only when every line says so, and there is one', () => {
  const of = (...lines: string[]) =>
    startsClosed({
      sets: lines.map((line) => ({ file: 'f', line })),
      ours: 'o',
      oursText: null,
      included: true,
    });
  expect(of()).toBe(false);
  expect(of('read_only', 'read-only=1')).toBe(true);
  expect(of('read_only', 'read-only=0')).toBe(false);
});

it('accounts are quoted at the last @', () => {
  expect(quotedAccount('a@b@10.%')).toBe('`a@b`@`10.%`');
  expect(quotedAccount('o`k@h')).toBe('`o``k`@`h`');
});

it('only what a plan runs as root is asked of sudo', () => {
  const members = [
    { service: 'db-a', role: 'primary' as const },
    { service: 'db-b', role: 'replica' as const },
  ];
  const setting = {
    kind: 'setting' as const,
    id: 'app',
    hosts: ['web-1'],
    file: '/srv/.env',
    key: 'DB.HOST',
    values: { 'db-a': 'a', 'db-b': 'b' },
    reload: ['sudo', '-n', '/usr/sbin/apachectl', 'graceful'],
  };
  const cluster = { members, acting: { traffic: [setting] } };
  expect(sudoCommands(cluster, 'web-1', null).map(([program]) => program)).toEqual([
    'sed',
    'sed',
    '/usr/sbin/apachectl',
  ]);
  expect(sudoCommands(cluster, 'web-2', null)).toEqual([]);
  expect(sudoCommands({ members, acting: { boot: 'as-was' } }, 'db-a', '/etc/x.cnf')).toEqual([]);
  // As sudo 1.9 takes it for that very word; with two backslashes it refuses the command.
  expect(sudoersFor('x', [['sed', String.raw`s/^( *K=).*$/\1v/`]])).toEqual([
    String.raw`x ALL=(root) NOPASSWD: /usr/bin/sed s/^(\ \*K\=).\*$/\\\\1v/`,
  ]);
  expect(sudoersFor('patronus-act', sudoCommands({ members }, 'db-a', '/etc/x.cnf'))[0]).toBe(
    'patronus-act ALL=(root) NOPASSWD: /usr/bin/tee /etc/x.cnf.new',
  );
});
