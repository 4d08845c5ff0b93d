import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lease } from '../ssh/lease';
import { makeHome, type TestHome } from '../ssh/testing/home';
import { makeRig, type Rig } from '../ssh/testing/rig';
import { haveSshd } from '../ssh/testing/sshd';
import { probeRemote, type RemoteId, type RemoteOptions, runRemote } from './remote-command';
import { filesBelow, killSession, type RemoteHost, startRemoteHost } from './testing/remote-host';

describe.skipIf(!haveSshd())('a command that outlives its connection', { timeout: 60_000 }, () => {
  let home: TestHome;
  let server: RemoteHost;
  let rig: Rig;
  let count = 0;

  beforeAll(async () => {
    home = makeHome();
    server = await startRemoteHost(home, 'web');
    rig = makeRig([server.host]);
  }, 60_000);
  afterAll(async () => {
    await rig.dispose();
    await server.sshd.stop();
    home.remove();
  });

  const { signal } = new AbortController();
  const lease = (): Promise<Lease> =>
    rig.sessions.acquire('web', { account: 'act', background: true, signal });
  const freshId = (): RemoteId => {
    count += 1;
    return { folder: 'test.0', run: 'run-1', command: `step.${count}` };
  };
  const options = (id: RemoteId, more: Partial<RemoteOptions> = {}): RemoteOptions => {
    const common = { name: 'test', sudo: false, stdin: null, timeoutMs: 30_000, signal };
    return { id, ...common, ...more };
  };
  const run = async (id: RemoteId, script: string, more: Partial<RemoteOptions> = {}) =>
    runRemote(await lease(), ['sh', '-c', script], options(id, more));
  const stateOf = async (id: RemoteId) => (await probeRemote(await lease(), id, signal)).state;
  const folderOf = ({ folder, run: of, command }: RemoteId) =>
    join(server.home, '.patronus/runs', folder, of, command);
  const textOf = (name: string) => readFileSync(join(server.home, name), 'utf8');
  /** A command that waits for the test, and the way to let it go on. */
  const untilLet = (name: string) => `while [ ! -e ~/${name} ]; do sleep 0.02; done`;
  const letGo = (name: string) => home.file(`home-of-web/${name}`, '');

  it('gives output, errors and status, and every byte of what it is given', async () => {
    const stdin = `a 'b' "c" é ⟨name⟩\n\n`;
    const id = freshId();
    expect(await run(id, 'cat; echo no >&2; exit 3', { stdin })).toEqual({
      stdout: stdin,
      stderr: 'no\n',
      exit: 3,
    });
    expect(statSync(folderOf(id)).mode & 0o777).toBe(0o700);
    expect([...filesBelow(folderOf(id)).values()].every(({ mode }) => mode === 0o600)).toBe(true);
    expect(await probeRemote(await lease(), id, signal)).toMatchObject({ state: 'ended', exit: 3 });
  });

  it('runs once under one id, however often and by however many it is sent', async () => {
    const id = freshId();
    const script = 'sleep 0.2; echo x >>~/counted; echo done';
    const all = await Promise.all(Array.from({ length: 6 }, () => run(id, script)));
    expect(all.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 6 }, () => 'done\n'));
    expect(await run(id, script)).toMatchObject({ stdout: 'done\n', exit: 0 });
    expect(textOf('counted')).toBe('x\n');
    // Another id is another execution: a second effect would have been seen.
    await run(freshId(), script);
    expect(textOf('counted')).toBe('x\nx\n');
  });

  it('goes on when its sshd is killed, and is found again with its effect made once (F3)', async () => {
    const id = freshId();
    const script = `${untilLet('go')}; cat >>~/effect; echo whole`;
    const first = await lease();
    const stdin = 'canary-in-memory\n';
    const lost = expect(runRemote(first, ['sh', '-c', script], options(id, { stdin }))).rejects.toMatchObject(
      {
        error: { code: 'E_LOST' },
      },
    );
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('running');
    await killSession(first);
    await lost;
    first.release();
    expect(await stateOf(id)).toBe('running');
    expect([...filesBelow(folderOf(id)).values()].some(({ text }) => text.includes('canary'))).toBe(false);
    expect(existsSync(join(server.home, 'effect'))).toBe(false);
    letGo('go');
    expect(await run(id, script, { stdin })).toEqual({ stdout: 'whole\n', stderr: '', exit: 0 });
    expect(textOf('effect')).toBe(stdin);
  });

  it('a timeout leaves it running; what became of it is told afterwards', async () => {
    const id = freshId();
    await expect(run(id, `${untilLet('late')}; echo late`, { timeoutMs: 1_000 })).rejects.toMatchObject({
      error: { code: 'E_COMMAND_TIMEOUT' },
    });
    expect(await stateOf(id)).toBe('running');
    letGo('late');
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('ended');
    expect(await probeRemote(await lease(), id, signal)).toMatchObject({ stdout: 'late\n', exit: 0 });
  });

  it('one that was ended from outside is neither done nor run again', async () => {
    const id = freshId();
    const script = `echo $PPID >~/runner; ${untilLet('never')}`;
    const gone = expect(run(id, script)).rejects.toMatchObject({ error: { code: 'E_COMMAND_GONE' } });
    await expect
      .poll(() => existsSync(join(server.home, 'runner')) && textOf('runner'), { timeout: 20_000 })
      .toMatch(/\d+\n/);
    process.kill(-Number(textOf('runner')), 'SIGKILL');
    await gone;
    expect(await stateOf(id)).toBe('vanished');
    await expect(run(id, script)).rejects.toMatchObject({ error: { code: 'E_COMMAND_GONE' } });
  });

  it('one that was never begun says so, and half an input begins nothing', async () => {
    const id = freshId();
    expect(await stateOf(id)).toBe('never');
    // A shell cannot hold NUL: what arrives is shorter than what was sent, as when the link breaks on the way.
    await expect(run(id, 'echo x >>~/half', { stdin: 'ab\0cd' })).rejects.toMatchObject({
      error: { code: 'E_REMOTE_RECORD' },
    });
    expect(await stateOf(id)).toBe('never');
    expect(existsSync(join(server.home, 'half'))).toBe(false);
    expect(await run(id, 'echo x >>~/half', { stdin: 'abcd' })).toMatchObject({ exit: 0 });
  });

  it('keeps a bounded output, and does not wait for what a command leaves behind', async () => {
    const { stdout } = await run(freshId(), 'head -c 3000000 /dev/zero | tr "\\0" x');
    expect(stdout).toHaveLength(1024 * 1024);
    const id = freshId();
    const script = `(${untilLet('left')}) & echo begun`;
    expect(await run(id, script)).toMatchObject({ stdout: 'begun\n', exit: 0 });
    letGo('left');
  });

  it('runs through sudo, and says when sudo refuses', async () => {
    const answer = await run(freshId(), 'id -u', { sudo: true });
    if (server.sshd.user === 'root') expect(answer).toMatchObject({ stdout: '0\n', exit: 0 });
    else expect(answer.exit === 0 ? answer.stdout : answer.stderr).toMatch(/^0\n$|sudo/);
  });
});
