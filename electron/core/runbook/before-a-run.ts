import { Failure } from '@shared/errors';
import type { Command } from '@shared/runbook/command';
import { actsOf } from '@shared/runbook/commands-of';
import { isLeaf } from '@shared/runbook/order';
import { failure } from '../net/failure';
import type { RunContext } from './context';
import { endLeftBehind } from './hung';
import { differencesText } from './look';
import { readingsOf, refusals } from './readings';

/**
 * Is everything still as the plan was made for, and does all that it needs hold? Rejects with E_DRIFT or E_PRECONDITION,
 * naming every difference, and with the reason where nothing at all could be read.
 */
export async function throwIfDrifted(context: RunContext, signal: AbortSignal): Promise<void> {
  const { drift, unmet, error } = refusals(context.plan, await readingsOf(context, signal));
  const all = [...drift, ...unmet];
  if (error && all.every(({ got }) => got === null)) throw new Failure(error);
  if (drift.length > 0) throw failure('E_DRIFT', null, { what: differencesText(drift) });
  if (unmet.length > 0) throw failure('E_PRECONDITION', null, { what: differencesText(unmet) });
}

/**
 * Ends what a console that is gone has left working on the servers, before anybody looks what became of it. Rejects
 * with what runSql rejects with.
 */
export async function endLeftovers(context: RunContext, signal: AbortSignal): Promise<void> {
  const { plan, log, crew, clock } = context;
  const steps = log.state().steps;
  const inDoubt = plan.steps
    .filter(isLeaf)
    .filter(({ id }) => ['running', 'unknown', 'undoing'].includes(steps[id]?.state ?? ''));
  const commands: readonly Command[] = inDoubt.flatMap((step) => [
    ...actsOf(step),
    ...(step.undo?.apply ?? []),
  ]);
  const statements = new Map<string, string[]>();
  for (const command of commands) {
    if (command.kind !== 'sql') continue;
    statements.set(command.target, [...(statements.get(command.target) ?? []), command.statement]);
  }
  await Promise.all(
    [...statements].map(([target, texts]) => endLeftBehind(crew.hands(target), texts, clock, signal)),
  );
}

/** A name as people type it: without regard to case, accents and blanks around it. */
export const plainName = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();
