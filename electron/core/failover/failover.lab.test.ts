import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { aloneInMariadb, aloneInMysql, crash } from '../../../lab/proof/lossy-crash';
import { namedGtids } from '../../../lab/proof/named-gtids';
import { attachedTo } from '../../../lab/proof/present';
import { type Hands, handsOn, until } from '../../../lab/replication/hands';
import type { Node } from '../../../lab/replication/scenario';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';
import { begin, failoverPlan, planFailover, settled, troubles, waitingAt } from '../testing/failover-desk';
import { armed } from '../testing/product-switchover';

const LONG = 300_000;
const PATIENCE_MS = 120_000;
const OLD: Node = 'db-a';

describe.each([
  ['mysql', 2580],
  ['mariadb', 2581],
] as const)('an emergency failover on %s', { timeout: LONG }, (engine, gatePort) => {
  let base: string;
  let lab: Lab;
  let hands: Hands;
  let desk: TestConsole;
  const isMysql = engine === 'mysql';

  beforeAll(async () => {
    base = await freshBase();
    const options = { estate: 'replication/star', gatePort, engine };
    lab = await smallLab(base, await buildPrograms(), options);
    hands = handsOn(lab.raw);
  }, LONG);
  beforeEach(async () => {
    desk = await openConsole(lab.estateFile);
  }, LONG);
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  }, LONG);
  afterEach(async () => {
    // Nobody looks while the servers are put right: the lab's MySQL has little room for the tables of a statement.
    await desk.close();
    for (const node of ['db-a', 'db-b', 'db-c'] as const) await hands.fault('heal', node);
    await hands.enabled(OLD);
    // One that was never stopped is told to go on.
    await hands.fault('resume', OLD, 'mysql').catch(() => undefined);
    await lab.exec(OLD, [`/opt/lab/${engine}.sh`, 'start']);
    await lab.bend('star');
  }, LONG);

  const done = async (run: string) => {
    const view = await settled(desk, run);
    expect(troubles(view)).toEqual([]);
    expect(view.state.status).toBe('done');
    return view;
  };
  const isOpen = async (node: Node) => (await hands.sql(node, 'SELECT @@read_only;')).trim() === '0';
  const count = async (node: Node) =>
    Number((await hands.sql(node, 'SELECT COUNT(*) FROM patronus.alone;')).trim());
  const write = (rows: number) =>
    hands.sql(
      OLD,
      Array.from({ length: rows }, () => "INSERT INTO patronus.alone (text) VALUES ('x');").join('\n'),
    );
  const table = async () => {
    await hands.sql(
      OLD,
      'CREATE TABLE IF NOT EXISTS patronus.alone (id INT PRIMARY KEY AUTO_INCREMENT, text TEXT); TRUNCATE TABLE patronus.alone;',
    );
    await until('db-b has the table', async () => (await count('db-b').catch(() => -1)) === 0);
    await until('db-c has the table', async () => (await count('db-c').catch(() => -1)) === 0);
  };

  /**
   * As a person does it: looks until it is seen to be gone, and types the words where a link that was cut in the middle, or a
   * server that is frozen, still looks well to others.
   */
  const planned = async (to: string | null = null) => {
    for (const until = Date.now() + PATIENCE_MS; ; ) {
      const { look, made } = await planFailover(desk, { to });
      if (made.state === 'ready') return { look, hash: made.hash, plan: made.plan };
      const words = made.reasons.flatMap(({ code, override }) =>
        override === null ? [] : [{ code, typed: override }],
      );
      if (words.length === made.reasons.length) return failoverPlan(desk, { to, overrides: words });
      if (Date.now() > until) throw new Error(made.reasons.map(({ code }) => code).join(', '));
    }
  };

  it('of a primary that was killed: fenced, another takes over, what was stated is what is lost', async () => {
    await crash(lab, { cut: ['db-b', 'db-c'], aloneMs: 250, cutConsole: false });
    const chosen = await planned();
    const { look, plan } = chosen;
    expect(look.loss?.kind).toBe('exact');
    expect(plan.title.code).toBe('TITLE_EXACT');
    await done(await begin(desk, chosen));
    const to = look.against === 'db-b' ? 'db-b' : 'db-c';
    const other = to === 'db-b' ? 'db-c' : 'db-b';
    expect(await isOpen(to)).toBe(true);
    expect(await attachedTo(hands, other, to)).toBe(true);
    expect((await hands.channels(to)).length).toBe(0);
    // It cannot come back by itself; when a person starts it, it holds what was told and nothing else.
    const boot = await lab.exec(OLD, ['/opt/lab/service.sh', engine, 'boot']);
    expect(boot.stdout.trim()).toBe('disabled');
    await hands.enabled(OLD);
    const truth = await heldAlone(to);
    const stated = namedGtids(look.loss?.kind === 'exact' ? look.loss.gtids : '');
    expect(stated.size).toBeGreaterThan(0);
    expect([...stated].sort()).toEqual([...truth].sort());
  });

  /** What the old primary alone holds. The new one has forgotten its channel by now, but not how far it came by it. */
  const heldAlone = async (node: Node): Promise<ReadonlySet<string>> => {
    const position = isMysql ? "REPLACE(@@gtid_executed, '\\n', '')" : '@@gtid_slave_pos';
    const reached = (await hands.sql(node, `SELECT ${position};`)).trim().replaceAll('\\n', '');
    await hands.fault('start', OLD, 'mysql');
    return isMysql ? aloneInMysql(hands, reached) : aloneInMariadb(lab, reached);
  };

  it('loses none of 100 transactions that the new primary has received and not applied', async () => {
    await table();
    await hands.sql('db-b', isMysql ? 'STOP REPLICA SQL_THREAD;' : 'STOP SLAVE SQL_THREAD;');
    await hands.fault('cut', OLD, 'db-c');
    await write(100);
    await until('db-b has received them', async () => received());
    expect(await count('db-b')).toBe(0);
    await hands.fault('kill', OLD, 'mysql');
    const chosen = await planned('db-b');
    // Besides the application of the lab, which writes all the time.
    expect(Number(chosen.look.ranked.find(({ node }) => node === 'db-b')?.toApply)).toBeGreaterThanOrEqual(
      100,
    );
    expect(chosen.plan.title.code).toBe('TITLE_NOTHING');
    expect(chosen.plan.steps.map(({ id }) => id)).toContain('start-applier');
    await done(await begin(desk, chosen));
    expect(await count('db-b')).toBe(100);
    await until('db-c has them too', async () => (await count('db-c')) === 100);
  });

  const received = async (): Promise<boolean> => {
    const position = (
      await hands.sql(OLD, isMysql ? 'SELECT @@gtid_executed;' : 'SELECT @@gtid_binlog_pos;')
    ).trim();
    if (!isMysql) return (await hands.channels('db-b'))[0]?.Gtid_IO_Pos === position;
    const ask = `SELECT GTID_SUBSET('${position.replaceAll('\\n', '')}', CONCAT(@@gtid_executed, ',', (SELECT GROUP_CONCAT(RECEIVED_TRANSACTION_SET) FROM performance_schema.replication_connection_status)));`;
    return (await hands.sql('db-b', ask)).trim() === '1';
  };

  it('stops a primary that hangs before anybody takes over', async () => {
    await hands.fault('freeze', OLD, 'mysql');
    const chosen = await planned();
    expect(chosen.look.old).toMatchObject({ process: 'runs', answers: false });
    const view = await done(await begin(desk, chosen));
    const steps = view.state.steps;
    expect(steps['fence-stop']).toMatchObject({ state: 'done' });
    expect(steps.isolated).toMatchObject({ state: 'done', by: 'checks' });
    expect(steps.open?.startedAt ?? 0).toBeGreaterThan(
      steps['fence-stop']?.endedAt ?? Number.POSITIVE_INFINITY,
    );
    expect((await lab.exec(OLD, ['/opt/lab/service.sh', engine, 'state'])).stdout.trim()).toBe('inactive');
  });

  it('asks a person whether a primary that cannot be reached is isolated, by its name', async () => {
    await hands.fault('cut', OLD);
    await hands.fault('cut-console', OLD);
    const chosen = await planned();
    expect(['TITLE_UNKNOWN', 'TITLE_AT_LEAST']).toContain(chosen.plan.title.code);
    expect(chosen.plan.steps.some(({ id }) => id === 'fence-stop')).toBe(false);
    const run = await begin(desk, chosen);
    expect(waitingAt(await settled(desk, run))).toEqual(['isolated']);
    const { runs } = armed(desk);
    for (const typed of [undefined, 'db-b'])
      await expect(runs.decide(run, 'isolated', 'go', typed)).rejects.toMatchObject({
        error: { code: 'E_RUN_NAME' },
      });
    expect(await isOpen('db-b')).toBe(false);
    await runs.decide(run, 'isolated', 'go', 'DB-A ');
    await done(run);
  });

  it('asks anew when more is lost than was consented to, and leaves all as it was when the answer is no', async () => {
    await crash(lab, { cut: ['db-b', 'db-c'], aloneMs: 100, cutConsole: false });
    const chosen = await planned();
    // It comes back for a moment, alone, and somebody writes.
    await hands.fault('start', OLD, 'mysql');
    await hands.sql(OLD, isMysql ? 'SET GLOBAL super_read_only=0, read_only=0;' : 'SET GLOBAL read_only=0;');
    await write(7);
    await hands.fault('kill', OLD, 'mysql');
    const run = await begin(desk, chosen);
    const view = await settled(desk, run);
    expect(waitingAt(view)).toEqual(['no-more-lost']);
    const { loss } = chosen.look;
    const before = loss?.kind === 'exact' ? Number(loss.transactions) : Number.NaN;
    const [, told, now] =
      /^(\d+) → (\d+): /.exec(view.state.steps['no-more-lost']?.evidence.loss ?? '') ?? [];
    expect(Number(told)).toBe(before);
    // Seven at least: the lab's own application may have found it open, too.
    expect(Number(now)).toBeGreaterThanOrEqual(before + 7);
    const kept = path.join(desk.home, 'data', 'salvage', chosen.look.id, `${OLD}.after-fence.binlog`);
    expect((await stat(kept)).size).toBeGreaterThan(100);
    const { runs } = armed(desk);
    await runs.decide(run, 'no-more-lost', 'no-go');
    expect((await runs.ended(run)).status).toBe('undone');
    expect(await isOpen('db-b')).toBe(false);
    for (const node of ['db-b', 'db-c'] as const) {
      const [channel] = await hands.channels(node);
      expect(channel).toMatchObject({ Source_Host: hands.address(OLD), Replica_SQL_Running: 'Yes' });
      expect(channel?.Replica_IO_Running).not.toBe('No');
    }
  });

  it('is not planned while the primary answers', async () => {
    const { made } = await planFailover(desk);
    expect(made).toMatchObject({
      state: 'refused',
      reasons: [{ code: 'REFUSED_FAILOVER_ANSWERS', override: null }],
    });
  });
});
