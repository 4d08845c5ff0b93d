import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';

const GATE_PORT = 2330;
/** The goal is five seconds; a machine that runs other tests beside this one gets some more. Milliseconds. */
const SHOWN_WITHIN = 10_000;
/** A conversation that waited goes on at the kernel's next attempt, half a minute later at most. */
const FOUND_AGAIN_WITHIN = 40_000;

describe('silence, told apart', () => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
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

  const stateOf = async (host: string) => (await desk.reading(host)).state;

  it('a host that nothing comes from is out of sight before a new connection was tried in vain', async () => {
    await lab.fault('cut-console', 'db', '--hang');
    await expect.poll(() => stateOf('db'), { timeout: SHOWN_WITHIN, interval: 50 }).toBe('unreachable');
    const reading = await desk.reading('db');
    expect(reading).toMatchObject({ error: { code: 'E_SILENT', host: 'db', params: { seconds: '3' } } });
    expect(await stateOf('web')).toBe('answered');
  });

  it('a host that is only slow is not out of sight, and no command waits behind another', async () => {
    const shells = async (signal: string) =>
      lab.exec('db', ['pkill', `-${signal}`, '-u', 'patronus-watch', '-x', 'sh']);
    await shells('STOP');
    const last = async () => {
      const reading = await desk.reading('db');
      return reading.state === 'answered' ? reading.answer.facts['host.uptime']?.value : reading.state;
    };
    const before = await last();
    // Longer than silence lasts before it is told; SQL answers meanwhile, and so does sshd.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await last()).toBe(before);
    await shells('CONT');
    await expect.poll(last, { timeout: SHOWN_WITHIN }).not.toBe(before);
    expect(await stateOf('db')).toBe('answered');
  });

  it('two hosts that lost each other are shown soon, and so is that they found each other again', async () => {
    const broken = async () =>
      (await desk.topology()).links.flatMap((link) => (link.broken ? [`${link.from} ${link.to}`] : []));
    await lab.fault('cut', 'web', 'db');
    await expect.poll(broken, { timeout: SHOWN_WITHIN, interval: 100 }).toEqual(['web db']);
    await lab.fault('heal', 'web');
    await expect.poll(broken, { timeout: FOUND_AGAIN_WITHIN, interval: 100 }).toEqual([]);
  });
});
