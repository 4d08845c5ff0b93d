import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { contains as mariadbContains } from '@shared/gtid/mariadb-algebra';
import { parseMariadbPosition } from '@shared/gtid/mariadb-list';
import { contains as mysqlContains } from '@shared/gtid/mysql-algebra';
import { parseMysqlSet } from '@shared/gtid/mysql-set';
import type { MemberReading, SwitchoverReadings } from '@shared/switchover/readings';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FROM } from '../../../lab/access/sql-accounts';
import type { Lab } from '../../../lab/api';
import { BACKUP_MARK, EVENTS } from '../../../lab/replication/acting';
import { OWN_FILE } from '../../../lab/replication/addresses';
import { type Hands, handsOn } from '../../../lab/replication/hands';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { estateVariant } from '../testing/estate-variant';
import { type ActingDesk, openDesk } from './testing/desk';

const GATE_PORT = { mysql: 2512, mariadb: 2513 } as const;
const NODES = ['db-a', 'db-b', 'db-c'] as const;

describe.each(['mysql', 'mariadb'] as const)('what the acting account reads of a star of %s', (engine) => {
  let base: string;
  let lab: Lab;
  let hands: Hands;
  let desk: ActingDesk;
  let estateFile: string;
  const isMysql = engine === 'mysql';

  beforeAll(async () => {
    base = await freshBase();
    const options = { estate: 'replication/star', gatePort: GATE_PORT[engine], engine };
    lab = await smallLab(base, await buildPrograms(), options);
    hands = handsOn(lab.raw);
    estateFile = lab.estateFile;
    desk = await openDesk(estateFile, path.join(base, 'home'));
  });
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  /** A command on a host, as the acting SSH account. */
  const asActing = (host: string, argv: readonly string[]) =>
    lab.exec(host, ['runuser', '-u', 'patronus-act', '--', ...argv]);
  const gather = (from: ActingDesk = desk) => from.gather('db-a', 'db-b', ['db-c']);
  const member = (readings: SwitchoverReadings, node: string): MemberReading => {
    const found = readings.members[node];
    if (!found) throw new Error(`${node} was not read`);
    return found;
  };

  it('is what was set up, with exactly the documented rights', async () => {
    const readings = await gather();
    const [a, b, c] = [member(readings, 'db-a'), member(readings, 'db-b'), member(readings, 'db-c')];
    expect([a.errors, b.errors, c.errors]).toEqual([[], [], []]);
    expect(readings).toMatchObject({ cluster: 'data', from: 'db-a', to: 'db-b', others: ['db-c'] });
    expect(readings.unreached).toEqual({});
    for (const [node, one] of Object.entries({ 'db-a': a, 'db-b': b, 'db-c': c })) {
      expect(one).toMatchObject({ node, host: node, service: node, dialect: engine, port: 3306 });
      expect(one.identity).toMatchObject({ host: node, name: node, sql: { hostname: node, port: '3306' } });
      expect(one).toMatchObject({ actingUser: 'patronus_act', readUser: 'patronus_watch', sudoRefuses: [] });
      expect(one.actingAccount).toMatch(/^patronus_act@/);
      expect(one.version.slice(0, 2)).toEqual(isMysql ? [9, 7] : [10, 11]);
      expect(one.grants?.join('\n')).toMatch(/GRANT .*EVENT.* ON \*\.\* TO/);
      expect(one.grants?.join('\n')).not.toMatch(/IDENTIFIED|\*[0-9A-F]{40}/);
      expect([one.tableLocks, one.prepared, one.longTransactions]).toEqual([[], [], []]);
      expect(one.openTransactions).toBeGreaterThanOrEqual(0);
      expect(one.eventScheduler).toBe(true);
      expect(one.semiSync).toEqual({ source: false, replica: false, needed: 1, clients: 0 });
    }
    expect([a, b, c].map(({ readOnly }) => readOnly)).toEqual([false, true, true]);
    expect([a, b, c].map(({ superReadOnly }) => superReadOnly)).toEqual(
      isMysql ? [false, true, true] : [null, null, null],
    );
    expect([a.address, b.address]).toEqual(['10.0.20.11', '10.0.20.12']);
  });

  it('has the whole of each channel', async () => {
    const readings = await gather();
    expect(member(readings, 'db-a').channels).toEqual([]);
    expect(member(readings, 'db-b').channels).toEqual([
      {
        name: '',
        sourceHost: '10.0.20.11',
        sourcePort: 3306,
        user: 'repl',
        autoPosition: true,
        usingGtid: isMysql ? null : 'slave_pos',
        delaySeconds: 0,
        connectRetry: 1,
        retryCount: isMysql ? '86400' : null,
        heartbeatSeconds: '1.000',
        tls: {
          on: true,
          verify: false,
          ...{ ca: '', caPath: '', cert: '', key: '', cipher: '', crl: '', version: '', publicKeyPath: '' },
          getPublicKey: false,
        },
        receiverOn: true,
        applierOn: true,
      },
    ]);
  });

  it('has events with all that ALTER EVENT would change by itself', async () => {
    const readings = await gather();
    const asleep = isMysql ? 'REPLICA_SIDE_DISABLED' : 'SLAVESIDE_DISABLED';
    const expected = (status: (on: boolean) => string) =>
      EVENTS.map((event) => ({
        schema: 'patronus',
        name: event.name,
        definer: event.definer.replaceAll("'", ''),
        status: status(event.on),
        sqlMode: event.sqlMode,
        timeZone: event.timeZone,
        characterSetClient: event.charset,
        collationConnection: event.collation,
      })).sort((one, other) => one.name.localeCompare(other.name));
    expect(member(readings, 'db-a').events).toEqual(expected((on) => (on ? 'ENABLED' : 'DISABLED')));
    expect(member(readings, 'db-b').events).toEqual(expected(() => asleep));
  });

  it('names who writes in spite of the fence, and nobody who has to', async () => {
    const { privileged } = member(await gather(), 'db-a');
    const because = 'READ ONLY ADMIN';
    expect(privileged).toEqual(
      isMysql ? [] : FROM.map((host) => ({ user: 'maintenance', host, locked: false, because })),
    );
  });

  it('knows what a restart brings', async () => {
    const before = member(await gather(), 'db-b');
    expect(before.persisted).toEqual(isMysql ? {} : null);
    const main = '/etc/mysql/my.cnf';
    const closed = { sets: [{ file: main, line: 'read-only=ON' }], ours: OWN_FILE, included: true };
    expect(before.configuration).toEqual(isMysql ? null : { ...closed, oursText: null });
    if (isMysql) await hands.sql('db-b', 'SET PERSIST_ONLY read_only=OFF;');
    else
      await lab.exec('db-b', ['sh', '-c', 'cat >"$1"', 'sh', OWN_FILE], {
        input: '[mysqld]\nread_only = OFF\n',
      });
    const after = member(await gather(), 'db-b');
    if (isMysql) {
      expect(after.persisted).toEqual({ read_only: 'OFF' });
      await hands.sql('db-b', 'RESET PERSIST;');
    } else {
      expect(after.configuration).toEqual({
        ...closed,
        sets: [...closed.sets, { file: OWN_FILE, line: 'read_only = OFF' }],
        oursText: '[mysqld]\nread_only = OFF\n',
      });
      await hands.withoutOwnFile('db-b');
    }
  });

  it('has the new primary where the old one has been, while the application writes', async () => {
    for (let round = 0; round < 3; round += 1) {
      const readings = await gather();
      const [from, to] = [member(readings, 'db-a').position, member(readings, 'db-b').position];
      expect([from, to]).not.toContain(null);
      expect(isWithin(engine, to ?? '', from ?? '')).toBe(true);
    }
  });

  it('sees when a backup was verified, and that the mark is gone', async () => {
    const { backup } = await gather();
    expect(backup).toMatchObject({ state: 'read', host: 'db-c', mark: BACKUP_MARK, limitHours: 24 });
    const age = backup.state === 'read' ? Date.now() - backup.verifiedAt : Number.NaN;
    expect(age).toBeLessThan(600_000);
    await lab.exec('db-c', ['rm', BACKUP_MARK]);
    const error = { code: 'E_BACKUP_MARK', host: 'db-c' };
    expect((await gather()).backup).toMatchObject({ state: 'unknown', error });
    await lab.exec('db-c', ['touch', BACKUP_MARK]);
  });

  describe('what stands in the way', () => {
    afterEach(async () => {
      for (const node of NODES) await hands.hushed(node, '');
    });

    it('is seen: transactions that last, table locks, prepared transactions', async () => {
      const prepare =
        "XA START 'left','b',3; UPDATE patronus.account SET balance=1 WHERE id=9; XA END 'left','b',3; XA PREPARE 'left','b',3;";
      await hands.sql('db-a', prepare);
      await hands.hold('db-a', 'BEGIN; UPDATE patronus.account SET balance=2 WHERE id=5;');
      await hands.hold('db-c', 'LOCK TABLES patronus.note READ;');
      await expect
        .poll(async () => member(await gather(), 'db-a').longTransactions?.length, { timeout: 30_000 })
        .toBe(1);
      const readings = await gather();
      const [a, c] = [member(readings, 'db-a'), member(readings, 'db-c')];
      expect(a.longTransactions).toMatchObject([{ user: 'root' }]);
      expect(a.openTransactions).toBeGreaterThanOrEqual(1);
      expect(a.tableLocks).toEqual([]);
      expect(a.prepared).toEqual([isMysql ? "X'6C656674',X'62',3" : "'left','b',3"]);
      expect(c.tableLocks).toMatchObject([{ user: 'root', table: 'patronus.note' }]);
      await hands.sql('db-a', "XA ROLLBACK 'left','b',3;");
    });

    it('is seen: a lock on everything', async () => {
      await hands.hold('db-c', 'FLUSH TABLES WITH READ LOCK;');
      await expect
        .poll(async () => member(await gather(), 'db-c').tableLocks, { timeout: 30_000 })
        .toMatchObject([{ user: 'root', table: '*.*' }]);
    });
  });

  describe('without a right', () => {
    const RIGHTS: readonly [right: string, on: string, parts: readonly (keyof MemberReading)[]][] = isMysql
      ? [
          ['REPLICATION CLIENT', '*.*', ['channels']],
          ['PROCESS', '*.*', ['openTransactions', 'longTransactions']],
          ['EVENT', '*.*', ['events']],
          ['XA_RECOVER_ADMIN', '*.*', ['prepared']],
          ['SELECT', 'performance_schema.*', ['channels', 'tableLocks']],
        ]
      : [
          ['REPLICA MONITOR', '*.*', ['channels']],
          ['PROCESS', '*.*', ['openTransactions', 'longTransactions']],
          ['EVENT', '*.*', ['events']],
          ['SELECT', 'mysql.global_priv', ['privileged']],
          ['SELECT', 'mysql.roles_mapping', ['privileged']],
        ];
    const change = (verb: 'GRANT' | 'REVOKE', right: string, on: string) =>
      hands.unlogged(
        'db-c',
        FROM.map(
          (from) => `${verb} ${right} ON ${on} ${verb === 'GRANT' ? 'TO' : 'FROM'} patronus_act@'${from}';`,
        ).join('\n'),
      );

    // Only a flashback needs it, and it hides that another is missing.
    beforeAll(() => (isMysql ? undefined : change('REVOKE', 'SELECT', '*.*')));
    afterAll(() => (isMysql ? undefined : change('GRANT', 'SELECT', '*.*')));

    it.each(RIGHTS)(
      '%s on %s, its part is unknown and says so; the rest is there',
      async (right, on, lost) => {
        await change('REVOKE', right, on);
        try {
          const c = member(await gather(), 'db-c');
          for (const part of lost) expect([part, c[part]]).toEqual([part, null]);
          const told = c.errors.map(({ code, params }) => `${code} ${params?.privilege} ${params?.text}`);
          expect(told.join('\n')).toMatch(
            new RegExp(`E_SQL_GRANT.*${right.replace('REPLICA', '(REPLICA|SLAVE)')}`),
          );
          expect(c.grants).not.toBe(null);
          expect(c.position).not.toBe(null);
          const others = [
            'channels',
            'events',
            'privileged',
            'prepared',
            'tableLocks',
            'openTransactions',
          ] as const;
          for (const part of others.filter((one) => !lost.includes(one)))
            expect([part, c[part] === null]).toEqual([part, false]);
        } finally {
          await change('GRANT', right, on);
        }
      },
    );

    it.runIf(engine === 'mariadb')('to run a command as root, the command is named', async () => {
      // a server that would come up open: our own option file has to be written
      const open = '[mysqld]\nread_only = OFF\n';
      await lab.exec('db-c', ['sh', '-c', 'cat >"$1"', 'sh', OWN_FILE], { input: open });
      try {
        expect(member(await gather(), 'db-c').sudoRefuses).toEqual([]);
        const sudoers = '/etc/sudoers.d/patronus-act';
        await lab.exec('db-c', ['sed', '-i.kept', '/usr.bin.mv/d', sudoers]);
        const { sudoRefuses } = member(await gather(), 'db-c');
        await lab.exec('db-c', ['mv', `${sudoers}.kept`, sudoers]);
        expect(sudoRefuses).toEqual([`mv -T ${OWN_FILE}.new ${OWN_FILE}`]);
      } finally {
        await hands.withoutOwnFile('db-c');
      }
    });

    it('on hosts of traffic hooks: who they are, and nothing is missing', async () => {
      expect((await gather()).hosts).toMatchObject({
        lb: { host: 'lb', identity: { host: 'lb', name: 'lb', sql: null }, sudoRefuses: [], errors: [] },
      });
      const say = [
        'sh',
        '-c',
        'echo "show servers state mysql" | socat - UNIX-CONNECT:/run/haproxy/admin.sock',
      ];
      expect((await asActing('lb', say)).stdout).toMatch(/ db-a 10\.0\.20\.11 2 /);
    });

    it.runIf(engine === 'mariadb')('or without the plugin, table locks are unknown', async () => {
      await hands.sql('db-c', "UNINSTALL SONAME 'metadata_lock_info';");
      try {
        const c = member(await gather(), 'db-c');
        expect(c.tableLocks).toBe(null);
        expect(c.errors).toMatchObject([{ code: 'E_SQL_FAILED', params: { errno: '1109' } }]);
      } finally {
        await hands.sql('db-c', "INSTALL SONAME 'metadata_lock_info';");
      }
    });
  });

  describe('the login of a future replica', () => {
    const LOGINS = [
      { from: 'db-a', to: 'db-b', address: '10.0.20.12', port: 3306 },
      { from: 'db-c', to: 'db-b', address: '10.0.20.12', port: 3306 },
    ];

    it('works from each of them, also where the server has never seen the account', async () => {
      await hands.sql('db-b', 'FLUSH PRIVILEGES;'); // caching_sha2_password forgets
      desk.sent.length = 0;
      expect((await gather()).replicationLogins).toEqual(LOGINS.map((one) => ({ ...one, error: null })));
      const asked = desk.sent.filter(({ kind }) => kind === 'refused');
      const insecure = asked.filter((event) => 'error' in event && event.error?.code === 'E_SQL_INSECURE');
      // nobody vouches for the server on the replica's way: the password itself goes through its own host
      expect(insecure.length > 0).toBe(isMysql);
    });

    it('fails with a wrong password', async () => {
      const secret = path.join(base, 'wrong');
      await writeFile(secret, 'wrong\n', { mode: 0o600 });
      await chmod(secret, 0o600);
      const file = await estateVariant(estateFile, `${base}/estate`, 'wrong', (estate) => {
        for (const { sql } of estate.services)
          if (sql)
            Object.assign(sql.credentials, { replication: { user: 'repl', secret: `file:${secret}` } });
      });
      const other = await openDesk(file, path.join(base, 'home'));
      try {
        const error = { code: 'E_SQL_AUTH', params: { account: 'repl', errno: '1045' } };
        expect((await gather(other)).replicationLogins).toMatchObject(
          LOGINS.map((one) => ({ ...one, error })),
        );
      } finally {
        await other.close();
      }
    });

    it('fails where there is no account, and where there is no way', async () => {
      await hands.unlogged('db-b', "RENAME USER repl@'10.%' TO gone@'10.%';");
      try {
        const error = { code: 'E_SQL_AUTH' };
        expect((await gather()).replicationLogins).toMatchObject(LOGINS.map((one) => ({ ...one, error })));
      } finally {
        await hands.unlogged('db-b', "RENAME USER gone@'10.%' TO repl@'10.%';");
      }
      await lab.fault('cut', 'db-c', 'db-b');
      try {
        const { replicationLogins } = await gather();
        expect(replicationLogins[0]).toMatchObject({ from: 'db-a', error: null });
        expect(replicationLogins[1]?.error?.code).toMatch(/^E_SQL_(HUNG|REFUSED)$/);
      } finally {
        await lab.fault('heal', 'db-c');
      }
    });
  });

  it('changes nothing: every statement that arrives only reads', async () => {
    const log = '/var/log/mysql/acting.log';
    const on = `SET GLOBAL log_output='FILE'; SET GLOBAL general_log_file='${log}'; SET GLOBAL general_log=ON;`;
    for (const node of NODES) await hands.sql(node, on);
    await gather();
    for (const node of NODES) {
      await hands.sql(node, 'SET GLOBAL general_log=OFF;');
      const { stdout } = await lab.exec(node, ['cat', log]);
      const statements = ownStatements(stdout);
      expect(statements.length).toBeGreaterThan(8);
      expect(statements.filter((text) => !/^(SELECT|SHOW|XA RECOVER)\b/.test(text))).toEqual([]);
    }
  });

  it('goes on without a server that cannot be asked, but not without the two', async () => {
    await lab.fault('cut-console', 'db-c');
    try {
      const readings = await gather();
      expect(Object.keys(readings.members).sort()).toEqual(['db-a', 'db-b']);
      expect(readings.unreached).toMatchObject({ 'db-c': { host: 'db-c', retryable: true } });
      expect(readings.backup).toMatchObject({ state: 'unknown', error: { host: 'db-c' } });
    } finally {
      await lab.fault('heal', 'db-c');
    }
    await lab.fault('kill', 'db-b', 'mysql');
    try {
      await expect(gather()).rejects.toMatchObject({ error: { code: 'E_SQL_REFUSED', host: 'db-b' } });
    } finally {
      await lab.fault('start', 'db-b', 'mysql');
    }
  });
});

/** Has `outer` all that `inner` has? */
function isWithin(engine: 'mysql' | 'mariadb', inner: string, outer: string): boolean {
  if (engine === 'mysql') {
    const [small, large] = [parseMysqlSet(inner), parseMysqlSet(outer)];
    return small.ok && large.ok && mysqlContains(large.value, small.value);
  }
  const [small, large] = [parseMariadbPosition(inner), parseMariadbPosition(outer)];
  return small.ok && large.ok && mariadbContains(large.value, small.value);
}

/** Statements of the sessions that the acting account opened, out of a general log. */
function ownStatements(log: string): string[] {
  const sessions = new Set<string>();
  return log.split('\n').flatMap((line) => {
    const [, id, command, text = ''] = /\t\s*(\d+) (Connect|Query|Execute)\t(.*)$/.exec(line) ?? [];
    if (!id) return [];
    if (command === 'Connect' && text.startsWith('patronus_act@')) sessions.add(id);
    return command !== 'Connect' && sessions.has(id) ? [text] : [];
  });
}
