import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { AppError } from '@shared/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SSH_PASSWORD_SECRET, SSH_PASSWORD_USER, secretFile } from '../../lab/access/secrets';
import type { Lab } from '../../lab/api';
import { run } from '../../lab/engine/run';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole } from './testing/console';
import { estateVariant, sshOf } from './testing/estate-variant';
import { shown, UNSAFE } from './testing/shown';

const GATE_PORT = 2314;
type Ssh = Record<string, unknown>;

describe('a host that cannot be entered', () => {
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

  const at = (port: number) => (ssh: Ssh) =>
    Object.assign(ssh, { host: '127.0.0.1', port, hostKeys: undefined });

  /** What is wrong with db, and the error it must give. */
  const CASES: [string, AppError['code'], AppError['stage'], (ssh: Ssh) => unknown][] = [
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
    const name = title.replaceAll(' ', '-');
    const file = await estateVariant(lab.estateFile, folder, name, async (estate) => {
      await change(sshOf(estate, 'db'));
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
    const secret = `file:${secretFile(lab.raw.paths, SSH_PASSWORD_SECRET)}`;
    const file = await estateVariant(lab.estateFile, folder, 'right-password', (estate) => {
      Object.assign(sshOf(estate, 'db'), { identity: undefined, user: SSH_PASSWORD_USER, secret });
    });
    const desk = await openConsole(file);
    expect((await desk.topology()).nodes.map(shown)).toEqual(['web up', 'db up', 'files up']);
    await desk.close();
  });
});
