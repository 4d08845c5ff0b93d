import { isLeaf } from '@shared/runbook/order';
import { failure } from '../net/failure';
import type { ActiveRun } from './active-run';
import type { Runs } from './api';
import { passGate } from './gate';

/**
 * A person answers what a run waits for. Rejects with E_NOT_ASKED when it does not wait for that, and with
 * E_OTHER_PERSON where two have to agree. A no takes everything back where the plan says so.
 */
export async function decideStep(
  { context, control }: ActiveRun,
  id: string,
  decision: Parameters<Runs['decide']>[2],
  by: string,
): Promise<void> {
  const { plan, log, id: run } = context;
  const step = plan.steps.find((one) => one.id === id);
  const isAsked = log.state().steps[id]?.state === 'waiting';
  const isForGate = decision === 'go' || decision === 'no-go';
  if (!step || !isLeaf(step) || !isAsked || isForGate !== (step.kind === 'gate'))
    throw failure('E_NOT_ASKED', null, { id: run, name: id });
  if (step.kind === 'gate' && decision === 'go') await passGate(context, step, by, context.acts);
  else await log.commit({ kind: 'run-decided', run, decision, step: id, by });
  if (decision === 'no-go' && step.ifItFails === 'undo' && !log.state().pastNoReturn)
    control.takeBack(`${step.number}: no-go`);
  control.tell();
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
