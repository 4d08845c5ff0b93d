import { z } from 'zod';
import type { AppError } from '../errors';
import { Check, Command, type Value, type Word } from './command';
import type { TimedEvent } from './events';
import type { Leaf } from './order';
import type { RunPlan } from './plan';
import type { Reading, RunState, Throttled } from './state-model';

/**
 * How a step that copies or loads is kept from hurting those who work on the same servers: rounds wait while its checks
 * do not hold, and where a tool lets its pace be set, a number that a person can turn is lowered and raised by them.
 */

const Name = z.string().min(1).max(100);
const Level = z.number().int().min(1);

export const Rate = z.strictObject({
  /** As people say it: "MiB/s", "threads". */
  unit: z.string().min(1).max(20),
  /** What it may be, the slowest first. */
  levels: z.array(Level).min(1).max(20),
  /** The level until a person says another. */
  begins: Level,
  /**
   * Tells the pace, by a value of the kind `rate`: sent before the step, and whenever it is turned, beside it. Null: the
   * step's own commands name the rate, and those of the next round follow it ("rsync --bwlimit").
   */
  command: Command.nullable(),
  /**
   * What `command` leaves on a server: the fact that says it, which the step changes (so that undoing brings it back), and
   * what puts it there once all is sent. Null: nothing outlasts the step.
   */
  lasts: z.strictObject({ fact: Name, back: Command }).nullable().default(null),
});
export type Rate = z.infer<typeof Rate>;

export const Throttle = z.strictObject({
  /** All must hold for the full pace: "the replica is at most 5 s behind". One that cannot be told does not hold. */
  checks: z.array(Check).max(10),
  /** How often they are asked. */
  everyMs: z.number().int().min(100),
  /** The longest that one round waits for them; then the step has failed. Of an act it means nothing. */
  limitMs: z.number().int().min(0),
  rate: Rate.nullable().default(null),
});
export type Throttle = z.infer<typeof Throttle>;

/** How a step is slowed down; null: not at all. */
export const throttleOf = (step: Leaf): Throttle | null =>
  step.kind === 'act' || step.kind === 'repeat' ? (step.throttle ?? null) : null;

/** The step's own word for how fast it may go at most: what a person said last, if the step knows that level. */
export function mostOf({ levels, begins }: Rate, step: string, events: readonly TimedEvent[]): number {
  const said = events.flatMap((event) =>
    event.kind === 'run-decided' && event.step === step && event.rate?.by === 'person'
      ? [event.rate.level]
      : [],
  );
  return said.filter((level) => levels.includes(level)).at(-1) ?? begins;
}

/**
 * The next pace of an act: one level down while not all checks are known to hold, one up while they do, never above what a
 * person allows. `now` null: nothing was set yet, and it begins with the most that is allowed.
 */
export function nextRate({ levels }: Rate, now: number | null, most: number, holds: boolean): number {
  const allowed = levels.filter((level) => level <= most);
  if (now === null) return allowed.at(-1) ?? most;
  if (!holds) return allowed.findLast((level) => level < now) ?? allowed[0] ?? most;
  return allowed.find((level) => level > now) ?? allowed.at(-1) ?? most;
}

const atLevel = (level: number) => {
  const put = <T extends Value>(value: T): T | Extract<Value, { kind: 'number' }> =>
    value.kind === 'rate' ? { kind: 'number', value: `${level}` } : value;
  return { value: put, word: (word: Word): Word => (typeof word === 'string' ? word : put(word)) };
};

/** The command with the rate put in; one that does not name it is as it was. `level` null: it has none. */
export function atRate(command: Command, level: number | null): Command {
  if (level === null) return command;
  const { value, word } = atLevel(level);
  if (command.kind === 'ssh')
    return { ...command, argv: command.argv.map(word), stdin: command.stdin?.map(word) ?? null };
  const { each } = command;
  return {
    ...command,
    values: command.values.map(value),
    each: each && { ...each, values: each.values.map(value) },
  };
}

/** Does it name the rate? */
export function namesRate(command: Command): boolean {
  const words: readonly Word[] =
    command.kind === 'ssh'
      ? [...command.argv, ...(command.stdin ?? [])]
      : [...command.values, ...(command.each?.values ?? [])];
  return words.some((word) => typeof word !== 'string' && word.kind === 'rate');
}

/**
 * What a fact may read between the beginning of a step and its end besides the value before and the one after: a step that
 * was cut off may have left any of its paces behind.
 */
export function paceLeft(step: Leaf, fact: string): string[] {
  const rate = throttleOf(step)?.rate;
  return rate?.lasts?.fact === fact ? rate.levels.map(String) : [];
}

/** What is known of the pace of a step that goes, besides its plan and its journal. */
export interface LivePace {
  rate: number | null;
  behind: Reading[];
  waitsSince: number | null;
  error: AppError | null;
}

/** The pace of every step that can be slowed down, by its id: as far as the journal, and `live`, tell. */
export function throttledOf(
  plan: RunPlan,
  events: readonly TimedEvent[],
  live: ReadonlyMap<string, { shown: LivePace }> = new Map(),
): Record<string, Throttled> {
  const known = plan.steps.flatMap((step): [string, Throttled][] => {
    const throttle = step.kind === 'act' || step.kind === 'repeat' ? step.throttle : undefined;
    if (!throttle) return [];
    const { rate } = throttle;
    const now = live.get(step.id)?.shown ?? { rate: null, behind: [], waitsSince: null, error: null };
    const most = rate && mostOf(rate, step.id, events);
    return [[step.id, { unit: rate?.unit ?? '', levels: rate?.levels ?? [], most, ...now }]];
  });
  return Object.fromEntries(known);
}

/** May a person say so now? The step has to know that level, and not to be over. */
export function canSet(plan: RunPlan, state: RunState, id: string, level: number): boolean {
  const step = plan.steps.find((one) => one.id === id);
  const throttle = step?.kind === 'act' || step?.kind === 'repeat' ? step.throttle : undefined;
  const stands = state.steps[id]?.state ?? 'pending';
  return (throttle?.rate?.levels.includes(level) ?? false) && stands !== 'done' && stands !== 'undone';
}
