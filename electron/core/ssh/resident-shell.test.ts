import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDialer } from '../net/dial';
import { createSecretStore } from '../secrets/secret-store';
import type { Lease, Sessions } from './lease';
import { REQUEST_BYTES } from './resident-shell';
import { runSsh } from './run-ssh';
import { createSessions } from './sessions';
import { estateOf } from './testing/estate';
import { makeHome, type TestHome } from './testing/home';
import { haveSshd, type Sshd, startSshd } from './testing/sshd';

const { signal } = new AbortController();

interface Place {
  lease: Lease;
  home: TestHome;
  run(script: string, options?: Partial<Parameters<typeof runSsh>[2]>): ReturnType<typeof runSsh>;
  close(): Promise<void>;
}

/** A connection of its own to a real sshd; `options` are lines of its configuration. */
async function place(options: (home: TestHome) => string[] = () => []): Promise<Place> {
  const home = makeHome();
  const sshd: Sshd = await startSshd(home, options(home));
  const ports = home.ports();
  const ssh = {
    host: '127.0.0.1',
    port: sshd.port,
    user: sshd.user,
    identity: `file:${sshd.identity}`,
    hostKeys: [sshd.hostKey],
  };
  const sessions: Sessions = createSessions({
    estate: estateOf([{ id: 'web', ssh }]),
    estateDir: home.dir,
    dialer: createDialer({ mode: 'loopback' }, ports),
    secrets: createSecretStore({ estateDir: home.dir, ports }),
    ports,
  });
  const lease = await sessions.acquire('web', { account: 'read', background: true, signal });
  return {
    lease,
    home,
    run: (script, more = {}) =>
      runSsh(lease, ['sh', '-c', script], {
        name: 'test.poll',
        timeoutMs: 5_000,
        signal,
        resident: true,
        ...more,
      }),
    async close() {
      await sessions.dispose({ drainMs: 100 });
      await sshd.stop();
      home.remove();
    },
  };
}

/** The script's parent, which is the shell that stays. */
const PARENT = `awk '{ print $4 }' /proc/self/stat | xargs -I% awk '{ print $4 }' /proc/%/stat`;

describe.skipIf(!haveSshd())('the shell that stays', () => {
  let there: Place;
  beforeAll(async () => {
    there = await place();
  });
  afterAll(() => there?.close());

  it('runs the same script again and again in one shell, and every run sees the present', async () => {
    const script = `date +%s%N; ${PARENT}`;
    const outputs = [];
    for (let i = 0; i < 3; i += 1) outputs.push((await there.run(script)).stdout.split('\n'));
    expect(new Set(outputs.map(([, shell]) => shell)).size).toBe(1);
    expect(new Set(outputs.map(([time]) => time)).size).toBe(3);
    expect(there.lease.resident.shell).not.toBeNull();
  });
});

describe.skipIf(!haveSshd())('each run of a script', () => {
  /** One script that does what its own folder says, so that one shell runs all of them. */
  it('means the same as a command of its own', async () => {
    const one = await place();
    const script = `. ${one.home.dir}/todo`;
    try {
      for (const [todo, expected] of [
        ['printf a; printf b >&2; exit 3', { stdout: 'a', stderr: 'b', exit: 3 }],
        ['true', { stdout: '', stderr: '', exit: 0 }],
        ['cat; echo end', { stdout: 'end\n', exit: 0 }],
        ['exec false', { exit: 1 }],
        ['cd /; export LC_ALL=C.utf8; set -f; exit 0', { stdout: '', exit: 0 }],
        ['if then', { exit: 2 }],
        ["printf '\\000\\377x'", { stdout: '\\x00\ufffdx', exit: 0 }],
        ['pwd; echo "$LC_ALL"; echo *', { exit: 0 }],
      ] as const) {
        one.home.file('todo', todo);
        const own = await one.run(script, { resident: false });
        const { stdout, stderr, exit } = await one.run(script);
        expect({ stdout, stderr, exit }, todo).toMatchObject(expected);
        expect({ stdout, stderr, exit }, todo).toMatchObject({
          stdout: own.stdout,
          stderr: own.stderr,
          exit: own.exit,
        });
      }
      expect(one.lease.resident.shell).not.toBeNull();
    } finally {
      await one.close();
    }
  });

  it('is of the script it was started with: another is a command of its own', async () => {
    const one = await place();
    try {
      expect((await one.run('echo a')).stdout).toBe('a\n');
      expect((await one.run('echo b')).stdout).toBe('b\n');
      expect((await one.run('echo a')).stdout).toBe('a\n');
    } finally {
      await one.close();
    }
  });

  it('costs few bytes beside its own output', async () => {
    const one = await place();
    try {
      await one.run('echo x');
      const { bytes } = await one.run('echo x');
      expect(REQUEST_BYTES + bytes).toBeLessThan(80);
    } finally {
      await one.close();
    }
  });

  it('that does not end in time is given up with its shell, and the next starts with another', async () => {
    const one = await place();
    try {
      const script = `[ -e ${one.home.dir}/slow ] && sleep 2; echo done`;
      expect((await one.run(script)).stdout).toBe('done\n');
      const slow = one.home.file('slow', '');
      await expect(one.run(script, { timeoutMs: 200 })).rejects.toMatchObject({
        error: { code: 'E_COMMAND_TIMEOUT', params: { name: 'test.poll', seconds: '0.2' } },
      });
      expect(one.lease.resident.shell).toBeNull();
      rmSync(slow);
      expect(await one.run(script, { timeoutMs: 1_500 })).toMatchObject({ stdout: 'done\n' });
    } finally {
      await one.close();
    }
  });

  it('that prints without end is cut, and the next starts with another', async () => {
    const one = await place();
    try {
      const script = `[ -e ${one.home.dir}/much ] && cat /dev/zero; echo done`;
      const much = one.home.file('much', '');
      const cut = await one.run(script, { maxBytes: 100_000 });
      expect([cut.truncated, cut.exit]).toEqual([true, null]);
      rmSync(much);
      expect((await one.run(script)).stdout).toBe('done\n');
    } finally {
      await one.close();
    }
  });

  it('is answered although somebody ended the shell meanwhile', async () => {
    const one = await place();
    try {
      const shell = async () => (await one.run(PARENT)).stdout;
      const first = await shell();
      await one.run(`kill -9 ${first}`, { resident: false });
      const [second, third, fourth] = [await shell(), await shell(), await shell()];
      expect(second).not.toBe(first);
      expect(third).toBe(fourth);
      expect(one.lease.resident.shell).not.toBeNull();
    } finally {
      await one.close();
    }
  });

  it('at the same time as another is a command of its own', async () => {
    const one = await place();
    try {
      const both = await Promise.all([one.run('sleep 0.2; echo a'), one.run('sleep 0.2; echo a')]);
      expect(both.map(({ stdout }) => stdout)).toEqual(['a\n', 'a\n']);
    } finally {
      await one.close();
    }
  });

  it('leaves no process behind when the connection ends', async () => {
    const one = await place();
    const other = await place();
    const marker = `stays-${process.pid}`;
    await one.run(`: ${marker}; echo x`);
    const left = async () =>
      (await other.run(`pgrep -f "[:] ${marker}" | wc -l`, { resident: false })).stdout;
    expect(await left()).toBe('1\n');
    await one.close();
    await expect.poll(left).toBe('0\n');
    await other.close();
  });
});

describe.skipIf(!haveSshd())('a host that lets no shell stay', () => {
  it.each([
    ['gives it nothing to read', 'exec bash -c "$SSH_ORIGINAL_COMMAND" </dev/null'],
    ['greets first', 'echo hello; exec bash -c "$SSH_ORIGINAL_COMMAND"'],
    ['traces', 'exec bash -xc "$SSH_ORIGINAL_COMMAND"'],
  ])('that %s is asked all the same', async (_, script) => {
    const one = await place((home) => [
      `ForceCommand ${home.file('shell', `#!/bin/bash\n${script}\n`, 0o700)}`,
    ]);
    try {
      for (let i = 0; i < 3; i += 1)
        expect(await one.run('echo fact')).toMatchObject({ stdout: 'fact\n', exit: 0 });
    } finally {
      await one.close();
    }
  });

  it('that runs nothing is said so', async () => {
    const one = await place((home) => [
      `ForceCommand ${home.file('shell', '#!/bin/sh\necho "not available."; exit 1\n', 0o700)}`,
    ]);
    try {
      await expect(one.run('echo fact')).rejects.toMatchObject({ error: { code: 'E_NO_SHELL' } });
    } finally {
      await one.close();
    }
  });
});
