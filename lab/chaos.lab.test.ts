import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labDown, labOpen, pathsOf } from './api';
import { endNow, markedProcesses } from './engine/process-table';
import {
  buildPrograms,
  freshBase,
  leftovers,
  livingNamespaces,
  namespacesOf,
  type Programs,
  page,
  reaches,
  removeBase,
  smallLab,
  ssh,
  TEST_GATE_PORT,
} from './test-lab';

/**
 * kill -9 of `up` at moments spread over a cold start: the next `up` repairs whatever was left.
 * A long soak: LAB_CHAOS_KILLS=200 npx vitest run --project lab lab/chaos
 */
const KILLS = Number(process.env.LAB_CHAOS_KILLS ?? 6);
/** A cold start of the small lab lasts about this long. Milliseconds. */
const COLD = 5000;
const SMALL = [
  '--db-size',
  '2MB',
  '--files-size',
  '1MB',
  '--files',
  '100',
  '--gate-port',
  String(TEST_GATE_PORT),
];

describe('chaos', () => {
  let base: string;
  let programs: Programs;

  beforeAll(async () => {
    base = await freshBase();
    programs = await buildPrograms();
  });
  afterAll(async () => {
    await labDown({ base, purge: true, log: () => {} });
    await removeBase(base);
  });

  /** Everything reaches everything, the page answers, the gates open. */
  const whole = async () => {
    const lab = await labOpen({ base, log: () => {} });
    expect((await lab.status()).up).toBe(true);
    expect((await page(lab)).status).toBe(200);
    for (const from of ['web', 'db', 'files']) {
      for (const to of ['10.0.10.1', '10.0.20.1', '10.0.20.2'])
        expect([from, to, await reaches(lab, from, to, 22)]).toEqual([from, to, true]);
    }
    for (const gate of ['127.0.10.1', '127.0.20.1', '127.0.20.2'])
      expect((await ssh(lab, gate, 'true')).status).toBe(0);
    const pids = markedProcesses(pathsOf(base))
      .map(({ name }) => name)
      .filter((name) => name !== 'session')
      .sort();
    expect(pids).toEqual([
      'db',
      'db',
      'files',
      'files',
      'gate',
      'switch',
      'switch',
      'users',
      'users',
      'web',
      'web',
    ]);
  };

  const gone = async () => {
    const namespaces = namespacesOf(pathsOf(base));
    await labDown({ base, log: () => {} });
    expect(await leftovers(base)).toEqual([]);
    expect(livingNamespaces(namespaces)).toEqual([]);
  };

  const moments = Array.from(
    { length: KILLS },
    (_, i) => [Math.round(((i + 0.5) * COLD) / KILLS), i % 2 === 1] as const,
  );
  it.each(moments)(
    'up killed after %i ms (down in between: %s): the next up repairs',
    async (ms, downBetween) => {
      await labDown({ base, purge: true, log: () => {} });
      const up = spawn(process.execPath, [programs.cli, 'up', '--base', base, ...SMALL], {
        detached: true,
        stdio: 'ignore',
      });
      const ended = once(up, 'exit');
      await sleep(ms);
      // the starter and everything in its process group, at once
      if (up.pid !== undefined && up.exitCode === null) process.kill(-up.pid, 'SIGKILL');
      await ended;
      if (downBetween) await gone();
      await smallLab(base, programs);
      await whole();
    },
  );

  it('power loss: every process killed at once, data kept', async () => {
    const lab = await smallLab(base, programs);
    const orders = () =>
      lab.exec('db', ['/opt/lab/mysql.sh', 'sql', '-N', '-e', 'SELECT COUNT(*) FROM patronus.orders']);
    const before = (await orders()).stdout;
    await endNow(markedProcesses(lab.raw.paths).map(({ pid }) => pid));
    await lab.mend();
    await whole();
    expect((await orders()).stdout).toBe(before);
  });

  it('down leaves no process, no mount, no namespace', gone);
});
