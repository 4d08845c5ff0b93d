import type { Texts } from '../text';
import type { Question, Value, Word } from './command';
import { looksOf, ownSessions, sendsOf } from './commands-of';
import { isLeaf } from './order';
import type { RunPlan } from './plan';
import { marked, RATE_MARK, secretMark } from './render';

/** What a person has to fill into a script by hand, one sentence each: outputs, own sessions, secrets. */
export function fillsOf(plan: RunPlan, words: Texts['runbook']['script']): string[] {
  const used = usedIn(plan);
  const secrets = Object.entries(plan.secrets)
    .filter(([name]) => used.some((value) => value.kind === 'secret' && value.name === name))
    .map(([name, { account, service }]) => words.secret(secretMark(name), account, service));
  const outputs = [
    ...new Set(used.flatMap((value) => (value.kind === 'output' ? [value.name] : []))),
  ].flatMap((name) => outputText(plan, name, words));
  const rate = used.some(({ kind }) => kind === 'rate') ? [words.rate(RATE_MARK)] : [];
  return [...outputs, ...secrets, ...rate];
}

function outputText(plan: RunPlan, name: string, words: Texts['runbook']['script']): string[] {
  const mark = marked(name);
  const own = Object.keys(plan.targets).find((target) => ownSessions(target) === name);
  if (own !== undefined) return [words.own(mark, own)];
  for (const step of plan.steps.filter(isLeaf)) {
    const commands = [...sendsOf(step), ...looksOf(step).map(({ check }) => check.command)];
    for (const { saves, target } of commands) {
      const save = saves.find(({ output }) => output === name);
      if (!save) continue;
      return [
        save.column === null
          ? words.stdout(mark, step.number, target)
          : words.output(mark, save.column, step.number, target),
      ];
    }
  }
  return plan.preconditions
    .filter(({ command }) => command.saves.some(({ output }) => output === name))
    .map(({ command }) => words.precondition(mark, command.target));
}

/** Every value that any command of the plan or any check puts in. */
function usedIn(plan: RunPlan): Value[] {
  const leaves = plan.steps.filter(isLeaf);
  const checks = [
    ...plan.preconditions,
    ...leaves.flatMap((leaf) => [...looksOf(leaf).map(({ check }) => check), ...(leaf.undo?.verify ?? [])]),
  ];
  const commands = [
    ...plan.facts.map(({ command }) => command),
    ...checks.map(({ command }) => command),
    ...leaves.flatMap((leaf) => [...sendsOf(leaf), ...(leaf.undo?.apply ?? [])]),
  ];
  const expected = checks.flatMap(({ expect }) => {
    if (expect.kind === 'is') return [expect.value];
    return expect.kind === 'judged' ? Object.values(expect.params) : [];
  });
  return [...commands.flatMap(valuesOf), ...expected];
}

/** The values that one command puts in. */
function valuesOf(command: Question): Value[] {
  if (command.kind === 'sql') return [...command.values, ...(command.each?.values ?? [])];
  if (command.kind === 'desk') return Object.values(command.params);
  const isValue = (word: Word): word is Value => typeof word !== 'string';
  return [...command.argv, ...(command.from?.argv ?? []), ...(command.stdin ?? [])].filter(isValue);
}
