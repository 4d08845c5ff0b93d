import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RejoinWay } from '@shared/rejoin/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { startServices } from '../../../lab/engine/services';
import { afterFailover, OLD } from '../../../lab/proof/old-primary';
import { dialectOf } from '../../../lab/replication/dialect';
import type { Hands } from '../../../lab/replication/hands';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';
import { armed } from '../testing/product-switchover';
import { buildConsole } from './testing/build-console.lab-kit';
import { startConsole } from './testing/console-process';

const LONG = 600_000;
const CLUSTER = 'data';

describe.each([
  ['mysql', 2585],
  ['mariadb', 2586],
] as const)('an old primary of %s that is kept apart', { timeout: LONG }, (engine, gatePort) => {
  let base: string;
  let folder: string;
  let program: string;
  let lab: Lab;
  let desk: TestConsole;
  let hands: Hands;
  const isMysql = engine === 'mysql';
  const { signal } = new AbortController();

  beforeAll(async () => {
    base = await freshBase();
    folder = await mkdtemp(path.join(tmpdir(), 'patronus-quarantine-'));
    program = await buildConsole(`quarantine-${engine}`);
    lab = await smallLab(base, await buildPrograms(), { estate: 'replication/star', gatePort, engine });
  }, LONG);
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
    await rm(folder, { recursive: true, force: true });
  }, LONG);
  beforeEach(async () => {
    await lab.exec(OLD, ['/opt/lab/service.sh', engine, 'enable']);
    hands = await afterFailover(lab, {
      alone: "INSERT INTO patronus.account VALUES (910000 + FLOOR(RAND() * 80000), 'alone', 1.00);",
    });
    desk = await openConsole(lab.estateFile);
  }, LONG);
  afterEach(() => desk?.close());

  const plan = async (way: RejoinWay) => {
    const { look, made } = await armed(desk).planRejoin(
      { cluster: CLUSTER, server: OLD, way, overrides: [] },
      signal,
    );
    const codes = made.state === 'refused' ? made.reasons.map(({ code }) => code) : [];
    return { look, made, codes };
  };
  const keepApart = async () => {
    const acting = armed(desk);
    const { look, made, codes } = await plan('quarantine');
    if (made.state === 'refused') throw new Error(codes.join(', '));
    const id = await acting.start(made.hash, OLD);
    return { look, state: await acting.runs.ended(id) };
  };
  const serviceSays = async (word: 'state' | 'boot') =>
    (
      await lab.exec(OLD, ['runuser', '-u', 'patronus-act', '--', '/opt/lab/service.sh', engine, word])
    ).stdout.trim();
  const closedNow = async () =>
    (await hands.sql(OLD, isMysql ? 'SELECT @@super_read_only, @@read_only' : 'SELECT @@read_only')).trim();
  const eventsOf = () =>
    hands.sql(OLD, "SELECT EVENT_NAME, STATUS FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'");

  it('is closed, stopped, and comes up closed and alone whoever starts it; what it holds alone is saved', async () => {
    // Open, with an event that runs, and with files that would bring it up open.
    await hands.sql(OLD, dialectOf(engine).open);
    const { look, state } = await keepApart();
    expect(state.status, JSON.stringify(state.steps)).toBe('done');
    expect(look.history).toMatchObject({ kind: 'ahead', transactions: '1', decoded: { salvageError: null } });
    expect(look.history).toHaveProperty('decoded.salvage.file');
    expect([await serviceSays('state'), await serviceSays('boot')]).toEqual(['inactive', 'disabled']);
    await startServices(lab.raw);
    expect(await serviceSays('state')).toBe('inactive');
    await lab.exec(OLD, [`/opt/lab/${engine}.sh`, 'start']);
    expect(await closedNow()).toBe(isMysql ? '1\t1' : '1');
    expect(await hands.channels(OLD)).toEqual([]);
    // super_read_only keeps events from writing, and from being changed.
    if (!isMysql) expect(await eventsOf()).toBe('');
  });

  it('comes back as it was, closed, when a console that did not begin it takes it back', async () => {
    const events = await eventsOf();
    const { made, codes } = await plan('quarantine');
    if (made.state === 'refused') throw new Error(codes.join(', '));
    const console = await startConsole(program, {
      ...{ estateFile: lab.estateFile, plan: made.plan, folder },
      kill: { step: 'stop', point: 'after-proof', phase: 'apply' },
    });
    expect(await console.ended).toBe('SIGKILL');
    // No SQL answers there any more.
    expect(await serviceSays('state')).toBe('inactive');
    const next = await openConsole(lab.estateFile, { home: console.home });
    try {
      const { runs } = armed(next);
      const [open] = await runs.list();
      if (!open) throw new Error('the run is not known any more');
      await runs.undo(open.id);
      const state = await runs.ended(open.id);
      expect(state.status, JSON.stringify(state.steps)).toBe('undone');
    } finally {
      await next.close();
    }
    expect([await serviceSays('state'), await serviceSays('boot')]).toEqual(['active', 'enabled']);
    expect(await closedNow()).toBe(isMysql ? '1\t1' : '1');
    expect(await eventsOf()).toBe(events);
  });

  it('is not attached, and on MySQL nothing is taken back: each says why', async () => {
    expect((await plan('attach')).codes).toEqual(['REFUSED_REJOIN_AHEAD']);
    const { look, codes } = await plan('flashback');
    expect(codes).toEqual(isMysql ? ['REFUSED_REJOIN_FLASHBACK_MYSQL'] : []);
    expect(look.history).toMatchObject({
      decoded: { tables: [{ schema: 'patronus', table: 'account', inserts: 1, updates: 0, deletes: 0 }] },
    });
  });
});
