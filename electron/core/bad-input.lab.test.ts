import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { AppError } from '@shared/errors';
import { answerOf } from '@shared/snapshot';
import type { TopologyNode } from '@shared/views/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyFile, SSH_PASSWORD_SECRET, SSH_PASSWORD_USER, secretFile } from '../../lab/access/secrets';
import type { Lab } from '../../lab/api';
import { run } from '../../lab/engine/run';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole } from './testing/console';
import { estateVariant, type RawEstate, sshOf } from './testing/estate-variant';

const GATE_PORT = 2310;

describe('bad input from estate, network and servers', () => {
  let base: string;
  let folder: string;
  let lab: Lab;
  const servers: Server[] = [];

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
    folder = path.join(base, 'variants');
    await mkdir(folder);
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  /** A listener on loopback that behaves as told. Its port. */
  async function listener(behave: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      behave(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  async function foreignKey(): Promise<string> {
    const file = path.join(folder, 'foreign-key');
    await rm(file, { force: true });
    await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', file]);
    return file;
  }

  const foreignPublicKey = async () => {
    const [type, body] = (await readFile(`${await foreignKey()}.pub`, 'utf8')).split(' ');
    return `${type} ${body}`;
  };

  const at = (port: number) => (ssh: Record<string, unknown>) =>
    Object.assign(ssh, { host: '127.0.0.1', port, hostKeys: undefined });

  /** What is wrong with db, and the error it must give. */
  const CASES: [string, AppError['code'], AppError['stage'], (ssh: Record<string, unknown>) => unknown][] = [
    [
      'a wrong key',
      'E_AUTH_REFUSED',
      'auth',
      async (ssh) => Object.assign(ssh, { identity: `file:${await foreignKey()}` }),
    ],
    [
      'a key that is missing',
      'E_KEY_FILE',
      'auth',
      (ssh) => Object.assign(ssh, { identity: 'file:/nowhere/key' }),
    ],
    [
      'a key that others may read',
      'E_KEY_MODE',
      'auth',
      async (ssh) => {
        const file = await foreignKey();
        await chmod(file, 0o644);
        Object.assign(ssh, { identity: `file:${file}` });
      },
    ],
    [
      'a wrong password',
      'E_AUTH_PASSWORD',
      'auth',
      async (ssh) => {
        const file = path.join(folder, 'wrong-password');
        await writeFile(file, 'not this one\n', { mode: 0o600 });
        Object.assign(ssh, { user: SSH_PASSWORD_USER, identity: undefined, secret: `file:${file}` });
      },
    ],
    [
      'an account that is not there',
      'E_AUTH_REFUSED',
      'auth',
      (ssh) => Object.assign(ssh, { user: 'nobody-here' }),
    ],
    [
      'a password nobody is there to give',
      'E_NEEDS_ANSWER',
      'auth',
      (ssh) => Object.assign(ssh, { user: SSH_PASSWORD_USER, identity: undefined, secret: 'prompt' }),
    ],
    [
      'an unknown host key',
      'E_HOSTKEY_UNKNOWN',
      'hostkey',
      (ssh) => Object.assign(ssh, { hostKeys: undefined, knownHosts: undefined }),
    ],
    [
      'another host key than on record',
      'E_HOSTKEY_CHANGED',
      'hostkey',
      async (ssh) => Object.assign(ssh, { hostKeys: [await foreignPublicKey()] }),
    ],
    ['a closed port', 'E_TCP_REFUSED', 'tcp', (ssh) => Object.assign(ssh, { host: '127.0.0.1', port: 1 })],
    ['a server that hangs', 'E_SSH_NO_BANNER', 'banner', async (ssh) => at(await listener(() => {}))(ssh)],
    [
      'a server that is not SSH',
      'E_NOT_SSH',
      'banner',
      async (ssh) =>
        at(await listener((socket) => socket.end('HTTP/1.1 400 \u001b]0;x\u0007<img src=x>\r\n\r\n')))(ssh),
    ],
    [
      'a server that closes at once',
      'E_TCP_RESET',
      'tcp',
      async (ssh) => at(await listener((socket) => socket.resetAndDestroy()))(ssh),
    ],
    [
      'a server that never stops talking',
      'E_NOT_SSH',
      'banner',
      async (ssh) =>
        at(
          await listener((socket) => {
            const talk = () => {
              while (socket.writable && socket.write('x'.repeat(65_536)));
            };
            socket.on('drain', talk);
            talk();
          }),
        )(ssh),
    ],
    [
      'an address outside loopback',
      'E_EGRESS',
      'egress',
      (ssh) => Object.assign(ssh, { host: '192.0.2.1', port: 22 }),
    ],
    ['a name', 'E_EGRESS', 'egress', (ssh) => Object.assign(ssh, { host: 'localhost', port: 22 })],
  ];

  it.each(CASES)('%s: %s at stage %s, and the other hosts go on', async (title, code, stage, change) => {
    const ssh: Record<string, unknown> = {};
    const name = title.replaceAll(' ', '-');
    let wanted: RawEstate | null = null;
    await estateVariant(lab.estateFile, folder, name, (estate) => {
      wanted = estate;
      Object.assign(ssh, sshOf(estate, 'db'));
    });
    if (wanted === null) throw new Error('no estate');
    await change(ssh);
    const file = await estateVariant(lab.estateFile, folder, name, (estate) => {
      const kept = Object.entries(ssh).filter(([, value]) => value !== undefined);
      for (const host of estate.hosts) if (host.id === 'db') host.ssh = Object.fromEntries(kept);
    });
    const desk = await openConsole(file);
    try {
      expect(desk.opened.state).toBe('open');
      const reading = await desk.reading('db');
      if (reading.state !== 'unreachable') throw new Error(`db is ${reading.state}`);
      expect(reading.error).toMatchObject({ code, stage, host: 'db' });
      expect(reading.error.message).toContain('db');
      expect(reading.error.message).not.toMatch(UNSAFE);
      expect(reading.error.remedy).toBeTruthy();
      const { nodes } = await desk.topology();
      expect(nodes.map(shown)).toEqual(['web up', `db unknown ${code}`, 'files up']);
    } finally {
      await desk.close();
    }
  });

  it('the right password of the estate opens the same host', async () => {
    const file = await estateVariant(lab.estateFile, folder, 'right-password', (estate) => {
      for (const host of estate.hosts) {
        if (host.id !== 'db') continue;
        const { identity: _key, ...rest } = host.ssh;
        host.ssh = {
          ...rest,
          user: SSH_PASSWORD_USER,
          secret: `file:${secretFile(lab.raw.paths, SSH_PASSWORD_SECRET)}`,
        };
      }
    });
    const desk = await openConsole(file);
    expect((await desk.topology()).nodes.map(({ health }) => health)).toEqual(['up', 'up', 'up']);
    await desk.close();
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
      expect(JSON.stringify(hosts)).not.toMatch(UNSAFE);
      const answer = answerOf(hosts.web);
      expect(Object.keys(answer?.processes ?? {})).toEqual(
        expect.arrayContaining(['<img src=x>', '\\x1b[31mred', '\\u202eevil', 'a b) S 1 (c', 'apache2']),
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

/** A failed comparison then says why. */
const shown = ({ id, health, error }: TopologyNode) => [id, health, error].filter(Boolean).join(' ');

/** C0 and C1 controls, escapes, and characters that turn or hide text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

/** Logins that the SQL server refused since it started. */
async function deniedLogins(lab: Lab): Promise<number> {
  const sql = "SHOW GLOBAL STATUS LIKE 'Aborted_connects'";
  const { stdout } = await lab.exec('db', ['/opt/lab/mysql.sh', 'sql', '-N', '-e', sql]);
  return Number(stdout.trim().split('\t')[1]);
}
