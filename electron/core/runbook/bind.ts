import type { Row } from '@shared/kinds/kind';
import type { Value, Word } from '@shared/runbook/command';
import { fillPlaceholders, sqlText } from '@shared/runbook/sql-text';
import { failure } from '../net/failure';
import type { Secret } from '../secrets/secret';

/** What values become when a command is sent. Only here does a secret leave its wrapping. */
export interface Bound {
  /** Name of the step, for errors. */
  name: string;
  output(name: string): string | null;
  secret(name: string): Secret;
  /** The row at hand, inside `each`. */
  row: Row | null;
}

const DIGITS = /^-?\d+$/;

/** @throws Failure E_NO_OUTPUT when it is not known, E_ARGUMENT when a number is none. */
function textOf(value: Value, bound: Bound): string {
  switch (value.kind) {
    case 'text':
      return value.value;
    case 'number':
      return digits(value.value, bound);
    case 'secret':
      return bound.secret(value.name).reveal();
    case 'rate':
      // It is put in by whoever knows the pace (throttle.ts).
      return told(null, 'rate', bound);
    case 'output':
      return told(bound.output(value.name), value.name, bound);
    case 'column': {
      const text = told(bound.row?.[value.name] ?? null, value.name, bound);
      return value.as === 'number' ? digits(text, bound) : text;
    }
  }
}

function told(text: string | null, what: string, { name }: Bound): string {
  if (text === null) throw failure('E_NO_OUTPUT', null, { name, what });
  return text;
}

function digits(text: string, { name }: Bound): string {
  if (!DIGITS.test(text)) throw failure('E_ARGUMENT', null, { name });
  return text;
}

const isBare = (value: Value): boolean =>
  value.kind === 'number' || (value.kind === 'column' && value.as === 'number');

export interface BoundStatement {
  text: string;
  secrets: readonly Secret[];
}

/** A literal for a session with NO_BACKSLASH_ESCAPES, where a backslash stands for itself. */
export const plainLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Is there a value whose literal depends on whether backslash escapes are on? */
export const needsMode = (values: readonly Value[], bound: Bound): boolean =>
  values.some((value) => !isBare(value) && sqlText(textOf(value, bound)).includes('\\'));

/**
 * A statement with its values put in as literals; statements of replication and of accounts take no parameters of the
 * protocol. @throws Failure E_NO_OUTPUT, E_ARGUMENT, E_PLAN_INVALID
 */
export function bindStatement(
  statement: string,
  values: readonly Value[],
  bound: Bound,
  literal: (text: string) => string = sqlText,
): BoundStatement {
  const secrets: Secret[] = [];
  const text = fillPlaceholders(statement, (index) => {
    const value = values[index];
    if (!value) throw failure('E_PLAN_INVALID', null, { text: `${bound.name} has a ? without a value` });
    if (value.kind === 'secret') secrets.push(bound.secret(value.name));
    const plain = textOf(value, bound);
    return isBare(value) ? plain : literal(plain);
  });
  return { text, secrets };
}

/**
 * One word of a command line. @throws Failure E_PLAN_INVALID for a secret: everybody on a host reads the arguments of
 * every process.
 */
export function bindWord(word: Word, bound: Bound): string {
  if (typeof word === 'string') return word;
  if (word.kind === 'secret')
    throw failure('E_PLAN_INVALID', null, { text: `${bound.name} has a secret in a command line` });
  return textOf(word, bound);
}

/** What is written to a command's standard input. */
export const bindInput = (words: readonly Word[], bound: Bound): string =>
  words.map((word) => (typeof word === 'string' ? word : textOf(word, bound))).join('');

/** A value for a comparison; null: it is not known. Never a secret. */
export function knownText(value: Value, bound: Bound): string | null {
  if (value.kind === 'secret') return null;
  try {
    return textOf(value, bound);
  } catch {
    return null;
  }
}
