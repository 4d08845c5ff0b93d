import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { withUnknownParams } from '../../text/finding-params';
import { FINDINGS, findingText } from '../../text/finding-text';
import { diagnoseReplication } from '../diagnose';
import { server } from '../replication.test-kit';
import { HISTORY_CASES } from './history-cases.test-kit';
import { REPLICATION_RULES } from './index';
import { LOG_CASES } from './log-cases.test-kit';
import { PRIMARY_CASES } from './primary-cases.test-kit';
import { type ReplicationHit, type ReplicationView, UNKNOWN } from './rule';
import { type CasesByCode, type Dialect, pair, pulledBy, replica, viewOf } from './rules.test-kit';
import { SETTING_CASES } from './setting-cases.test-kit';
import { SHAPE_CASES } from './shape-cases.test-kit';
import { THREAD_CASES } from './thread-cases.test-kit';

const CASES: CasesByCode = {
  ...PRIMARY_CASES,
  ...THREAD_CASES,
  ...HISTORY_CASES,
  ...SHAPE_CASES,
  ...LOG_CASES,
  ...SETTING_CASES,
};
const CODES = [...new Set(REPLICATION_RULES.map(({ code }) => code))];

/** What the rules of one code say of a view. */
function said(code: string, view: ReplicationView): { hits: ReplicationHit[]; unknown: boolean } {
  const cases = REPLICATION_RULES.filter((rule) => rule.code === code).flatMap((rule) => rule.when(view));
  return { hits: cases.filter((one) => one !== UNKNOWN), unknown: cases.includes(UNKNOWN) };
}
const table = (kind: 'hit' | 'miss' | 'unknown'): [string, string, ReplicationView][] =>
  Object.entries(CASES).flatMap(([code, cases]) =>
    Object.entries(cases[kind]).map(([name, view]): [string, string, ReplicationView] => [code, name, view]),
  );

describe('the table of rules', () => {
  test('every rule has cases, and every case a rule', () => {
    expect(Object.keys(CASES).sort()).toEqual([...CODES].sort());
    for (const [code, { hit, miss }] of Object.entries(CASES))
      expect([code, Object.keys(hit).length > 0, Object.keys(miss).length > 0]).toEqual([code, true, true]);
  });

  test('a mask names a finding that there is, and no rule masks itself', () => {
    const known = Object.keys(FINDINGS.en);
    for (const { code, masks } of REPLICATION_RULES) {
      expect([code, masks.filter((one) => !known.includes(one))]).toEqual([code, []]);
      expect(masks).not.toContain(code);
    }
  });

  test('the document says of every rule its severity and where it comes from', () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/replication.md'), 'utf8');
    const rows = REPLICATION_RULES.map(
      ({ code, severity, from }) => `| \`${code}\` | ${severity} | ${from} |`,
    );
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });
});

test.each(table('hit'))('%s: found where %s', (code, _name, view) => {
  const { hits } = said(code, view);
  expect(hits.length).toBeGreaterThan(0);
  const nodes = view.servers.map(({ node }) => node);
  for (const hit of hits) expect(hit.nodes.filter((node) => !nodes.includes(node))).toEqual([]);
});

test.each(table('miss'))('%s: not found where %s', (code, _name, view) => {
  expect(said(code, view).hits).toEqual([]);
});

test.each(table('unknown'))('%s: neither found nor passed over where %s', (code, _name, view) => {
  expect(said(code, view)).toEqual({ hits: [], unknown: true });
});

test.each(CODES)('%s is said in full in both languages: no value is missing', (code) => {
  const [view] = Object.values(CASES[code]?.hit ?? {});
  const [hit] = view ? said(code, view).hits : [];
  const params = { ...missing, ...hit?.params };
  expect(Object.values(hit?.params ?? {}).filter((value) => value === '?' || value === '')).toEqual(
    code === 'CIRCULAR' || code === 'ISLANDS' ? [''] : [],
  );
  for (const language of ['en', 'fr'] as const) {
    const { title, what, why, todo, doNot = '' } = findingText({ code, title: '', params }, language);
    expect([title, what, why, ...todo, doNot].join(' ')).not.toContain(MISSING);
    expect(title).not.toBe('');
  }
});
const MISSING = '⟨missing⟩';
const missing = Object.fromEntries(Object.keys(withUnknownParams({})).map((name) => [name, MISSING]));

describe.each(['mysql', 'mariadb'] as Dialect[])('a sound pair of %s', (dialect) => {
  test('has nothing to find, and nothing is left unchecked', () => {
    const second = replica('b', 'a', {}, dialect);
    expect(diagnoseReplication(pair(second, {}, { dumps: pulledBy('b') }))).toMatchObject({
      findings: [],
      rules: { checked: new Set(REPLICATION_RULES.map((rule) => rule.code)).size, unknown: [] },
    });
  });
});

test('of servers that tell nothing, nothing is found, and what could not be checked is named', () => {
  const mute = { channels: null, dumps: null };
  const { findings, rules } = diagnoseReplication(viewOf([server('a', mute), server('b', mute)]));
  expect(findings).toEqual([]);
  const cannotBeUnknown = new Set(
    CODES.filter((code) => Object.keys(CASES[code]?.unknown ?? {}).length === 0),
  );
  // These ask something of a primary, of a source, of a group or of MariaDB, and nobody tells who is one.
  const needSomebody = [
    'ALL_REPLICAS_STOPPED',
    'SEVERAL_WRITABLE',
    'NO_PRIMARY_WRITABLE',
    'PRIMARY_READ_ONLY',
    'SEMI_SYNC_FALLEN_BACK',
    'SEMI_SYNC_TOO_FEW',
    'NEVER_CATCHES_UP',
    'LAGGING',
    'UNKNOWN_MEMBER',
    'DECLARED_ROLE_DIFFERS',
    'BINLOG_RETENTION_SHORT',
    'NOT_DURABLE',
    'GTID_STRICT_OFF',
    'REPLICATION_LOGIN',
    'EVENTS_OFF_ON_PRIMARY',
    'MIXED_VERSIONS',
    'GROUP_MEMBER_APART',
  ];
  const named = CODES.filter((code) => !cannotBeUnknown.has(code) && !needSomebody.includes(code));
  expect(named.filter((code) => !rules.unknown.includes(code))).toEqual([]);
});
