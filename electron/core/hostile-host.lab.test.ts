import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { answerOf } from '@shared/snapshot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyFile, secretFile } from '../../lab/access/secrets';
import type { Lab } from '../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole } from './testing/console';
import { estateVariant } from './testing/estate-variant';
import { shown, textsOf, UNSAFE } from './testing/shown';

const GATE_PORT = 2312;

describe('hosts and servers that answer badly', () => {
  let base: string;
  let folder: string;
  let lab: Lab;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
    folder = path.join(base, 'variants');
    await mkdir(folder);
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it('a wrong SQL password leaves the host seen and the database running, and is tried once', async () => {
    const secret = path.join(folder, 'wrong-sql');
    await writeFile(secret, 'not this one\n', { mode: 0o600 });
    const file = await estateVariant(lab.estateFile, folder, 'wrong-sql-password', (estate) => {
      for (const { sql } of estate.services) if (sql) sql.credentials.read.secret = `file:${secret}`;
    });
    const refused = () => deniedLogins(lab);
    const before = await refused();
    const desk = await openConsole(file);
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    const db = (await desk.topology()).nodes.find(({ id }) => id === 'db');
    expect(db).toMatchObject({ health: 'degraded', error: 'E_SQL_AUTH' });
    expect(answerOf(await desk.reading('db'))?.listeners.map(({ port }) => port)).toContain(3306);
    expect((await desk.client.call('replication.get', undefined)).clusters[0]?.members).toMatchObject([
      { role: 'unknown', writable: null },
    ]);
    expect((await refused()) - before).toBeLessThanOrEqual(2); // one for each of its two connections
    await desk.close();
  });

  it('hostile names, bytes that are no UTF-8 and a huge file on a host stay inert and hurt nobody', async () => {
    const names = ['<img src=x>', '\u001b[31mred', '\u202Eevil', '__proto__', 'a b) S 1 (c'];
    const script = `set -e
      cp -p /etc/os-release /tmp/os-release; rm /etc/os-release
      { printf 'PRETTY_NAME="\\033]0;x\\007<b>\\377\\376"\\n'; head -c 30000000 /dev/zero | tr '\\0' x; } >/etc/os-release
      mkdir -p /tmp/hostile
      for name in "$@"; do
        cp /bin/sleep "/tmp/hostile/$name"; "/tmp/hostile/$name" 60 >/dev/null 2>&1 & echo $!
      done`;
    const { stdout: started } = await lab.exec('web', [
      'bash',
      '-c',
      script,
      'bash',
      ...names.map((name) => name.slice(0, 15)),
    ]);
    const desk = await openConsole(lab.estateFile);
    try {
      const { hosts } = await desk.snapshot();
      expect(textsOf(hosts).filter((text) => UNSAFE.test(text))).toEqual([]);
      const answer = answerOf(hosts.web);
      expect(Object.keys(answer?.processes ?? {})).toEqual(
        expect.arrayContaining([
          '<img src=x>',
          '\\x1b[31mred',
          '\\u202eevil',
          '\\x5f_proto__',
          'a b) S 1 (c',
          'apache2',
        ]),
      );
      expect((await desk.topology()).nodes.map(shown)).toEqual(['web up', 'db up', 'files up']);
      for (const { id, bytes } of answer?.evidence ?? []) {
        const { raw } = await desk.client.call('evidence.get', { host: 'web', id });
        expect(raw).not.toMatch(UNSAFE);
        expect([id, raw.length <= 65_536, bytes < 16_000_000]).toEqual([id, true, true]);
      }
    } finally {
      await desk.close();
      await lab.exec('web', ['kill', ...started.trim().split(/\s+/)], { allowFailure: true });
      await lab.exec('web', ['cp', '-p', '/tmp/os-release', '/etc/os-release']);
    }
  });

  it('a look that hangs can be given up at once', async () => {
    const desk = await openConsole(lab.estateFile);
    try {
      await lab.fault('cut-console', 'db', '--hang');
      const giveUp = new AbortController();
      setTimeout(() => giveUp.abort(), 300);
      const before = performance.now();
      await desk.transport.call('watch.look', { host: 'db' }, giveUp.signal);
      expect(performance.now() - before).toBeLessThan(1_500);
      // A look that was given up says nothing about the host.
      expect((await desk.reading('db')).state).toBe('answered');
    } finally {
      await lab.fault('heal', 'db');
      await desk.close();
    }
  });

  it('keeps no key, password or file of the lab out of place in what it says', async () => {
    const key = await readFile(keyFile(lab.raw.paths, 'patronus-watch'), 'utf8');
    const sql = (await readFile(secretFile(lab.raw.paths, 'sql-watch'), 'utf8')).trim();
    const desk = await openConsole(lab.estateFile);
    const said = JSON.stringify([await desk.snapshot(), await desk.topology(), desk.opened]);
    expect(said).not.toContain(sql);
    expect(said).not.toContain(key.split('\n')[1]);
    await desk.close();
  });
});

/** Logins that the SQL server refused since it started. */
async function deniedLogins(lab: Lab): Promise<number> {
  const sql = "SHOW GLOBAL STATUS LIKE 'Aborted_connects'";
  const { stdout } = await lab.exec('db', ['/opt/lab/mysql.sh', 'sql', '-N', '-e', sql]);
  return Number(stdout.trim().split('\t')[1]);
}
