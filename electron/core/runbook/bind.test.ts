import { Failure } from '@shared/errors';
import { describe, expect, it } from 'vitest';
import { Secret } from '../secrets/secret';
import { type Bound, bindInput, bindStatement, bindWord, knownText, needsMode, plainLiteral } from './bind';

const bound: Bound = {
  name: 'step',
  output: (name) => (name === 'position' ? '0-1-7' : null),
  secret: () => new Secret(`pass'word`),
  row: { id: '12', user: `o'brien`, empty: null },
};
const text = (value: string) => ({ kind: 'text' as const, value });
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'it went well';
  } catch (thrown) {
    return thrown instanceof Failure ? thrown.error.code : String(thrown);
  }
};

describe('a statement with its values', () => {
  it.each<[string, string, Parameters<typeof bindStatement>[1], string]>([
    ['a text', 'SET x = ?', [text(`it's`)], `SET x = 'it''s'`],
    ['a backslash', 'SET x = ?', [text('a\\b')], `SET x = 'a\\\\b'`],
    ['a number', 'KILL ?', [{ kind: 'number', value: '18446744073709551615' }], 'KILL 18446744073709551615'],
    ['an output', 'SET x = ?', [{ kind: 'output', name: 'position' }], `SET x = '0-1-7'`],
    ['a column as number', 'KILL ?', [{ kind: 'column', name: 'id', as: 'number' }], 'KILL 12'],
    ['a column as text', 'SET x = ?', [{ kind: 'column', name: 'user', as: 'text' }], `SET x = 'o''brien'`],
    ['a mark in quotes', `SET x = '?', y = ? -- ?`, [text('1')], `SET x = '?', y = '1' -- ?`],
  ])('%s', (_, statement, values, sent) => {
    expect(bindStatement(statement, values, bound).text).toBe(sent);
  });

  it('tells which secrets it holds', () => {
    const made = bindStatement('SET x = ?', [{ kind: 'secret', name: 's' }], bound);
    expect(made.text).toBe(`SET x = 'pass''word'`);
    expect(made.secrets).toHaveLength(1);
    expect(JSON.stringify(made.secrets)).not.toContain('pass');
  });

  it('takes a backslash for itself where the session does', () => {
    expect(needsMode([text('a\\b')], bound)).toBe(true);
    expect(needsMode([text('ab'), { kind: 'number', value: '1' }], bound)).toBe(false);
    const values = [text(`a\\'b`)];
    expect(bindStatement('SET x = ?', values, bound, plainLiteral).text).toBe(`SET x = 'a\\''b'`);
  });

  it.each<[string, Parameters<typeof bindStatement>[1], string]>([
    ['an output that nobody told', [{ kind: 'output', name: 'nowhere' }], 'E_NO_OUTPUT'],
    ['a NULL of the row', [{ kind: 'column', name: 'empty', as: 'text' }], 'E_NO_OUTPUT'],
    ['a number that is none', [{ kind: 'column', name: 'user', as: 'number' }], 'E_ARGUMENT'],
    ['a mark without a value', [], 'E_PLAN_INVALID'],
  ])('is not made with %s', (_, values, code) => {
    expect(codeOf(() => bindStatement('SET x = ?', values, bound))).toBe(code);
  });
});

describe('a command line', () => {
  it('never holds a secret, and its standard input may', () => {
    expect(codeOf(() => bindWord({ kind: 'secret', name: 's' }, bound))).toBe('E_PLAN_INVALID');
    expect(bindInput(['a=', { kind: 'secret', name: 's' }, '\n'], bound)).toBe(`a=pass'word\n`);
    expect(bindWord({ kind: 'output', name: 'position' }, bound)).toBe('0-1-7');
  });
});

it('compares with nothing that is not known, and with no secret', () => {
  expect(knownText({ kind: 'output', name: 'nowhere' }, bound)).toBeNull();
  expect(knownText({ kind: 'secret', name: 's' }, bound)).toBeNull();
  expect(knownText(text('1'), bound)).toBe('1');
});
