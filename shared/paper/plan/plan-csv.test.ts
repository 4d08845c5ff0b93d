import { expect, test } from 'vitest';
import { csvLine } from '../csv';
import { HASH, planForTests } from './plan.test-kit';
import { ledgerToCsv, stepsToCsv } from './plan-csv';

/** RFC 4180, strictly: every cell quoted, a quote doubled, lines end with CRLF. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const [whole = '', cell = ''] = /^"((?:[^"]|"")*)"/.exec(text.slice(at)) ?? [];
      if (whole === '') throw new Error(`no quoted cell at ${at}: ${text.slice(at, at + 20)}`);
      row.push(cell.replaceAll('""', '"'));
      at += whole.length;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no end of line at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}

test.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =HYPERLINK("http://x")'])(
  '%j is text in a spreadsheet',
  (text) => {
    expect(parse(csvLine([text]))[0]?.[0]).toBe(`'${text}`);
  },
);

test('quotes, commas and line breaks stay in their cell; a negative number stays a number', () => {
  expect(parse(csvLine(['a "b", c\nd', -2.5]))).toEqual([['a "b", c\nd', '-2.5']]);
});

test('steps: as many cells as columns, the hash in every row, minutes as plain numbers, the way back at the end', () => {
  const [head = [], ...rows] = parse(stepsToCsv(planForTests('=db "1",\n2'), HASH, 'fr'));
  const plan = planForTests();
  expect(rows).toHaveLength(plan.steps.length + plan.rollback.length);
  for (const row of rows) {
    expect(row).toHaveLength(head.length);
    expect(row[head.indexOf('plan')]).toBe(HASH);
  }
  const pass = rows.find((row) => row[head.indexOf('id')] === 'final-pass') ?? [];
  const cell = (name: string) => pass[head.indexOf(name)];
  expect([cell('likely_min'), cell('starts_utc'), cell('critical')]).toEqual([
    '41.7',
    '2026-12-04T23:35:30.000Z',
    'yes',
  ]);
  expect(rows.at(-1)?.[head.indexOf('phase')]).toBe('rollback');
});

test('ledger: an unknown value is an empty cell whose source says so', () => {
  const [head = [], ...rows] = parse(ledgerToCsv(planForTests('+db'), HASH, 'en'));
  const row = rows.find((each) => each.includes('assumptions/linkRate')) ?? [];
  expect([row[head.indexOf('value')], row[head.indexOf('source')]]).toEqual(['', 'unknown']);
  expect(rows[0]?.[head.indexOf('title')]).toBe('Size of +db');
});
