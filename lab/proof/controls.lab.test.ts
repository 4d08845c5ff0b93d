import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../api';
import { buildPrograms, freshBase, type Programs, removeBase, smallLab } from '../test-lab';
import { verdictOf } from './check';
import { CONTROLS } from './controls';
import { presentOn } from './present';
import { startLoad } from './start-load';

const GATE_PORT = 2516;
const [FROM, TO] = ['db-a', 'db-b'] as const;

/** The checker is seen to fail: each switchover here is done wrong in one way that loses writes. */
describe.each(['mysql', 'mariadb'] as const)('the write checker on %s', (engine) => {
  let base: string;
  let lab: Lab;
  let programs: Programs;
  beforeAll(async () => {
    base = await freshBase();
    programs = await buildPrograms();
    lab = await smallLab(base, programs, { estate: 'replication/star', gatePort: GATE_PORT, engine });
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it('finds nothing when nothing happens', async () => {
    const load = await startLoad(lab, { program: programs.load });
    try {
      await load.mark('a');
      const journal = await load.stop();
      const verdict = verdictOf(journal, await presentOn(lab, FROM, load.nodes), load.sum);
      expect(verdict).toMatchObject({ violations: [], overlapMs: 0 });
      expect(journal.attempts.filter(({ result, gtid }) => result === 'ack' && gtid === null)).toEqual([]);
    } finally {
      load.end();
    }
  });

  it.each(CONTROLS.filter(({ engines }) => engines.includes(engine)))('$name', async (control) => {
    await lab.bend('star');
    const load = await startLoad(lab, { program: programs.load, clients: control.clients });
    try {
      await control.run(load, FROM, TO);
      const journal = await load.stop();
      const { violations, overlapMs } = verdictOf(journal, await presentOn(lab, TO, [TO]), load.sum);
      const lost = violations.flatMap((one) => (one.kind === 'lost' ? [one] : []));
      expect(lost.some(({ gtids }) => gtids.length > 0)).toBe(control.loses);
      expect(overlapMs > 0).toBe(control.overlaps);
    } finally {
      load.end();
    }
  });
});
