import type { Language } from '../contract';
import { type Texts, texts } from '../text';
import { expectText, sayPlan } from '../text/say-plan';
import type { Expect, Question } from './command';
import type { RunPlan } from './plan';
import { marked, shownCommand, shownEach, shownStatement } from './render';
import type { Said } from './said';

/** What a person pastes into one client, with what is said of it above. */
export interface Block {
  /** "db-a, SQL client" */
  where: string;
  notes: readonly string[];
  lines: readonly string[];
}

export interface ScriptWords {
  language: Language;
  procedure: string;
  words: Texts['runbook'];
}
export const wordsOf = ({ procedure }: RunPlan, language: Language): ScriptWords => ({
  language,
  procedure,
  words: texts(language).runbook,
});

/** A line for people; a text of a server within it stays on that line. */
export const note = (text: string): string =>
  `# ${text.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}`.trimEnd();
export const heading = (text: string): string[] => ['', note(`── ${text}`)];
/** A statement as a client takes it. */
export const ended = (statement: string): string => `${statement.trimEnd().replace(/;$/, '')};`;

/** One command as a person pastes it; what the console reads itself is told in a comment. */
export function commandBlock(command: Question, { words: { script } }: ScriptWords): Block {
  const saved = command.saves.map(({ output, column }) => script.note(marked(output), column ?? ''));
  if (command.kind === 'desk')
    return { where: script.byConsole(command.target), notes: saved, lines: [note(shownCommand(command))] };
  if (command.kind === 'ssh') {
    // A stream goes from host to host: it is no line for one shell.
    const lines = shownCommand(command).split('\n');
    const where = script.inShell(command.target);
    // A shell would take an unfilled ⟨name⟩ for a word like any other.
    if (command.from) return { where, notes: saved, lines: lines.map(note) };
    return lines.some((line) => line.includes('⟨'))
      ? { where, notes: [...saved, script.filledFirst], lines: lines.map(note) }
      : { where, notes: saved, lines };
  }
  const each = shownEach(command);
  const tolerates = command.tolerates.map(String).join(', ');
  return {
    where: script.inSql(command.target),
    notes: [...(tolerates === '' ? [] : [script.tolerates(tolerates)]), ...saved],
    lines: [
      ended(shownStatement(command.statement, command.values)),
      ...(each === null ? [] : [note(`  ${script.each}`), note(`  ${ended(each)}`)]),
    ],
  };
}

/** A reading, and what it must show. */
export function lookBlock(
  { title, command, expect }: { title: Said; command: Question; expect: Expect },
  words: ScriptWords,
): Block {
  const { language, procedure } = words;
  const column = 'column' in expect && expect.column !== null ? `${expect.column} ` : '';
  const what = sayPlan(language, procedure, title);
  const says = words.words.says(what, `${column}${expectText(expect, language)}`);
  const block = commandBlock(command, words);
  return { ...block, notes: [says, ...block.notes] };
}

/** One reading that tells several things stands once; where is said as often as it changes. */
export function printed(blocks: readonly Block[]): string[] {
  const merged: Block[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    const isSame = last && last.where === block.where && last.lines.join('\n') === block.lines.join('\n');
    // What acts is never left out, even if the same is sent twice.
    if (isSame && last.notes.length > 0 && block.notes.length > 0)
      merged.splice(-1, 1, { ...last, notes: [...new Set([...last.notes, ...block.notes])] });
    else merged.push(block);
  }
  return merged.flatMap(({ where, notes, lines }, index) => [
    ...(merged[index - 1]?.where === where ? [] : [note(where)]),
    ...notes.map((one) => note(`  ${one}`)),
    ...lines,
  ]);
}
