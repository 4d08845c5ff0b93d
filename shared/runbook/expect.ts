import type { Expect, Fact, Value } from './command';
import type { Answer, Judgement, Judges } from './judge';
import { type Known, shownValue } from './render';

/**
 * One value out of an answer: the named column of the first row, or the trimmed stdout. No row is the text "". Null is
 * unknown: NULL, a column that is not there, and a command that did not end with 0.
 */
function valueIn(answer: Answer, column: string | null): string | null {
  if (answer.exit !== null && answer.exit !== 0) return null;
  if (column === null) return answer.stdout.trim();
  const [first] = answer.rows;
  return first === undefined ? '' : (first[column] ?? null);
}

/** The value of a fact as this answer tells it; null: it does not. */
export const factValue = (fact: Pick<Fact, 'column'>, answer: Answer): string | null =>
  valueIn(answer, fact.column);

/**
 * Is an answer what it must be? `bind` puts in what is known now and gives null for what is not. Total: a judge that
 * is not there or that throws gives `holds: null`, which never counts as yes.
 */
export function judgeAnswer(
  expect: Expect,
  answer: Answer,
  bind: (value: Value) => string | null,
  judges: Judges,
): Judgement {
  switch (expect.kind) {
    case 'is': {
      const want = bind(expect.value);
      return compared(answer, expect.column, want === null ? null : (got) => got === want);
    }
    case 'one-of':
      return compared(answer, expect.column, (got) => expect.values.includes(got));
    case 'at-most':
      return compared(answer, expect.column, (got) =>
        /^-?\d+$/.test(got) ? BigInt(got) <= BigInt(expect.value) : null,
      );
    case 'no-rows':
      return { holds: answer.rows.length === 0, value: String(answer.rows.length) };
    case 'rows':
      return { holds: answer.rows.length > 0, value: String(answer.rows.length) };
    case 'succeeds':
      // A statement that has an answer has succeeded.
      return { holds: answer.exit === null || answer.exit === 0, value: String(answer.exit ?? 0) };
    case 'judged':
      return judged(expect, answer, bind, judges);
  }
}

function compared(
  answer: Answer,
  column: string | null,
  holds: ((got: string) => boolean | null) | null,
): Judgement {
  const got = valueIn(answer, column);
  if (got === null) return { holds: null, value: '' };
  return { holds: holds?.(got) ?? null, value: got };
}

function judged(
  { by, params }: Extract<Expect, { kind: 'judged' }>,
  answer: Answer,
  bind: (value: Value) => string | null,
  judges: Judges,
): Judgement {
  const judge = Object.hasOwn(judges, by) ? judges[by] : undefined;
  const bound = Object.entries(params).map(([name, value]) => [name, bind(value)] as const);
  const known = bound.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  if (!judge || known.length < bound.length) return { holds: null, value: '' };
  try {
    return judge(answer, Object.fromEntries(known));
  } catch {
    return { holds: null, value: '' };
  }
}

/** What an answer must show, beside the value that `judgeAnswer` gives: "1", "a | b", "≤ 5", "≥ 1" rows. */
export function mustBe(expect: Expect, known?: Known): string {
  switch (expect.kind) {
    case 'is':
      return shownValue(expect.value, known);
    case 'one-of':
      return expect.values.join(' | ');
    case 'at-most':
      return `≤ ${expect.value}`;
    case 'no-rows':
    case 'succeeds':
      return '0';
    case 'rows':
      return '≥ 1';
    case 'judged':
      return expect.by;
  }
}
