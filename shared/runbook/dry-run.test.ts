import { describe, expect, it } from 'vitest';
import { dryRunOf } from './dry-run';
import { act, check, fact, planOf, set, sql, step } from './plan.test-kit';
import { said } from './said';

const output = { kind: 'output', name: 'position' };
const plan = planOf(
  [
    act('s1', { a: '1' }),
    step({ id: 'g', kind: 'group', needs: ['s1'], unbroken: true }),
    act(
      's2',
      { a: '2', b: '1' },
      { group: 'g', relies: ['c'], undo: { apply: [set('a', '1'), set('b', '0')] } },
    ),
    step({
      id: 'w',
      kind: 'wait',
      group: 'g',
      needs: ['s2'],
      target: 'db-b',
      limitMs: 2_000,
      until: check('reached', {
        command: sql('SELECT WAIT(?)', { target: 'db-b', values: [output] }),
        title: said('REACHED'),
      }),
    }),
    step({ id: 'ask', kind: 'gate', needs: ['g'], readings: [check('lag')] }),
    step({
      id: 'kill',
      kind: 'repeat',
      needs: ['ask'],
      maxRounds: 3,
      everyMs: 5,
      undo: { apply: [sql('DO 0')] },
    }),
  ],
  { facts: [fact('a'), fact('b'), fact('c', 'x')], preconditions: [check('free')] },
);
const { begins, rows, after } = dryRunOf(plan);
const row = (id: string) => {
  const found = rows.find((one) => one.id === id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
};

describe('a dry run', () => {
  it('has every step in an order in which they can run, a group before its members', () => {
    expect(rows.map(({ id }) => id)).toEqual(['s1', 'g', 's2', 'w', 'ask', 'kill']);
    expect(row('g')).toMatchObject({ kind: 'group', sent: [], needs: ['s1'], limitMs: 12_000 });
  });

  it('says what is sent where, and what that changes from its predicted value', () => {
    expect(row('s2').sent.map(({ prompt, text }) => prompt + text)).toEqual([
      "db-a> SET 'a' = '2'",
      "db-a> SET 'b' = '1'",
    ]);
    expect(row('s2').changes.map(({ fact: key, from, to }) => [key, from, to])).toEqual([
      ['a', '1', '2'],
      ['b', '0', '1'],
    ]);
    expect(row('s2').undo.map(({ text }) => text)).toEqual(["SET 'a' = '1'", "SET 'b' = '0'"]);
  });

  it('leaves no reading out: facts before and after, checks, what is waited for, gates', () => {
    const looks = (id: string) =>
      row(id).looks.map(({ when, text, expect: must }) => [when, text, 'value' in must && must.value]);
    const value = (text: string) => ({ kind: 'text', value: text });
    expect(looks('s2')).toEqual([
      ['before', 'SELECT a', value('1')],
      ['before', 'SELECT b', value('0')],
      ['before', 'SELECT c', value('x')],
      ['after', 'SELECT a', value('2')],
      ['after', 'SELECT b', value('1')],
    ]);
    expect(looks('w')).toEqual([['until', 'SELECT WAIT(⟨position⟩)', value('1')]]);
    expect(looks('ask').map(([when]) => when)).toEqual(['gate']);
    expect(row('ask').question).toEqual(said('QUESTION'));
    expect(begins.map(({ text }) => text)).toEqual(['SELECT a', 'SELECT b', 'SELECT c', 'SELECT 1 AS v']);
  });

  it('says how long each may take at most, and how everything reads in the end', () => {
    expect([row('s1'), row('w'), row('ask'), row('kill')].map(({ limitMs }) => limitMs)).toEqual([
      5_000, 2_000, 0, 15_015,
    ]);
    expect(
      after.map(({ target, facts }) => [target, facts.map(({ fact: key, from, to }) => [key, from, to])]),
    ).toEqual([
      [
        'db-a',
        [
          ['a', '0', '2'],
          ['b', '0', '1'],
          ['c', 'x', 'x'],
        ],
      ],
      ['db-b', []],
      ['web', []],
    ]);
  });
});
