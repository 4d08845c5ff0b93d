import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RejoinWay } from '@shared/rejoin/model';
import { problemsOf } from '@shared/runbook/validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { afterFailover, checksums, NEXT, OLD } from '../../../lab/proof/old-primary';
import { attachedTo } from '../../../lab/proof/present';
import { type Hands, until } from '../../../lab/replication/hands';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import type { Kill } from '../runbook/testing/mortal';
import { openConsole, type TestConsole } from '../testing/console';
import { armed } from '../testing/product-switchover';
import { buildConsole } from './testing/build-console.lab-kit';
import { startConsole } from './testing/console-process';

const GATE_PORT = 2584;
const LONG = 600_000;
const TABLES = ['patronus.account', 'patronus.note', 'patronus.ledger', 'patronus.loose'];

/** A table without a key, in which a row that were taken back twice would show. */
const BEFORE = `DROP TABLE IF EXISTS patronus.child, patronus.loose;
DELETE FROM patronus.account WHERE id > 900000;
CREATE TABLE patronus.loose (a INT, b TEXT) ENGINE=InnoDB;
INSERT INTO patronus.loose VALUES (1, 'same'), (1, 'same'), (1, 'same'), (2, 'l''été 😀');
INSERT INTO patronus.account VALUES (900001, 'one', 1.00), (900002, 'two', 2.00), (900003, 'three', 3.00);`;
/** Six transactions over two logs: 7 inserts, 4 updates, 3 deletes. */
const ALONE = `INSERT INTO patronus.account VALUES (900004, 'four', 4.00), (900005, 'five', 5.00);
UPDATE patronus.account SET balance = balance + 10 WHERE id IN (900001, 900002);
DELETE FROM patronus.account WHERE id = 900003;
FLUSH BINARY LOGS;
BEGIN; INSERT INTO patronus.loose VALUES (7, 'seven'), (1, 'same'); UPDATE patronus.loose SET b = 'ß' WHERE a = 2;
DELETE FROM patronus.loose WHERE a = 7; COMMIT;
INSERT INTO patronus.account VALUES (900003, 'again', 0.00), (900006, 'six', 6.00), (900007, 'seven', 7.00);
BEGIN; UPDATE patronus.account SET name = 'un' WHERE id = 900001; DELETE FROM patronus.account WHERE id = 900004; COMMIT;`;
/** The present primary goes on, on the same tables. */
const SINCE = `INSERT INTO patronus.account VALUES (900004, 'of the new one', 44.00);
UPDATE patronus.loose SET b = 'new' WHERE a = 2;`;

describe('an old primary of MariaDB that is ahead', { timeout: LONG }, () => {
  let base: string;
  let folder: string;
  let lab: Lab;
  let program: string;
  let desk: TestConsole;

  beforeAll(async () => {
    base = await freshBase();
    folder = await mkdtemp(path.join(tmpdir(), 'patronus-flashback-'));
    program = await buildConsole('flashback');
    const how = { estate: 'replication/star', gatePort: GATE_PORT, engine: 'mariadb' } as const;
    lab = await smallLab(base, await buildPrograms(), how);
    desk = await openConsole(lab.estateFile);
  }, LONG);
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
    await rm(folder, { recursive: true, force: true });
  }, LONG);

  const { signal } = new AbortController();
  const look = () => armed(desk).lookRejoin({ cluster: 'data', server: OLD }, signal);
  const planned = async (way: RejoinWay) => {
    const { made } = await armed(desk).planRejoin(
      { cluster: 'data', server: OLD, way, overrides: [] },
      signal,
    );
    if (made.state === 'refused') throw new Error(made.reasons.map(({ code }) => code).join(', '));
    expect(problemsOf(made.plan)).toEqual([]);
    return made;
  };
  const run = async (way: RejoinWay) => {
    const acting = armed(desk);
    const { hash, plan } = await planned(way);
    const id = await acting.start(hash, plan.confirm);
    return { id, plan, state: await acting.runs.ended(id) };
  };
  const pid = async () => (await lab.exec(OLD, ['pgrep', '-x', 'mariadbd'])).stdout.trim();
  /** All that taking rows back could change. */
  const stateOf = async (hands: Hands) =>
    [
      await hands.sql(OLD, 'SELECT @@gtid_binlog_state, @@gtid_slave_pos, @@read_only; XA RECOVER;'),
      await checksums(hands, OLD, TABLES),
      `${(await hands.channels(OLD)).length}`,
    ].join('\n');
  const sameAsPrimary = async (hands: Hands) =>
    expect(await checksums(hands, OLD, TABLES)).toBe(await checksums(hands, NEXT, TABLES));
  const followsInOrder = async (hands: Hands) => {
    expect(await attachedTo(hands, OLD, NEXT)).toBe(true);
    await hands.logged(NEXT, "INSERT INTO patronus.loose VALUES (99, 'since')");
    await until(
      'db-a has what was written since',
      async () => (await hands.sql(OLD, 'SELECT COUNT(*) FROM patronus.loose WHERE a = 99')).trim() !== '0',
    );
    await sameAsPrimary(hands);
    expect((await hands.sql(OLD, 'SELECT @@read_only; XA RECOVER;')).trim()).toBe('1');
  };

  it('is looked at: exactly these rows, saved at the desk, and the ways back', async () => {
    await afterFailover(lab, { before: BEFORE, alone: ALONE, since: SINCE });
    const seen = await look();
    if (seen.history.kind !== 'ahead' || !seen.history.decoded) throw new Error(JSON.stringify(seen));
    const { transactions, gtids, decoded } = seen.history;
    expect([transactions, gtids]).toEqual(['6', expect.stringMatching(/^0-\d+-\d+…0-\d+-\d+$/)]);
    expect(
      decoded.tables.map(({ schema, table, inserts, updates, deletes }) => [
        `${schema}.${table}`,
        inserts,
        updates,
        deletes,
      ]),
    ).toEqual([
      ['patronus.account', 5, 3, 2],
      ['patronus.loose', 2, 1, 1],
    ]);
    expect(decoded.rows).toHaveLength(14);
    expect([decoded.untold, decoded.salvageError]).toEqual(['0', null]);
    expect(((await stat(decoded.salvage?.file ?? '')).mode & 0o777).toString(8)).toBe('600');
    expect(seen.ways.map(({ way, can }) => [way, can])).toEqual(
      expect.arrayContaining([
        ['attach', 'cannot'],
        ['flashback', 'can'],
        ['quarantine', 'can'],
      ]),
    );
    expect(seen.recommended).toBe('flashback');
  });

  it('is left as it is where the copy of its logs cannot be written', async () => {
    const hands = await afterFailover(lab, { before: BEFORE, alone: ALONE, since: SINCE });
    const home = (await lab.exec(OLD, ['sh', '-c', 'echo ~patronus-act'])).stdout.trim();
    const kept = `${home}/.patronus/kept`;
    await lab.exec(OLD, [
      'sh',
      '-c',
      `rm -rf ${kept}; mkdir -p ${home}/.patronus; : >${kept}; chown -R patronus-act ${home}/.patronus`,
    ]);
    const before = await stateOf(hands);
    const { state } = await run('flashback');
    await lab.exec(OLD, ['rm', '-f', kept]);
    expect([state.status, state.steps.keep?.state, state.steps.prepare?.state]).toEqual([
      ...['left', 'failed', 'pending'],
    ]);
    expect(await stateOf(hands)).toBe(before);
  });

  it('gives its rows up, follows, holds what the primary holds, and is proved by a restart', async () => {
    const hands = await afterFailover(lab, { before: BEFORE, alone: ALONE, since: SINCE });
    // Otherwise nothing would be shown by their being the same afterwards.
    expect(await checksums(hands, OLD, TABLES)).not.toBe(await checksums(hands, NEXT, TABLES));
    const started = await pid();
    const { state, plan } = await run('flashback');
    expect(state.status, JSON.stringify(state.steps)).toBe('done');
    expect(plan.title).toMatchObject({ code: 'TITLE_FLASHBACK', params: { count: '6' } });
    expect(await pid()).not.toBe(started);
    await followsInOrder(hands);
    const found = await lab.exec(OLD, [
      'sh',
      '-c',
      'ls -ld ~patronus-act/.patronus/kept/* ; ls ~patronus-act/.patronus/kept/*/',
    ]);
    expect(found.stdout).toMatch(/^drwx------ /m);
    expect(found.stdout.match(/binlog\.\d{6}$/gm)).toHaveLength(2);
    expect((await look().then(({ ways }) => ways[0]?.because[0]))?.code).toBe('REFUSED_REJOIN_FOLLOWS');
  });

  it('is refused with a change that is no row, with half a row, and with a key that changes other tables', async () => {
    await afterFailover(lab, {
      before: BEFORE,
      alone: `${ALONE}\nALTER TABLE patronus.loose ADD COLUMN c INT;`,
    });
    const seen = await look();
    const against = ({ ways }: typeof seen) =>
      ways.find(({ way }) => way === 'flashback')?.because.map(({ code }) => code);
    expect(against(seen)).toEqual(['REFUSED_REJOIN_UNTOLD']);
    expect(seen.recommended).not.toBe('flashback');
    const minimal = `SET SESSION binlog_row_image = 'MINIMAL';\n${ALONE}`;
    await afterFailover(lab, { before: BEFORE, alone: minimal });
    expect(against(await look())).toEqual(['REFUSED_REJOIN_PARTIAL_ROWS']);
    const keyed = `CREATE TABLE patronus.child (id INT PRIMARY KEY, account INT, FOREIGN KEY (account) REFERENCES patronus.account (id) ON DELETE CASCADE) ENGINE=InnoDB;`;
    await afterFailover(lab, { before: BEFORE + keyed, alone: ALONE });
    expect(against(await look())).toEqual(['REFUSED_REJOIN_CASCADES']);
  });

  it.each<[Kill['step'], Kill['point'], 'resume' | 'undo']>([
    ['prepare', 'after-effect', 'undo'],
    ['take-back', 'after-effect', 'resume'],
    ['history', 'after-effect', 'resume'],
  ])('comes to one of two states when the console is killed at %s, %s, then %s', async (step, point, way) => {
    const hands = await afterFailover(lab, { before: BEFORE, alone: ALONE, since: SINCE });
    const before = await stateOf(hands);
    const { plan } = await planned('flashback');
    const console = await startConsole(program, {
      ...{ estateFile: lab.estateFile, plan, folder },
      kill: { step, point, phase: 'apply' },
    });
    expect(await console.ended).toBe('SIGKILL');
    const { home } = console;
    const next = await openConsole(lab.estateFile, { home });
    try {
      const { runs } = armed(next);
      const [open] = await runs.list();
      if (!open) throw new Error('the run is not known any more');
      await runs[way](open.id);
      const { status } = await runs.ended(open.id);
      expect(status).toBe(way === 'resume' ? 'done' : 'undone');
    } finally {
      await next.close();
    }
    if (way === 'undo') expect(await stateOf(hands)).toBe(before);
    else await followsInOrder(hands);
  });
});
