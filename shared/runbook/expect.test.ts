import { describe, expect, it } from 'vitest';
import { Expect } from './command';
import { factValue, judgeAnswer, mustBe } from './expect';
import type { Answer } from './judge';

const rows = (...list: Answer['rows']): Answer => ({ rows: list, stdout: '', exit: null });
const printed = (stdout: string, exit = 0): Answer => ({ rows: [], stdout, exit });
const bind = (value: { kind: string; value?: string; name?: string }) =>
  value.kind === 'output' ? (value.name === 'known' ? '7' : null) : (value.value ?? null);
const judge = (expectation: unknown, answer: Answer, judges = {}) =>
  judgeAnswer(Expect.parse(expectation), answer, bind, judges);
const text = (value: string) => ({ kind: 'text', value });

describe('an answer', () => {
  it('is what is wanted, or not, or cannot be told', () => {
    const is = { kind: 'is', column: 'v', value: text('1') };
    expect(judge(is, rows({ v: '1' }, { v: '2' }))).toEqual({ holds: true, value: '1' });
    expect(judge(is, rows({ v: '2' }))).toEqual({ holds: false, value: '2' });
    expect(judge(is, rows())).toEqual({ holds: false, value: '' });
    // NULL, and a column that is not there, are unknown: never yes, never no.
    expect(judge(is, rows({ v: null }))).toEqual({ holds: null, value: '' });
    expect(judge(is, rows({ w: '1' }))).toEqual({ holds: null, value: '' });
    expect(judge({ ...is, value: text('') }, rows({ v: null }))).toMatchObject({ holds: null });
  });

  it('is compared with what an earlier step saved, if that is known', () => {
    const is = (name: string) => ({ kind: 'is', column: 'v', value: { kind: 'output', name } });
    expect(judge(is('known'), rows({ v: '7' })).holds).toBe(true);
    expect(judge(is('lost'), rows({ v: '7' }))).toEqual({ holds: null, value: '7' });
  });

  it('one of, at most: whole numbers of any size, and nothing that is no number', () => {
    const oneOf = { kind: 'one-of', column: 'v', values: ['ON', '1'] };
    expect(judge(oneOf, rows({ v: 'ON' })).holds).toBe(true);
    expect(judge(oneOf, rows({ v: 'OFF' })).holds).toBe(false);
    const atMost = { kind: 'at-most', column: 'v', value: '9007199254740992' };
    expect(judge(atMost, rows({ v: '9007199254740992' })).holds).toBe(true);
    expect(judge(atMost, rows({ v: '9007199254740993' })).holds).toBe(false);
    for (const v of ['1.5', '', 'NULL', ' 1', '1e3']) expect(judge(atMost, rows({ v })).holds).toBe(null);
  });

  it('rows, no rows, success', () => {
    expect(judge({ kind: 'rows' }, rows({}))).toEqual({ holds: true, value: '1' });
    expect(judge({ kind: 'rows' }, rows())).toEqual({ holds: false, value: '0' });
    expect(judge({ kind: 'no-rows' }, rows())).toEqual({ holds: true, value: '0' });
    expect(judge({ kind: 'no-rows' }, rows({}, {}))).toEqual({ holds: false, value: '2' });
    expect(judge({ kind: 'succeeds' }, printed('', 0)).holds).toBe(true);
    expect(judge({ kind: 'succeeds' }, printed('', 3))).toEqual({ holds: false, value: '3' });
    expect(judge({ kind: 'succeeds' }, rows()).holds).toBe(true);
  });

  it('of a command line is its trimmed stdout, unless it failed: then it says nothing', () => {
    const is = { kind: 'is', column: null, value: text('up') };
    expect(judge(is, printed(' up\n')).holds).toBe(true);
    expect(judge(is, printed('up', 1))).toEqual({ holds: null, value: '' });
    expect(factValue({ column: null }, printed('', 127))).toBe(null);
    expect(factValue({ column: 'v' }, rows())).toBe('');
    expect(factValue({ column: 'v' }, rows({ v: null }))).toBe(null);
  });

  it('is judged by what the procedure brings along, which may fail without harm', () => {
    const judged = { kind: 'judged', by: 'same', params: { want: { kind: 'output', name: 'known' } } };
    const judges = {
      same: (answer: Answer, params: Readonly<Record<string, string>>) => ({
        holds: answer.rows[0]?.v === params.want,
        value: answer.rows[0]?.v ?? '',
      }),
    };
    expect(judge(judged, rows({ v: '7' }), judges)).toEqual({ holds: true, value: '7' });
    expect(judge(judged, rows({ v: '8' }), judges)).toEqual({ holds: false, value: '8' });
    expect(judge(judged, rows({ v: '7' })).holds).toBe(null);
    expect(judge({ ...judged, by: 'constructor' }, rows({ v: '7' }), judges).holds).toBe(null);
    const lost = { ...judged, params: { want: { kind: 'output', name: 'lost' } } };
    expect(judge(lost, rows({ v: '7' }), judges).holds).toBe(null);
    const throwing = {
      same: () => {
        throw new Error('no');
      },
    };
    expect(judge(judged, rows({ v: '7' }), throwing).holds).toBe(null);
  });
});

it('what must be stands beside the value in the same terms', () => {
  const said = (expectation: unknown) => mustBe(Expect.parse(expectation));
  expect(said({ kind: 'is', column: 'v', value: text('1') })).toBe('1');
  expect(said({ kind: 'is', column: 'v', value: { kind: 'output', name: 'position' } })).toBe('⟨position⟩');
  expect(said({ kind: 'one-of', column: 'v', values: ['a', 'b'] })).toBe('a | b');
  expect(said({ kind: 'at-most', column: 'v', value: '5' })).toBe('≤ 5');
  expect(said({ kind: 'no-rows' })).toBe('0');
  expect(said({ kind: 'rows' })).toBe('≥ 1');
});
