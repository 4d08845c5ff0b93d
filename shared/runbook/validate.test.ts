import { describe, expect, it } from 'vitest';
import type { Step } from './plan';
import { act, check, fact, planOf, set, sql, ssh, step } from './plan.test-kit';
import { problemsOf } from './validate';

const point = (more: object = {}, id = 'p') =>
  act(id, { [`${id} open`]: '1' }, { nature: 'point-of-no-return', confirms: true, undo: null, ...more });
const problems = (steps: readonly Step[], more: object = {}) => problemsOf(planOf(steps, more));
const wait = (id: string, more: object = {}) => step({ id, kind: 'wait', ...more });
const output = (name: string) => ({ kind: 'output', name });
const saves = (name: string) => ({ saves: [{ output: name, column: 'v' }] });

const SOUND: readonly Step[] = [
  act('s1', { a: '1' }),
  step({ id: 'g', kind: 'group', needs: ['s1'], unbroken: true }),
  step({ id: 'read', nature: 'reads', group: 'g', apply: [sql('SELECT x AS v', saves('position'))] }),
  wait('w', {
    group: 'g',
    needs: ['read'],
    until: check('reached', { command: sql('SELECT WAIT(?)', { values: [output('position')] }) }),
  }),
  point({ group: 'g', needs: ['w'] }),
  act(
    's2',
    { b: '1' },
    {
      needs: ['p'],
      relies: ['p open'],
      undo: null,
      apply: [sql('SET b = ?', { values: [{ kind: 'secret', name: 'repl' }] })],
    },
  ),
];

it('a sound plan has no problem', () => {
  expect(problems(SOUND)).toEqual([]);
});

describe.each<[string, readonly Step[], object, string[]]>([
  [
    'names',
    [act('s1', { a: '1' }), act('s1', { b: '1' })],
    {},
    ['step "s1" is there more than once', 'step number "s1" is there more than once'],
  ],
  [
    'facts twice',
    [act('s1', { a: '1' })],
    { facts: [fact('a'), fact('a')] },
    ['fact "a" is there more than once'],
  ],
  [
    'no such fact',
    [act('s1', { a: '1' }, { relies: ['z'] })],
    { facts: [fact('a')] },
    ['step s1: fact "z" is not in the plan'],
  ],
  [
    'no such step',
    [act('s1', { a: '1' }, { needs: ['s9'] })],
    {},
    ['step s1: it needs s9, which is no step'],
  ],
  ['itself', [act('s1', { a: '1' }, { needs: ['s1'] })], {}, ['step s1: it needs s1, which it is or is in']],
  [
    'its own group',
    [step({ id: 'g', kind: 'group' }), act('s1', { a: '1' }, { group: 'g', needs: ['g'] })],
    {},
    ['step s1: it needs g, which it is or is in'],
  ],
  ['no such group', [act('s1', { a: '1' }, { group: 's1' })], {}, ['step s1: "s1" is no group']],
  [
    'an empty group',
    [act('s1', { a: '1' }), step({ id: 'g', kind: 'group' })],
    {},
    ['step g: the group is empty'],
  ],
  [
    'a group that does something',
    [act('s1', { a: '1' }, { group: 'g' }), step({ id: 'g', kind: 'group', relies: ['a'] })],
    {},
    ['step g: a group does nothing itself: its readings, changes and undo would never be used'],
  ],
  [
    'a person in an unbroken group',
    [step({ id: 'g', kind: 'group', unbroken: true }), step({ id: 'ask', kind: 'gate', group: 'g' })],
    {},
    ['step g: ask waits for a person in a group that is not broken'],
  ],
  [
    'a circle',
    [act('s1', { a: '1' }, { needs: ['s2'] }), act('s2', { b: '1' }, { needs: ['s1'] })],
    {},
    ['steps wait for each other: s1, s2'],
  ],
  ['no such server', [act('s1', { a: '1' }, { target: 'db-z' })], {}, ['step s1: "db-z" is no target']],
  [
    'commands elsewhere',
    [step({ id: 's1', nature: 'reads', apply: [sql('SELECT 1', { target: 'db-z' })] })],
    {},
    ['step s1: "db-z" is no target'],
  ],
  [
    'SQL where there is none',
    [step({ id: 's1', nature: 'reads', apply: [sql('SELECT 1', { target: 'web' })] })],
    {},
    ['step s1: "web" has no SQL account'],
  ],
  [
    'kept nowhere',
    [act('s1', { a: '1' })],
    { keptOn: ['db-z'] },
    ['it is kept on "db-z", which is no target'],
  ],
  [
    'values',
    [act('s1', { a: '1' }, { apply: [sql('SET a = ?, b = ?', { values: [{ kind: 'text', value: '1' }] })] })],
    {},
    ['step s1: 2 values wanted, 1 given: SET a = ?, b = ?'],
  ],
  [
    'an output too early',
    [
      wait('w', { until: check('c', { command: sql('SELECT ?', { values: [output('x')] }) }) }),
      step({ id: 'r', nature: 'reads', apply: [sql('SELECT 1 AS v', saves('x'))] }),
    ],
    {},
    ['step w: output ⟨x⟩ is not known by then'],
  ],
  [
    'an output that undo may not have',
    [
      act(
        's1',
        { a: '1' },
        {
          apply: [sql('SELECT 1 AS v', saves('x')), set('a', '1')],
          undo: { apply: [sql('SET a = ?', { values: [output('x')] })] },
        },
      ),
    ],
    {},
    ['step s1: undo: output ⟨x⟩ is not known by then'],
  ],
  [
    'an output of a precondition',
    [wait('w', { until: check('c', { expect: { kind: 'is', column: 'v', value: output('x') } }) })],
    {
      preconditions: [check('one', { command: sql('SELECT 1 AS v', saves('x')) })],
    },
    ['step w: output ⟨x⟩ is not known by then'],
  ],
  [
    'an output twice',
    [
      step({ id: 'r1', nature: 'reads', apply: [sql('SELECT 1 AS v', saves('x'))] }),
      step({ id: 'r2', nature: 'reads', apply: [sql('SELECT 1 AS v', saves('x'))] }),
    ],
    {},
    ['output ⟨x⟩ is saved by more than one step'],
  ],
  [
    'a fact that saves',
    [act('s1', { a: '1' })],
    { facts: [fact('a', '0', { command: sql('SELECT a', saves('x')) })] },
    ['fact a: it saves ⟨x⟩, and facts are read at any time'],
  ],
  [
    'an unknown secret',
    [act('s1', { a: '1' }, { apply: [sql('SET a = ?', { values: [{ kind: 'secret', name: 'q' }] })] })],
    {},
    ['step s1: secret q is not in the plan'],
  ],
  [
    'a secret in an argv',
    [act('s1', { a: '1' }, { apply: [ssh(['x', { kind: 'secret', name: 'repl' }])] })],
    {},
    ['step s1: secret repl stands in an argv'],
  ],
  [
    'a secret in a reading',
    [
      wait('w', {
        until: check('c', { command: sql('SELECT ?', { values: [{ kind: 'secret', name: 'repl' }] }) }),
      }),
    ],
    {},
    ['step w: secret repl stands in a reading'],
  ],
  [
    'a column without a row',
    [
      act(
        's1',
        { a: '1' },
        { apply: [sql('SET a = ?', { values: [{ kind: 'column', name: 'id', as: 'text' }] })] },
      ),
    ],
    {},
    ['step s1: column ⟨id⟩ is used where there is no row'],
  ],
  [
    'a reading that acts',
    [
      wait('w', {
        until: check('c', { command: sql('SELECT id', { each: { statement: 'KILL 1', values: [] } }) }),
      }),
    ],
    {},
    ['step w: a reading sends something for each row'],
  ],
  [
    'two that change at once',
    [act('s1', { a: '1' }), act('s2', { a: '2' })],
    {},
    ['step s1 changes "a" while step s2 may be using it'],
  ],
  [
    'one that relies meanwhile',
    [act('s1', { a: '1' }), act('s2', { b: '2' }, { relies: ['a'] })],
    {},
    ['step s1 changes "a" while step s2 may be using it'],
  ],
  [
    'nothing that proves it',
    [step({ id: 's1', undo: { apply: [sql('DO 0')] } })],
    {},
    ['step s1: nothing proves that it was done: it changes no fact and has no verify'],
  ],
  [
    'a fact read elsewhere',
    [act('s1', { a: '1' })],
    {
      facts: [fact('a', '0', { command: sql('SELECT a', { target: 'db-b' }) })],
    },
    ['step s1: fact "a" is read on db-b, where the step does nothing'],
  ],
  [
    'a reading step that changes',
    [act('s1', { a: '1' }, { nature: 'reads', undo: null })],
    {},
    ['step s1: it only reads, and changes facts'],
  ],
  [
    'a wait that acts',
    [wait('w', { nature: 'hard' })],
    {},
    ['step w: a wait changes nothing: its nature is "reads"'],
  ],
  [
    'no way back',
    [act('s1', { a: '1' }, { undo: null }), point({ needs: ['s1'] })],
    {},
    ['step s1: it comes before the point of no return and has no undo'],
  ],
  [
    'no way back of what is meant to stay, and of what is not',
    [act('s1', { a: '1' }, { undo: null, nature: 'hard', ifItFails: 'go-on' }), point({ needs: ['s1'] })],
    {},
    [],
  ],
  [
    'no way back of what is hard and stops',
    [act('s1', { a: '1' }, { undo: null, nature: 'hard', ifItFails: 'stop' }), point({ needs: ['s1'] })],
    {},
    ['step s1: it comes before the point of no return and has no undo'],
  ],
  [
    'no way back on the side',
    [act('s1', { a: '1' }, { undo: null }), point()],
    {},
    ['step s1: it has no undo and may run before the point of no return, which does not need it'],
  ],
  [
    'a way back that is none',
    [point(), act('s1', { a: '1' }, { needs: ['p'] })],
    {},
    ['step s1: it comes after the point of no return: its undo would never be used'],
  ],
  [
    'a point of no return with a way back',
    [point({ undo: { apply: [set('p open', '0')] } })],
    {},
    ['step p: the point of no return has an undo'],
  ],
  [
    'a point of no return that confirms nobody',
    [point({ confirms: false })],
    {},
    ['step p: the point of no return does not confirm the identity of its servers'],
  ],
  [
    'a point of no return that cannot be proved',
    [point({ changes: [{ fact: 'p open', to: '0' }] })],
    {},
    ['step p: the point of no return changes no fact'],
  ],
  [
    'two points of no return',
    [point(), point({ needs: ['p'] }, 'q')],
    {},
    ['more than one point of no return: p, q'],
  ],
])('%s', (_, steps, more, expected) => {
  it('is named', () => {
    expect(problems(steps, more)).toEqual(expected);
  });
});

it('own sessions are known from the start', () => {
  const kills = sql('SELECT id FROM p WHERE NOT FIND_IN_SET(id, ?)', { values: [output('own:db-a')] });
  expect(problems([act('s1', { a: '1' }, { apply: [kills] })])).toEqual([]);
  expect(
    problems([act('s1', { a: '1' }, { apply: [sql('DO ?', { values: [output('own:db-z')] })] })]),
  ).toEqual(['step s1: output ⟨own:db-z⟩ is not known by then']);
});
