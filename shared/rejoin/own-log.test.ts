import { describe, expect, it } from 'vitest';
import { commonHistory } from './common-history';
import { rejoinJudges } from './judges';
import { OwnLogNotes } from './own-log';

const one = (from: number, to: number, partial = false) => ({ from, to, partial });

describe('where its own transactions stand', () => {
  it('is told file by file, from the first of them to the end of the last', () => {
    const notes = new OwnLogNotes();
    notes.passes();
    notes.file('binlog.1', 50, 'x');
    notes.passes();
    notes.each(one(100, 150));
    notes.each(one(170, 200));
    notes.file('binlog.2', 220, 'y');
    notes.each(one(80, 90));
    notes.file('binlog.3', 90, 'z');
    expect(notes.told()).toEqual({
      files: [
        { file: 'binlog.2', bytes: 220, sha256: 'y', from: 100, to: 200 },
        { file: 'binlog.3', bytes: 90, sha256: 'z', from: 80, to: 90 },
      ],
      ...{ mixed: false, partial: false },
    });
  });

  it('is not told where others stand behind them as if there were none, or of half a file', () => {
    const notes = new OwnLogNotes();
    notes.each(one(10, 20, true));
    notes.passes();
    expect(notes.told()).toBeNull();
    notes.file('binlog.1', 50, 'x');
    expect(notes.told()).toMatchObject({ mixed: true, partial: true });
  });
});

it.each([
  ['0-1-1003', '0-1-1000,0-2-1005', { state: '0-1-1000', position: '0-1-1000' }],
  ['0-1-203,0-2-200', '0-1-100,0-2-210', { state: '0-1-100,0-2-200', position: '0-2-200' }],
  ['0-2-200,0-1-203', '0-1-201,0-2-200', { state: '0-2-200,0-1-201', position: '0-1-201' }],
  ['0-1-5', '0-2-9', 'nothing'],
  ['0-1-5,1-1-2', '0-1-5', 'several-domains'],
  ['x', '0-1-5', 'unknown'],
])('what %s has in common with %s', (old, next, expected) => {
  expect(commonHistory(old, next)).toEqual(expected);
});

it.each<[string | null, string, boolean | null]>([
  ['[]', '0-1-1000', true],
  ['[0-1-1000]', '0-1-1000', true],
  ['[0-1-900,0-2-20]', '0-1-1000,0-2-20', true],
  ['[0-1-1001]', '0-1-1000', false],
  ['[0-1-900,0-2-20]', '0-1-1000', false],
  ['something else', '0-1-1000', null],
  [null, '0-1-1000', null],
])('an oldest log behind %s, for who has %s: %s', (info, from, holds) => {
  const rows = [
    { Event_type: 'Format_desc', Info: 'x' },
    ...(info === null ? [] : [{ Event_type: 'Gtid_list', Info: info }]),
  ];
  const judge = rejoinJudges['reaches-back'];
  expect(judge?.({ rows, stdout: '', exit: null }, { from }).holds).toBe(holds);
});
