import { spawn, spawnSync } from 'node:child_process';
import { accessSync, mkdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestHome } from './home';

const SSHD = '/usr/sbin/sshd';

/** Is OpenSSH's server on this machine? Tests that need it are skipped by name when it is not. */
export function haveSshd(): boolean {
  try {
    accessSync(SSHD);
    return true;
  } catch {
    return false;
  }
}

export interface Sshd {
  port: number;
  user: string;
  /** Public host key, "ssh-ed25519 AAAA…". */
  hostKey: string;
  /** Private key file that may log in. */
  identity: string;
  pid: number;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export function makeKey(
  home: TestHome,
  name: string,
  passphrase = '',
  type = 'ed25519',
): { file: string; public: string } {
  const file = `${home.dir}/${name}`;
  const made = spawnSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'test', '-f', file]);
  if (made.status !== 0) throw new Error(`ssh-keygen: ${made.stderr}`);
  return { file, public: readFileSync(`${file}.pub`, 'utf8').trim() };
}

/** A real sshd on 127.0.0.1 with its own keys, for the user who runs the tests. */
export async function startSshd(home: TestHome, extra: readonly string[] = []): Promise<Sshd> {
  const port = await freePort();
  const name = `sshd-${port}`;
  const host = makeKey(home, `${name}-host`);
  const user = makeKey(home, `${name}-user`);
  const authorized = home.file(`${name}-authorized`, `${user.public}\n`);
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${host.file}`,
    `AuthorizedKeysFile ${authorized}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'PrintMotd no',
    'PermitUserRC no',
    'PidFile none',
    ...extra,
  ];
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const child = spawn(SSHD, ['-D', '-e', '-f', home.file(`${name}.conf`, `${config.join('\n')}\n`)], {
    stdio: 'ignore',
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let attempt = 0; !(await accepts(port)); attempt += 1) {
    if (attempt > 100 || child.exitCode !== null) throw new Error('sshd did not start');
    await sleep(50);
  }
  return {
    port,
    user: userInfo().username,
    hostKey: host.public,
    identity: user.file,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
