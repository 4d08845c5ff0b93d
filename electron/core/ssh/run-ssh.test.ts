import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDialer } from '../net/dial';
import { createSecretStore } from '../secrets/secret-store';
import type { Lease, Sessions } from './lease';
import { runSsh } from './run-ssh';
import { createSessions } from './sessions';
import { estateOf } from './testing/estate';
import { makeHome, type TestHome } from './testing/home';
import { haveSshd, type Sshd, startSshd } from './testing/sshd';

describe.skipIf(!haveSshd())('runSsh against a real sshd', () => {
  let home: TestHome;
  let sshd: Sshd;
  let sessions: Sessions;
  let lease: Lease;
  const { signal } = new AbortController();
  const run = (argv: string[], options: Partial<Parameters<typeof runSsh>[2]> = {}) =>
    runSsh(lease, argv, { name: 'test.probe', timeoutMs: 10_000, signal, ...options });

  beforeAll(async () => {
    home = makeHome();
    sshd = await startSshd(home);
    const ports = home.ports();
    sessions = createSessions({
      estate: estateOf([
        {
          id: 'web',
          ssh: {
            host: '127.0.0.1',
            port: sshd.port,
            user: sshd.user,
            identity: `file:${sshd.identity}`,
            hostKeys: [sshd.hostKey],
          },
        },
      ]),
      estateDir: home.dir,
      dialer: createDialer({ mode: 'loopback' }, ports),
      secrets: createSecretStore({ estateDir: home.dir, ports }),
      ports,
    });
    lease = await sessions.acquire('web', { account: 'read', background: true, signal });
  });
  afterAll(async () => {
    await sessions?.dispose({ drainMs: 100 });
    await sshd?.stop();
    home?.remove();
  });

  it('runs an argv and keeps its output apart', async () => {
    const out = await run(['sh', '-c', 'printf "a\\nb"; printf oops >&2; exit 3']);
    expect(out).toMatchObject({ stdout: 'a\nb', stderr: 'oops', exit: 3, truncated: false });
    expect(lease.route).toBe(`ssh ${sshd.user}@127.0.0.1:${sshd.port}`);
    expect(lease.hostKey).toMatchObject({ type: 'ssh-ed25519', by: 'estate' });
  });
  it('passes stdin', async () => {
    expect((await run(['cat'], { stdin: 'x'.repeat(100_000) })).stdout).toHaveLength(100_000);
  });

  it.each([
    ['invalid UTF-8', "printf 'a\\377\\376b'", 'a\ufffd\ufffdb'],
    ['NUL and escapes', "printf 'a\\0b\\033]0;x\\007'", 'a\\x00b\\x1b]0;x\\x07'],
    ['no line end', 'printf x', 'x'],
    ['nothing', 'true', ''],
    ['HTML', "printf '<img src=x onerror=alert(1)>'", '<img src=x onerror=alert(1)>'],
  ])('makes output safe: %s', async (_, script, expected) => {
    expect((await run(['sh', '-c', script])).stdout).toBe(expected);
  });
  it('takes a line of 1 MB', async () => {
    const out = await run(['sh', '-c', 'head -c 1000000 /dev/zero | tr "\\0" x']);
    expect([out.stdout.length, out.truncated]).toEqual([1_000_000, false]);
  });
  it('cuts a huge reply in bounded memory, and goes on', async () => {
    const before = process.memoryUsage.rss();
    const out = await run(['cat', '/dev/zero'], { maxBytes: 1_000_000 });
    expect(out).toMatchObject({ truncated: true, exit: null });
    expect(out.bytes).toBeLessThan(3_000_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
    expect((await run(['echo', 'next'])).stdout).toBe('next\n');
  });
  it('cuts endless errors too', async () => {
    expect(await run(['sh', '-c', 'cat /dev/zero >&2'], { maxBytes: 10_000 })).toMatchObject({
      truncated: true,
    });
  });
  it('says when it was killed, or not found', async () => {
    expect(await run(['sh', '-c', 'kill -9 $$'])).toMatchObject({ exit: null, killedBy: 'KILL' });
    expect(await run(['env', 'sh', '-c', 'kill -9 $$'])).toMatchObject({ exit: 137 });
    expect(await run(['sh', '-c', 'echo "$1"; exit 7', 'sh', 'a b'])).toMatchObject({
      exit: 7,
      stdout: 'a b\n',
    });
    expect(await run(['sh', '-c', 'if then'])).toMatchObject({ exit: 2 });
    expect(await run(['/no/such/program'])).toMatchObject({ exit: 127 });
    expect((await run(['/no/such/program'])).stderr).toContain('not found');
  });
  it('gives up in time, and stops the command where sshd can', async () => {
    const started = performance.now();
    const marker = `4242.${process.pid}`;
    await expect(run(['sleep', marker], { timeoutMs: 300 })).rejects.toMatchObject({
      error: {
        code: 'E_COMMAND_TIMEOUT',
        stage: 'command',
        host: 'web',
        params: { name: 'test.probe', seconds: '0.3' },
      },
    });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
  it('is cancelled by its signal', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(run(['sleep', '60'], { signal: stop.signal })).rejects.toMatchObject({
      error: { code: 'E_ABORTED' },
    });
    await expect(run(['true'], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      error: { code: 'E_ABORTED' },
    });
  });
  it('refuses NUL in an argument before anything is sent', async () => {
    await expect(run(['echo', 'a\0b'])).rejects.toMatchObject({ error: { code: 'E_ARGUMENT' } });
  });
  it('passes hostile arguments as they are', async () => {
    const hostile = [
      "it's",
      '$(id)',
      '`id`',
      'a;b|c&d',
      '"',
      '\\',
      '*',
      '~',
      '-n',
      '',
      'é\u202e',
      'a\nb',
      '!!',
      "'; rm -rf /; '",
    ];
    const out = await run(['printf', '%s\\0', ...hostile]);
    expect(out.stdout).toBe(hostile.map((word) => `${word.replace('\u202e', '\\u202e')}\\x00`).join(''));
  });
});

describe.skipIf(!haveSshd())('a login shell of its own mind', () => {
  /** What sshd runs instead of the command; it sees the command in SSH_ORIGINAL_COMMAND. */
  async function behind<T>(script: string, work: (lease: Lease) => Promise<T>): Promise<T> {
    const home = makeHome();
    const shell = home.file('shell', `#!/bin/bash\n${script}\n`, 0o700);
    const sshd = await startSshd(home, [`ForceCommand ${shell}`]);
    const ports = home.ports();
    const ssh = {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      identity: `file:${sshd.identity}`,
      hostKeys: [sshd.hostKey],
    };
    const sessions = createSessions({
      estate: estateOf([{ id: 'web', ssh }]),
      estateDir: home.dir,
      dialer: createDialer({ mode: 'loopback' }, ports),
      secrets: createSecretStore({ estateDir: home.dir, ports }),
      ports,
    });
    try {
      return await work(
        await sessions.acquire('web', {
          account: 'read',
          background: true,
          signal: new AbortController().signal,
        }),
      );
    } finally {
      await sessions.dispose({ drainMs: 0 });
      await sshd.stop();
      home.remove();
    }
  }
  const { signal } = new AbortController();
  const probe = (lease: Lease) =>
    runSsh(lease, ['echo', 'fact'], { name: 'test.probe', timeoutMs: 5_000, signal });

  it.each([
    [
      'that greets',
      'echo "Welcome to $HOSTNAME"; echo -n "no line end"; exec bash -c "$SSH_ORIGINAL_COMMAND"',
    ],
    ['that echoes commands', 'echo "+ $SSH_ORIGINAL_COMMAND"; exec bash -c "$SSH_ORIGINAL_COMMAND"'],
    ['that traces', 'exec bash -xc "$SSH_ORIGINAL_COMMAND"'],
    ['that says goodbye', 'bash -c "$SSH_ORIGINAL_COMMAND"; echo bye; echo "$SSH_ORIGINAL_COMMAND"'],
  ])('%s does not reach the parser', async (_, script) => {
    expect(await behind(script, probe)).toMatchObject({ stdout: 'fact\n', exit: 0 });
  });
  it('that runs nothing is said so', async () => {
    const failed = behind('echo "This account is currently not available."; exit 1', probe);
    await expect(failed).rejects.toMatchObject({
      error: {
        code: 'E_NO_SHELL',
        host: 'web',
        params: { name: 'test.probe', text: 'This account is currently not available.' },
      },
    });
  });
});
