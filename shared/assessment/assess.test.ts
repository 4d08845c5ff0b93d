import { expect, test } from 'vitest';
import type { CheckResult } from '../views/assessment';
import { Assessment } from '../views/assessment';
import { assessmentOf, readinessOf } from './assess';
import { checkOf, ESTATE, recordedRun } from './assessment.test-kit';
import { assessmentToText } from './assessment-paper';
import { CHECK_TEXTS, checkText, problemText, reasonText } from './assessment-text';
import { reasonOf } from './gathered';
import { type Check, listed, needsRoot, unread } from './model';
import { MYSQL_CHECKS } from './mysql-checks';
import { MYSQL_PROBES } from './mysql-probes';
import { starsOf } from './stars';
import { CHECKS, PROBES } from './tables';

const MYSQL = { probes: MYSQL_PROBES, checks: MYSQL_CHECKS };

const result = (
  state: CheckResult['state'],
  severity: CheckResult['severity'],
  hit = severity,
): CheckResult => ({
  code: 'X',
  severity,
  state,
  hits: state === 'applies' ? [{ severity: hit, params: {}, statements: [] }] : [],
  reason: state === 'unknown' ? { code: 'not-asked', params: {}, more: null } : null,
  evidence: [],
});

test.each<[string, CheckResult[], string]>([
  ['nothing was checked', [], 'unknown'],
  ['all clear', [result('clear', 'blocker')], 'ready'],
  ['a note', [result('applies', 'note'), result('clear', 'blocker')], 'ready'],
  ['a warning', [result('applies', 'warning'), result('clear', 'blocker')], 'conditionally-ready'],
  ['a blocker', [result('applies', 'blocker'), result('unknown', 'blocker')], 'not-ready'],
  ['a blocker that is a warning here', [result('applies', 'blocker', 'warning')], 'conditionally-ready'],
  ['a possible blocker unknown', [result('unknown', 'blocker'), result('clear', 'blocker')], 'unknown'],
  [
    'a possible warning unknown',
    [result('unknown', 'warning'), result('clear', 'blocker')],
    'conditionally-ready',
  ],
  [
    'only a note could be told',
    [result('clear', 'note'), result('unknown', 'warning')],
    'conditionally-ready',
  ],
  ['nothing could be told', [result('unknown', 'note')], 'unknown'],
])('%s', (_name, checks, verdict) => {
  expect(readinessOf(checks)).toBe(verdict);
});

test.each([
  [0, 0, null],
  [0, 5, 1],
  [1, 5, 1],
  [11, 50, 2],
  [2, 5, 2],
  [4, 5, 4],
  [41, 50, 5],
  [5, 5, 5],
])('%d of %d measured are %s stars', (measured, of, stars) => {
  const checks = Array.from({ length: of }, (_, n) => ({
    state: n < measured ? ('clear' as const) : ('unknown' as const),
  }));
  expect(starsOf(checks)).toEqual({ stars, measured, of });
});

test('before anybody asked, every check of every subject is unknown with that reason, and no verdict is ready', () => {
  const assessment = assessmentOf({ estate: ESTATE, gathered: null, seedSeconds: null });
  expect(Assessment.parse(assessment)).toEqual(assessment);
  expect(assessment.subjects.map(({ subject }) => subject.id)).toEqual([
    'host:web',
    'host:db-host',
    'database:db@db-host',
    'site:here',
  ]);
  for (const { verdict, checks } of assessment.subjects) {
    expect(verdict).toBe('unknown');
    for (const { state, reason } of checks) expect([state, reason?.code]).toEqual(['unknown', 'not-asked']);
  }
  expect(assessment.problems.map(({ state, score }) => [state, score])).toEqual(
    ESTATE.problems.map(() => ['unknown', null]),
  );
});

test('a host that did not answer leaves its checks unknown, with its error', () => {
  const check: Check = {
    code: 'X',
    subject: 'host',
    severity: 'blocker',
    needs: ['x'],
    when: () => [],
  };
  const probe = {
    id: 'x',
    gives: 'x',
    kind: 'host',
    via: 'ssh',
    argv: () => ['true'],
    parse: () => [],
  } as const;
  const gathered = recordedRun({ dialect: 'mysql', which: 'clean' });
  const of = (tables: { probes: readonly (typeof probe)[]; checks: readonly Check[] }) =>
    assessmentOf({ estate: ESTATE, gathered, seedSeconds: null }, tables).subjects.map(
      ({ checks }) => checks[0]?.reason?.code,
    );
  expect(of({ probes: [probe], checks: [check] })).toEqual([
    'unreachable',
    'not-asked',
    undefined,
    undefined,
  ]);
  const site: Check = {
    ...check,
    subject: 'site',
    needs: [],
    when: ({ each }) => (each('x').some(({ rows }) => rows) ? [] : unread('not-told')),
  };
  expect(of({ probes: [probe], checks: [site] })).toEqual([undefined, undefined, undefined, 'not-told']);
});

test('a check shows what it stands on', () => {
  const gathered = recordedRun({ dialect: 'mysql', which: 'bad' });
  const assessment = assessmentOf({ estate: ESTATE, gathered, seedSeconds: 60 }, MYSQL);
  expect(checkOf(assessment, 'TABLES_NOT_INNODB').evidence).toEqual([
    { host: 'db-host', id: 'db/mysql.assess.tables' },
  ]);
  expect(assessment.evidence.map(({ id }) => id)).toContain('db/mysql.assess.tables');
});

test('the stated faults are scored from what was seen, and one that cannot be told has no score', () => {
  const gathered = recordedRun({ dialect: 'mysql', which: 'clean' });
  const { problems } = assessmentOf({ estate: ESTATE, gathered, seedSeconds: null }, MYSQL);
  const of = (id: string) => problems.find((problem) => problem.id === id);
  expect(of('no-high-availability')).toMatchObject({
    state: 'seen',
    score: 100,
    found: 2,
    of: 2,
    items: ['web', 'db'],
    removedBy: 'A replica',
    provedBy: null,
  });
  // one host updates itself, of the other nobody knows
  expect(of('manual-updates')).toMatchObject({
    state: 'unknown',
    score: null,
    found: 0,
    of: 1,
    unknown: ['web'],
  });
  expect(of('datacenter-cost')).toMatchObject({ state: 'unknown', score: null, measure: 'costs-compared' });
  const cost = (today: number | null, ...targets: (number | null)[]) =>
    assessmentOf(
      {
        estate: ESTATE,
        gathered,
        seedSeconds: null,
        costs: [today, ...targets].map((value, n) => ({
          variant: n === 0 ? 'as-is' : `t${n}`,
          value,
          unit: 'EUR',
        })),
      },
      MYSQL,
    ).problems.find(({ id }) => id === 'datacenter-cost');
  expect(cost(100, 80, 120)).toMatchObject({ state: 'seen', score: 50, items: ['t1'], unknown: [] });
  expect(cost(100, 120)).toMatchObject({ state: 'not-seen', score: 0 });
  expect(cost(100, null)).toMatchObject({ state: 'unknown', score: null, unknown: ['t1'] });
  expect(cost(null, 80)).toMatchObject({ state: 'unknown', score: null, unknown: ['as-is'] });
  expect(of('smell')).toMatchObject({ state: 'unknown', score: null, measure: null });
  const two = structuredClone(ESTATE);
  const web = two.services[0];
  if (web) web.hosts = ['web', 'db-host'];
  const spread = assessmentOf({ estate: two, gathered, seedSeconds: null }, MYSQL).problems[0];
  expect(spread).toMatchObject({ state: 'seen', score: 50, found: 1, of: 2, items: ['db'] });
});

test.each([
  ['E_SQL_GRANT', 'grant'],
  ['E_SQL_TIMEOUT', 'timeout'],
  ['E_COMMAND_TIMEOUT', 'timeout'],
  ['E_SQL_NO_ACCOUNT', 'no-account'],
  ['E_ABORTED', 'not-asked'],
  ['E_LOST', 'unreachable'],
  ['E_SQL_FAILED', 'failed'],
])('%s leaves a reading unknown: %s', (code, reason) => {
  const error = {
    code,
    stage: 'query' as const,
    message: 'm',
    retryable: false,
    params: { privilege: 'PROCESS' },
  };
  expect(reasonOf(error, undefined).code).toBe(reason);
});

test('the probe’s own line goes before a general one', () => {
  const error = {
    code: 'E_SQL_GRANT',
    stage: 'query' as const,
    message: 'm',
    retryable: false,
    params: { privilege: 'PROCESS' },
  };
  expect(reasonOf(error, undefined).more).toBe('GRANT PROCESS ON *.* TO {account};');
  expect(reasonOf(error, 'GRANT X').more).toBe('GRANT X');
});

test('sudo that would ask is a missing right, a failing command is not', () => {
  const out = (stderr: string, exit: number) => needsRoot({ stdout: '', stderr, exit });
  expect(out('sudo: a password is required', 1)).toEqual(unread('root'));
  expect(out('cat: /x: Permission denied', 1)).toEqual(unread('root'));
  expect(out('no such device', 1)).toBeNull();
  expect(out('warning: permission denied', 0)).toBeNull();
});

test('a long list names eight and counts the rest', () => {
  expect(listed(['a', 'b'])).toBe('a, b');
  expect(listed([...'abcdefghij'])).toBe('a, b, c, d, e, f, g, h, … +2');
});

test('names of readings, probes and codes are unique where they must be', () => {
  const ids = PROBES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const codes = CHECKS.map(({ code, subject }) => `${code} ${subject}`);
  expect(new Set(codes).size).toBe(codes.length);
  const given = new Set(PROBES.map(({ gives }) => gives));
  for (const { code, needs, uses = [] } of CHECKS)
    for (const name of [...needs, ...uses]) expect(given.has(name), `${code} needs ${name}`).toBe(true);
});

test('every check has its sentences in both languages, in the tone of the console', () => {
  const p = new Proxy({}, { get: (_, name) => `${String(name)} name` });
  expect(Object.keys(CHECK_TEXTS.fr).sort()).toEqual(Object.keys(CHECK_TEXTS.en).sort());
  expect([...new Set(CHECKS.map(({ code }) => code))].sort()).toEqual(Object.keys(CHECK_TEXTS.en).sort());
  for (const language of ['en', 'fr'] as const) {
    for (const [code, text] of Object.entries(CHECK_TEXTS[language])) {
      for (const sentence of [text.title(p), text.why(p), text.remedy(p)]) {
        expect(sentence.length, code).toBeGreaterThan(8);
        expect(sentence).not.toMatch(
          /!|\b(oops|sorry|please|successfully|simply|invalid)\b|veuillez|undefined/i,
        );
        if (language === 'fr') expect(sentence).not.toMatch(/[\p{L}\d)»] [:;?%](\s|$)/u);
      }
    }
  }
});

test('a value that is missing is said to be unknown; a code of a newer console stands for itself', () => {
  expect(checkText({ code: 'BINLOG_NOT_ROW' }, { params: {} }, 'en').title).toBe(
    'The binary log is written in the format ?.',
  );
  expect(checkText({ code: 'constructor' }, { params: {} }, 'fr').title).toBe('constructor');
  expect(reasonText({ code: 'grant', params: {}, more: 'GRANT X' }, 'en')).toBe(
    'The watching account may not see it. To see it: GRANT X',
  );
});

test('0 of 0 is never said as a count', () => {
  const none = { measure: 'updates-by-hand', found: 0, of: 0, unknown: ['web'] };
  expect(problemText(none, 'en')).toBe('Unknown: web.');
});

test('on a terminal: verdict, stars, each finding with what settles it, the faults', () => {
  const gathered = recordedRun({ dialect: 'mysql', which: 'bad' });
  const assessment = assessmentOf({ estate: ESTATE, gathered, seedSeconds: 60 }, MYSQL);
  const text = assessmentToText(assessment, 'en');
  expect(text).toContain('database db: not ready  ★★★★★');
  expect(text).toContain('  ▲ TABLES_NOT_INNODB  1 table is not InnoDB (MyISAM): shop.isam.');
  expect(text).toContain('      > ALTER TABLE `shop`.`isam` ENGINE=InnoDB;');
  expect(text).toContain('  100 of 100  No second server');
  const unasked = assessmentOf({ estate: ESTATE, gathered: null, seedSeconds: null }, MYSQL);
  expect(assessmentToText(unasked, 'fr')).toContain('Aucune évaluation n’a encore été faite');
});
