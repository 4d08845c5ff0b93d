import { describe, expect, test } from 'vitest';
import { assessmentOf } from './assess';
import { checkOf, codesIn, type Dialect, ESTATE, type RunOptions, recordedRun } from './assessment.test-kit';
import { CHECK_TEXTS } from './assessment-text';
import { usedPercent } from './auto-increment';
import { MYSQL_CHECKS } from './mysql-checks';
import { MOST_ROWS, MYSQL_PROBES, rowsWithMay } from './mysql-probes';

const TABLES = { probes: MYSQL_PROBES, checks: MYSQL_CHECKS };
const HOUR = 3600;
const assess = (options: RunOptions, seedSeconds: number | null = HOUR) =>
  assessmentOf({ estate: ESTATE, gathered: recordedRun(options), seedSeconds }, TABLES);

const EVERYWHERE = [
  'ACCOUNTS_NAME_ADDRESSES',
  'AUTO_INCREMENT_NEAR_END',
  'CHARSETS_MIXED',
  'CHARSET_UTF8MB3',
  'EVENTS_RUN',
  'EVENT_DEFINER_GONE',
  'FOREIGN_KEYS',
  'GENERATED_COLUMNS',
  'ROUTINE_DEFINER_GONE',
  'ROW_IMAGE_NOT_FULL',
  'SERVER_CHARSET',
  'SQL_MODE_NOT_STRICT',
  'TABLES_NOT_INNODB',
  'TABLES_WITHOUT_KEY',
  'TRIGGERS_THERE',
  'TRIGGER_DEFINER_GONE',
  'VIEW_DEFINER_GONE',
];
const BAD: Readonly<Record<Dialect, readonly string[]>> = {
  mysql: [...EVERYWHERE, 'LOGIN_PLUGIN_OLD', 'PLUGINS_LOADED'],
  mariadb: [...EVERYWHERE, 'BINLOG_NOT_ROW', 'GTID_OFF'],
};

describe.each(['mysql', 'mariadb'] as const)('what %s answered', (dialect) => {
  test('every fault of the bad server is found, and no other', () => {
    const assessment = assess({ dialect, which: 'bad' });
    expect(codesIn(assessment, 'applies')).toEqual([...BAD[dialect]].sort());
    expect(codesIn(assessment, 'unknown')).toEqual([]);
  });

  test('of the same server mended, none is found', () => {
    const assessment = assess({ dialect, which: 'clean' });
    expect(codesIn(assessment, 'applies')).toEqual([]);
    expect(codesIn(assessment, 'unknown')).toEqual([]);
    const database = assessment.subjects.find(({ subject }) => subject.kind === 'database');
    expect(database).toMatchObject({ verdict: 'ready', confidence: { stars: 5 } });
  });

  test('the culprits and what settles them are named in the dialect', () => {
    const assessment = assess({ dialect, which: 'bad' });
    expect(checkOf(assessment, 'TABLES_NOT_INNODB').hits).toEqual([
      {
        severity: 'warning',
        params: { count: '1', names: 'shop.isam', engines: 'MyISAM' },
        statements: ['ALTER TABLE `shop`.`isam` ENGINE=InnoDB;'],
      },
    ]);
    // the key that has no NULL serves as one
    expect(checkOf(assessment, 'TABLES_WITHOUT_KEY').hits[0]?.params.names).toBe('shop.nopk');
    expect(checkOf(assessment, 'AUTO_INCREMENT_NEAR_END').hits.map(({ params }) => params.name)).toEqual([
      'shop.tiny.id',
    ]);
    expect(checkOf(assessment, 'VIEW_DEFINER_GONE').hits[0]).toMatchObject({
      params: { definers: 'gone@localhost' },
      statements: [`CREATE USER 'gone'@'localhost' ACCOUNT LOCK;`],
    });
    expect(checkOf(assessment, 'ACCOUNTS_NAME_ADDRESSES').hits[0]?.params.names).toBe('app@10.0.10.1');
  });

  test.each(MYSQL_PROBES.filter((probe) => probe.parse === rowsWithMay).map(({ gives }) => gives))(
    'without the right, %s is unknown and the line that gives it is named, never an empty list',
    (gives) => {
      const id = MYSQL_PROBES.find(
        (probe) =>
          probe.gives === gives &&
          probe.via === 'sql' &&
          (probe.dialect ?? dialect) === dialect &&
          !probe.below,
      )?.id;
      const isTable = MYSQL_PROBES.some((probe) => probe.id === id && probe.parse === rowsWithMay);
      if (!id || !isTable) return;
      const assessment = assess({ dialect, which: 'bad', instead: { [id]: [{ may: '0', db: null }] } });
      const concerned = MYSQL_CHECKS.filter(({ needs }) => needs.includes(gives)).map(({ code }) => code);
      expect(concerned.length).toBeGreaterThan(0);
      expect(codesIn(assessment, 'unknown')).toEqual(concerned.sort());
      const { reason } = checkOf(assessment, concerned[0] ?? '');
      expect(reason?.code).toBe('grant');
      expect(reason?.more).toMatch(/^GRANT .* TO 'watch'@'127\.0\.0\.1';$/);
    },
  );
});

describe('what is not known is not fine', () => {
  const unknown = (options: Partial<RunOptions>, code: string, seed: number | null = HOUR) =>
    checkOf(assess({ dialect: 'mysql', which: 'clean', ...options }, seed), code).reason?.code;

  test('no table at all is 0 of 0', () => {
    const none = [{ may: '1', db: null, engine: null, collation: null, tables: null, names: null }];
    expect(unknown({ instead: { 'mysql.assess.tables': none } }, 'TABLES_NOT_INNODB')).toBe(
      'nothing-counted',
    );
    expect(unknown({ instead: { 'mysql.assess.tables': none } }, 'TABLES_WITHOUT_KEY')).toBe(
      'nothing-counted',
    );
  });
  test('an answer without a row, or without `may`, was not understood', () => {
    expect(unknown({ instead: { 'mysql.assess.views': [] } }, 'VIEW_DEFINER_GONE')).toBe('not-understood');
    expect(unknown({ instead: { 'mysql.assess.views': [{ may: null }] } }, 'VIEW_DEFINER_GONE')).toBe(
      'not-understood',
    );
  });
  test('a statement that was never sent', () => {
    expect(unknown({ instead: { 'mysql.assess.views': null } }, 'VIEW_DEFINER_GONE')).toBe('not-asked');
  });
  test('more rows than are read', () => {
    const many = Array.from({ length: MOST_ROWS + 1 }, (_, n) => ({
      may: '1',
      db: 'a',
      name: `t${n}`,
      engine: 'InnoDB',
    }));
    expect(unknown({ instead: { 'mysql.assess.no-key': many } }, 'TABLES_WITHOUT_KEY')).toBe('cut');
  });
  test.each([
    ['log_bin', 'BINLOG_OFF'],
    ['log_bin', 'BINLOG_NOT_ROW'],
    ['binlog_format', 'BINLOG_NOT_ROW'],
    ['binlog_row_image', 'ROW_IMAGE_NOT_FULL'],
    ['gtid_mode', 'GTID_OFF'],
    ['sql_mode', 'SQL_MODE_NOT_STRICT'],
    ['lower_case_table_names', 'NAMES_CASE'],
    ['character_set_server', 'SERVER_CHARSET'],
  ])('a server that does not tell %s: %s', (name, code) => {
    expect(unknown({ variables: { [name]: null } }, code)).toBe('not-told');
  });
  test('accounts that may not be listed: the definers are not taken for gone, and the GRANT is named', () => {
    const assessment = assess({ dialect: 'mariadb', which: 'bad', withoutAccounts: true });
    expect(checkOf(assessment, 'VIEW_DEFINER_GONE')).toMatchObject({
      state: 'unknown',
      reason: {
        code: 'grant',
        more: `GRANT SELECT (User, Host, plugin, Super_priv) ON mysql.user TO 'watch'@'127.0.0.1';`,
      },
    });
  });
  test('a plan that cannot say how long loading takes', () => {
    expect(unknown({}, 'BINLOG_RETENTION_SHORT', null)).toBe('not-stated');
  });
});

test.each([
  // MySQL 9.7 keeps its logs for 30 days by itself
  [30 * 24 * HOUR + 1, 'blocker'],
  [20 * 24 * HOUR, 'warning'],
  [15 * 24 * HOUR, null],
])('loading takes %d s: the kept logs are a %s', (seed, severity) => {
  const check = checkOf(assess({ dialect: 'mysql', which: 'clean' }, seed), 'BINLOG_RETENTION_SHORT');
  expect(check.hits.map((hit) => hit.severity)).toEqual(severity === null ? [] : [severity]);
});

test('a server without a binary log is not ready, and its format is not asked about', () => {
  const assessment = assess({ dialect: 'mysql', which: 'clean', variables: { log_bin: 'OFF' } });
  expect(codesIn(assessment, 'applies')).toEqual(['BINLOG_OFF']);
  expect(assessment.subjects.find(({ subject }) => subject.kind === 'database')?.verdict).toBe('not-ready');
});

test.each([
  ['tinyint', '126', 98],
  ['tinyint(4)', '121', 94],
  ['tinyint(3) unsigned', '129', 50],
  ['int', '2147483647', 99],
  ['int', '1', 0],
  // 2^63, exactly: a number of 64 bits loses its last digits otherwise
  ['bigint', '9223372036854775807', 99],
  ['bigint unsigned', '9223372036854775809', 50],
  ['bigint unsigned', '18446744073709551615', 99],
  ['bigint unsigned', '0', 0],
  ['double', '5', null],
  ['int', null, null],
  ['int', '-1', null],
])('of %s with the next value %s, %s %% are used', (type, next, percent) => {
  expect(usedPercent(type, next)).toBe(percent);
});

test('every statement only reads', () => {
  for (const probe of MYSQL_PROBES) {
    if (probe.via !== 'sql') throw new Error(probe.id);
    expect(probe.statement).toMatch(/^SELECT /);
    expect(probe.statement).not.toMatch(/;|FOR UPDATE|INTO OUTFILE/);
  }
});

test('every check of a database has sentences, and every sentence a check', () => {
  for (const { code } of MYSQL_CHECKS) {
    expect(CHECK_TEXTS.en[code], code).toBeDefined();
    expect(CHECK_TEXTS.fr[code], code).toBeDefined();
  }
  expect(new Set(MYSQL_CHECKS.map(({ code }) => code)).size).toBe(MYSQL_CHECKS.length);
});
