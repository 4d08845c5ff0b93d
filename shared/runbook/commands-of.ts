import type { Check, Command, Question } from './command';
import type { Leaf } from './order';
import { throttleOf } from './throttle';

/** What a step sends in order to act. Readings are not among them. */
export function actsOf(step: Leaf): readonly Command[] {
  switch (step.kind) {
    case 'act':
      return step.apply;
    case 'repeat':
      return step.body;
    case 'wait':
    case 'gate':
      return [];
  }
}

/** The same, with what sets its pace before and puts that back after: all that a step may send and that changes something. */
export function sendsOf(step: Leaf): readonly Command[] {
  const rate = throttleOf(step)?.rate ?? null;
  return [
    ...(rate?.command ? [rate.command] : []),
    ...actsOf(step),
    ...(rate?.lasts ? [rate.lasts.back] : []),
  ];
}

/** Everybody on whom a command runs: of a stream, both ends. */
export const targetsOf = (command: Question): string[] =>
  command.kind === 'ssh' && command.from ? [command.target, command.from.target] : [command.target];

export interface Look {
  /**
   * Right before it acts, to go at full pace, while it goes on, so that nobody has to be asked, before a person's eyes, or
   * afterwards.
   */
  when: 'before' | 'throttle' | 'until' | 'unless' | 'gate' | 'after';
  check: Check;
}

/** What a step reads besides facts, in order. */
export function looksOf(step: Leaf): readonly Look[] {
  const of = (when: Look['when'], checks: readonly Check[]) => checks.map((check) => ({ when, check }));
  const own = step.kind === 'wait' || step.kind === 'repeat' ? of('until', [step.until]) : [];
  const gate = step.kind === 'gate' ? [...of('unless', step.unless), ...of('gate', step.readings)] : [];
  const pace = of('throttle', throttleOf(step)?.checks ?? []);
  return [...of('before', step.precheck), ...pace, ...gate, ...own, ...of('after', step.verify)];
}

/** Connection ids of the run's own sessions on a target, separated by commas: an output that the engine itself gives. */
export const ownSessions = (target: string): string => `own:${target}`;
