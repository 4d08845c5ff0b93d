import { describe, expect, it } from 'vitest';
import { act, check, fact, planOf, set, sql, ssh, step } from './plan.test-kit';
import { said } from './said';
import { scriptOf } from './script';
import { problemsOf } from './validate';

const output = { kind: 'output', name: 'position' };
const secret = { kind: 'secret', name: 'repl' };
const plan = planOf(
  [
    act('1', { a: '1' }, { title: said('HOSTILE', { name: 'x\nDROP TABLE t;' }) }),
    act(
      '2',
      { b: '1' },
      {
        needs: ['1'],
        apply: [
          sql('SELECT id FROM p', {
            tolerates: [1094],
            each: { statement: 'KILL ?', values: [{ kind: 'column', name: 'id', as: 'number' }] },
          }),
          set('b', '1'),
        ],
      },
    ),
    step({
      id: '3',
      needs: ['2'],
      nature: 'reads',
      apply: [sql('SELECT position', { saves: [{ output: 'position', column: 'position' }] })],
    }),
    step({
      id: '4',
      kind: 'wait',
      needs: ['3'],
      until: check('reached', { command: sql('SELECT WAIT(?) AS v;', { target: 'db-b', values: [output] }) }),
    }),
    act(
      '5',
      { open: '1' },
      {
        needs: ['4'],
        nature: 'point-of-no-return',
        confirms: true,
        undo: null,
        relies: ['a'],
      },
    ),
    act(
      '6',
      { c: '1' },
      {
        needs: ['5'],
        nature: 'hard',
        undo: null,
        apply: [
          sql('FOLLOW WITH ?', { values: [secret] }),
          ssh(['set it', output], { target: 'db-a' }),
          ssh(['tee', '/etc/x'], { stdin: ['a\nb\n'], sudo: true }),
        ],
      },
    ),
  ],
  {
    facts: [
      fact('a', '0', { command: sql('SELECT a, b') }),
      fact('b', '0', { command: sql('SELECT a, b') }),
      fact('open'),
      fact('c'),
    ],
    warnings: [said('WARNING')],
    blind: [said('BLIND')],
  },
);
const english = scriptOf(plan, 'en', 'the-hash');
const lines = english.split('\n');
const pasted = lines.filter((line) => !line.startsWith('#') && line !== '');
/** The part from a heading to the next. */
const part = (heading: string) => {
  const from = lines.findIndex((line) => line.startsWith(heading));
  const length = lines.slice(from + 1).indexOf('');
  return lines.slice(from, from + 1 + length).join('\n');
};

describe('a script', () => {
  it('is of a sound plan', () => {
    expect(problemsOf(plan)).toEqual([]);
  });

  it('begins with what it belongs to, and when it is void', () => {
    expect(lines[1]).toBe(
      '# Plan the-hash, from readings of 2023-11-14 22:13:20 UTC. Void if the plan changes: make it again, then print it again.',
    );
    expect(english).toContain('# db-b: host db-b, SQL service mysql-b');
    expect(english).toContain('# web: host web, by SSH alone');
    expect(english).toContain('WARNING');
    expect(english).toContain('BLIND');
  });

  it('is nothing but comments, statements that end, and command lines', () => {
    expect(pasted.filter((line) => !line.endsWith(';'))).toEqual([
      "sudo -n -- tee /etc/x <<'END'",
      'a',
      'b',
      'END',
    ]);
    expect(pasted.filter((line) => line.includes(';;'))).toEqual([]);
    expect(pasted.join('\n')).not.toContain('DROP TABLE');
    expect(english).toContain('HOSTILE name=x\\nDROP TABLE t;');
  });

  it('names what has to be filled in, and where it comes from', () => {
    expect(part('# ── To be filled in')).toBe(
      [
        '# ── To be filled in',
        '#   ⟨position⟩: column position of what step 3 reads on db-a, in quotes',
        '#   ⟨secret repl⟩: password of the replication account of mysql-a, in quotes. It stands in no file and in no plan.',
        '# A statement with one of these left in it is refused by the server; a command line with one stands behind #.',
      ].join('\n'),
    );
    expect(part('# ── Step 3')).toContain('note position: this is ⟨position⟩');
    // A server refuses ⟨position⟩; a shell would not, so that its line is a comment.
    expect(pasted).toContain('SELECT WAIT(⟨position⟩) AS v;');
    expect(pasted).toContain('FOLLOW WITH ⟨secret repl⟩;');
    expect(part('# ── Step 6')).toContain(
      "#   fill it in, then take away the # in front:\n# 'set it' ⟨position⟩",
    );
  });

  it('says before each command where it goes, and what readings must show; one reading stands once', () => {
    expect(part('# ── Step 2')).toBe(
      [
        '# ── Step 2 · db-a · STEP id=2',
        '#   can be undone',
        '# db-a, SQL client',
        '#   FACT key=b: b must be 0',
        'SELECT a, b;',
        '# db-a, SQL client',
        '#   error 1094 is as good as done',
        'SELECT id FROM p;',
        '#   for each row of the answer, with its columns:',
        '#   KILL ⟨id⟩;',
        "SET 'b' = '1';",
        '# db-a, SQL client',
        '#   FACT key=b: b must be 1',
        'SELECT a, b;',
      ].join('\n'),
    );
    expect(part('# ── At the beginning')).toContain(
      '#   FACT key=a: a must be 0\n#   FACT key=b: b must be 0\nSELECT a, b;',
    );
  });

  it('draws the point of no return, and ends with the way back up to it, last first', () => {
    const at = (text: string) => lines.findIndex((line) => line.includes(text));
    expect(at('Point of no return:')).toBeLessThan(at('Step 5'));
    expect(at('Point of no return:')).toBeGreaterThan(at('Step 4'));
    const undo = lines.filter((line) => line.startsWith('# ── Undo'));
    expect(undo.map((line) => line.split(' · ')[0])).toEqual(['# ── Undo 2', '# ── Undo 1']);
    expect(part('# ── Undo 2')).toContain("SET 'b' = '0';\n#   then it must be again:");
    expect(at('Undo: only before')).toBeGreaterThan(at('End: this is'));
  });

  it('is the same script in French, statement by statement', () => {
    const french = scriptOf(plan, 'fr', 'the-hash').split('\n');
    expect(french.filter((line) => !line.startsWith('#') && line !== '')).toEqual(pasted);
    expect(french.length).toBe(lines.length);
    expect(french.join('\n')).toContain('doit être 0');
    expect(french.join('\n')).not.toMatch(/must be|undefined/);
  });

  it('has no way back where there is none', () => {
    const once = planOf([
      act('5', { open: '1' }, { nature: 'point-of-no-return', confirms: true, undo: null }),
    ]);
    expect(scriptOf(once, 'en', 'h')).not.toContain('Undo');
  });
});
