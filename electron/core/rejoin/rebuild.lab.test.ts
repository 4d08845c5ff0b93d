import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunPlan } from '@shared/runbook/plan';
import { problemsOf } from '@shared/runbook/validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { afterFailover, checksums, NEXT, OLD, REPLICA } from '../../../lab/proof/old-primary';
import { attachedTo } from '../../../lab/proof/present';
import { type Hands, until } from '../../../lab/replication/hands';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';
import { armed } from '../testing/product-switchover';
import { buildConsole } from './testing/build-console.lab-kit';
import { startConsole } from './testing/console-process';

const LONG = 600_000;
const TABLES = ['account', 'note', 'ledger', 'heartbeat', 'own'].map((table) => `patronus.${table}`);
const BESIDE = '/var/lib/mysql-patronus';

/** A small file system over the folder in which the data lies, with the same data folder in it. */
const FILL = `mkdir -p /run/under && mount --bind /var/lib /run/under && mount -t tmpfs -o size=8m,mode=755 tmpfs /var/lib &&
mkdir /var/lib/mysql && mount --bind /run/under/mysql /var/lib/mysql`;

const BEFORE = 'CREATE TABLE IF NOT EXISTS patronus.own (a INT PRIMARY KEY, b TEXT) ENGINE=InnoDB;';
/** Rows, and a table: what no flashback could take back. */
const ALONE = `REPLACE INTO patronus.own VALUES (1, 'alone'), (2, 'l''été 😀');
DELETE FROM patronus.account WHERE id < 3;
CREATE TABLE IF NOT EXISTS patronus.alone (a INT PRIMARY KEY) ENGINE=InnoDB; REPLACE INTO patronus.alone VALUES (1);`;
const SINCE = "INSERT INTO patronus.own VALUES (1, 'of the new one') ON DUPLICATE KEY UPDATE b = VALUES(b);";

describe.each([
  ['mysql', 2588],
  ['mariadb', 2589],
] as const)('an old primary of %s whose data is replaced', { timeout: LONG }, (engine, gatePort) => {
  const isMysql = engine === 'mysql';
  let base: string;
  let folder: string;
  let lab: Lab;
  let desk: TestConsole;
  let program: string;

  beforeAll(async () => {
    base = await freshBase();
    program = await buildConsole(`rebuild-${engine}`);
    folder = await mkdtemp(path.join(tmpdir(), 'patronus-rebuild-'));
    lab = await smallLab(base, await buildPrograms(), { estate: 'replication/star', gatePort, engine });
    desk = await openConsole(lab.estateFile);
  }, LONG);
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
    await rm(folder, { recursive: true, force: true });
  }, LONG);

  const { signal } = new AbortController();
  const ask = () =>
    armed(desk).planRejoin({ cluster: 'data', server: OLD, way: 'rebuild', overrides: [] }, signal);
  const planned = async () => {
    const { made } = await ask();
    if (made.state === 'refused')
      throw new Error(made.reasons.map(({ code, params }) => `${code} ${JSON.stringify(params)}`).join(', '));
    expect(problemsOf(made.plan)).toEqual([]);
    return made;
  };
  const run = async () => {
    const acting = armed(desk);
    const { hash, plan } = await planned();
    const id = await acting.start(hash, plan.confirm);
    return { id, plan, state: await acting.runs.ended(id) };
  };
  const ended = (state: Awaited<ReturnType<typeof run>>['state'], plan: RunPlan) =>
    expect(
      plan.steps.map(({ id }) => [id, state.steps[id]?.state, state.steps[id]?.error?.message ?? null]),
    ).toEqual(plan.steps.map(({ id }) => [id, 'done', null]));
  const beside = async () =>
    (await lab.exec(OLD, ['sh', '-c', `ls -1 ${BESIDE} 2>/dev/null || echo none`])).stdout.trim();
  /** As on a host on which nobody was ever rebuilt. */
  const fresh = async () => {
    await lab.exec(OLD, ['rm', '-rf', BESIDE]);
    // A console that looks while all sessions are ended makes MySQL lose the next statement's own temporary table (1146, #sql…).
    await desk.close();
    const hands = await afterFailover(lab, { before: BEFORE, alone: ALONE, since: SINCE });
    desk = await openConsole(lab.estateFile);
    return hands;
  };
  const isReplica = async (hands: Hands) => {
    expect(await attachedTo(hands, OLD, NEXT)).toBe(true);
    await hands.logged(NEXT, "REPLACE INTO patronus.own VALUES (99, 'since');");
    await until(
      'db-a has what was written since',
      async () => (await hands.sql(OLD, 'SELECT COUNT(*) FROM patronus.own WHERE a = 99')).trim() === '1',
    );
    expect(await checksums(hands, OLD, TABLES)).toBe(await checksums(hands, NEXT, TABLES));
    expect((await hands.sql(OLD, "SHOW TABLES FROM patronus LIKE 'alone'")).trim()).toBe('');
    const closed = isMysql ? '@@super_read_only' : '@@read_only';
    expect((await hands.sql(OLD, `SELECT ${closed}`)).trim()).toBe('1');
  };

  it('holds what the primary holds, follows, is proved by a restart, and its old data lies beside', async () => {
    const hands = await fresh();
    expect(await checksums(hands, OLD, TABLES)).not.toBe(await checksums(hands, NEXT, TABLES));
    const uuid = isMysql ? await hands.sql(OLD, 'SELECT @@server_uuid') : null;
    const { plan, state } = await run();
    ended(state, plan);
    expect(plan.warnings.map(({ code }) => code)).toContain('WARN_DONOR_REPLICA');
    expect(plan.targets[REPLICA]).toBeDefined();
    await isReplica(hands);
    if (uuid) expect(await hands.sql(OLD, 'SELECT @@server_uuid')).toBe(uuid);
    expect(await beside()).toBe('kept');
    const table = (await lab.exec(OLD, ['sh', '-c', `ls ${BESIDE}/kept/patronus`])).stdout;
    expect(table).toContain('alone.ibd');
    // A second one would bury the first: it is refused until somebody has moved that away.
    const again = await ask();
    expect(again.made.state === 'refused' && again.made.reasons.map(({ code }) => code)).toContain(
      'REFUSED_REBUILD_KEPT_BEFORE',
    );
  });

  /** Runs on the old host until it holds: nobody waits longer than for that. */
  const untilThere = (holds: string) =>
    lab.exec(OLD, ['sh', '-c', `until ${holds}; do sleep 0.02; done`], { timeoutMs: 120_000 });
  const COPIES = isMysql
    ? `[ -e ${BESIDE}/kept ] && pgrep -f 'mysql --defaults-file=/dev/fd/3' >/dev/null`
    : 'pgrep -x mbstream >/dev/null';

  it('comes to its end when the console is killed while the data is copied, and another goes on', async () => {
    const hands = await fresh();
    const { plan } = await planned();
    const console = await startConsole(program, { estateFile: lab.estateFile, plan, folder });
    await untilThere(COPIES);
    console.child.kill('SIGKILL');
    expect(await console.ended).toBe('SIGKILL');
    const next = await openConsole(lab.estateFile, { home: console.home });
    try {
      const { runs } = armed(next);
      const [open] = await runs.list();
      if (!open) throw new Error('the run is not known any more');
      // While the server starts again nobody can be asked: a person tries once more.
      await until(
        'the run goes on',
        () =>
          runs.resume(open.id).then(
            () => true,
            () => false,
          ),
        90_000,
      );
      const state = await runs.ended(open.id);
      ended(state, plan);
    } finally {
      await next.close();
    }
    await isReplica(hands);
    expect(await beside()).toBe('kept');
  });

  it('is refused where there is no room, and nothing is changed', async () => {
    await fresh();
    await lab.exec(OLD, ['sh', '-c', FILL]);
    const { made } = await ask().finally(() =>
      lab.exec(OLD, ['umount', '--lazy', '/var/lib/mysql', '/var/lib', '/run/under']),
    );
    const codes = made.state === 'refused' ? made.reasons.map(({ code }) => code) : [];
    expect(codes).toContainEqual(expect.stringMatching(/^REFUSED_REBUILD_(SPACE|NO_ROOM_TO_KEEP)$/));
    expect(await beside()).toBe('none');
  });

  it.skipIf(isMysql)('begins anew when the stream is cut half-way, and leaves nothing half', async () => {
    const hands = await fresh();
    const acting = armed(desk);
    const { hash, plan } = await planned();
    const id = await acting.start(hash, plan.confirm);
    await untilThere(COPIES);
    // As a connection that breaks: whatever runs for the account there is gone.
    await lab.exec(OLD, ['sh', '-c', 'pkill -KILL -x mbstream']);
    const state = await acting.runs.ended(id);
    // Nothing of it is to be seen any more: there is nothing that had to be undone.
    expect([state.status, state.steps.copy?.state]).toEqual(['left', 'failed']);
    expect(state.steps.copy?.error?.code).toBe('E_COMMAND_FAILED');
    expect(await beside()).toBe('none');
    expect((await hands.sql(OLD, "SHOW TABLES FROM patronus LIKE 'alone'")).trim()).toBe('alone');
    const again = await run();
    ended(again.state, again.plan);
    await isReplica(hands);
  });
});
