import type { AppError } from '@shared/errors';
import type { Question } from '@shared/runbook/command';
import { looksOf, sendsOf, targetsOf } from '@shared/runbook/commands-of';
import type { KnownBy, Phase, StepResult } from '@shared/runbook/events';
import type { Leaf } from '@shared/runbook/order';
import { runBy, shownCommand } from '@shared/runbook/render';
import { nextAttempt } from '@shared/runbook/state';
import { outputOf, type RunContext, shownBy } from './context';

/** One attempt at a step, as the journal tells it: announced before it acts, and how it ended. */
export interface Deed {
  readonly attempt: number;
  /** In its own time, since it was announced. */
  end(result: StepResult, how?: DeedEnd): void;
}
export interface DeedEnd {
  by?: KnownBy;
  outputs?: Record<string, string>;
  evidence?: Record<string, string>;
  error?: AppError | null;
}

/** The commands of a step in this direction; of one that only looks, what it looks at. */
export function commandsOf(step: Leaf, phase: Phase): readonly Question[] {
  if (phase === 'undo') return step.undo?.apply ?? [];
  switch (step.kind) {
    case 'act':
      return sendsOf(step);
    case 'repeat':
      return [...sendsOf(step), step.until.command];
    case 'wait':
    case 'gate':
      return looksOf(step)
        .filter(({ when }) => when === 'until' || when === 'unless' || when === 'gate')
        .map(({ check }) => check.command);
  }
}

/**
 * Writes down what will be sent, each line as it is sent. Resolves when that is on disk; where nothing is changed it is
 * only queued. Rejects with E_JOURNAL_WRITE: nothing may be sent then. `evidence`: what was read before.
 */
export async function announce(
  context: RunContext,
  step: Leaf,
  phase: Phase,
  evidence: Readonly<Record<string, string>> = {},
): Promise<Deed> {
  const { id, log, clock } = context;
  const attempt = nextAttempt(log.events, step.id, phase);
  const commands = commandsOf(step, phase);
  const known = shownBy(outputOf(context, {}));
  const where = whereOf(context, step, commands);
  const common = { run: id, step: step.id, phase, attempt, ...where };
  const text = commands.map((one) => `${runBy(one).prompt}${shownCommand(one, known)}`).join('\n');
  const read = Object.keys(evidence).length > 0 ? { evidence: { ...evidence } } : {};
  const intent = { kind: 'intent', ...common, text, ...read } as const;
  if (step.nature === 'reads' && phase === 'apply') log.put(intent);
  else await log.commit(intent);
  const started = clock.monotonic();
  return {
    attempt,
    end: (result, how) => putOutcome(context, common, result, clock.monotonic() - started, how),
  };
}

/** For a step that was stopped before anything of it was announced: nothing of this attempt was sent. */
export function refuse(context: RunContext, step: Leaf, phase: Phase, error: AppError): void {
  const attempt = nextAttempt(context.log.events, step.id, phase);
  const where = whereOf(context, step, commandsOf(step, phase));
  putOutcome(context, { run: context.id, step: step.id, phase, attempt, ...where }, 'failed', 0, { error });
}

/** Ends the newest attempt of a step anew, after the servers have been asked what became of it. */
export function concludeBefore(
  context: RunContext,
  step: Leaf,
  phase: Phase,
  result: StepResult,
  how: DeedEnd,
): void {
  const attempt = Math.max(1, nextAttempt(context.log.events, step.id, phase) - 1);
  const where = whereOf(context, step, commandsOf(step, phase));
  const common = { run: context.id, step: step.id, phase, attempt, ...where };
  putOutcome(context, common, result, 0, { ...how, by: 'probe' });
}

/** A gate was passed: what was read at that moment is kept. */
export function concludeGate(context: RunContext, step: Leaf, evidence: Record<string, string>): void {
  const { log, clock, id } = context;
  const attempt = Math.max(1, nextAttempt(log.events, step.id, 'apply') - 1);
  const where = whereOf(context, step, commandsOf(step, 'apply'));
  const asked = log.state().steps[step.id]?.startedAt ?? clock.now();
  const common = { run: id, step: step.id, phase: 'apply', attempt, ...where } as const;
  putOutcome(context, common, 'done', Math.max(0, clock.now() - asked), { evidence });
}

interface Common {
  run: string;
  step: string;
  phase: Phase;
  attempt: number;
  host: string;
  account: string;
}

function putOutcome(
  { log }: RunContext,
  common: Common,
  result: StepResult,
  durationMs: number,
  { by = 'answer', outputs = {}, evidence = {}, error = null }: DeedEnd = {},
): void {
  log.put({
    kind: 'outcome',
    ...common,
    result,
    by,
    durationMs,
    ...(Object.keys(outputs).length > 0 ? { outputs } : {}),
    ...(Object.keys(evidence).length > 0 ? { evidence } : {}),
    ...(error ? { error } : {}),
  });
}

/** The hosts a step acts on, and as whom. */
function whereOf({ crew }: RunContext, step: Leaf, commands: readonly Question[]) {
  const targets = [...new Set(commands.flatMap(targetsOf))];
  const all = (targets.length > 0 ? targets : step.target === null ? [] : [step.target]).map((target) =>
    crew.hands(target),
  );
  const joined = (values: readonly string[]) => [...new Set(values)].join('; ').slice(0, 300);
  return { host: joined(all.map(({ host }) => host)), account: joined(all.map(({ account }) => account)) };
}
