import type { Leaf } from '@shared/runbook/order';
import { nextAttempt } from '@shared/runbook/state';
import { failure } from '../net/failure';
import type { RunContext } from './context';
import { announce, concludeGate } from './deed';
import { watchGate } from './gate-readings';
import { lookAt } from './look';

type Gate = Extract<Leaf, { kind: 'gate' }>;

/**
 * Passes the gate when there are checks and all of them hold, or one where that suffices, with what they read as evidence. Otherwise it asks: from
 * there on the step waits, and its readings are taken again and again, so that whoever decides has them before their
 * eyes. Broken off before, it has not begun.
 */
export async function openGate(context: RunContext, step: Gate, signal: AbortSignal): Promise<void> {
  if (step.unless.length === 0) {
    await announce(context, step, 'apply');
    void watchGate(context, step, signal);
    return;
  }
  const how = { step: step.id, on: 'main', signal } as const;
  const { differences, evidence } = await lookAt(context, new Map(), step.unless, how);
  if (signal.aborted) return;
  const deed = await announce(context, step, 'apply', evidence);
  const most = step.suffices === 'any' ? step.unless.length - 1 : 0;
  if (differences.length <= most) deed.end('done', { by: 'checks', evidence });
  else void watchGate(context, step, signal);
}

/**
 * Somebody says go. Resolves with whether that is enough; where two have to agree, the same person does not count twice:
 * rejects with E_OTHER_PERSON. What was read at that moment is kept as evidence.
 */
export async function passGate(
  context: RunContext,
  step: Gate,
  { by, typed }: { by: string; typed: string | null },
  signal: AbortSignal,
): Promise<boolean> {
  const { log, id } = context;
  const people = whoSaidGo(context, step);
  if (people.has(by)) throw failure('E_OTHER_PERSON', null, { name: step.number });
  const evidence = await readGate(context, step, signal);
  const text = step.typed !== undefined && typed !== null ? { text: typed } : {};
  await log.commit({ kind: 'run-decided', run: id, decision: 'go', step: step.id, by, ...text });
  if (people.size + 1 < step.people) return false;
  concludeGate(context, step, evidence);
  return true;
}

/** Since it was asked last. */
function whoSaidGo({ log }: RunContext, step: Gate): Set<string> {
  const attempt = nextAttempt(log.events, step.id, 'apply') - 1;
  const asked = log.events.findLastIndex(
    (event) => event.kind === 'intent' && event.step === step.id && event.attempt === attempt,
  );
  const since = log.events.slice(asked + 1);
  return new Set(
    since.flatMap((event) =>
      event.kind === 'run-decided' && event.decision === 'go' && event.step === step.id
        ? [event.by ?? event.who]
        : [],
    ),
  );
}

async function readGate(
  context: RunContext,
  step: Gate,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const how = { step: step.id, on: 'main', signal } as const;
  return (await lookAt(context, new Map(), [...step.unless, ...step.readings], how)).evidence;
}
