import { describe, expect, it } from 'vitest';
import type { Said } from '../../runbook/said';
import { scriptOf } from '../../runbook/script';
import { problemsOf } from '../../runbook/validate';
import { DONOR_RIGHTS, everyGrantFor } from '../../switchover/grants';
import { channelTo, type Dialect, inputOf, type Told } from '../../switchover/switchover.test-kit';
import { rejoin as en } from '../../text/en/rejoin';
import { rejoin as fr } from '../../text/fr/rejoin';
import { sayPlan } from '../../text/say-plan';
import type { RejoinGround } from '../rejoin-ground';
import { rebuildSudo } from './places';
import { planRebuild } from './plan-rebuild';
import type { DonorHost, OldHost, RebuildReadings } from './readings';

const UUID = '3e11fa47-71ca-11e1-9e33-c80aa942956';
const GB = 1e9;

interface Changed {
  old?: Partial<OldHost>;
  from?: Partial<DonorHost>;
  rebuild?: Partial<RebuildReadings>;
  saved?: boolean;
}

/** db-a was the primary and wrote alone; db-b takes writes, db-c follows it. What a test says overrides it. */
function groundOf(dialect: Dialect, told: Told = {}, { old, from, rebuild, saved = true }: Changed = {}) {
  const own = { mysql: `${UUID}1:1-1003`, mariadb: '0-1-1003' }[dialect];
  const position = {
    mysql: { position: `${UUID}1:1-1000,${UUID}2:1-5` },
    mariadb: { position: '0-2-1005', binlogState: '0-1-1000,0-2-1005' },
  }[dialect];
  const grants = everyGrantFor({ dialect, version: dialect === 'mysql' ? [9, 7, 4] : [10, 11, 19] }, 'x@y');
  const isMysql = dialect === 'mysql';
  const { estate, cluster, readings, madeAt } = inputOf({
    follows: { 'db-c': 'db-b' },
    cluster: { verdicts: [{ node: 'db-b', verdict: 'alive', terms: [] }] },
    ...told,
    dialect,
    members: {
      'db-a': {
        ...{ readOnly: true, superReadOnly: isMysql ? true : null, position: own, grants },
        binlogState: isMysql ? null : own,
        ...told.members?.['db-a'],
      },
      'db-b': {
        ...{ readOnly: false, superReadOnly: isMysql ? false : null, channels: [], ...position },
        ...told.members?.['db-b'],
      },
      'db-c': { channels: [channelTo(2)], ...position, ...told.members?.['db-c'] },
    },
  });
  const alike = isMysql ? { clone: 'ACTIVE', innodb_page_size: '16384' } : null;
  const salvage = { file: '/salvage/own', bytes: 1, sha256: '' };
  const ground = {
    ...{ estate, replication: cluster, readings, madeAt, lookId: 'look-1', startsBy: 'enabled' },
    own: { read: saved ? { salvage, salvageError: null } : null, error: null, log: null, touched: null },
    rebuild: {
      donor: 'db-c',
      old: {
        ...{
          datadir: '/var/lib/mysql',
          freeBytes: 50 * GB,
          dataBytes: 10 * GB,
          elsewhere: [],
          isMount: false,
        },
        ...{ kept: false, alike, sudoRefuses: [], missing: [], ...old },
      },
      from: {
        ...{ datadir: '/var/lib/mysql', dataBytes: 10 * GB, alike, otherTables: isMysql ? [] : null },
        ...{ logsUpdates: isMysql ? null : true, backupVersion: isMysql ? null : '10.11.19' },
        ...{ sudoRefuses: [], missing: [], ...from },
      },
      login: isMysql
        ? {
            ...{ from: 'db-a', to: 'db-c', address: '10.0.20.13', port: 3306, error: null },
            grants: [`GRANT ${DONOR_RIGHTS.privileges.join(', ')} ON *.* TO \`repl\`@\`%\``],
          }
        : null,
      account: null,
      ...rebuild,
    },
  };
  return ground as unknown as RejoinGround;
}
const planned = (...given: Parameters<typeof groundOf>) => {
  const made = planRebuild(groundOf(...given), []);
  if (!made.ok) throw new Error(made.reasons.map(({ code }) => code).join(', '));
  return made.plan;
};
const codes = (...given: Parameters<typeof groundOf>) => {
  const made = planRebuild(groundOf(...given), []);
  return made.ok ? [] : made.reasons.map(({ code }) => code.replace(/^REFUSED_/, ''));
};

const STEPS = {
  mysql: ['2 boot', '3 keep', '4 clone', '5 forget'],
  mariadb: ['2 boot', '3 copy', '4 prepare', '5 swap', '6 history'],
};
const REST = [
  ...['7 read-history', '7b alone', '8 attach', '9 new-position', '10 confirm-db-a'],
  ...['11 stop-db-a', '12 start-db-a', '13 follows-db-a'],
];

describe.each(['mysql', 'mariadb'] as const)('an old primary of %s whose data is replaced', (dialect) => {
  const plan = planned(dialect);

  it('has a sound plan: copied, compared, attached, proved by a restart', () => {
    expect(problemsOf(plan)).toEqual([]);
    expect(plan.steps.map(({ number, id }) => `${number} ${id}`)).toEqual([...STEPS[dialect], ...REST]);
    expect([plan.confirm, plan.procedure, plan.keptOn]).toEqual(['db-a', 'rejoin', ['db-b', 'db-c']]);
  });

  it('cannot be taken back from where the old data is not where it was, and up to there everything is', () => {
    const point = plan.steps.findIndex(({ nature }) => nature === 'point-of-no-return');
    expect(plan.steps[point]?.id).toBe(dialect === 'mysql' ? 'clone' : 'swap');
    for (const step of plan.steps.slice(0, point))
      expect('undo' in step && step.undo !== null, step.id).toBe(true);
  });

  it('names what is given up, by name', () => {
    expect(plan.title).toMatchObject({
      code: 'TITLE_REBUILD_OWN',
      params: { donor: 'db-c', gtids: dialect === 'mysql' ? `${UUID}1:1001-1003` : '0-1-1001…0-1-1003' },
    });
  });

  it('shows no secret, and no line of two hosts as one to paste', () => {
    const script = scriptOf(plan, 'en', 'hash');
    const pasted = script.split('\n').filter((line) => !line.startsWith('#'));
    expect(pasted.filter((line) => line.includes(' | db-a$ '))).toEqual([]);
    expect(script.includes('db-c$ sudo -n -- mariadb-backup')).toBe(dialect === 'mariadb');
    expect(script.includes('⟨secret acting account of db-a⟩')).toBe(dialect === 'mysql');
  });

  it('says everything in both languages', () => {
    const said = saidIn(plan);
    expect(said.length).toBeGreaterThan(20);
    for (const one of said)
      for (const language of ['en', 'fr'] as const)
        expect(sayPlan(language, 'rejoin', one), one.code).not.toMatch(/^[A-Z]+_[A-Z_]+|\?$|undefined/);
  });

  it('takes the primary where no replica is fit, and says so', () => {
    const stopped = { members: { 'db-c': { channels: [channelTo(2, { applierOn: false })] } } };
    const other = planned(dialect, stopped, { rebuild: { donor: 'db-b' } });
    expect(other.warnings.map(({ code }) => code)).toContain('WARN_DONOR_PRIMARY');
  });
});

function saidIn(value: unknown): Said[] {
  if (Array.isArray(value)) return value.flatMap(saidIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'code' in value && 'params' in value && !('kind' in value) ? [value as Said] : [];
  return [...own, ...Object.values(value).flatMap(saidIn)];
}

it('MySQL: without room, the copy of the old data can be left out by typing that', () => {
  const small = { old: { freeBytes: 5 * GB } };
  expect(codes('mysql', {}, small)).toEqual(['REBUILD_NO_ROOM_TO_KEEP']);
  const typed = (text: string) =>
    planRebuild(groundOf('mysql', {}, small), [{ code: 'REFUSED_REBUILD_NO_ROOM_TO_KEEP', typed: text }]);
  expect(typed('yes').ok).toBe(false);
  const made = typed(' No Copy');
  if (!made.ok) throw new Error('it is overridden');
  expect(made.plan.steps.map(({ id }) => id)).not.toContain('keep');
  expect(made.plan.warnings.map(({ code }) => code)).toContain('WARN_UNKEPT');
  expect(made.plan.overrides).toHaveLength(1);
  expect(problemsOf(made.plan)).toEqual([]);
});

const REFUSED: [string, Dialect, Changed, string[]][] = [
  ['own transactions that were not saved', 'mysql', { saved: false }, ['REBUILD_NOT_SAVED']],
  ['no room at all', 'mariadb', { old: { freeBytes: GB } }, ['REBUILD_SPACE']],
  [
    'no room for what the donor has more',
    'mysql',
    { old: { freeBytes: 1 }, from: { dataBytes: 30 * GB } },
    ['REBUILD_SPACE'],
  ],
  ['room that is not known', 'mysql', { old: { freeBytes: null } }, ['REBUILD_UNKNOWN']],
  ['an earlier copy', 'mariadb', { old: { kept: true } }, ['REBUILD_KEPT_BEFORE']],
  [
    'logs on another disk',
    'mariadb',
    { old: { elsewhere: ['log_bin_basename = /logs/b'] } },
    ['REBUILD_ELSEWHERE'],
  ],
  ['a mount point', 'mariadb', { old: { isMount: true } }, ['REBUILD_MOUNT']],
  ['no plugin', 'mysql', { old: { alike: { clone: '', innodb_page_size: '16384' } } }, ['REBUILD_PLUGIN']],
  [
    'another page size',
    'mysql',
    { from: { alike: { clone: 'ACTIVE', innodb_page_size: '4096' } } },
    ['REBUILD_ALIKE'],
  ],
  ['tables that CLONE leaves empty', 'mysql', { from: { otherTables: ['/d/a/t.MYD'] } }, ['REBUILD_ENGINES']],
  [
    'a donor account without the right',
    'mysql',
    {
      rebuild: {
        login: {
          from: 'db-a',
          to: 'db-c',
          address: '',
          port: 1,
          error: null,
          grants: ['GRANT REPLICATION SLAVE ON *.* TO `repl`@`%`'],
        },
      },
    },
    ['REBUILD_DONOR_RIGHTS'],
  ],
  ['a login that nobody tried', 'mysql', { rebuild: { login: null } }, ['LOGIN_UNTESTED']],
  [
    'mariadb-backup of another release',
    'mariadb',
    { from: { backupVersion: '10.6.1' } },
    ['REBUILD_TOOL_VERSION'],
  ],
  ['a donor that does not log', 'mariadb', { from: { logsUpdates: false } }, ['REBUILD_LOGS_NOT']],
  ['programs that are not there', 'mariadb', { old: { missing: ['mbstream'] } }, ['REBUILD_TOOLS']],
  ['root that is not allowed', 'mariadb', { from: { sudoRefuses: ['mariadb-backup'] } }, ['SUDO']],
];
it.each(REFUSED)('refused: %s', (_, dialect, changed, expected) => {
  expect(codes(dialect, {}, changed)).toEqual(expected);
});

it('refused: a server that leaves open what a restart brings, another release series, rights', () => {
  expect(codes('mysql', { acting: { boot: 'as-was' } })).toEqual(['REBUILD_AS_WAS']);
  expect(codes('mysql', { members: { 'db-c': { version: [9, 6, 0] } } })).toEqual(['REBUILD_VERSION']);
  const plain = everyGrantFor({ dialect: 'mysql', version: [9, 7, 4] }, 'x@y').filter(
    (line) => !line.includes('CLONE'),
  );
  expect(codes('mysql', { members: { 'db-a': { grants: plain } } })).toEqual(['RIGHTS']);
});

it('every refusal has its sentence and its remedy in both languages', () => {
  for (const table of [en, fr])
    for (const code of Object.keys(en).filter((name) => name.startsWith('REFUSED_REBUILD')))
      expect([table[code], table[code.replace('REFUSED', 'REMEDY')]].every(Boolean), code).toBe(true);
});

it('what is done as root stays in the folder beside the data, but for two renames and what is read', () => {
  for (const dialect of ['mysql', 'mariadb'] as const)
    for (const argv of rebuildSudo(dialect, '/srv/db/')) {
      const paths = argv
        .flatMap((word) => /(?:^|=)(\/\S*)$/.exec(word)?.[1] ?? [])
        .filter((at) => at !== '/tmp');
      const writes = argv[0] === 'find' ? [] : argv[0]?.startsWith('ch') ? paths.slice(1) : paths;
      const outside = writes.filter((at) => !at.startsWith('/srv/db-patronus'));
      expect(argv[0] === 'mv' || outside.length === 0, argv.join(' ')).toBe(true);
      expect(outside.every((at) => at === '/srv/db')).toBe(true);
    }
});
