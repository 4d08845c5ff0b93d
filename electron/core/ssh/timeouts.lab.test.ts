import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createSecretStore } from '../secrets/secret-store';
import { runSql } from '../sql/run-sql';
import { createSqlSession } from '../sql/sql-session';
import { runSsh } from './run-ssh';
import { estateOf } from './testing/estate';
import { makeHome } from './testing/home';
import { makeRig } from './testing/rig';
import { makeHostKey } from './testing/ssh-server';
import { haveSshd, startSshd } from './testing/sshd';

/** Limits as they are in the product, waited for in full: too slow for the unit tests. */
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});
const { signal } = new AbortController();
const any = makeHostKey('ed25519').public;

async function tcp(hello: string): Promise<{ port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('close', () => sockets.delete(socket))
      .on('error', () => {})
      .resume()
      .write(hello);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close() });
  const address = server.address();
  return { port: address && typeof address === 'object' ? address.port : 0, sockets };
}

describe('a hung host', () => {
  it('is told from a slow one within 10 s, without disturbing others', async () => {
    const silent = await tcp('');
    const stuck = await tcp('SSH-2.0-OpenSSH_9.2\r\n');
    const rig = makeRig([
      { id: 'silent', ssh: { host: '127.0.0.1', port: silent.port, hostKeys: [any] } },
      { id: 'stuck', ssh: { host: '127.0.0.1', port: stuck.port, hostKeys: [any] } },
    ]);
    open.push({ close: () => rig.dispose() });
    const started = performance.now();
    const [first, second] = await Promise.all([rig.attempt('silent'), rig.attempt('stuck')]);
    expect(performance.now() - started).toBeLessThan(11_000);
    expect(first).toMatchObject({
      code: 'E_SSH_NO_BANNER',
      stage: 'banner',
      host: 'silent',
      params: { seconds: '5' },
    });
    expect(second).toMatchObject({ code: 'E_SSH_HANDSHAKE', stage: 'banner', host: 'stuck' });
    await sleep(100);
    expect(silent.sockets.size + stuck.sockets.size).toBe(0);
  });
});

describe.skipIf(!haveSshd())('behind a real sshd', () => {
  async function rigWithSshd() {
    const home = makeHome();
    const sshd = await startSshd(home);
    const ssh = {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      identity: `file:${sshd.identity}`,
      hostKeys: [sshd.hostKey],
    };
    const hosts = [{ id: 'web', address: '127.0.0.1', ssh }];
    const rig = makeRig(hosts);
    open.push({ close: () => home.remove() }, { close: () => sshd.stop() }, { close: () => rig.dispose() });
    return { rig, hosts };
  }

  it('a frozen server is noticed by keepalive', async () => {
    const { rig } = await rigWithSshd();
    const lease = await rig.sessions.acquire('web', { account: 'read', background: true, signal });
    // The parent of the command's shell is the server's process for this very connection.
    const find = ['sh', '-c', 'ps -o ppid= -p $$'];
    const pid = Number((await runSsh(lease, find, { name: 'test', timeoutMs: 5_000, signal })).stdout);
    process.kill(pid, 'SIGSTOP');
    open.push({ close: () => process.kill(pid, 'SIGCONT') });
    const started = performance.now();
    await new Promise((resolve) => lease.lost.addEventListener('abort', resolve));
    expect(performance.now() - started).toBeLessThan(21_000);
    expect(lease.lost.reason.error).toMatchObject({ code: 'E_SILENT', params: { seconds: '3' } });
  });

  it('a SQL server that hangs before its greeting is not called dead', async () => {
    const { rig, hosts } = await rigWithSshd();
    const { port } = await tcp('');
    rig.home.file('password', 'x');
    const ports = rig.home.ports();
    const sql = { port, credentials: { read: { user: 'watch', secret: 'file:password' } } };
    const session = createSqlSession({
      estate: estateOf(hosts, [{ id: 'mysql', kind: 'mysql', role: 'database', hosts: ['web'], sql }]),
      estateDir: rig.home.dir,
      hostId: 'web',
      serviceId: 'mysql',
      account: 'read',
      sessions: rig.sessions,
      dialer: rig.dialer,
      secrets: createSecretStore({ estateDir: rig.home.dir, ports }),
      ports,
    });
    open.push({ close: () => session.close() });
    const asked = runSql(session, {
      name: 'test',
      statement: 'SELECT 1',
      timeoutMs: 5_000,
      background: true,
      signal,
    });
    await expect(asked).rejects.toMatchObject({
      error: { code: 'E_SQL_HUNG', retryable: true, params: { seconds: '10' } },
    });
  });
});
