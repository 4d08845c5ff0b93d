import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthContext } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { makeHome, type TestHome } from './testing/home';
import { makeRig, type Rig } from './testing/rig';
import { startTestServer, type TestServer, type TestServerOptions } from './testing/ssh-server';
import { haveSshd, makeKey, startSshd } from './testing/sshd';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

type Ssh = Record<string, unknown>;
async function against(
  authenticate: TestServerOptions['authenticate'],
  ssh: Ssh,
  options: Parameters<typeof makeRig>[1] & { prepare?: (home: TestHome) => void } = {},
): Promise<{ rig: Rig; server: TestServer }> {
  const server = await startTestServer(authenticate ? { authenticate } : {});
  const rig = makeRig((home) => {
    options.prepare?.(home);
    return [
      {
        id: 'web',
        ssh: { host: '127.0.0.1', port: server.port, user: 'ana', hostKeys: [server.hostKey], ...ssh },
      },
    ];
  }, options);
  open.push({ close: () => server.close() }, { close: () => rig.dispose() });
  return { rig, server };
}

const passwordServer = (right: string) => (context: AuthContext) => {
  if (context.method === 'password' && context.password === right) return context.accept();
  context.reject(['password']);
};
const refuseAll = (methods: AuthContext['method'][]) => (context: AuthContext) => context.reject(methods);

describe('logging in', () => {
  it('by password from a file', async () => {
    const { rig, server } = await against(
      passwordServer('right'),
      { secret: 'file:pw' },
      { prepare: (home) => home.file('pw', 'right\n') },
    );
    expect(await rig.attempt('web')).toBe('ready');
    expect(server.attempts).toEqual(['password']);
  });
  it('by password from the environment', async () => {
    const { rig } = await against(passwordServer('right'), { secret: 'env:PW' }, { env: { PW: 'right' } });
    expect(await rig.attempt('web')).toBe('ready');
  });
  it('by asking a person, who is asked once for the session', async () => {
    const { rig, server } = await against(passwordServer('right'), {}, { answers: ['right'], lingerMs: 0 });
    expect(await rig.attempt('web')).toMatchObject({
      code: 'E_NEEDS_ANSWER',
      host: 'web',
      params: { what: 'password', account: 'ana' },
    });
    expect(await rig.attempt('web', { background: false })).toBe('ready');
    await sleep(50);
    expect(rig.sessions.state('web', 'read').state).toBe('idle');
    expect(await rig.attempt('web')).toBe('ready');
    expect(rig.asked).toEqual([{ host: 'web', account: 'ana', what: 'password', prompt: '', echo: false }]);
    expect(server.attempts).toEqual(['password', 'password']);
  });
  it('sends a wrong password once, and not again until a person acts', async () => {
    const { rig, server } = await against(
      passwordServer('right'),
      { secret: 'prompt' },
      { answers: ['wrong', 'right'] },
    );
    expect(await rig.attempt('web', { background: false })).toMatchObject({
      code: 'E_AUTH_PASSWORD',
      stage: 'auth',
      host: 'web',
      retryable: false,
    });
    for (let look = 0; look < 5; look += 1)
      expect(await rig.attempt('web')).toMatchObject({ code: 'E_AUTH_PASSWORD' });
    expect(server.attempts).toEqual(['password']);
    expect(rig.dialer.connections()).toHaveLength(1);
    expect(await rig.attempt('web', { background: false })).toBe('ready');
    expect(rig.asked).toHaveLength(2);
  });
  it('is tried again in the background once retry() was called', async () => {
    const { rig, server } = await against(
      passwordServer('right'),
      { secret: 'file:pw' },
      { prepare: (home) => home.file('pw', 'wrong') },
    );
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_AUTH_PASSWORD' });
    rig.home.file('pw', 'right');
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_AUTH_PASSWORD' });
    rig.sessions.retry();
    expect(await rig.attempt('web')).toBe('ready');
    expect(server.attempts).toEqual(['password', 'password']);
  });
  it('declined by the person is no login', async () => {
    const { rig, server } = await against(passwordServer('right'), {}, { answers: [null] });
    expect(await rig.attempt('web', { background: false })).toMatchObject({ code: 'E_ANSWER_DECLINED' });
    expect(server.attempts).toEqual([]);
  });
  it('answers a one-time code, with the server’s text made safe', async () => {
    const { rig } = await against(
      (context) => {
        if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
        context.prompt([{ prompt: 'Code\x1b]0;pwned\x07: ', echo: true }], (given) =>
          given[0] === '123456' ? context.accept() : context.reject(),
        );
      },
      {},
      { answers: ['123456'] },
    );
    expect(await rig.attempt('web')).toMatchObject({
      code: 'E_NEEDS_ANSWER',
      params: { what: 'one-time-code' },
    });
    expect(await rig.attempt('web', { background: false })).toBe('ready');
    expect(rig.asked).toEqual([
      { host: 'web', account: 'ana', what: 'one-time-code', prompt: 'Code\\x1b]0;pwned\\x07:', echo: true },
    ]);
  });
  it('completes a key with a code when the server wants both', async () => {
    const { rig, server } = await against(
      (context, attempts) => {
        if (context.method === 'publickey')
          return context.signature ? context.reject(['keyboard-interactive'], true) : context.accept();
        if (context.method !== 'keyboard-interactive') return context.reject(['publickey']);
        if (!attempts.includes('publickey')) return context.reject(['publickey']);
        context.prompt(['Verification code: '], (given) =>
          given[0] === '42' ? context.accept() : context.reject(),
        );
      },
      { identity: 'file:key' },
      { answers: ['42'], prepare: (home) => makeKey(home, 'key') },
    );
    expect(await rig.attempt('web', { background: false })).toBe('ready');
    expect(server.attempts.at(-1)).toBe('keyboard-interactive');
    expect(rig.asked).toMatchObject([{ what: 'one-time-code' }]);
  });
  it('says what was tried and what is accepted when a key is refused', async () => {
    const { rig, server } = await against(
      refuseAll(['publickey', 'password']),
      { identity: 'file:key' },
      { prepare: (home) => makeKey(home, 'key') },
    );
    expect(await rig.attempt('web', { background: false })).toMatchObject({
      code: 'E_AUTH_REFUSED',
      params: { account: 'ana', what: 'key ssh-ed25519', methods: 'publickey, password' },
    });
    expect(rig.asked).toEqual([]);
    expect(server.attempts).toEqual(['publickey']);
  });
  it('says so when there is nothing to log in with', async () => {
    const { rig } = await against(refuseAll(['publickey']), {});
    expect(await rig.attempt('web')).toMatchObject({
      code: 'E_AUTH_NOTHING',
      params: { methods: 'publickey' },
    });
  });
  it('needs an agent when the estate says agent', async () => {
    const { rig } = await against(refuseAll(['publickey']), { identity: 'agent' });
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_AGENT' });
    const gone = await against(
      refuseAll(['publickey']),
      { identity: 'agent' },
      { agentSocket: '/nonexistent/agent' },
    );
    expect(await gone.rig.attempt('web')).toMatchObject({
      code: 'E_AGENT',
      params: { text: 'Failed to connect to agent' },
    });
  });
  it('hung up on during login, rests a minute', async () => {
    const { rig, server } = await against(
      (context) => (context.method === 'password' ? undefined : context.reject(['password'])),
      { secret: 'env:PW' },
      { env: { PW: 'x' } },
    );
    const pending = rig.attempt('web');
    while (server.attempts.length === 0) await sleep(10);
    await server.close();
    expect(await pending).toMatchObject({ code: 'E_AUTH_CLOSED', retryable: true });
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_AUTH_CLOSED' });
    expect(rig.dialer.connections()).toHaveLength(1);
  });
});

describe('private keys', () => {
  const keyed = (prepare: (home: TestHome) => void, ssh: Ssh = {}, answers: string[] = []) =>
    against(
      (context) => (context.method === 'publickey' ? context.accept() : context.reject(['publickey'])),
      { identity: 'file:key', ...ssh },
      { prepare, answers, lingerMs: 0 },
    );

  it.each<[string, (home: TestHome) => void, string]>([
    ['missing', () => {}, 'E_KEY_FILE'],
    ['not a key', (home) => home.file('key', 'hello'), 'E_KEY_FILE'],
    ['a public key', (home) => home.file('key', makeKey(home, 'other').public), 'E_KEY_FILE'],
    [
      'a directory',
      (home) => makeKey(home, 'x') && spawnSync('mkdir', [join(home.dir, 'key')]),
      'E_KEY_FILE',
    ],
    ['open to others', (home) => chmodSync(makeKey(home, 'key').file, 0o644), 'E_KEY_MODE'],
    ['encrypted, in the background', (home) => makeKey(home, 'key', 'secret phrase'), 'E_NEEDS_ANSWER'],
  ])('%s', async (_, prepare, code) => {
    const { rig, server } = await keyed(prepare);
    expect(await rig.attempt('web')).toMatchObject({ code, host: 'web', stage: 'auth' });
    // Found out before any connection.
    expect(rig.dialer.connections()).toEqual([]);
    expect(server.attempts).toEqual([]);
  });
  it.each(['ed25519', 'ecdsa', 'rsa'])('an encrypted %s key with its passphrase', async (type) => {
    const { rig } = await keyed((home) => makeKey(home, 'key', 'secret phrase', type), {}, ['secret phrase']);
    expect(await rig.attempt('web', { background: false })).toBe('ready');
    expect(rig.asked).toMatchObject([{ what: 'passphrase', host: 'web' }]);
    // Opened once: a new connection does not pay for it again.
    const started = performance.now();
    await sleep(20);
    expect(await rig.attempt('web')).toBe('ready');
    expect(performance.now() - started).toBeLessThan(400);
  });
  it('a wrong passphrase is asked for anew, by a person only', async () => {
    const { rig } = await keyed((home) => makeKey(home, 'key', 'secret phrase'), {}, [
      'wrong',
      'secret phrase',
    ]);
    expect(await rig.attempt('web', { background: false })).toMatchObject({
      code: 'E_KEY_PASSPHRASE',
      stage: 'auth',
    });
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_KEY_PASSPHRASE' });
    expect(rig.asked).toHaveLength(1);
    expect(await rig.attempt('web', { background: false })).toBe('ready');
  });
  it('a passphrase by reference needs nobody', async () => {
    const { rig } = await keyed(
      (home) => {
        makeKey(home, 'key', 'secret phrase');
        home.file('phrase', 'secret phrase\n');
      },
      { secret: 'file:phrase' },
    );
    expect(await rig.attempt('web')).toBe('ready');
  });
});

describe.skipIf(!haveSshd())('against a real sshd', () => {
  it('logs in by agent', async () => {
    const home = makeHome();
    const sshd = await startSshd(home);
    const socket = join(home.dir, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    open.push({ close: () => home.remove() }, { close: () => sshd.stop() }, { close: () => agent.kill() });
    for (let tries = 0; !existsSync(socket) && tries < 100; tries += 1) await sleep(20);
    const rig = makeRig(
      [{ id: 'web', ssh: { host: '127.0.0.1', port: sshd.port, user: sshd.user, hostKeys: [sshd.hostKey] } }],
      { agentSocket: socket },
    );
    open.push({ close: () => rig.dispose() });
    expect(await rig.attempt('web')).toMatchObject({ code: 'E_AUTH_REFUSED', params: { what: 'agent' } });
    const added = spawnSync('ssh-add', ['-q', sshd.identity], {
      env: { ...process.env, SSH_AUTH_SOCK: socket },
    });
    expect(added.status).toBe(0);
    expect(await rig.attempt('web', { background: false })).toBe('ready');
  });
  it('is refused with a key that is not authorized', async () => {
    const home = makeHome();
    const sshd = await startSshd(home);
    open.push({ close: () => home.remove() }, { close: () => sshd.stop() });
    const other = makeKey(home, 'other');
    const rig = makeRig([
      {
        id: 'web',
        ssh: {
          host: '127.0.0.1',
          port: sshd.port,
          user: sshd.user,
          identity: `file:${other.file}`,
          hostKeys: [sshd.hostKey],
        },
      },
    ]);
    open.push({ close: () => rig.dispose() });
    expect(await rig.attempt('web')).toMatchObject({
      code: 'E_AUTH_REFUSED',
      params: { methods: 'publickey' },
    });
  });
});
