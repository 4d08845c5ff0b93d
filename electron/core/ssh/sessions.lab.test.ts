import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../ports';
import type { Lease, SessionState } from './lease';
import { recordHostKey } from './record-host-key';
import { runSsh } from './run-ssh';
import { makeHome } from './testing/home';
import { makeRig, type Rig } from './testing/rig';
import { makeHostKey, startTestServer, type TestServerOptions } from './testing/ssh-server';
import { haveSshd, type Sshd, startSshd } from './testing/sshd';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});
const { signal } = new AbortController();
const read = { account: 'read', background: true, signal } as const;

/** A TCP server that does with a connection what the test says. */
async function tcp(behave: (socket: Socket) => void): Promise<{ port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('close', () => sockets.delete(socket))
      .on('error', () => {})
      .resume();
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const address = server.address();
  return { port: address && typeof address === 'object' ? address.port : 0, sockets };
}
const rigFor = (ssh: Record<string, unknown>, options: Parameters<typeof makeRig>[1] = {}): Rig => {
  const rig = makeRig([{ id: 'web', ssh: { host: '127.0.0.1', user: 'ana', ...ssh } }], options);
  open.push({ close: () => rig.dispose() });
  return rig;
};
async function server(options: TestServerOptions = {}) {
  const started = await startTestServer(options);
  open.push({ close: () => started.close() });
  return started;
}
const any = makeHostKey('ed25519').public;

describe('what answers is not a healthy SSH server', () => {
  it.each<[string, (socket: Socket) => void, string, string]>([
    ['closes at once', (socket) => socket.end(), 'E_TCP_RESET', 'tcp'],
    ['resets', (socket) => void socket.resetAndDestroy(), 'E_TCP_RESET', 'tcp'],
    [
      'HTTP',
      (socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      'E_NOT_SSH',
      'banner',
    ],
    ['MySQL, which waits for more', (socket) => socket.write('J\0\0\0\n9.7.0\0'), 'E_NOT_SSH', 'banner'],
    ['endless text', (socket) => socket.write('hello\r\n'.repeat(1000)), 'E_NOT_SSH', 'banner'],
    ['SSH that ends after its banner', (socket) => socket.end('SSH-2.0-x\r\n'), 'E_SSH_HANDSHAKE', 'banner'],
    [
      'SSH followed by noise',
      (socket) => socket.write(`SSH-2.0-x\r\n${'\xff'.repeat(100)}`),
      'E_SSH_HANDSHAKE',
      'banner',
    ],
    ['SSH 1', (socket) => socket.write('SSH-1.5-old\r\n'), 'E_SSH_HANDSHAKE', 'banner'],
  ])('%s', async (_, behave, code, stage) => {
    const { port, sockets } = await tcp(behave);
    const rig = rigFor({ port, hostKeys: [any] });
    const started = performance.now();
    expect(await rig.attempt('web')).toMatchObject({
      code,
      stage,
      host: 'web',
      params: { address: '127.0.0.1', port: `${port}` },
    });
    expect(performance.now() - started).toBeLessThan(3_000);
    await sleep(20);
    expect(sockets.size).toBe(0);
    expect(rig.sessions.state('web', 'read')).toMatchObject({ state: 'failed', error: { code } });
  });
  it('a closed port', async () => {
    const { port } = await tcp(() => {});
    await open.pop()?.close();
    expect(await rigFor({ port, hostKeys: [any] }).attempt('web')).toMatchObject({
      code: 'E_TCP_REFUSED',
      stage: 'tcp',
    });
  });
  it('shows a hostile banner as text', async () => {
    const { port } = await tcp((socket) => socket.end('<img src=x onerror=alert(1)>\x1b]0;x\x07\n'));
    expect(await rigFor({ port, hostKeys: [any] }).attempt('web')).toMatchObject({
      code: 'E_NOT_SSH',
      params: { text: '<img src=x onerror=alert(1)>\\x1b]0;x\\x07' },
    });
  });
});

describe('the host key', () => {
  it.each<[string, (hostKey: string, port: number) => Record<string, unknown>, string]>([
    ['unknown', () => ({}), 'E_HOSTKEY_UNKNOWN'],
    ['changed', () => ({ hostKeys: [any] }), 'E_HOSTKEY_CHANGED'],
    [
      'of another type than on record',
      () => ({ hostKeys: [makeHostKey('ecdsa').public] }),
      'E_HOSTKEY_CHANGED',
    ],
    ['not a key in the estate', () => ({ hostKeys: ['ssh-ed25519 hello'] }), 'E_HOSTKEY_FILE'],
    ['in a file that is not there', () => ({ knownHosts: 'nowhere' }), 'E_HOSTKEY_FILE'],
  ])('%s: nothing is sent to log in', async (_, ssh, code) => {
    const started = await server();
    const rig = rigFor(
      { port: started.port, ...ssh(started.hostKey, started.port), secret: 'env:PW' },
      { env: { PW: 'x' } },
    );
    expect(await rig.attempt('web', { background: false })).toMatchObject({
      code,
      stage: 'hostkey',
      host: 'web',
      retryable: false,
    });
    expect(started.attempts).toEqual([]);
  });
  it('can be read, and recorded by an explicit call only', async () => {
    const started = await server();
    const rig = rigFor({ port: started.port });
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_HOSTKEY_UNKNOWN' });
    const offer = await rig.sessions.presentedKey('web', { signal });
    expect(started.attempts).toEqual([]);
    expect(started.hostKey).toContain(offer.key.toString('base64'));
    expect(offer).toMatchObject({
      type: 'ssh-ed25519',
      port: started.port,
      knownHosts: rig.home.paths.knownHosts,
    });
    expect(await recordHostKey(offer.knownHosts, offer, offer)).toBe(true);
    expect(await recordHostKey(offer.knownHosts, offer, offer)).toBe(false);
    // A look in the background rests a minute after a host key was refused; a person's does not wait.
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_HOSTKEY_UNKNOWN' });
    expect(await rig.attempt('web', { background: false })).toBe('ready');
  });
});

describe('one connection for all', () => {
  it('shares one attempt, tells its states, and closes after the last lease', async () => {
    const started = await server();
    const rig = rigFor({ port: started.port, hostKeys: [started.hostKey] }, { lingerMs: 30 });
    const states: SessionState['state'][] = [];
    rig.sessions.onChange((_host, _account, state) => states.push(state.state));
    const leases = await Promise.all(Array.from({ length: 20 }, () => rig.sessions.acquire('web', read)));
    expect(rig.dialer.connections()).toHaveLength(1);
    expect(rig.sessions.state('web', 'read')).toMatchObject({ state: 'ready', hostKey: { by: 'estate' } });
    for (const lease of leases.slice(1)) {
      lease.release();
      lease.release();
    }
    await sleep(100);
    expect(rig.sessions.state('web', 'read').state).toBe('ready');
    leases[0]?.release();
    await sleep(100);
    expect(states).toEqual(['connecting', 'ready', 'idle']);
    expect(started.connections()).toBe(0);
  });
  it('the account that acts has a connection of its own', async () => {
    const started = await server();
    const rig = rigFor({ port: started.port, hostKeys: [started.hostKey], act: { user: 'root' } });
    const [looks, acts] = await Promise.all([
      rig.sessions.acquire('web', read),
      rig.sessions.acquire('web', { ...read, account: 'act' }),
    ]);
    expect([looks.user, acts.user]).toEqual(['ana', 'root']);
    expect(started.connections()).toBe(2);
    expect(await rigFor({ port: 1 }).attempt('web', { account: 'act' })).toMatchObject({
      code: 'E_NO_ACCOUNT',
    });
  });
  it('an attempt ends when nobody waits any more, and not before', async () => {
    const { port, sockets } = await tcp(() => {});
    const rig = rigFor({ port, hostKeys: [any] });
    const [one, two] = [new AbortController(), new AbortController()];
    const first = rig.attempt('web', { signal: one.signal });
    const second = rig.attempt('web', { signal: two.signal });
    while (sockets.size === 0) await sleep(5);
    one.abort();
    expect(await first).toMatchObject({ code: 'E_ABORTED' });
    await sleep(50);
    expect(sockets.size).toBe(1);
    two.abort();
    expect(await second).toMatchObject({ code: 'E_ABORTED' });
    await sleep(50);
    expect(sockets.size).toBe(0);
    expect(rig.sessions.state('web', 'read').state).toBe('idle');
  });
  it('a background caller does not wait for a person', async () => {
    const started = await server({
      authenticate: (context) =>
        context.method === 'password' ? context.accept() : context.reject(['password']),
    });
    let answer: (given: Answer) => void = () => {};
    const slow = makeRig(
      [
        {
          id: 'web',
          ssh: { host: '127.0.0.1', port: started.port, user: 'ana', hostKeys: [started.hostKey] },
        },
      ],
      {
        ask: {
          secret: () =>
            new Promise((resolve) => {
              answer = resolve;
            }),
        },
      },
    );
    open.push({ close: () => slow.dispose() });
    const person = slow.attempt('web', { background: false });
    while (slow.sessions.state('web', 'read').state !== 'awaiting-answer') await sleep(5);
    expect(await slow.attempt('web')).toMatchObject({ code: 'E_NEEDS_ANSWER' });
    answer({ text: 'x', keep: 'session' });
    expect(await person).toBe('ready');
    expect(await slow.attempt('web')).toBe('ready');
  });
  it('50 failing connections leave nothing open', async () => {
    const refusing = await server({ authenticate: (context) => context.reject(['password']) });
    const strange = await tcp((socket) => socket.write('\0\0\0'));
    const handles = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = handles();
    const rig = makeRig(
      Array.from({ length: 50 }, (_, index) => ({
        id: `h${index}`,
        ssh: {
          host: '127.0.0.1',
          port: index % 2 ? refusing.port : strange.port,
          secret: 'env:PW',
          hostKeys: [index % 4 === 1 ? any : refusing.hostKey],
        },
      })),
      { env: { PW: 'x' } },
    );
    open.push({ close: () => rig.dispose() });
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => rig.attempt(`h${index}`)));
    expect(outcomes.every((outcome) => outcome !== 'ready')).toBe(true);
    await sleep(200);
    expect(refusing.connections() + strange.sockets.size).toBe(0);
    expect(handles()).toBeLessThanOrEqual(before);
  });
});

describe('ending', () => {
  it('a lost link is told to its leases, and the next acquire connects anew', async () => {
    const started = await server({
      onConnection: (connection) => void setTimeout(() => connection.end(), 400),
    });
    const rig = rigFor({ port: started.port, hostKeys: [started.hostKey] });
    const lease = await rig.sessions.acquire('web', read);
    await new Promise((resolve) => lease.lost.addEventListener('abort', resolve));
    expect(lease.lost.reason.error).toMatchObject({ code: 'E_LOST', host: 'web', retryable: true });
    expect(rig.sessions.state('web', 'read')).toMatchObject({ state: 'lost' });
    await expect(lease.forward('127.0.0.1', 1, { signal })).rejects.toMatchObject({
      error: { code: 'E_LOST' },
    });
    await expect(runSsh(lease, ['true'], { name: 'x', timeoutMs: 1000, signal })).rejects.toMatchObject({
      error: { code: 'E_LOST' },
    });
    expect(await rig.attempt('web')).toBe('ready');
  });
  it('dispose refuses new work and ends attempts', async () => {
    const { port, sockets } = await tcp(() => {});
    const rig = rigFor({ port, hostKeys: [any] });
    const pending = rig.attempt('web');
    while (sockets.size === 0) await sleep(5);
    await rig.sessions.dispose({ drainMs: 10 });
    expect(await pending).toMatchObject({ code: 'E_ABORTED' });
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_CLOSED' });
    await sleep(20);
    expect(sockets.size).toBe(0);
  });
});

describe.skipIf(!haveSshd())('against real sshds', () => {
  async function real(extra: readonly string[] = []): Promise<Sshd & { ssh: Record<string, unknown> }> {
    const home = makeHome();
    const sshd = await startSshd(home, extra);
    open.push({ close: () => home.remove() }, { close: () => sshd.stop() });
    const ssh = {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      identity: `file:${sshd.identity}`,
      hostKeys: [sshd.hostKey],
    };
    return { ...sshd, ssh };
  }
  /** The server's process for this very connection. */
  async function sessionPid(lease: Lease): Promise<number> {
    const find = ['sh', '-c', 'ps -o ppid= -p $$'];
    return Number((await runSsh(lease, find, { name: 'test', timeoutMs: 5_000, signal })).stdout);
  }
  it('goes through two jump hosts, sharing them', { timeout: 20_000 }, async () => {
    const [gate, inner, web, db] = [await real(), await real(), await real(), await real()];
    const rig = makeRig([
      { id: 'gate', ssh: gate.ssh },
      { id: 'inner', ssh: { ...inner.ssh, jump: 'gate' } },
      { id: 'web', ssh: { ...web.ssh, jump: 'inner' } },
      { id: 'db', ssh: { ...db.ssh, jump: 'inner' } },
    ]);
    open.push({ close: () => rig.dispose() });
    const leases = await Promise.all(['web', 'db'].map((host) => rig.sessions.acquire(host, read)));
    for (const lease of leases) {
      const out = await runSsh(lease, ['sh', '-c', 'echo "$SSH_CONNECTION"'], {
        name: 'test',
        timeoutMs: 5_000,
        signal,
      });
      expect(out.stdout.trim()).toMatch(new RegExp(` ${lease.hostId === 'web' ? web.port : db.port}$`));
    }
    expect(rig.dialer.connections().map((attempt) => attempt.port)).toEqual([gate.port]);
    expect(leases[0]?.route).toBe(
      `ssh ${[gate, inner, web].map((hop) => `${hop.user}@127.0.0.1:${hop.port}`).join(' → ')}`,
    );
    const gateLease = await rig.sessions.acquire('gate', read);
    const pid = await sessionPid(gateLease);
    await gate.stop();
    process.kill(pid, 'SIGKILL');
    await Promise.all(
      leases.map(
        (lease) =>
          lease.lost.aborted || new Promise((resolve) => lease.lost.addEventListener('abort', resolve)),
      ),
    );
    expect(rig.sessions.state('web', 'read').state).toBe('lost');
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_TCP_REFUSED', host: 'gate' });
  });
  it('runs 30 commands at a time on one connection, although sshd allows 10', {
    timeout: 30_000,
  }, async () => {
    const sshd = await real();
    const rig = rigFor(sshd.ssh);
    const lease = await rig.sessions.acquire('web', read);
    const outs = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        runSsh(lease, ['sh', '-c', `sleep 0.05; echo ${index}`], { name: 'test', timeoutMs: 20_000, signal }),
      ),
    );
    expect(outs.map((out) => out.stdout.trim())).toEqual(
      Array.from({ length: 30 }, (_, index) => `${index}`),
    );
    expect(rig.dialer.connections()).toHaveLength(1);
  });
  it('lets running commands finish when it closes, up to a limit', { timeout: 20_000 }, async () => {
    const sshd = await real();
    const rig = rigFor(sshd.ssh);
    const lease = await rig.sessions.acquire('web', read);
    const short = runSsh(lease, ['sh', '-c', 'sleep 0.3; echo done'], {
      name: 'short',
      timeoutMs: 20_000,
      signal,
    });
    const long = runSsh(lease, ['sleep', '60'], { name: 'long', timeoutMs: 20_000, signal }).then(
      () => null,
      (thrown) => thrown.error,
    );
    await sleep(100);
    const started = performance.now();
    await rig.sessions.dispose({ drainMs: 4_000 });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect((await short).stdout).toBe('done\n');
    expect(await long).toMatchObject({ code: 'E_CLOSED' });
  });
  it('says why a forward is not possible', async () => {
    const sshd = await real();
    const closed = await real(['AllowTcpForwarding no']);
    const forward = async (ssh: Record<string, unknown>) => {
      const lease = await rigFor(ssh).sessions.acquire('web', read);
      return lease.forward('127.0.0.1', 1, { signal }).then(
        () => null,
        (thrown) => thrown.error,
      );
    };
    expect(await forward(sshd.ssh)).toMatchObject({
      code: 'E_FORWARD_REFUSED',
      stage: 'forward',
      params: { text: 'Connection refused' },
    });
    expect(await forward(closed.ssh)).toMatchObject({
      code: 'E_FORWARD_FORBIDDEN',
      params: { address: '127.0.0.1', port: '1' },
    });
  });
  it('refuses a server with old algorithms only', async () => {
    const sshd = await real(['KexAlgorithms diffie-hellman-group14-sha1']);
    expect(await rigFor(sshd.ssh).attempt('web')).toMatchObject({ code: 'E_SSH_ALGORITHMS' });
    const cbc = await real(['Ciphers aes256-cbc']);
    expect(await rigFor(cbc.ssh).attempt('web')).toMatchObject({ code: 'E_SSH_ALGORITHMS' });
  });
});
