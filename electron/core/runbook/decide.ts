import { isLeaf } from '@shared/runbook/order';
import { canSet, throttledOf } from '@shared/runbook/throttle';
import { failure } from '../net/failure';
import type { ActiveRun } from './active-run';
import type { Runs } from './api';
import { plainName } from './before-a-run';
import type { RunContext } from './context';
import { passGate } from './gate';

/**
 * A person answers what a run waits for. Rejects with E_NOT_ASKED when it does not wait for that, and with
 * E_OTHER_PERSON where two have to agree, and with E_RUN_NAME where something has to be typed and something else was. A no takes
 * everything back where the plan says so.
 */
export async function decideStep(
  { context, control }: ActiveRun,
  id: string,
  decision: Parameters<Runs['decide']>[2],
  { by, typed }: { by: string; typed: string | null },
): Promise<void> {
  const { plan, log, id: run } = context;
  const step = plan.steps.find((one) => one.id === id);
  const isAsked = log.state().steps[id]?.state === 'waiting';
  const isForGate = decision === 'go' || decision === 'no-go';
  if (!step || !isLeaf(step) || !isAsked || isForGate !== (step.kind === 'gate'))
    throw failure('E_NOT_ASKED', null, { id: run, name: id });
  if (step.kind === 'gate' && decision === 'go') {
    if (step.typed !== undefined && plainName(typed ?? '') !== plainName(step.typed))
      throw failure('E_RUN_NAME', null, { expected: step.typed });
    await passGate(context, step, { by, typed }, context.acts);
  } else await log.commit({ kind: 'run-decided', run, decision, step: id, by });
  if (decision === 'no-go' && step.ifItFails === 'undo' && !log.state().pastNoReturn)
    control.takeBack(`${step.number}: no-go`);
  control.tell();
}

/** Sets how fast a step may go at most, from now on and after a resume: it stands in the journal. Rejects with E_THROTTLE. */
export async function throttleRun(context: RunContext, id: string, level: number, by: string): Promise<void> {
  const { plan, log, id: run, paces } = context;
  if (!canSet(plan, log.state(), id, level)) {
    const levels = throttledOf(plan, log.events)[id]?.levels.join(', ') || '—';
    throw failure('E_THROTTLE', null, { id: run, name: id, text: `${level}`, what: levels });
  }
  const rate = { level, by: 'person' } as const;
  await log.commit({ kind: 'run-decided', run, decision: 'throttle', step: id, by, text: `${level}`, rate });
  paces.get(id)?.turn();
}

/** Holds a run, or lets it go on; what the journal says comes first. */
export async function holdRun(
  { context, control }: ActiveRun,
  on: boolean,
  by: string,
  text?: string,
): Promise<void> {
  if (control.held === on) return;
  const { log, id: run } = context;
  const decision = on ? 'hold' : 'go-on';
  await log.commit({ kind: 'run-decided', run, decision, by, ...(text ? { text } : {}) });
  control.held = on;
  control.tell();
}
