import { shellWord } from '../shell-word';
import type { Question, SqlCommand, Stream, Value, Word } from './command';
import { fillPlaceholders, sqlText } from './sql-text';

/**
 * Commands as people read them, and as the journal keeps them: what is sent, with ⟨name⟩ for an output that is not
 * known yet and ⟨secret name⟩ for a secret, always.
 */

/** What an output or a column is by now; null: not known yet. Never asked for a secret. */
export type Known = (value: Extract<Value, { kind: 'output' | 'column' }>) => string | null;
const nothingKnown: Known = () => null;

/** A place that is not filled. */
export const marked = (name: string): string => `⟨${name}⟩`;
/** How a secret is shown, everywhere. */
export const secretMark = (name: string): string => marked(`secret ${name}`);
/** How the pace of a step is shown, whatever it is at the moment. */
export const RATE_MARK = marked('rate');

/** A value as it stands in a statement. */
function shownInSql(value: Value, known: Known): string {
  switch (value.kind) {
    case 'text':
      return sqlText(value.value);
    case 'number':
      return value.value;
    case 'secret':
      return secretMark(value.name);
    case 'rate':
      return RATE_MARK;
    case 'output':
    case 'column': {
      const text = known(value);
      if (text === null) return marked(value.name);
      return value.kind === 'column' && value.as === 'number' ? text : sqlText(text);
    }
  }
}

/** One statement with its values; `known` puts in outputs and columns. */
export const shownStatement = (statement: string, values: readonly Value[], known: Known = nothingKnown) =>
  fillPlaceholders(statement, (index) => {
    const value = values[index];
    return value === undefined ? '?' : shownInSql(value, known);
  });

/** A value as it stands in a command line: one word, or a mark. */
function shownWord(word: Word, known: Known): string {
  const text = wordText(word, known);
  return text.kind === 'text' ? shellWord(text.text) : text.text;
}

function wordText(word: Word, known: Known): { kind: 'text' | 'mark'; text: string } {
  if (typeof word === 'string') return { kind: 'text', text: word };
  switch (word.kind) {
    case 'text':
    case 'number':
      return { kind: 'text', text: word.value };
    case 'secret':
      return { kind: 'mark', text: secretMark(word.name) };
    case 'rate':
      return { kind: 'mark', text: RATE_MARK };
    case 'output':
    case 'column': {
      const text = known(word);
      return text === null ? { kind: 'mark', text: marked(word.name) } : { kind: 'text', text };
    }
  }
}

/** A value by itself, not quoted for anything. */
export const shownValue = (value: Value, known: Known = nothingKnown): string => wordText(value, known).text;

/** The statement that is sent for each row of an answer, with ⟨columns⟩ for what the row will say; null: there is none. */
export const shownEach = ({ each }: SqlCommand, known: Known = nothingKnown): string | null =>
  each && shownStatement(each.statement, each.values, known);

/**
 * One command as it is sent: a statement, or a command line with what it is given on standard input below it; of a reading of
 * this console its name, with what it goes by.
 */
export function shownCommand(command: Question, known: Known = nothingKnown): string {
  if (command.kind === 'sql') {
    const each = shownEach(command, known);
    const statement = shownStatement(command.statement, command.values, known);
    return each === null ? statement : `${statement}\n↳ ${each}`;
  }
  if (command.kind === 'desk') {
    const params = Object.entries(command.params).map(
      ([name, value]) => `${name}=${shownWord(value, known)}`,
    );
    return [command.name, ...params].join(' ');
  }
  const words = command.argv.map((word) => shownWord(word, known));
  const line = [...(command.sudo ? ['sudo', '-n', '--'] : []), ...words].join(' ');
  if (command.from) return `${shownStream(command.from, known)} | ${command.target}$ ${line}`;
  if (command.stdin === null) return line;
  const given = command.stdin.map((word) => wordText(word, known).text).join('');
  return `${line} <<'${STDIN_END}'\n${given}${given.endsWith('\n') ? '' : '\n'}${STDIN_END}`;
}

const shownStream = ({ target, argv, sudo }: Stream, known: Known): string =>
  [`${target}$`, ...(sudo ? ['sudo', '-n', '--'] : []), ...argv.map((word) => shownWord(word, known))].join(
    ' ',
  );

/** Where a shown standard input ends. */
const STDIN_END = 'END';

export interface RunBy {
  target: string;
  /** What a person would type it into; `desk`: nowhere, the console reads it. */
  via: Question['kind'];
  /** "db-a> " for a statement, "web$ " for a command line, "db-a: " for what the console reads itself. */
  prompt: string;
}

const PROMPTS = { sql: '> ', ssh: '$ ', desk: ': ' } as const;

/** Where a command is run, and by what. */
export const runBy = ({ kind, target }: Question): RunBy => ({
  target,
  via: kind,
  prompt: `${target}${PROMPTS[kind]}`,
});
