import type { Check, Command } from './command';
import type { Leaf } from './order';

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

export interface Look {
  /** Right before it acts, while it goes on, so that nobody has to be asked, before a person's eyes, or afterwards. */
  when: 'before' | 'until' | 'unless' | 'gate' | 'after';
  check: Check;
}

/** What a step reads besides facts, in order. */
export function looksOf(step: Leaf): readonly Look[] {
  const of = (when: Look['when'], checks: readonly Check[]) => checks.map((check) => ({ when, check }));
  const own = step.kind === 'wait' || step.kind === 'repeat' ? of('until', [step.until]) : [];
  const gate = step.kind === 'gate' ? [...of('unless', step.unless), ...of('gate', step.readings)] : [];
  return [...of('before', step.precheck), ...gate, ...own, ...of('after', step.verify)];
}

/** Connection ids of the run's own sessions on a target, separated by commas: an output that the engine itself gives. */
export const ownSessions = (target: string): string => `own:${target}`;
