import type { HostReading } from '@shared/snapshot';
import type { TopologyNode } from '@shared/views/topology';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole, type TestConsole } from './testing/console';

const GATE_PORT = 2313;
/** A fault must be on the screen within five seconds; a slow machine gets some more. Milliseconds. */
const SHOWN_WITHIN = 12_000;
const BACK_WITHIN = 45_000;

/** Each fault of a service: what is done, what undoes it, what the console must say. */
const SERVICE_FAULTS = [
  {
    fault: ['kill', 'web', 'apache'],
    undo: ['start', 'web', 'apache'],
    health: 'down',
    code: 'SERVICE_DOWN',
  },
  { fault: ['kill', 'db', 'mysql'], undo: ['start', 'db', 'mysql'], health: 'down', code: 'SERVICE_DOWN' },
  {
    fault: ['kill', 'files', 'samba'],
    undo: ['start', 'files', 'samba'],
    health: 'down',
    code: 'SERVICE_DOWN',
  },
  {
    fault: ['freeze', 'web', 'apache'],
    undo: ['resume', 'web', 'apache'],
    health: 'degraded',
    code: 'SERVICE_FROZEN',
  },
  {
    fault: ['freeze', 'db', 'mysql'],
    undo: ['resume', 'db', 'mysql'],
    health: 'degraded',
    code: 'SERVICE_FROZEN',
  },
  {
    fault: ['freeze', 'files', 'samba'],
    undo: ['resume', 'files', 'samba'],
    health: 'degraded',
    code: 'SERVICE_FROZEN',
  },
] as const;

/** Each way to lose a host. Its service is unknown then, never down. */
const HOST_FAULTS = [
  { fault: ['cut-console', 'db'], finding: 'HOST_UNREACHABLE', errors: ['E_TCP_RESET', 'E_LOST'] },
  {
    fault: ['cut-console', 'db', '--hang'],
    finding: 'HOST_UNREACHABLE',
    errors: ['E_SILENT', 'E_SSH_NO_BANNER', 'E_TCP_TIMEOUT'],
  },
] as const;

describe.each(['mysql', 'mariadb'] as const)('faults as the console shows them, with %s', (engine) => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT, engine });
  });
  beforeEach(async () => {
    desk = await openConsole(lab.estateFile);
    expect((await desk.topology()).nodes.map(({ health }) => health)).toEqual(['up', 'up', 'up']);
  });
  afterEach(async () => {
    await desk.close();
    await lab.mend();
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  const node = async (id: string): Promise<TopologyNode> => {
    const found = (await desk.topology()).nodes.find((one) => one.id === id);
    if (!found) throw new Error(`no node ${id}`);
    return found;
  };
  const findingsOf = async (id: string) =>
    (await desk.topology()).findings.flatMap(({ code, nodes }) => (nodes.includes(id) ? [code] : []));
  const errorOf = (reading: HostReading) => (reading.state === 'unreachable' ? reading.error.code : null);
  const others = async (id: string) =>
    (await desk.topology()).nodes.filter((one) => one.id !== id).map(({ health }) => health);
  const within = (timeout: number) => ({ timeout, interval: 100 });

  it.each(SERVICE_FAULTS)(
    '$fault is shown as $health, and comes back',
    async ({ fault, undo, health, code }) => {
      const [, id] = fault;
      await lab.fault(...fault);
      await expect.poll(async () => (await node(id)).health, within(SHOWN_WITHIN)).toBe(health);
      expect(await findingsOf(id)).toContain(code);
      expect((await desk.reading(id)).state).toBe('answered');
      // Whoever waits for a frozen server may be slow itself; nobody else is down or out of sight.
      for (const other of await others(id)) expect(['up', 'degraded']).toContain(other);
      await lab.fault(...undo);
      await expect.poll(async () => (await node(id)).health, within(BACK_WITHIN)).toBe('up');
      expect(await findingsOf(id)).not.toContain(code);
    },
  );

  it.each(HOST_FAULTS)(
    '$fault leaves the service unknown, and comes back',
    async ({ fault, finding, errors }) => {
      await lab.fault(...fault);
      await expect
        .poll(async () => (await desk.reading('db')).state, within(SHOWN_WITHIN * 2))
        .toBe('unreachable');
      const { health, reason, writable } = await node('db');
      expect({ health, writable }).toEqual({ health: 'unknown', writable: null });
      expect(reason).toBeTruthy();
      expect(errors).toContain(errorOf(await desk.reading('db')));
      expect(await findingsOf('db')).toContain(finding);
      expect(await findingsOf('db')).not.toContain('SERVICE_DOWN');
      expect(await others('db')).toEqual(['up', 'up']);
      const replication = await desk.client.call('replication.get', undefined);
      expect(replication.clusters[0]?.members).toMatchObject([{ role: 'unknown', writable: null }]);
      await lab.fault('heal', 'db');
      await expect.poll(async () => (await node('db')).health, within(BACK_WITHIN)).toBe('up');
    },
  );

  it('a changed host key stops that host alone, and a person can go on after it was put right', async () => {
    await lab.fault('host-key', 'db');
    await lab.fault('cut-console', 'db');
    await expect.poll(async () => (await desk.reading('db')).state, within(SHOWN_WITHIN)).toBe('unreachable');
    await lab.fault('heal', 'db');
    await expect
      .poll(async () => errorOf(await desk.reading('db')), within(BACK_WITHIN))
      .toBe('E_HOSTKEY_CHANGED');
    expect(await findingsOf('db')).toContain('HOSTKEY_CHANGED');
    expect((await node('db')).health).toBe('unknown');
    expect(await others('db')).toEqual(['up', 'up']);
    await lab.fault('host-key', 'db', '--restore');
    await desk.look('db');
    expect((await node('db')).health).toBe('up');
  });

  it('two hosts that lost each other: the link between them is broken, and nobody is called down', async () => {
    const broken = async () => {
      await desk.look(); // sockets are read every 30 s; a look that was asked for reads them now
      return (await desk.topology()).links.flatMap((link) =>
        link.broken ? [`${link.from} ${link.to}`] : [],
      );
    };
    expect(await broken()).toEqual([]);
    await lab.fault('cut', 'web', 'db');
    await expect.poll(broken, { timeout: BACK_WITHIN, interval: 1_000 }).toEqual(['web db']);
    const { nodes, links } = await desk.topology();
    expect(nodes.map(({ health }) => health)).not.toContain('down');
    expect(nodes.find(({ id }) => id === 'db')?.health).toBe('up');
    expect(links.map(({ from, to }) => `${from} ${to}`)).toEqual(['users web', 'web db', 'web files']);
    await lab.fault('heal', 'web');
    await expect.poll(broken, { timeout: BACK_WITHIN, interval: 1_000 }).toEqual([]);
  });

  it('a lost mount is named', async () => {
    await lab.fault('kill', 'web', 'share');
    await lab.exec('web', ['umount', '-l', '/var/www/share'], { allowFailure: true });
    await desk.look();
    expect(await findingsOf('web')).toContain('MOUNT_MISSING');
  });
});
