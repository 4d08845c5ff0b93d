import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ok, toAppError } from '@shared/errors';
import type { Identity } from '@shared/identity/identity';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { createDialer } from '../net/dial';
import { readEstate } from '../read-estate';
import { createSecretStore } from '../secrets/secret-store';
import { runSql } from '../sql/run-sql';
import { createSqlSession } from '../sql/sql-session';
import { haveMariadb, type Mariadb, startMariadb } from '../sql/testing/mariadb';
import { runSsh } from '../ssh/run-ssh';
import { createSessions } from '../ssh/sessions';
import { estateOf } from '../ssh/testing/estate';
import { makeHome } from '../ssh/testing/home';
import { haveSshd, type Sshd, startSshd } from '../ssh/testing/sshd';
import { confirmTarget, onConfirmed } from './confirm-target';
import { readIdentity, type Target } from './read-identity';

const { signal } = new AbortController();
/** One statement a line: so an init file wants it. */
const ACCOUNT = "CREATE USER act@'%' IDENTIFIED BY 'right';\nGRANT ALL ON *.* TO act@'%';\n";

/** An address behind which somebody puts another server. */
interface Address {
  port: number;
  leadsTo(port: number): void;
  close(): void;
}
async function address(first: number): Promise<Address> {
  let target = first;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const onward = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      open.add(one);
      one.on('error', () => {}).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  const cut = () => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  return {
    port: at && typeof at === 'object' ? at.port : 0,
    leadsTo(port) {
      target = port;
      cut();
    },
    close() {
      cut();
      server.close();
    },
  };
}

describe.skipIf(!haveSshd() || !haveMariadb())('C20: another server behind the address of the plan', () => {
  const home = makeHome();
  let ssh: [Sshd, Sshd];
  let sql: [Mariadb, Mariadb];
  let sshAddress: Address;
  let sqlAddress: Address;
  let planned: Identity;

  beforeAll(async () => {
    home.file('password', 'right');
    ssh = await Promise.all([startSshd(home), startSshd(home)]);
    sql = await Promise.all(
      [101, 102].map((id) => startMariadb(home, ACCOUNT, [`--server-id=${id}`])) as [
        Promise<Mariadb>,
        Promise<Mariadb>,
      ],
    );
    // One key opens both, and both host keys are trusted, as those of a pair behind one name often are.
    appendFileSync(`${home.dir}/sshd-${ssh[1].port}-authorized`, readFileSync(`${ssh[0].identity}.pub`));
    sshAddress = await address(ssh[0].port);
    sqlAddress = await address(sql[0].port);
    planned = await withTarget((target) => readIdentity(target, signal));
  });
  afterEach(() => {
    sshAddress.leadsTo(ssh[0].port);
    sqlAddress.leadsTo(sql[0].port);
  });
  afterAll(async () => {
    sshAddress?.close();
    sqlAddress?.close();
    await Promise.all([...(ssh ?? []), ...(sql ?? [])].map((server) => server.stop()));
    home.remove();
  });

  /** Fresh connections, as a run makes them when it begins. */
  async function withTarget<T>(use: (target: Target) => Promise<T>): Promise<T> {
    const reached = {
      host: '127.0.0.1',
      port: sshAddress.port,
      user: ssh[0].user,
      identity: `file:${ssh[0].identity}`,
      hostKeys: ssh.map(({ hostKey }) => hostKey),
    };
    const credentials = { read: { user: 'act', secret: 'file:password' } };
    const database = { host: '127.0.0.1', port: sqlAddress.port, credentials };
    const estate = estateOf(
      [{ id: 'db', ssh: reached }],
      [{ id: 'db', kind: 'mysql', role: 'database', hosts: ['db'], sql: database }],
    );
    const ports = home.ports();
    const dialer = createDialer({ mode: 'loopback' }, ports);
    const secrets = createSecretStore({ estateDir: home.dir, ports });
    const common = { estate, estateDir: home.dir, dialer, secrets, ports };
    const sessions = createSessions(common);
    const session = createSqlSession({ ...common, sessions, hostId: 'db', serviceId: 'db', account: 'read' });
    const lease = await sessions.acquire('db', { account: 'read', background: false, signal });
    try {
      return await use({ lease, sql: session });
    } finally {
      lease.release();
      await session.close();
      await sessions.dispose({ drainMs: 0 });
    }
  }

  let steps = 0;
  /** A step that destroys: a file on the host, a database on the server. Says where it left its mark. */
  async function step(before: () => Promise<void> = async () => {}) {
    steps += 1;
    const name = `step_${steps}`;
    const file = join(home.dir, name);
    const outcome = await withTarget((target) =>
      onConfirmed(planned, target, signal, async ({ lease, sql }) => {
        await before();
        if (!sql) throw new Error('there is a database to act on');
        const sent = { name: 'step', timeoutMs: 5_000, background: false, signal };
        await runSql(sql, { ...sent, statement: `CREATE DATABASE ${name}` });
        await runSsh(lease, ['touch', file], sent);
      }),
    ).catch((thrown) => ({ ok: false as const, error: toAppError(thrown) }));
    const marks = [file, ...sql.map(({ port }) => join(home.dir, `mariadb-${port}`, name))];
    return { error: outcome.ok ? null : outcome.error, marks: marks.map((one) => existsSync(one)) };
  }

  it('reads everything there is of host and server', () => {
    expect(planned).toMatchObject({
      host: 'db',
      hostKey: expect.stringMatching(/^ssh-ed25519 SHA256:/),
      name: hostname(),
      sql: {
        hostname: hostname(),
        port: `${sql[0].port}`,
        serverId: '101',
        datadir: `${home.dir}/mariadb-${sql[0].port}/`,
      },
    });
    if (existsSync('/etc/machine-id')) {
      const id = readFileSync('/etc/machine-id', 'utf8').trim();
      expect(planned.machine).toMatch(/^[0-9a-f]{64}$/);
      expect(planned.machine).not.toContain(id);
    }
  });

  it('acts on the server of the plan', async () => {
    expect(await step()).toEqual({ error: null, marks: [true, true, false] });
  });

  it('refuses when the SQL port leads to another server, and names both', async () => {
    sqlAddress.leadsTo(sql[1].port);
    const { error, marks } = await step();
    expect(error).toMatchObject({ code: 'E_WRONG_TARGET', host: 'db', retryable: false });
    expect(error?.params?.expected).toContain(`@@server_id 101, @@port ${sql[0].port}`);
    expect(error?.params?.got).toContain(`@@server_id 102, @@port ${sql[1].port}`);
    expect(marks).toEqual([false, false, false]);
  });

  it('refuses when the SSH address leads to another host, though its key is trusted too', async () => {
    sshAddress.leadsTo(ssh[1].port);
    const { error, marks } = await step();
    expect(error).toMatchObject({ code: 'E_WRONG_TARGET' });
    expect(error?.params?.expected).toBe(`host key ${planned.hostKey}`);
    expect(error?.params?.got).toMatch(/^host key ssh-ed25519 SHA256:/);
    expect(marks).toEqual([false, false, false]);
  });

  it.each([
    ['SQL', () => sqlAddress.leadsTo(sql[1].port)],
    ['SSH and SQL', () => [sqlAddress.leadsTo(sql[1].port), sshAddress.leadsTo(ssh[1].port)]],
  ])('never acts on the other one when %s is swapped between confirming and acting', async (_, swap) => {
    const { error, marks } = await step(async () => {
      swap();
      await sleep(300); // long enough for the loss to be noticed, and for a new connection to be made
    });
    expect(error?.code).toMatch(/^E_(SQL_)?LOST$/);
    expect(marks).toEqual([false, false, false]);
  });

  it('refuses when something of the plan can no longer be read', async () => {
    const before = planned;
    planned = { ...before, sql: before.sql && { ...before.sql, serverUuid: 'known-once' } };
    const { error, marks } = await step();
    planned = before;
    expect(error?.code).toMatch(/^E_(TARGET_UNCONFIRMED|WRONG_TARGET)$/);
    expect(error?.message).toContain('@@server_uuid');
    expect(marks).toEqual([false, false, false]);
  });
});

describe('C20 on the lab’s MySQL', () => {
  let base: string;
  let lab: Lab;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: 2390 });
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  /** Opens the lab's database with the account that only looks: it needs no more to say who it is. */
  async function identity(expected?: Identity) {
    const home = makeHome();
    const read = await readEstate(lab.estateFile);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const estateDir = dirname(lab.estateFile);
    const ports = home.ports();
    const dialer = createDialer({ mode: 'loopback' }, ports);
    const secrets = createSecretStore({ estateDir, ports });
    const common = { estate: read.value, estateDir, dialer, secrets, ports };
    const sessions = createSessions(common);
    const sql = createSqlSession({ ...common, sessions, hostId: 'db', serviceId: 'db', account: 'read' });
    const lease = await sessions.acquire('db', { account: 'read', background: false, signal });
    try {
      const target = { lease, sql };
      return expected
        ? await confirmTarget(expected, target, signal)
        : ok(await readIdentity(target, signal));
    } finally {
      lease.release();
      await sql.close();
      await sessions.dispose({ drainMs: 0 });
      home.remove();
    }
  }

  it('tells a server from the one that was built anew in its place', { timeout: 90_000 }, async () => {
    const before = await identity();
    if (!before.ok) throw new Error(before.error.message);
    expect(before.value).toMatchObject({ host: 'db', name: 'db', sql: { hostname: 'db', port: '3306' } });
    expect(before.value.sql?.serverUuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(await identity(before.value)).toEqual(before);

    // Same address, port, name, server_id, data folder and host key: only the uuid tells.
    await lab.exec('db', ['/opt/lab/mysql.sh', 'stop']);
    await lab.exec('db', ['rm', '/var/lib/mysql/auto.cnf']);
    await lab.exec('db', ['/opt/lab/mysql.sh', 'start']);
    const after = await identity(before.value);
    expect(after).toMatchObject({ ok: false, error: { code: 'E_WRONG_TARGET', host: 'db' } });
    if (!after.ok) expect(after.error.params?.expected).toBe(`@@server_uuid ${before.value.sql?.serverUuid}`);
  });
});
