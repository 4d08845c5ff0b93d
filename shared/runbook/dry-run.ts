import type { Command, Expect, Question } from './command';
import { type Look, looksOf, sendsOf } from './commands-of';
import { isLeaf, type Leaf, membersOf, orderOf } from './order';
import type { RunPlan, Step } from './plan';
import { afterState, predictedBefore } from './predict';
import { type RunBy, runBy, shownCommand } from './render';
import type { Said } from './said';
import { type Throttle, throttleOf } from './throttle';

/** All that a run would do, without doing it: what is sent where, in which order, and what it changes. */
export interface DryRun {
  /** Read before it begins: facts, then preconditions. */
  begins: readonly DryLook[];
  rows: readonly DryRow[];
  /** By target: what every fact reads in the end. */
  after: readonly DryAfter[];
}

/** A step, or the heading of a group. */
export interface DryRow {
  id: string;
  number: string;
  kind: Step['kind'];
  title: Said;
  target: string | null;
  track: string;
  group: string | null;
  nature: Step['nature'];
  /** Numbers of the steps that it waits for. */
  needs: readonly string[];
  sent: readonly DrySent[];
  looks: readonly DryLook[];
  changes: readonly DryChange[];
  /** How it is taken back; empty: not at all, or there is nothing to take back. */
  undo: readonly DrySent[];
  estimate: Step['estimate'];
  /** Longest time that its commands, or its waiting, may take. */
  limitMs: number;
  /** A gate's question. */
  question: Said | null;
  /** Of a gate: one of the checks because of which nobody is asked is enough. */
  suffices: boolean;
  /** If it fails, the run goes on without it. */
  goesOn: boolean;
  /** How it is kept from hurting others; its checks are among the looks. */
  throttle: Throttle | null;
}

/** One command as it is sent. */
export interface DrySent extends RunBy {
  text: string;
  timeoutMs: number;
}
/** One reading, and what it must show. */
export interface DryLook extends RunBy {
  when: 'begin' | Look['when'];
  title: Said;
  text: string;
  expect: Expect;
}
export interface DryChange {
  fact: string;
  title: Said;
  target: string;
  from: string;
  to: string;
}
export interface DryAfter {
  target: string;
  /** `ifDone`: number of the step that changes it and that the run may go on without; null: it is certain. */
  facts: readonly (Omit<DryChange, 'target'> & { ifDone: string | null })[];
}

export function dryRunOf(plan: RunPlan): DryRun {
  const after = afterState(plan);
  const preconditions = plan.preconditions.map((check) => lookOf('begin', check));
  const passable = (key: string) =>
    plan.steps.find(
      ({ ifItFails, changes }) => ifItFails === 'go-on' && changes.some(({ fact }) => fact === key),
    );
  return {
    begins: [...plan.facts.map((fact) => factLook(fact, fact.value, 'begin')), ...preconditions],
    rows: rowsInOrder(plan).map((step) => rowOf(plan, step)),
    after: Object.keys(plan.targets).map((target) => ({
      target,
      facts: plan.facts
        .filter((fact) => fact.command.target === target)
        .map(({ key, title, value }) => ({
          fact: key,
          title,
          from: value,
          to: after.get(key) ?? value,
          ifDone: passable(key)?.number ?? null,
        })),
    })),
  };
}

/** Steps in an order in which they can run, each group's heading before its first member. */
function rowsInOrder(plan: RunPlan): Step[] {
  const shown = new Set<string>();
  const withHeadings = (step: Step): Step[] => {
    if (shown.has(step.id)) return [];
    shown.add(step.id);
    const group = plan.steps.find(({ id }) => id === step.group);
    return [...(group ? withHeadings(group) : []), step];
  };
  return orderOf(plan).leaves.flatMap(withHeadings);
}

function rowOf(plan: RunPlan, step: Step): DryRow {
  const { id, number, kind, title, target, track, group, nature, estimate } = step;
  const numberOf = (need: string) => plan.steps.find((one) => one.id === need)?.number ?? need;
  const common = { id, number, kind, title, target, track, group, nature, estimate };
  if (!isLeaf(step))
    return { ...common, ...NOTHING, needs: step.needs.map(numberOf), limitMs: limitOf(plan, step) };
  const before = predictedBefore(plan, id);
  const changes = step.changes.flatMap(({ fact: key, to }) => {
    const fact = plan.facts.find((one) => one.key === key);
    const from = before.get(key) ?? '';
    return fact ? [{ fact: key, title: fact.title, target: fact.command.target, from, to }] : [];
  });
  return {
    ...common,
    needs: step.needs.map(numberOf),
    sent: sendsOf(step).map(sentOf),
    looks: looksOfRow(plan, step, before),
    changes,
    undo: step.undo?.apply.map(sentOf) ?? [],
    limitMs: limitOf(plan, step),
    question: step.kind === 'gate' ? step.question : null,
    suffices: step.kind === 'gate' && step.suffices === 'any',
    goesOn: step.ifItFails === 'go-on',
    throttle: throttleOf(step),
  };
}
const NOTHING = {
  sent: [],
  looks: [],
  changes: [],
  undo: [],
  question: null,
  suffices: false,
  goesOn: false,
  throttle: null,
};

/** The facts it relies on and changes are read before, those it changes again afterwards. */
function looksOfRow(plan: RunPlan, step: Leaf, before: ReadonlyMap<string, string>): DryLook[] {
  const facts = (keys: readonly string[]) => plan.facts.filter(({ key }) => keys.includes(key));
  const changed = step.changes.map(({ fact }) => fact);
  const to = new Map(step.changes.map((change) => [change.fact, change.to]));
  const own = looksOf(step).map(({ when, check }) => lookOf(when, check));
  return [
    ...facts([...step.relies, ...changed]).map((fact) =>
      factLook(fact, before.get(fact.key) ?? '', 'before'),
    ),
    ...own,
    ...facts(changed).map((fact) => factLook(fact, to.get(fact.key) ?? '', 'after')),
  ];
}

/** Milliseconds that it can take at most, as far as its own limits say. */
function limitOf(plan: RunPlan, step: Step): number {
  switch (step.kind) {
    case 'group':
      return membersOf(plan, step.id).reduce((sum, member) => sum + limitOf(plan, member), 0);
    case 'wait':
      return step.limitMs;
    case 'gate':
      return 0;
    case 'act':
      return timeOf(step.apply);
    case 'repeat':
      return (timeOf(step.body) + step.everyMs + (step.throttle?.limitMs ?? 0)) * step.maxRounds;
  }
}
const timeOf = (commands: readonly Command[]) => commands.reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);

const sentOf = (command: Command): DrySent => ({
  ...runBy(command),
  text: shownCommand(command),
  timeoutMs: command.timeoutMs,
});

const lookOf = (
  when: DryLook['when'],
  { title, command, expect }: { title: Said; command: Question; expect: Expect },
): DryLook => ({ ...runBy(command), when, title, text: shownCommand(command), expect });

const factLook = (fact: RunPlan['facts'][number], value: string, when: DryLook['when']): DryLook => {
  const expect: Expect = { kind: 'is', column: fact.column, value: { kind: 'text', value } };
  return lookOf(when, { title: fact.title, command: fact.command, expect });
};
