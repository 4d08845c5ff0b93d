import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDialer } from '../net/dial';
import { createSecretStore } from '../secrets/secret-store';
import { createSessions } from '../ssh/sessions';
import { estateOf } from '../ssh/testing/estate';
import { makeHome } from '../ssh/testing/home';
import { runSql } from './run-sql';
import { createSqlSession } from './sql-session';
import { haveMariadb, type Mariadb, startMariadb } from './testing/mariadb';

const haveOpenssl = spawnSync('openssl', ['version']).error === undefined;

describe.skipIf(!haveMariadb() || !haveOpenssl)('SQL directly, by TLS, against a real MariaDB', () => {
  const home = makeHome();
  let mariadb: Mariadb;
  const openssl = (...args: string[]) => {
    const run = spawnSync('openssl', args, { cwd: home.dir, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
  };
  const authority = (name: string) =>
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    );

  beforeAll(async () => {
    authority('ca');
    authority('other');
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=db.example',
      '-keyout',
      'server.key',
      '-out',
      'server.csr',
    );
    home.file('san', 'subjectAltName=DNS:db.example\n');
    openssl(
      'x509',
      '-req',
      '-in',
      'server.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-days',
      '2',
      '-extfile',
      'san',
      '-out',
      'server.pem',
    );
    home.file('password', 'right');
    const tls = ['ca', 'cert', 'key'].map(
      (part) =>
        `--ssl-${part}=${home.dir}/${part === 'ca' ? 'ca.pem' : `server.${part === 'key' ? 'key' : 'pem'}`}`,
    );
    mariadb = await startMariadb(home, "CREATE USER watch@'%' IDENTIFIED BY 'right' REQUIRE SSL;", tls);
  }, 60_000);
  afterAll(async () => {
    await mariadb?.stop();
    home.remove();
  });

  const ask = async (sql: Record<string, unknown>) => {
    const ports = home.ports();
    const dialer = createDialer({ mode: 'loopback' }, ports);
    const secrets = createSecretStore({ estateDir: home.dir, ports });
    const estate = estateOf(
      [{ id: 'db', address: '127.0.0.1' }],
      [
        {
          id: 'mysql',
          kind: 'mysql',
          role: 'database',
          hosts: ['db'],
          sql: {
            via: 'tls',
            port: mariadb.port,
            credentials: { read: { user: 'watch', secret: 'file:password' } },
            ...sql,
          },
        },
      ],
    );
    const common = { estate, estateDir: home.dir, dialer, secrets, ports };
    const session = createSqlSession({
      ...common,
      hostId: 'db',
      serviceId: 'mysql',
      account: 'read',
      sessions: createSessions(common),
    });
    const statement = "SHOW STATUS LIKE 'Ssl_version'";
    try {
      const out = await runSql(session, {
        name: 'test',
        statement,
        timeoutMs: 5_000,
        background: true,
        signal: new AbortController().signal,
      });
      return { code: out.rows[0]?.Value, route: session.route };
    } catch (thrown) {
      return (thrown as { error: { code: string } }).error;
    } finally {
      await session.close();
    }
  };

  it('works with the right authority and name', async () => {
    expect(await ask({ ca: 'ca.pem', serverName: 'db.example' })).toEqual({
      code: 'TLSv1.3',
      route: `tls 127.0.0.1:${mariadb.port}`,
    });
  });
  it.each([
    ['the certificate is for another name', { ca: 'ca.pem', serverName: 'web.example' }, /web\.example/],
    ['it is signed by another authority', { ca: 'other.pem', serverName: 'db.example' }, /certificate/],
    ['the authority is unknown', { serverName: 'db.example' }, /certificate/],
  ])('refuses when %s', async (_, sql, why) => {
    expect(await ask(sql)).toMatchObject({
      code: 'E_SQL_TLS',
      stage: 'tls',
      host: 'db',
      params: { text: expect.stringMatching(why) },
    });
  });
});
