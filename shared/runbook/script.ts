import type { Language } from '../contract';
import { formatDuration } from '../text/format';
import { sayPlan } from '../text/say-plan';
import { throttleText } from '../text/throttle-text';
import { type Look, looksOf, sendsOf } from './commands-of';
import { type Leaf, orderOf } from './order';
import type { RunPlan } from './plan';
import { afterState, predictedBefore } from './predict';
import type { Said } from './said';
import {
  type Block,
  commandBlock,
  ended,
  heading,
  lookBlock,
  note,
  printed,
  type ScriptWords,
  wordsOf,
} from './script-blocks';
import { fillsOf } from './script-fills';
import { throttleOf } from './throttle';

/**
 * A plan as a file that a person can paste by hand, server by server, without the console: every command in order,
 * what must be read before and after, the point of no return, and the way back. Secrets are marks, never values.
 * `#` begins a comment for shells and for the SQL clients of both dialects. `hash` is that of the plan; times are UTC.
 */
export function scriptOf(plan: RunPlan, language: Language, hash: string): string {
  const words = wordsOf(plan, language);
  const { leaves } = orderOf(plan);
  const point = leaves.findIndex(({ nature }) => nature === 'point-of-no-return');
  const undoable = (point < 0 ? leaves : leaves.slice(0, point)).filter(({ undo }) => undo !== null);
  const lines = [
    ...head(plan, words, hash),
    ...heading(words.words.script.begin),
    ...printed([
      ...plan.facts.flatMap(({ key, value }) => factBlock(plan, words, key, value)),
      ...plan.preconditions.map((check) => lookBlock(check, words)),
    ]),
    ...leaves.flatMap((leaf) => stepLines(plan, words, leaf)),
    ...heading(words.words.script.end),
    ...printed([...afterState(plan)].flatMap(([key, value]) => factBlock(plan, words, key, value))),
    ...undoLines(plan, words, undoable.reverse()),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const RULE = '='.repeat(100);
const say = ({ language, procedure }: ScriptWords, said: Said): string => sayPlan(language, procedure, said);

function head(plan: RunPlan, words: ScriptWords, hash: string): string[] {
  const { script, plan: headings } = words.words;
  const read = `${new Date(plan.madeAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const servers = Object.entries(plan.targets).flatMap(([target, { host, service, session }]) => [
    note(service === null ? script.shellOnly(target, host) : script.server(target, host, service)),
    ...(session.length > 0 ? [note(`  ${script.session(target)}`), ...session.map(ended)] : []),
  ]);
  const fills = fillsOf(plan, script);
  const listed = (title: string, list: readonly Said[]) =>
    list.length > 0 ? [...heading(title), ...list.map((one) => note(`  ${say(words, one)}`))] : [];
  return [
    note(script.title(say(words, plan.title))),
    note(script.plan(hash, read)),
    note(''),
    ...script.how.map(note),
    ...heading(script.servers),
    ...servers,
    ...(fills.length > 0 ? heading(script.fill) : []),
    ...fills.map((fill) => note(`  ${fill}`)),
    ...(fills.length > 0 ? [note(script.fillText)] : []),
    ...listed(headings.warnings, plan.warnings),
    ...listed(headings.blind, plan.blind),
  ];
}

function stepLines(plan: RunPlan, words: ScriptWords, step: Leaf): string[] {
  const { script, nature, unbroken, noReturn, asks, asksUnless, asksUnlessAny, goesOn, rounds, limit } =
    words.words;
  const before = predictedBefore(plan, step.id);
  const changed = step.changes.map(({ fact }) => fact);
  const looks = (when: Look['when']): Block[] =>
    looksOf(step)
      .filter((look) => look.when === when)
      .map(({ check }) => lookBlock(check, words));
  const group = plan.steps.find(({ id }) => id === step.group);
  const throttle = throttleOf(step);
  const most = step.kind === 'wait' ? [limit(formatDuration(step.limitMs, words.language))] : [];
  return [
    ...(step.nature === 'point-of-no-return' ? ['', note(RULE), note(noReturn), note(RULE)] : []),
    ...heading(script.step(step.number, step.target ?? step.track, say(words, step.title))),
    note(`  ${[nature[step.nature], ...most].join(' · ')}`),
    ...(group?.kind === 'group' && group.unbroken ? [note(`  ${unbroken}`)] : []),
    ...printed([
      ...[...new Set([...step.relies, ...changed])].flatMap((key) =>
        factBlock(plan, words, key, before.get(key) ?? ''),
      ),
      ...looks('before'),
    ]),
    ...(step.kind === 'gate' && step.unless.length > 0
      ? [note(`  ${step.suffices ? asksUnlessAny : asksUnless}`)]
      : []),
    ...printed([...looks('unless'), ...looks('gate')]),
    ...(step.kind === 'gate' ? [note(`  ${asks(say(words, step.question))}`)] : []),
    ...(step.ifItFails === 'go-on' ? [note(`  ${goesOn}`)] : []),
    ...(step.kind === 'repeat' ? [note(`  ${rounds(step.maxRounds, step.inARow)}`)] : []),
    ...(throttle ? [note(`  ${throttleText(throttle, step.kind, words.language)}`)] : []),
    ...printed(looks('throttle')),
    ...printed(sendsOf(step).map((command) => commandBlock(command, words))),
    ...printed([
      ...looks('until'),
      ...looks('after'),
      ...step.changes.flatMap(({ fact, to }) => factBlock(plan, words, fact, to)),
    ]),
  ];
}

/** In the order given, each only when its step was done. */
function undoLines(plan: RunPlan, words: ScriptWords, steps: readonly Leaf[]): string[] {
  const { script } = words.words;
  if (steps.length === 0) return [];
  return [
    '',
    note(RULE),
    note(script.undo),
    note(RULE),
    ...steps.flatMap((step) => {
      const before = predictedBefore(plan, step.id);
      const proofs = [
        ...(step.undo?.verify ?? []).map((check) => lookBlock(check, words)),
        ...step.changes.flatMap(({ fact }) => factBlock(plan, words, fact, before.get(fact) ?? '')),
      ];
      return [
        ...heading(script.undoStep(step.number, say(words, step.title))),
        ...printed((step.undo?.apply ?? []).map((command) => commandBlock(command, words))),
        ...(proofs.length > 0 ? [note(`  ${script.undone}`), ...printed(proofs)] : []),
      ];
    }),
  ];
}

function factBlock(plan: RunPlan, words: ScriptWords, key: string, value: string): Block[] {
  const fact = plan.facts.find((one) => one.key === key);
  if (!fact) return [];
  const { title, command, column } = fact;
  return [
    lookBlock({ title, command, expect: { kind: 'is', column, value: { kind: 'text', value } } }, words),
  ];
}
