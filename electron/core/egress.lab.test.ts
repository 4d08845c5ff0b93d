import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Topology } from '@shared/views/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nullJournal } from './journal/null-journal';
import { openEstate } from './open-estate';
import { nodeClock, personPaths, refusingAsk, stderrLog } from './ports-node';
import { createKeeper } from './secrets/keeper';
import { noKeyring } from './secrets/keyring';
import { builtCommandLine, ROOT, runProgram } from './testing/command-line';

const hasStrace = spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0;

/** In a network namespace with nothing but loopback: were the guard broken, still nothing could leave. */
const CUT_OFF = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/** An estate whose hosts lie where no test may go: an address, a name, and one behind the other. */
const ESTATE = `version: 1
estate: elsewhere
title: Elsewhere
sites: [{ id: site, title: Site }]
hosts:
  - { id: address, site: site, address: 10.0.20.2, ssh: { user: nobody } }
  - { id: name, site: site, address: 10.0.20.3, ssh: { host: db.example.invalid, user: nobody } }
  - { id: behind, site: site, address: 10.0.20.4, ssh: { jump: address, user: nobody } }
  - { id: six, site: site, address: 10.0.20.5, ssh: { host: "::ffff:10.0.20.5", user: nobody } }
services:
  - id: db
    kind: mysql
    role: database
    hosts: [address]
    port: 3306
    sql: { via: tls, host: 10.0.20.2, serverName: db.example.invalid, credentials: { read: { user: monitor, secret: "env:NOTHING" } } }
`;

describe('under the loopback policy no socket leaves 127.0.0.0/8', () => {
  let home: string;
  let file: string;
  let program: string;

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'patronus-egress-'));
    file = path.join(home, 'elsewhere.yaml');
    await writeFile(file, ESTATE);
    program = builtCommandLine();
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it('the core refuses each address and name before a socket exists, and notes it', async () => {
    const paths = { ...personPaths({}, home), dataDir: path.join(home, 'data') };
    const opened = await openEstate({
      file,
      ports: { clock: nodeClock, log: stderrLog('silent'), ask: refusingAsk, paths, journal: nullJournal },
      egress: 'loopback',
      bundledEstatesDir: path.join(home, 'estates'),
      keeper: createKeeper({
        dir: path.join(home, 'secrets'),
        clock: nodeClock,
        keyring: noKeyring('command-line'),
        idleMinutes: async () => 15,
      }),
      onChange: () => {},
      onWoke: () => {},
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const { watcher, dialer, dispose } = opened.value;
    await watcher.start();
    const { hosts } = watcher.snapshot().snapshot;
    for (const reading of Object.values(hosts)) {
      expect(reading).toMatchObject({ state: 'unreachable', error: { code: 'E_EGRESS', stage: 'egress' } });
    }
    const attempts = dialer.connections();
    expect(attempts.map(({ host }) => host).sort()).toEqual(
      expect.arrayContaining(['10.0.20.2', '::ffff:10.0.20.5', 'db.example.invalid']),
    );
    expect(attempts.map(({ allowed, address }) => ({ allowed, address }))).toEqual(
      attempts.map(() => ({ allowed: false, address: null })),
    );
    await dispose();
  });

  const environment = (egress: string) => ({ PATH: process.env.PATH, HOME: home, PATRONUS_EGRESS: egress });
  /** Every socket of an internet family that the process made, and where it was to go, as the kernel was asked. */
  async function internetCalls(words: readonly string[], egress: string) {
    const log = path.join(home, 'calls');
    const strace = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=socket,connect,sendto,sendmsg'];
    const ended = await runProgram([...CUT_OFF, ...strace, process.execPath, program, ...words], {
      env: environment(egress),
      cwd: home,
    });
    const calls = (await readFile(log, 'utf8')).split('\n');
    return { ...ended, calls: calls.filter((line) => /\bAF_INET6?\b/.test(line)) };
  }

  it.skipIf(!hasStrace)('the command line makes no internet socket at all for it (strace)', async () => {
    const { code, stdout, calls } = await internetCalls(['topology', '--estate', file, '--json'], 'loopback');
    expect(code).toBe(4);
    expect(Topology.parse(JSON.parse(stdout)).hosts.map(({ error }) => error)).toEqual(
      Array(4).fill('E_EGRESS'),
    );
    expect(calls).toEqual([]);
  });

  it.skipIf(!hasStrace)('nor for a bundled estate, whatever the environment allows (strace)', async () => {
    const bundled = path.join(ROOT, 'estates/patronus.yaml');
    const { code, calls } = await internetCalls(['topology', '--estate', bundled, '--json'], 'estate');
    expect({ code, calls }).toEqual({ code: 4, calls: [] });
  });

  it.skipIf(!hasStrace).each(['check', 'plan'])(
    '%s makes none under any policy (strace)',
    async (command) => {
      const { code, calls } = await internetCalls([command, '--estate', file], 'estate');
      expect([command, [0, 4].includes(code), calls]).toEqual([command, true, []]);
    },
  );

  it.skipIf(!hasStrace)('and the trace does see a socket where there is one', async () => {
    const own = path.join(home, 'loopback.yaml');
    await writeFile(
      own,
      ESTATE.replace('ssh: { user: nobody }', 'ssh: { host: 127.0.0.1, port: 1, user: nobody }'),
    );
    const { calls } = await internetCalls(['topology', '--estate', own, '--json'], 'loopback');
    expect(calls.some((line) => line.includes('connect(') && line.includes('127.0.0.1'))).toBe(true);
    expect(calls.filter((line) => line.includes('connect(') && !/inet_addr\("127\./.test(line))).toEqual([]);
  });
});
