import type { AppError } from '@shared/errors';
import { toAppError } from '@shared/errors';
import type { Check, Command } from '@shared/runbook/command';
import { actsOf } from '@shared/runbook/commands-of';
import type { Phase } from '@shared/runbook/events';
import type { Leaf } from '@shared/runbook/order';
import { predictedBefore } from '@shared/runbook/predict';
import type { RunContext } from './context';
import { endUnanswered } from './hung';
import { lookAt } from './look';

/**
 * What became of a step that nobody answered for. `not`: everything is as before it. `partly`: neither as before nor
 * as after; every command of a step may be sent again. `unknown`: it could not be told.
 */
export interface Found {
  found: 'done' | 'not' | 'partly' | 'unknown';
  evidence: Record<string, string>;
  error: AppError | null;
}

/** How long servers that do not answer are asked again what became of it. */
const ASK_MS = 10_000;
const PAUSE_MS = 250;

/** What a step's commands act on, and how to see that it is over, in this direction. */
export function proofOf({ plan }: RunContext, step: Leaf, phase: Phase) {
  const before = predictedBefore(plan, step.id);
  const after = new Map(step.changes.map(({ fact, to }) => [fact, [to]] as const));
  const earlier = new Map(step.changes.map(({ fact }) => [fact, [before.get(fact) ?? '']] as const));
  const own: readonly Check[] = step.kind === 'repeat' || step.kind === 'wait' ? [step.until] : [];
  const commands: readonly Command[] = phase === 'apply' ? actsOf(step) : (step.undo?.apply ?? []);
  return {
    commands,
    from: phase === 'apply' ? earlier : after,
    to: phase === 'apply' ? after : earlier,
    checks: phase === 'apply' ? [...own, ...step.verify] : (step.undo?.verify ?? []),
  };
}

/** Ends what may still be working, then looks. Never rejects. Asks again for a while where nobody answers. */
export async function probe(
  context: RunContext,
  step: Leaf,
  phase: Phase,
  signal: AbortSignal,
): Promise<Found> {
  const { clock } = context;
  const until = clock.monotonic() + ASK_MS;
  for (;;) {
    const found = await probeOnce(context, step, phase, signal);
    if (found.found !== 'unknown' || clock.monotonic() > until || signal.aborted) return found;
    await clock.sleep(PAUSE_MS, signal);
  }
}

async function probeOnce(context: RunContext, step: Leaf, phase: Phase, signal: AbortSignal): Promise<Found> {
  const { crew, clock } = context;
  const { commands, from, to, checks } = proofOf(context, step, phase);
  const sql = commands.filter(({ kind }) => kind === 'sql');
  try {
    const targets = [...new Set(sql.map(({ target }) => target))];
    await Promise.all(targets.map((target) => endUnanswered(crew.hands(target), clock, signal)));
  } catch (thrown) {
    return { found: 'unknown', evidence: {}, error: toAppError(thrown) };
  }
  const { differences, evidence, error } = await lookAt(context, to, checks, {
    step: step.id,
    on: 'second',
    signal,
    routine: true,
  });
  const known = (found: Found['found']): Found => ({ found, evidence, error });
  if (differences.some(({ got }) => got === null)) return known('unknown');
  if (differences.length === 0 && to.size + checks.length > 0) return known('done');
  const isBefore = [...from].every(([key, wants]) => wants.includes(evidence[key] ?? ''));
  if (from.size > 0 && isBefore) return known('not');
  // What shows in nothing may only be sent again where that is the same as asking for its end.
  const isBlind = to.size + checks.length === 0;
  return known(isBlind && step.nature !== 'reads' && sql.length > 0 ? 'unknown' : 'partly');
}
