import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RejoinLook } from '@shared/rejoin/model';
import { PlanMade } from '@shared/views/lever';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { afterFailover, closed } from '../../../lab/proof/old-primary';
import { attachedTo } from '../../../lab/proof/present';
import { type Hands, until } from '../../../lab/replication/hands';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { builtCommandLine, type Ended, runProgram } from '../testing/command-line';

const LONG = 300_000;

describe.each([
  ['mysql', 2570],
  ['mariadb', 2571],
] as const)('an old primary of %s comes back', { timeout: LONG }, (engine, gatePort) => {
  let base: string;
  let folder: string;
  let lab: Lab;
  let hands: Hands;
  let program: string;
  const isMysql = engine === 'mysql';

  beforeAll(async () => {
    base = await freshBase();
    folder = await mkdtemp(path.join(tmpdir(), 'patronus-rejoin-'));
    program = builtCommandLine();
    lab = await smallLab(base, await buildPrograms(), { estate: 'replication/star', gatePort, engine });
  }, LONG);
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
    await rm(folder, { recursive: true, force: true });
  }, LONG);

  beforeEach(async () => {
    const since =
      'CREATE TABLE IF NOT EXISTS patronus.since (n INT PRIMARY KEY); REPLACE INTO patronus.since VALUES (1);';
    hands = await afterFailover(lab, { since });
  }, LONG);

  const env = { PATH: process.env.PATH, HOME: tmpdir(), LANG: 'C.UTF-8', PATRONUS_EGRESS: 'loopback' };
  const rejoin = (...words: string[]): Promise<Ended> =>
    runProgram(
      [
        ...[process.execPath, program, 'rejoin', 'data', '--estate', lab.estateFile],
        ...['--data-dir', path.join(folder, 'desk'), ...words],
      ],
      { env, cwd: folder },
    );
  const refusals = async (...words: string[]) => {
    const { stdout } = await rejoin('--server', 'db-a', '--dry-run', '--json', ...words);
    const made = PlanMade.parse(JSON.parse(stdout));
    return made.state === 'refused' ? made.reasons : [];
  };

  it('attaches what has nothing of its own, and proves by a restart that it stays closed', async () => {
    const pid = await pidOf();
    const { code, stdout, stderr } = await rejoin('--server', 'db-a', '--confirm', 'db-a');
    expect(code, stdout + stderr).toBe(0);
    expect(await attachedTo(hands, 'db-a', 'db-b')).toBe(true);
    const closed = isMysql ? 'SELECT @@super_read_only, @@read_only' : 'SELECT @@read_only';
    expect((await hands.sql('db-a', closed)).trim()).toBe(isMysql ? '1\t1' : '1');
    expect(await pidOf()).not.toBe(pid);
    await hands.logged('db-b', 'REPLACE INTO patronus.since VALUES (2);');
    await until(
      'db-a has what was written since',
      async () => (await hands.sql('db-a', 'SELECT COUNT(*) FROM patronus.since')).trim() === '2',
    );
    expect((await refusals()).map((reason) => reason.code)).toContain('REFUSED_REJOIN_FOLLOWS');
  });

  it('F24 refuses what holds one transaction more, and names exactly that one', async () => {
    const gtid = isMysql ? 'SELECT @@gtid_executed' : 'SELECT @@gtid_binlog_state';
    const before = (await hands.sql('db-a', gtid)).trim();
    await hands.logged('db-a', 'CREATE TABLE patronus.lost (n INT PRIMARY KEY);');
    await closed(hands);
    const [reason, ...more] = await refusals();
    expect([reason?.code, more]).toEqual(['REFUSED_REJOIN_AHEAD', []]);
    const last = isMysql
      ? (
          await hands.sql('db-a', `SELECT GTID_SUBTRACT(@@gtid_executed, '${before.replaceAll('\\n', '')}')`)
        ).trim()
      : (await hands.sql('db-a', 'SELECT @@last_gtid, @@gtid_binlog_pos')).trim().split('\t').at(-1);
    expect(reason?.params).toMatchObject({ count: '1', gtids: last });
    const { code, stdout } = await rejoin('--server', 'db-a', '--confirm', 'db-a', '--lang', 'fr');
    expect(code).toBe(3);
    expect(stdout).toContain(`Pas rattaché`);
    expect(stdout).toContain(last);
    expect((await hands.channels('db-a')).length).toBe(0);
    const shown = await rejoin('--server', 'db-a');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('db-a holds 1 transaction that db-b has not.');
    expect(shown.stdout).toContain(`GTIDs: ${last}`);
    expect(shown.stdout).toMatch(/--way attach\): not possible\n/);
    expect(shown.stdout).toMatch(/--way quarantine\): possible\n/);
    const back = await rejoin('--server', 'db-a', '--way', 'flashback', '--dry-run', '--lang', 'fr');
    expect(back.code).toBe(3);
    expect(back.stdout).toContain(isMysql ? 'retourne un journal binaire' : 'DDL, instructions');
    const seen = await rejoin('--server', 'db-a', '--json');
    expect(RejoinLook.parse(JSON.parse(seen.stdout))).toMatchObject({
      history: { kind: 'ahead', transactions: '1', decoded: { untold: '1' } },
      ways: [{ way: 'attach', can: 'cannot' }, { way: 'flashback', can: 'cannot' }, {}, {}],
    });
  });

  it('refuses one that is still open, the primary itself, and says what is missing', async () => {
    await hands.sql(
      'db-a',
      isMysql ? 'SET GLOBAL super_read_only=0, GLOBAL read_only=0' : 'SET GLOBAL read_only=0',
    );
    expect((await refusals()).map((reason) => reason.code)).toEqual(['REFUSED_REJOIN_WRITABLE']);
    const primary = await rejoin('--server', 'db-b', '--dry-run');
    expect([primary.code, primary.stdout]).toEqual([3, expect.stringContaining('db-b is the primary')]);
    expect(await rejoin('--dry-run')).toMatchObject({ code: 2 });
    expect(await rejoin('--server', 'db-a', '--way', 'attach')).toMatchObject({ code: 2 });
  });

  const pidOf = async () =>
    (await lab.exec('db-a', ['pgrep', '-x', isMysql ? 'mysqld' : 'mariadbd'])).stdout.trim();
});
