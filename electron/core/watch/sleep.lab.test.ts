import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { makeHome } from '../ssh/testing/home';
import { haveSshd, type Sshd, startSshd } from '../ssh/testing/sshd';
import { ROOT } from '../testing/command-line';

const ASLEEP_MS = 15_000;
const PERIOD_MS = 3_000;
const HOSTS = ['web', 'db', 'files'];

interface Line {
  event: 'host.changed' | 'watch.woke' | 'looked' | 'refused';
  seq?: number;
  host?: string;
  state?: string;
  code?: string;
  ms?: number;
  /** When the test read it. */
  read: number;
}

describe.skipIf(!haveSshd())('F17: a console that was stopped for 15 s', () => {
  const home = makeHome();
  const lines: Line[] = [];
  let sshd: Sshd;
  let child: ChildProcess;

  beforeAll(async () => {
    sshd = await startSshd(home);
    const out = path.join(home.dir, 'program');
    await build({
      configFile: false,
      logLevel: 'error',
      root: ROOT,
      resolve: { alias: { '@shared': path.join(ROOT, 'shared') } },
      define: { __dirname: 'import.meta.dirname' },
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: path.join(import.meta.dirname, 'testing/watching.ts'),
        target: 'node20',
        outDir: out,
        emptyOutDir: true,
        rollupOptions: { output: { entryFileNames: '[name].mjs' }, external: [/\.node$/, 'cpu-features'] },
      },
    });
    const ssh = {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      identity: `file:${sshd.identity}`,
      hostKeys: [sshd.hostKey],
    };
    const estate = home.file(
      'estate.yaml',
      stringify(
        {
          version: 1,
          estate: 'sleep',
          title: 'Sleep',
          watch: { everySeconds: PERIOD_MS / 1000 },
          sites: [{ id: 'here', title: 'Here' }],
          hosts: HOSTS.map((id) => ({ id, site: 'here', address: '127.0.0.1', ssh })),
          services: [{ id: 'none', kind: 'host', role: 'none' }],
        },
        { aliasDuplicateObjects: false },
      ),
    );
    child = spawn(process.execPath, [path.join(out, 'watching.mjs'), estate], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('no output');
    createInterface({ input: child.stdout }).on('line', (text) =>
      lines.push({ ...JSON.parse(text), read: performance.now() }),
    );
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.stdin?.end();
    await ended;
    await sshd.stop();
    home.remove();
  });

  const until = async (what: () => boolean) => {
    const deadline = performance.now() + 20_000;
    while (!what()) {
      if (performance.now() > deadline) throw new Error(`not seen:\n${JSON.stringify(lines, null, 1)}`);
      await sleep(20);
    }
  };
  const changesOf = (host: string) => lines.filter((line) => line.host === host);
  /** The server's processes, one or two for each connection. */
  const sessions = () => {
    const below = (pids: string[]): string[] =>
      pids.flatMap((pid) => {
        const found = spawnSync('ps', ['-o', 'pid=', '--ppid', pid])
          .stdout.toString()
          .split(/\s+/)
          .filter(Boolean);
        return [...found, ...below(found)];
      });
    return below([`${sshd.pid}`]).map(Number);
  };

  it('says first that all is stale, looks once at each host, and does nothing that was queued', async () => {
    await until(() => HOSTS.every((host) => changesOf(host).length >= 2));
    const frozen = sessions();
    expect(frozen.length).toBeGreaterThanOrEqual(HOSTS.length);
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    child.stdin?.write('look\n');
    await sleep(300);
    child.kill('SIGSTOP');
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
    await sleep(ASLEEP_MS);
    const before = lines.length;
    const woken = performance.now();
    child.kill('SIGCONT');
    await until(() => HOSTS.every((host) => changesOf(host).some((line) => line.read > woken)));
    await until(() => lines.some(({ event }) => event === 'refused'));

    const after = lines.slice(before);
    expect(after[0]).toMatchObject({ event: 'watch.woke', why: 'slept' });
    expect(after[0]?.ms).toBeGreaterThan(ASLEEP_MS - 1_000);
    expect(lines.find(({ event }) => event === 'refused')).toMatchObject({ code: 'E_WOKE_UP' });
    // No limit that passed while nobody waited is taken for a host's silence.
    expect(after.filter(({ event }) => event === 'host.changed').map(({ state }) => state)).not.toContain(
      'unreachable',
    );
    // No burst: each host is looked at once, and again a period later.
    await sleep(PERIOD_MS);
    for (const host of HOSTS) {
      const times = changesOf(host).flatMap(({ read }) => (read > woken ? [read] : []));
      const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(Math.min(...pauses, PERIOD_MS)).toBeGreaterThan(PERIOD_MS / 2);
    }
    // Nothing is missing, nothing is told twice: the window needs no second query.
    const seqs = lines.flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  });
});
