import type { Check, Command, Expect, Question, Value, Word } from './command';
import { ownSessions, sendsOf } from './commands-of';
import { isLeaf, type Leaf, orderOf } from './order';
import type { RunPlan } from './plan';
import { countPlaceholders } from './sql-text';
import { throttleOf } from './throttle';
import { doubled } from './validate-steps';

/** What commands name, and whether it is known by the time that they are sent. */
export function commandProblems(plan: RunPlan): string[] {
  const provided = Object.keys(plan.targets).map(ownSessions);
  const { leaves, before } = orderOf(plan);
  const savedBy = new Map(leaves.map((leaf) => [leaf.id, sequenceOf(leaf).flatMap(savesOf)]));
  // What such a step would have told, nobody knows when it failed.
  const isPassable = new Set(leaves.filter(({ ifItFails }) => ifItFails === 'go-on').map(({ id }) => id));
  const preconditions = sequenceProblems(plan, plan.preconditions.flatMap(ofCheck), provided);
  return [
    ...doubled([...savedBy.values()].flatMap((names) => [...new Set(names)])).map(
      (name) => `output ⟨${name}⟩ is saved by more than one step`,
    ),
    ...plan.facts.flatMap(({ key, command }) => [
      ...sequenceProblems(plan, [{ command, acts: false }], provided).map((what) => `fact ${key}: ${what}`),
      ...command.saves.map(
        ({ output }) => `fact ${key}: it saves ⟨${output}⟩, and facts are read at any time`,
      ),
    ]),
    ...preconditions.map((what) => `precondition ${what}`),
    ...leaves.flatMap((leaf) => {
      const told = [...(before.get(leaf.id) ?? [])].filter((id) => !isPassable.has(id));
      const known = [...provided, ...told.flatMap((id) => savedBy.get(id) ?? [])];
      const undo = [...acting(leaf.undo?.apply ?? []), ...(leaf.undo?.verify ?? []).flatMap(ofCheck)];
      return [
        ...sequenceProblems(plan, sequenceOf(leaf), known),
        // What the step itself saves is lost when it ends in doubt, and that is when it is undone.
        ...sequenceProblems(plan, undo, known).map((what) => `undo: ${what}`),
      ].map((what) => `step ${leaf.id}: ${what}`);
    }),
    ...plan.steps
      .filter((step) => isLeaf(step) && step.kind === 'act' && step.progress?.command.saves.length)
      .map(({ id }) => `step ${id}: its progress saves an output`),
  ];
}

/** A command in its turn, or what a check expects after its own. */
type Sent = { command: Question; acts: boolean } | { expect: Expect };

const acting = (commands: readonly Command[]): Sent[] => commands.map((command) => ({ command, acts: true }));
const ofCheck = ({ command, expect }: Check): Sent[] => [{ command, acts: false }, { expect }];

/** All that a step sends, in order. */
function sequenceOf(step: Leaf): Sent[] {
  const own = step.kind === 'wait' || step.kind === 'repeat' ? ofCheck(step.until) : [];
  const gate = step.kind === 'gate' ? [...step.unless, ...step.readings].flatMap(ofCheck) : [];
  const acts = [...(throttleOf(step)?.checks ?? []).flatMap(ofCheck), ...acting(sendsOf(step))];
  return [...step.precheck.flatMap(ofCheck), ...acts, ...gate, ...own, ...step.verify.flatMap(ofCheck)];
}

const savesOf = (sent: Sent): string[] =>
  'command' in sent ? sent.command.saves.map(({ output }) => output) : [];

/** `known`: outputs that are there before the first of them. */
function sequenceProblems(plan: RunPlan, sequence: readonly Sent[], known: readonly string[]): string[] {
  const saved = new Set(known);
  return sequence.flatMap((sent) => {
    if ('expect' in sent) return valueProblems(plan, expectedValues(sent.expect), saved, 'a check');
    const { command, acts } = sent;
    const problems = [
      ...targetProblems(plan, command),
      ...(command.kind === 'sql' ? sqlProblems(plan, command, saved, acts) : []),
      ...(command.kind === 'ssh' ? sshProblems(plan, command, saved, acts) : []),
      ...(command.kind === 'desk'
        ? valueProblems(plan, Object.values(command.params), saved, 'a reading')
        : []),
    ];
    for (const output of savesOf(sent)) saved.add(output);
    return problems;
  });
}

function targetProblems({ targets }: RunPlan, { kind, target }: Question): string[] {
  if (!Object.hasOwn(targets, target)) return [`"${target}" is no target`];
  return kind === 'sql' && targets[target]?.service === null ? [`"${target}" has no SQL account`] : [];
}

function sqlProblems(
  plan: RunPlan,
  command: Extract<Command, { kind: 'sql' }>,
  saved: ReadonlySet<string>,
  acts: boolean,
): string[] {
  const { statement, values, each } = command;
  const count = (text: string, given: readonly Value[]) => {
    const wanted = countPlaceholders(text);
    return wanted === given.length ? [] : [`${wanted} values wanted, ${given.length} given: ${text}`];
  };
  return [
    ...count(statement, values),
    ...values.filter(isColumn).map(({ name }) => `column ⟨${name}⟩ is used where there is no row`),
    ...valueProblems(plan, values.filter(isNoColumn), saved, acts ? null : 'a reading'),
    ...(each && !acts ? ['a reading sends something for each row'] : []),
    ...(each ? count(each.statement, each.values) : []),
    ...(each ? valueProblems(plan, each.values.filter(isNoColumn), saved, acts ? null : 'a reading') : []),
  ];
}

function sshProblems(
  plan: RunPlan,
  { argv: own, stdin, saves, from }: Extract<Command, { kind: 'ssh' }>,
  saved: ReadonlySet<string>,
  acts: boolean,
): string[] {
  const argv = [...own, ...(from?.argv ?? [])];
  const words = [...argv, ...(stdin ?? [])].filter(isValue);
  return [
    ...(from && !Object.hasOwn(plan.targets, from.target) ? [`"${from.target}" is no target`] : []),
    ...(from && (!acts || stdin !== null || saves.length > 0)
      ? ['a stream acts, is given nothing else, and saves nothing']
      : []),
    // Whoever is on that host sees the argv of every process.
    ...argv
      .filter(isValue)
      .flatMap((word) => (word.kind === 'secret' ? [`secret ${word.name} stands in an argv`] : [])),
    ...words.filter(isColumn).map(({ name }) => `column ⟨${name}⟩ is used where there is no row`),
    ...valueProblems(plan, words.filter(isNoColumn), saved, acts ? null : 'a reading'),
    ...saves
      .filter(({ column }) => column !== null)
      .map(({ output }) => `⟨${output}⟩ is a column of a command line, which has none`),
  ];
}

const isValue = (word: Word): word is Value => typeof word !== 'string';
const isColumn = (value: Value) => value.kind === 'column';
const isNoColumn = (value: Value) => value.kind !== 'column';

/** `showing`: what would show a secret; null: it is one of the commands that may have one. */
function valueProblems(
  plan: RunPlan,
  values: readonly Value[],
  saved: ReadonlySet<string>,
  showing: string | null,
): string[] {
  return values.flatMap((value) => {
    if (value.kind === 'output' && !saved.has(value.name))
      return [`output ⟨${value.name}⟩ is not known by then`];
    if (value.kind === 'column') return [`column ⟨${value.name}⟩ is used where there is no row`];
    if (value.kind === 'rate') return showing === null ? [] : [`⟨rate⟩ stands in ${showing}`];
    if (value.kind !== 'secret') return [];
    if (showing !== null) return [`secret ${value.name} stands in ${showing}`];
    return Object.hasOwn(plan.secrets, value.name) ? [] : [`secret ${value.name} is not in the plan`];
  });
}

function expectedValues(expect: Expect): Value[] {
  if (expect.kind === 'is') return [expect.value];
  return expect.kind === 'judged' ? Object.values(expect.params) : [];
}
