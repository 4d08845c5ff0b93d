import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../contract';
import { clearLedger, ledgerFileOf, mergeLedger, parseLedger, printLedger } from './ledger';

const entry = (path: string, value: number, at: number): LedgerEntry => ({
  path,
  at,
  quantity: { value, unit: 'Gbit/s', source: 'assumed', by: 'ops@desk' },
});
const RATE = entry('assumptions/linkRate', 1, Date.UTC(2026, 1, 27, 8, 15));
const FILES: LedgerEntry = { path: 'dataSets/files/fileCount', at: 0, quantity: 'unknown' };

test('what is printed is read back, sorted and the same for the same entries', () => {
  const text = printLedger([FILES, RATE]);
  expect(printLedger([RATE, FILES])).toBe(text);
  expect(text).toContain('at: 2026-02-27T08:15:00.000Z');
  expect(parseLedger(text, 'x')).toEqual({ ok: true, value: [RATE, FILES] });
});

test.each(['', '\n  \n', printLedger([])])('an empty ledger is empty: %j', (text) => {
  expect(parseLedger(text, 'x')).toEqual({ ok: true, value: [] });
});

test('the newer entry of a path wins, and of one instant the one that comes later', () => {
  const older = entry('a', 1, 10);
  const newer = entry('a', 2, 20);
  expect(mergeLedger([newer], [older])).toEqual([newer]);
  expect(mergeLedger([older], [newer])).toEqual([newer]);
  expect(mergeLedger([older], [entry('a', 3, 10)])).toEqual([entry('a', 3, 10)]);
  expect(clearLedger([older, FILES], 'a')).toEqual([FILES]);
});

describe('a ledger that cannot be read is refused whole', () => {
  test.each([
    ['not YAML', 'entries: [', 'E_LEDGER_YAML'],
    ['a list', '- a', 'E_LEDGER_SHAPE'],
    ['another version', 'version: 2\nentries: []', 'E_LEDGER_SHAPE'],
    ['no date', 'version: 1\nentries: [{ path: a, at: today, quantity: unknown }]', 'E_LEDGER_SHAPE'],
    [
      'no unit',
      'version: 1\nentries: [{ path: a, at: 2026-02-27T08:15:00Z, quantity: { value: 1 } }]',
      'E_LEDGER_SHAPE',
    ],
    [
      'a path too long',
      `version: 1\nentries: [{ path: ${'a'.repeat(201)}, at: 2026-02-27T08:15:00Z, quantity: unknown }]`,
      'E_LEDGER_SHAPE',
    ],
    ['aliases', 'version: &a 1\nentries: [*a]', 'E_LEDGER_SHAPE'],
    ['too large', `#${'x'.repeat(1_000_001)}`, 'E_LEDGER_YAML'],
    ['brackets without end', '['.repeat(200_000), 'E_LEDGER_YAML'],
  ])('%s', (_, text, code) => {
    const parsed = parseLedger(text, 'x.ledger.yaml');
    expect(parsed.ok ? null : parsed.error).toMatchObject({
      code,
      stage: 'store',
      params: { file: 'x.ledger.yaml' },
    });
  });
});

test.each([
  ['patronus.yaml', 'patronus.ledger.yaml'],
  ['/home/a.b/patronus.YML', '/home/a.b/patronus.ledger.yaml'],
  ['patronus', 'patronus.ledger.yaml'],
])('the ledger of %s is %s', (estate, ledger) => {
  expect(ledgerFileOf(estate)).toBe(ledger);
});
