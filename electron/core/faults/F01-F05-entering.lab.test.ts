import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyFile, SSH_PASSWORD_SECRET, SSH_PASSWORD_USER, secretFile } from '../../../lab/access/secrets';
import { type Lab, labDown } from '../../../lab/api';
import { run } from '../../../lab/engine/run';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { runSsh } from '../ssh/run-ssh';
import { makeRig } from '../ssh/testing/rig';
import { openConsole, type TestConsole } from '../testing/console';
import { estateVariant, sshOf } from '../testing/estate-variant';
import { shown } from '../testing/shown';
import { badLine } from './testing/bad-line';
import { errorOf, findingsOf, healthOf, watchHealth, within } from './testing/support';

/** F1–F5 and F10 of docs/faults.md: on the way into a host. All against the lab's own sshds. */

const GATE_PORT = 2411;
const { signal } = new AbortController();

describe('on the way into a host', () => {
  let base: string;
  let folder: string;
  let lab: Lab;
  let variants = 0;
  const servers: Server[] = [];

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
    folder = path.join(base, 'variants');
    await mkdir(folder);
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    // By its base: a lab that did not come up whole has to go, too.
    await labDown({ base, purge: true, log: () => {} });
    await removeBase(base);
  });

  /** A console whose estate says something else of how a host is entered. */
  async function entering(
    host: string,
    ssh: Record<string, unknown>,
    waitForLook = true,
  ): Promise<TestConsole> {
    variants += 1;
    const file = await estateVariant(lab.estateFile, folder, `variant-${variants}`, (estate) => {
      Object.assign(sshOf(estate, host), ssh);
    });
    return openConsole(file, { waitForLook });
  }
  const secret = async (name: string, text: string) => {
    const file = path.join(folder, name);
    await writeFile(file, `${text}\n`, { mode: 0o600 });
    return `file:${file}`;
  };
  /** Lines of a host's own sshd since the lab is up. */
  const sshdLog = async (host: string, pattern: RegExp) =>
    (await lab.exec(host, ['cat', '/var/log/sshd.log'])).stdout
      .split('\n')
      .filter((line) => pattern.test(line));
  const hostKey = async () =>
    (await lab.exec('db', ['cat', '/etc/ssh/ssh_host_ed25519_key.pub'])).stdout.trim();
  const publicKey = async (type: string) => {
    const file = path.join(folder, `key-${type}`);
    await run(['ssh-keygen', '-q', '-t', type, '-N', '', '-f', file]).catch(() => {});
    return (await readFile(`${file}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ');
  };
  const rigOnDb = () =>
    makeRig([
      {
        id: 'db',
        ssh: {
          host: '127.0.20.2',
          port: GATE_PORT,
          user: 'patronus-watch',
          identity: `file:${keyFile(lab.raw.paths, 'patronus-watch')}`,
          knownHosts: `${base}/estate/known_hosts`,
        },
      },
    ]);

  it('F2 the sshd of the session is frozen: unknown within 20 s, never down, and back over a new session', async () => {
    const desk = await entering('db', {});
    const watched = watchHealth(desk, 'db');
    const sshds = 'sshd: patronus-watch';
    await lab.exec('db', ['pkill', '-STOP', '-f', sshds]);
    try {
      const frozen = performance.now();
      await expect.poll(async () => (await desk.reading('db')).state, within(20_000)).toBe('unreachable');
      expect(performance.now() - frozen).toBeLessThan(20_000);
      expect(await findingsOf(desk, 'db')).toContain('HOST_UNREACHABLE');
      // The old session stays frozen: only a new one can bring the host back.
      await expect.poll(() => healthOf(desk, 'db'), within(45_000)).toBe('up');
      expect((await watched.stop()).sort()).toEqual(['unknown', 'up']);
    } finally {
      await lab.exec('db', ['pkill', '-CONT', '-f', sshds], { allowFailure: true });
      await desk.close();
    }
  });

  it('F3 the sshd is killed in the middle of a command: lost, neither done nor failed, and the next one runs', async () => {
    const rig = rigOnDb();
    try {
      const lease = await rig.sessions.acquire('db', { account: 'read', background: true, signal });
      const started = 'touch /tmp/f3-started; sleep 3; touch /tmp/f3-ended';
      const running = runSsh(lease, ['sh', '-c', started], { name: 'f3', timeoutMs: 20_000, signal });
      const outcome = running.then(
        () => 'a result',
        (thrown: { error?: unknown }) => thrown.error,
      );
      const on = async (file: string) =>
        (await lab.exec('db', ['ls', file], { allowFailure: true })).status === 0;
      await expect.poll(() => on('/tmp/f3-started'), within(5_000)).toBe(true);
      const killed = performance.now();
      await lab.exec('db', ['pkill', '-KILL', '-f', 'sshd: patronus-watch']);
      expect(await outcome).toMatchObject({ code: 'E_LOST', host: 'db', retryable: true });
      expect(performance.now() - killed).toBeLessThan(2_000);
      const again = await rig.sessions.acquire('db', { account: 'read', background: true, signal });
      expect((await runSsh(again, ['echo', 'here'], { name: 'f3', timeoutMs: 5_000, signal })).stdout).toBe(
        'here\n',
      );
      // Why it may be called neither: without a terminal the command goes on, and ends where nobody hears it.
      await expect.poll(() => on('/tmp/f3-ended'), within(10_000)).toBe(true);
    } finally {
      await rig.dispose();
    }
  });

  describe('F4 the host key', () => {
    /** A password that would be noted in the log of the sshd if it were ever sent. */
    const telltale = async () => ({
      user: SSH_PASSWORD_USER,
      identity: undefined,
      secret: await secret('telltale', 'never sent'),
    });
    const name = `[127.0.20.2]:${GATE_PORT}`;
    const record = async (line: string) => {
      const file = path.join(folder, `known-${variants}`);
      await writeFile(file, `${line}\n`);
      return { hostKeys: undefined, knownHosts: file };
    };
    const CASES: [string, string, string, RegExp, () => Promise<Record<string, unknown>>][] = [
      [
        'F4 host key changed',
        'E_HOSTKEY_CHANGED',
        'HOSTKEY_CHANGED',
        /has changed/,
        async () => record(`${name} ${await publicKey('ed25519')}`),
      ],
      [
        'F4 host key of another type than on record',
        'E_HOSTKEY_CHANGED',
        'HOSTKEY_CHANGED',
        /another type/,
        async () => record(`${name} ${await publicKey('rsa')}`),
      ],
      [
        'F4 host key revoked',
        'E_HOSTKEY_REVOKED',
        'HOSTKEY_CHANGED',
        /revoked/,
        async () => record(`${name} ${await hostKey()}\n@revoked * ${await hostKey()}`),
      ],
      [
        'F4 host key known through an authority only',
        'E_HOSTKEY_CA_ONLY',
        'HOSTKEY_UNKNOWN',
        /certificate authority/,
        async () => record(`@cert-authority ${name} ${await publicKey('ed25519')}`),
      ],
    ];
    const messages = new Set<string>();

    it.each(CASES)(
      '%s: stopped before the login, in words of its own',
      async (_title, code, finding, says, known) => {
        const before = (await sshdLog('db', /patronus-pw/)).length;
        const desk = await entering('db', { ...(await known()), ...(await telltale()) });
        try {
          const reading = await desk.reading('db');
          if (reading.state !== 'unreachable') throw new Error(`db is ${reading.state}`);
          expect(reading.error).toMatchObject({ code, stage: 'hostkey', retryable: false });
          expect(reading.error.message).toMatch(says);
          messages.add(reading.error.message.replace(/SHA256:\S+|\/\S+/g, '…'));
          expect(await findingsOf(desk, 'db')).toContain(finding);
          expect((await desk.topology()).nodes.map(shown)).toEqual([
            'web up',
            `db unknown ${code}`,
            'files up',
          ]);
          expect(await sshdLog('db', /patronus-pw/)).toHaveLength(before);
        } finally {
          await desk.close();
        }
      },
    );
    it('F4 each of these says something else', () => expect(messages.size).toBe(CASES.length));
  });

  /** Those that have to wait do it side by side, each on a host that the others leave alone. */
  describe('while time passes', () => {
    it.concurrent('F1 no SSH banner: told within 10 s, and the other hosts are seen at once', async ({
      expect,
    }) => {
      const silent = createServer((socket) => socket.on('error', () => {}));
      servers.push(silent);
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const address = silent.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const started = performance.now();
      const desk = await entering('db', { host: '127.0.0.1', port: address.port }, false);
      await expect
        .poll(async () => (await desk.topology()).nodes.map(({ health }) => health), within(5_000))
        .toEqual(['up', 'unknown', 'up']);
      await expect
        .poll(async () => errorOf(await desk.reading('db')), within(12_000))
        .toBe('E_SSH_NO_BANNER');
      expect(performance.now() - started).toBeLessThan(11_500);
      expect((await desk.topology()).nodes.map(shown)).toEqual([
        'web up',
        'db unknown E_SSH_NO_BANNER',
        'files up',
      ]);
      await desk.close();
    });

    const right = () => `file:${secretFile(lab.raw.paths, SSH_PASSWORD_SECRET)}`;
    const byPassword = (reference: string) => ({
      user: SSH_PASSWORD_USER,
      identity: undefined,
      secret: reference,
    });
    /** The console goes on for some periods: what a breaker did not stop would be tried again in them. */
    const PERIODS_MS = 10_000;

    it.concurrent('F5 a wrong password is sent once, then the breaker is open', async ({ expect }) => {
      const desk = await entering('web', byPassword(await secret('wrong', 'not this one')));
      await sleep(PERIODS_MS);
      expect(errorOf(await desk.reading('web'))).toBe('E_AUTH_PASSWORD');
      expect(await findingsOf(desk, 'web')).toContain('HOST_REFUSES');
      await desk.close();
      expect(await sshdLog('web', /Failed password for patronus-pw/)).toHaveLength(1);
    });

    it.concurrent('F5 an expired account: the right password is sent once', async ({ expect }) => {
      await lab.exec('db', ['chage', '-E', '1', SSH_PASSWORD_USER]);
      const desk = await entering('db', byPassword(right()));
      await sleep(PERIODS_MS);
      expect(errorOf(await desk.reading('db'))).toBe('E_AUTH_PASSWORD');
      expect(await healthOf(desk, 'db')).toBe('unknown');
      await desk.close();
      expect(await sshdLog('db', /Failed password for invalid user patronus-pw/)).toHaveLength(1);
    });

    it.concurrent('F5 an expired password: told as that, and nothing is tried again', async ({ expect }) => {
      await lab.exec('files', ['chage', '-d', '0', SSH_PASSWORD_USER]);
      const desk = await entering('files', byPassword(right()));
      await sleep(PERIODS_MS);
      expect(errorOf(await desk.reading('files'))).toBe('E_AUTH_EXPIRED');
      await desk.close();
      expect(await sshdLog('files', /Accepted password for patronus-pw/)).toHaveLength(1);
    });

    it.concurrent('F10 a line of 200 ms and 1 % loss, cut for 30 s: every look is whole or unknown, and it comes back', {
      timeout: 120_000,
    }, async ({ expect }) => {
      const line = await badLine({ host: '127.0.20.1', port: GATE_PORT }, { delayMs: 100, loss: 0.01 });
      const desk = await entering('files', { host: '127.0.0.1', port: line.port });
      try {
        expect((await desk.topology()).nodes.map(shown)).toEqual(['web up', 'db up', 'files up']);
        const watched = watchHealth(desk, 'files');
        for (let looks = 0; looks < 5; looks += 1) await desk.look('files');
        expect(await healthOf(desk, 'files')).toBe('up');
        line.cut();
        const cut = performance.now();
        await expect.poll(() => healthOf(desk, 'files'), within(20_000)).toBe('unknown');
        await sleep(30_000 - (performance.now() - cut));
        expect((await desk.topology()).nodes.map(({ health }) => health)).toEqual(['up', 'up', 'unknown']);
        line.heal();
        await expect.poll(() => healthOf(desk, 'files'), within(60_000)).toBe('up');
        expect((await watched.stop()).sort()).toEqual(['unknown', 'up']);
        // What hung meanwhile is gone: one connection is left.
        await expect.poll(() => line.open(), within(20_000)).toBe(1);
      } finally {
        await desk.close();
        await line.close();
      }
    });
  });
});
