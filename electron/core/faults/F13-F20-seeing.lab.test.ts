import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findingText } from '@shared/text/finding-text';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, labDown } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';
import { estateVariant } from '../testing/estate-variant';
import { shown } from '../testing/shown';
import { findingsOf, healthOf, watchHealth, within } from './testing/support';

/** F13, F15, F18, F19 and F20 of docs/faults.md: what one desk may conclude from what it sees. */

const GATE_PORT = 2413;
const WELL = ['web up', 'db up', 'files up'];

describe('what one desk may conclude', () => {
  let base: string;
  let lab: Lab;
  const desks: TestConsole[] = [];

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
    await mkdir(path.join(base, 'variants'));
  });
  afterEach(async () => {
    for (const desk of desks.splice(0)) await desk.close();
    await lab.mend();
  });
  afterAll(async () => {
    // By its base: a lab that did not come up whole has to go, too.
    await labDown({ base, purge: true, log: () => {} });
    await removeBase(base);
  });
  const open = async (...how: Parameters<typeof openConsole>) => {
    const desk = await openConsole(...how);
    desks.push(desk);
    return desk;
  };
  const nodes = async (desk: TestConsole) => (await desk.topology()).nodes.map(shown);

  it.each([
    ['by a reset', ['cut-console', 'db']],
    ['by silence', ['cut-console', 'db', '--hang']],
  ])(
    'F13 the desk alone is cut off, %s: it says so, and shows who still talks to the database',
    async (_how, fault) => {
      const desk = await open(lab.estateFile);
      expect(await nodes(desk)).toEqual(WELL);
      const watched = watchHealth(desk, 'db');
      await lab.fault(...fault);
      const cut = Date.now();
      await expect.poll(() => healthOf(desk, 'db'), within(20_000)).toBe('unknown');
      await desk.look('web'); // sockets are read every 30 s; a look that was asked for reads them now
      const { links, findings } = await desk.topology();
      const link = links.find(({ from, to }) => from === 'web' && to === 'db');
      expect(link).toMatchObject({ observed: true, broken: false });
      expect(link?.lastSeen).toBeGreaterThan(cut);
      const finding = findings.find(({ code }) => code === 'HOST_UNREACHABLE');
      expect(finding && findingText(finding, 'en')).toMatchObject({
        title: 'db does not answer. From this desk only.',
        why: expect.stringContaining('unknown, not dead'),
        doNot: expect.stringContaining('Do not conclude'),
      });
      await lab.fault('heal', 'db');
      await expect.poll(() => healthOf(desk, 'db'), within(45_000)).toBe('up');
      expect((await watched.stop()).sort()).toEqual(['unknown', 'up']);
    },
  );

  it('F15 mysqld frozen: it takes connections and greets nobody; called frozen or silent, never down', async () => {
    const desk = await open(lab.estateFile);
    const watched = watchHealth(desk, 'db');
    await lab.fault('freeze', 'db', 'mysql');
    await expect.poll(() => findingsOf(desk, 'db'), within(12_000)).toContain('SERVICE_FROZEN');
    await lab.fault('resume', 'db', 'mysql');
    await expect.poll(() => healthOf(desk, 'db'), within(45_000)).toBe('up');
    expect(await watched.stop()).not.toContain('down');
  });

  it('F15 mysqld frozen where the account sees no process of others: hung, never down', async () => {
    await lab.exec('db', ['mount', '-o', 'remount,hidepid=2', '/proc']);
    try {
      const desk = await open(lab.estateFile);
      expect(await nodes(desk)).toEqual(WELL);
      const watched = watchHealth(desk, 'db');
      await lab.fault('freeze', 'db', 'mysql');
      await expect.poll(() => findingsOf(desk, 'db'), within(30_000)).toContain('SERVICE_SILENT');
      expect((await desk.reading('db')).state).toBe('answered');
      expect(await watched.stop()).not.toContain('down');
    } finally {
      await lab.exec('db', ['mount', '-o', 'remount,hidepid=0', '/proc']);
    }
  });

  it.each([
    ['ahead', 3600, /^\+36\d\d$|^\+35\d\d$/],
    ['behind', -3600, /^−36\d\d$|^−35\d\d$/],
  ])(
    'F18 the clock of a host is an hour %s: the skew is shown, and no age is negative',
    async (_way, by, says) => {
      // The kernel has one clock for all hosts of the lab; what a look reads of it (btime of /proc/stat) is moved.
      const script = `awk -v by="$1" '$1 == "btime" { $2 += by } { print }' /proc/stat >/run/stat && mount --bind /run/stat /proc/stat`;
      await lab.exec('files', ['sh', '-c', script, 'sh', String(by)]);
      try {
        const desk = await open(lab.estateFile);
        expect(await nodes(desk)).toEqual(WELL);
        const { findings } = await desk.topology();
        const skew = findings.filter(({ code }) => code === 'CLOCK_SKEW');
        expect(skew.map(({ params }) => params?.host)).toEqual(['files']);
        expect(skew[0]?.params?.seconds).toMatch(says);
        const { takenAt, hosts } = await desk.snapshot();
        for (const reading of Object.values(hosts)) {
          if (reading.state !== 'answered') throw new Error(reading.state);
          const facts = [
            reading.answer.facts,
            ...Object.values(reading.answer.services).map((one) => one.facts),
          ];
          for (const fact of facts.flatMap((some) => Object.values(some)))
            expect(takenAt - fact.at).toBeGreaterThanOrEqual(0);
        }
      } finally {
        await lab.exec('files', ['umount', '/proc/stat']);
      }
    },
  );

  it('F19 two names for one server: both are seen, and nothing that is counted is counted twice without a word', async () => {
    const file = await estateVariant(lab.estateFile, path.join(base, 'variants'), 'two-names', (estate) => {
      const db = estate.hosts.find(({ id }) => id === 'db');
      const mysql = estate.services.find(({ sql }) => sql !== undefined);
      if (!db || !mysql) throw new Error('no db');
      estate.hosts.push({ ...structuredClone(db), id: 'db-again' });
      estate.services.push({
        ...structuredClone(mysql),
        id: 'db-again',
        hosts: ['db-again'],
      } as typeof mysql);
    });
    const desk = await open(file);
    expect(await nodes(desk)).toEqual([...WELL, 'db-again up']);
    const { hosts } = await desk.snapshot();
    const identity = ['db', 'db-again'].map((id) => {
      const reading = hosts[id];
      if (reading?.state !== 'answered') throw new Error(`${id} did not answer`);
      const { hostKey, facts, services } = reading.answer;
      return [hostKey.fingerprint, facts['host.boot']?.value, services[id]?.facts['mysql.uuid']?.value];
    });
    expect(identity[0]).toEqual(identity[1]);
    expect(identity[0]?.every((value) => typeof value === 'string' && value !== '')).toBe(true);
    for (const id of ['db', 'db-again']) expect(await findingsOf(desk, id)).toContain('SAME_SERVER_TWICE');
  });

  it('F20 two consoles on one estate and one home: both see all, neither spoils what the other keeps', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'patronus-two-'));
    try {
      const [one, two] = await Promise.all([open(lab.estateFile, { home }), open(lab.estateFile, { home })]);
      for (let round = 0; round < 5; round += 1) {
        await Promise.all([one.look(), two.look()]);
        await sleep(500);
      }
      expect([await nodes(one), await nodes(two)]).toEqual([WELL, WELL]);
      await lab.fault('kill', 'files', 'samba');
      for (const desk of [one, two])
        await expect.poll(() => healthOf(desk, 'files'), within(12_000)).toBe('down');
      await lab.fault('start', 'files', 'samba');
      for (const desk of desks.splice(0)) await desk.close();
      // What they kept is whole, and a third one goes on with it.
      for (const name of await readdir(home, { recursive: true })) {
        const text = name.endsWith('.json') ? await readFile(path.join(home, name), 'utf8') : '{}';
        expect(() => JSON.parse(text), name).not.toThrow();
      }
      const third = await open(lab.estateFile, { home });
      expect(third.opened.state).toBe('open');
      await expect.poll(() => nodes(third), within(45_000)).toEqual(WELL);
    } finally {
      for (const desk of desks.splice(0)) await desk.close();
      await rm(home, { recursive: true, force: true });
    }
  });
});
