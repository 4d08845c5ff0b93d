import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { toAppError } from '@shared/errors';
import type { MeasureResult } from '@shared/measure/model';
import { createConnection } from 'mysql2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { haveMariadb, type Mariadb, startMariadb } from '../sql/testing/mariadb';
import { makeHome, type TestHome } from '../ssh/testing/home';
import { haveSshd, type Sshd, startSshd } from '../ssh/testing/sshd';
import { openConsole, type TestConsole } from '../testing/console';

const ROW_BYTES = 50_000;
const ACCOUNTS = `
CREATE USER watch@'%' IDENTIFIED BY 'w';
CREATE USER blind@'%' IDENTIFIED BY 'w';
CREATE USER writer@'%' IDENTIFIED BY 'w';
CREATE DATABASE app;
CREATE TABLE app.t (id INT AUTO_INCREMENT PRIMARY KEY, pad LONGTEXT);
GRANT BINLOG MONITOR ON *.* TO watch@'%';
GRANT ALL ON app.* TO writer@'%';
`;

describe.skipIf(!haveSshd() || !haveMariadb())('the write rate of a real MariaDB over SSH', () => {
  let home: TestHome;
  let sshd: Sshd;
  let logging: Mariadb;
  let silent: Mariadb;
  let desk: TestConsole;

  beforeAll(async () => {
    home = makeHome();
    home.file('password', 'w\n');
    sshd = await startSshd(home);
    logging = await startMariadb(home, ACCOUNTS, [
      '--log-bin=binlog',
      '--binlog-format=ROW',
      '--server-id=7',
    ]);
    silent = await startMariadb(home, ACCOUNTS);
    desk = await openConsole(home.file('estate.yaml', estateText()));
  }, 240_000);
  afterAll(async () => {
    await desk?.close();
    await Promise.all([logging?.stop(), silent?.stop(), sshd?.stop()]);
    home?.remove();
  });

  function estateText(): string {
    const services = [
      ['seen', 'watch', logging.port],
      ['unseen', 'blind', logging.port],
      ['unlogged', 'watch', silent.port],
    ] as const;
    const service = services.map(
      ([id, user, port]) => `  - id: ${id}
    kind: mariadb
    role: database
    hosts: [box]
    port: ${port}
    sql: { host: 127.0.0.1, port: ${port}, credentials: { read: { user: ${user}, secret: 'file:password' } } }`,
    );
    const sets = services.map(
      ([id]) => `  - { id: ${id}, title: ${id}, service: ${id}, store: database, size: unknown }`,
    );
    return `version: 1
estate: measured
title: Measured
sites: [{ id: here, title: Here }]
hosts:
  - id: box
    site: here
    address: 127.0.0.1
    ssh: { port: ${sshd.port}, user: ${sshd.user}, identity: 'file:${sshd.identity}', hostKeys: ['${sshd.hostKey}'] }
services:
${service.join('\n')}
dataSets:
${sets.join('\n')}
`;
  }

  const start = (subject: string, seconds = 5): Promise<MeasureResult> =>
    desk.client.call('measure.start', { kind: 'write-rate', subject, seconds });

  it('a known load is measured as what it is, and a quiet server as 0', { timeout: 120_000 }, async () => {
    const quiet = await start('seen');
    expect(quiet).toMatchObject({
      facts: { bytes: 0 },
      outcome: {
        entered: [{ before: null, quantity: { value: 0, range: { low: 0, high: 0 }, source: 'measured' } }],
      },
    });
    const written: { at: number; bytes: number }[] = [{ at: 0, bytes: 0 }];
    const stop = new AbortController();
    const writing = write(written, stop.signal);
    const { facts, at, outcome } = await start('seen', 6);
    stop.abort();
    await writing;
    const upTo = (time: number) => written.filter((row) => row.at <= time).at(-1)?.bytes ?? 0;
    const expected = upTo(at) - upTo(at - (facts.seconds ?? 0) * 1000);
    expect(expected).toBeGreaterThan(10 * ROW_BYTES);
    // What the log adds to a row, and a row on either edge.
    expect(Math.abs((facts.bytes ?? 0) - expected)).toBeLessThan(0.05 * expected + 2 * ROW_BYTES);
    expect(outcome).toMatchObject({ entered: [{ path: 'dataSets/seen/changeRate', before: { value: 0 } }] });
    const saved = await desk.client.call('ledger.get', undefined);
    expect(saved.map(({ path }) => path)).toEqual(['dataSets/seen/changeRate']);
  });

  /** Rows of a known size with an account of its own; notes when each was answered. */
  async function write(rows: { at: number; bytes: number }[], signal: AbortSignal): Promise<void> {
    const connection = createConnection({
      host: '127.0.0.1',
      port: logging.port,
      user: 'writer',
      password: 'w',
    });
    const insert = `INSERT INTO app.t (pad) VALUES (REPEAT('x', ${ROW_BYTES}))`;
    while (!signal.aborted) {
      await new Promise<void>((resolve, reject) =>
        connection.query(insert, (thrown) => (thrown ? reject(thrown) : resolve())),
      );
      rows.push({ at: Date.now(), bytes: (rows.at(-1)?.bytes ?? 0) + ROW_BYTES });
      await sleep(100);
    }
    connection.end();
    await once(connection, 'end');
  }

  it('without the right to see the log: the code that names it; without a log: no value', {
    timeout: 60_000,
  }, async () => {
    const refused = await start('unseen').then(() => null, toAppError);
    expect(refused).toMatchObject({ code: 'E_SQL_GRANT', host: 'box' });
    expect((await start('unlogged')).outcome).toEqual({ state: 'unknown', why: 'no-log' });
  });
});
