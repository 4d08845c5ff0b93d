import { type AppError, assertNever, toAppError } from '@shared/errors';
import type { Command } from '@shared/runbook/command';
import { actsOf, sendsOf, targetsOf } from '@shared/runbook/commands-of';
import type { Phase, StepResult } from '@shared/runbook/events';
import type { Leaf } from '@shared/runbook/order';
import { predictedBefore } from '@shared/runbook/predict';
import { atRate, paceLeft, throttleOf } from '@shared/runbook/throttle';
import { failure } from '../net/failure';
import { waitUntil } from './await-check';
import type { RunContext } from './context';
import { announce, concludeBefore, type Deed, refuse } from './deed';
import { differencesText, lookAt } from './look';
import { probe, proofOf } from './probe';
import { watchProgress } from './progress';
import { isDefinite, runCommand } from './run-command';
import { type Pace, paceOf } from './throttle';

/** Times that a step is sent whose outcome nobody tells. */
const MOST_TRIES = 3;

/**
 * Takes one step from its precheck to its proof, and writes each turn of it into the run's journal. Resolves with how it
 * ended; rejects only with E_JOURNAL_WRITE. `looks` ends what only reads; what acts goes on to its end.
 */
export function runStep(context: RunContext, step: Leaf, looks: AbortSignal): Promise<StepResult> {
  switch (step.kind) {
    case 'act':
    case 'repeat':
      return act(context, step, looks);
    case 'wait':
      return wait(context, step, looks);
    case 'gate':
      throw new Error('a gate is passed by a person');
    default:
      return assertNever(step);
  }
}

type Acting = Extract<Leaf, { kind: 'act' | 'repeat' }>;

async function act(context: RunContext, step: Acting, looks: AbortSignal): Promise<StepResult> {
  let doubt = isInDoubt(context, step);
  for (let tries = 1; ; tries += 1) {
    if (doubt) {
      const found = await probe(context, step, 'apply', looks);
      const { evidence, error } = found;
      if (found.found === 'done' && isComplete(context, step)) {
        concludeBefore(context, step, 'apply', 'done', { evidence });
        return 'done';
      }
      if (found.found === 'unknown' || tries > MOST_TRIES) {
        // Broken off, the servers were not asked to the end: whoever goes on asks them.
        if (!looks.aborted) concludeBefore(context, step, 'apply', 'unknown', { evidence, error });
        return 'unknown';
      }
      // Nothing of it is to be seen: it did not happen, and may be sent again.
      if (found.found === 'not') concludeBefore(context, step, 'apply', 'failed', { evidence, error });
    }
    const refused = await hindrance(context, step, doubt, looks);
    if (refused) {
      refuse(context, step, 'apply', refused);
      return 'failed';
    }
    const deed = await announce(context, step, 'apply');
    const end = await perform(context, step, deed, looks);
    if (end !== 'unknown') return end;
    doubt = true;
  }
}

/** Was it sent before, by us or by a console that is gone, and never proved? */
function isInDoubt({ log }: RunContext, step: Leaf): boolean {
  const state = log.state().steps[step.id];
  return state?.state === 'unknown' || (state?.error ?? null) !== null;
}

/** Has it told all that later steps need? What it told to a console that was killed is lost: it is asked again. */
function isComplete({ log }: RunContext, step: Leaf): boolean {
  const { outputs } = log.state();
  return actsOf(step).every(({ saves }) => saves.every(({ output }) => output in outputs));
}

/** Why the step may not act now: another server, or facts that are not as predicted. Null: it may. */
async function hindrance(
  context: RunContext,
  step: Leaf,
  doubt: boolean,
  signal: AbortSignal,
): Promise<AppError | null> {
  const before = predictedBefore(context.plan, step.id);
  const wanted = new Map<string, readonly string[]>();
  for (const fact of step.relies) wanted.set(fact, [before.get(fact) ?? '']);
  for (const { fact, to, through = [] } of step.changes)
    wanted.set(
      fact,
      doubt ? [before.get(fact) ?? '', to, ...through, ...paceLeft(step, fact)] : [before.get(fact) ?? ''],
    );
  try {
    const confirmed = confirm(context, step, 'apply', signal);
    // Beside it, over the other connection: in a freeze every round trip counts.
    const looked = lookAt(context, wanted, [], { step: step.id, on: 'second', signal, routine: true });
    await confirmed;
    const checked = lookAt(context, new Map(), step.precheck, { step: step.id, on: 'main', signal });
    const [facts, checks] = await Promise.all([looked, checked]);
    const differences = [...facts.differences, ...checks.differences];
    if (differences.length === 0) return null;
    const unread = facts.error ?? checks.error;
    if (unread && differences.every(({ got }) => got === null)) return unread;
    return failure('E_NOT_AS_PREDICTED', null, { name: step.number, what: differencesText(differences) })
      .error;
  } catch (thrown) {
    return toAppError(thrown);
  }
}

/** Reads again who is at the other end, wherever the step acts. Rejects with E_WRONG_TARGET and its like. */
export async function confirm(
  { crew }: RunContext,
  step: Leaf,
  phase: Phase,
  signal: AbortSignal,
): Promise<void> {
  if (!step.confirms) return;
  const commands = phase === 'apply' ? sendsOf(step) : (step.undo?.apply ?? []);
  const targets = new Set(commands.flatMap(targetsOf));
  await Promise.all([...targets].map((target) => crew.hands(target).confirm(signal)));
}

/** Sends it and proves it. `unknown`: nobody knows what became of it; that stands in the journal already. */
async function perform(
  context: RunContext,
  step: Acting,
  deed: Deed,
  looks: AbortSignal,
): Promise<StepResult> {
  const outputs: Record<string, string> = {};
  let isSent = false;
  const sent = () => {
    isSent = true;
  };
  const stop = watchProgress(context, step);
  const pace = paceOf(context, step, looks);
  try {
    await pace.begin();
    const evidence = await sendAll(context, step, deed, { outputs, looks, sent, pace });
    deed.end('done', { outputs, evidence });
    return 'done';
  } catch (thrown) {
    const error = toAppError(thrown);
    // Where the connection was refused, nothing was on its way; and rounds are broken off between two answers.
    const isCertain = isDefinite(thrown) || !isSent || error.code === 'E_ABORTED';
    const result = isCertain ? 'failed' : 'unknown';
    if (result === 'failed') {
      const { from } = proofOf(context, step, 'apply');
      const how = { step: step.id, on: 'second', signal: context.acts, routine: true } as const;
      const { evidence } = await lookAt(context, from, [], how);
      deed.end('failed', { error, evidence, outputs });
    } else deed.end('unknown', { error, outputs });
    return result;
  } finally {
    stop();
    await pace.end();
  }
}

interface Sending {
  pace: Pace;
  outputs: Record<string, string>;
  looks: AbortSignal;
  sent(): void;
}

/** Gives the evidence. Rejects with what sending rejects with, and E_NOT_PROVED, E_ROUNDS_OVER. */
async function sendAll(
  context: RunContext,
  step: Acting,
  deed: Deed,
  { outputs, looks, sent, pace }: Sending,
): Promise<Record<string, string>> {
  const attempt = executionOf(context, step, 'apply', deed.attempt);
  const signal = context.acts;
  const own = actsOf(step);
  const one = async (command: Command, number: number) => {
    const acts = { phase: 'apply', attempt, number, sent } as const;
    const put = atRate(command, pace.shown.rate);
    await runCommand(context, put, { step: step.id, on: 'main', signal, outputs, acts });
  };
  const send = async () => {
    for (const [number, command] of own.entries()) await one(command, number);
  };
  const round = async () => {
    await pace.round();
    await send();
  };
  if (step.kind === 'act') await send();
  else await repeat(context, step, round, { outputs, looks });
  const back = throttleOf(step)?.rate?.lasts?.back;
  // Nobody may turn it once it is put back.
  await pace.end();
  if (back) await one(back, own.length);
  return prove(context, step, 'apply', { outputs, signal });
}

/** A command line is known on its server by the attempt that first sent it: after a doubt, the same is asked for. */
export function executionOf({ log }: RunContext, step: Leaf, phase: Phase, attempt: number): number {
  const ended = log.events.filter(
    (event) =>
      event.kind === 'outcome' &&
      event.step === step.id &&
      event.phase === phase &&
      event.attempt < attempt &&
      event.result !== 'unknown' &&
      event.by === 'answer',
  );
  return ended.length + 1;
}

/** Do the servers show what the step was for? Rejects with E_NOT_PROVED; with what reading ended with when they cannot. */
export async function prove(
  context: RunContext,
  step: Leaf,
  phase: Phase,
  { outputs, signal }: { outputs: Record<string, string>; signal: AbortSignal },
): Promise<Record<string, string>> {
  const { to } = proofOf(context, step, phase);
  const checks = phase === 'apply' ? step.verify : (step.undo?.verify ?? []);
  const how = { step: step.id, on: 'main', signal, outputs } as const;
  const { differences, evidence, error } = await lookAt(context, to, checks, how);
  if (differences.length === 0) return evidence;
  const what = differencesText(differences);
  const isUnread = differences.some(({ got }) => got === null);
  if (isUnread && error) throw failure('E_SQL_LOST', null, { name: step.number, text: what });
  throw failure(phase === 'apply' ? 'E_NOT_PROVED' : 'E_NOT_UNDONE', null, { name: step.number, what });
}

/** Rounds until the check holds as often as it must; where a person decides, one round. */
async function repeat(
  context: RunContext,
  step: Extract<Leaf, { kind: 'repeat' }>,
  round: () => Promise<void>,
  { outputs, looks }: { outputs: Record<string, string>; looks: AbortSignal },
): Promise<void> {
  const how = { step: step.id, on: 'main', signal: looks, outputs } as const;
  if (step.decides === 'person') return round();
  let inARow = 0;
  let got = '';
  for (let rounds = 0; rounds < step.maxRounds; rounds += 1) {
    // Once it holds, there is nothing to do but to look again.
    if (inARow === 0) await round();
    const looked = await lookAt(context, new Map(), [step.until], how);
    got = differencesText(looked.differences);
    inARow = looked.differences.length === 0 ? inARow + 1 : 0;
    if (inARow >= step.inARow) return;
    if (step.everyMs > 0) await context.clock.sleep(step.everyMs, looks);
    if (looks.aborted) throw failure('E_ABORTED', null);
  }
  throw failure('E_ROUNDS_OVER', null, { name: step.number, limit: `${step.maxRounds}`, what: got });
}

/** Looks until it is so. Broken off by `looks`, it ends without an outcome: nothing was done that could be doubted. */
async function wait(
  context: RunContext,
  step: Extract<Leaf, { kind: 'wait' }>,
  looks: AbortSignal,
): Promise<StepResult> {
  const refused = await hindrance(context, step, true, looks);
  if (refused) {
    refuse(context, step, 'apply', refused);
    return 'failed';
  }
  const deed = await announce(context, step, 'apply');
  const outputs: Record<string, string> = {};
  const { looked, ended } = await waitUntil(context, step, { outputs, looks });
  if (ended === 'so') {
    deed.end('done', { outputs, evidence: looked.evidence });
    return 'done';
  }
  if (ended === 'broken-off') return 'unknown';
  const what = differencesText(looked.differences);
  const seconds = `${step.limitMs / 1000}`;
  const error =
    looked.error && isSaid(looked.error)
      ? looked.error
      : failure('E_WAIT_OVER', null, { name: step.number, seconds, what }).error;
  deed.end('failed', { error, evidence: looked.evidence });
  return 'failed';
}

const isSaid = ({ code }: AppError): boolean => code === 'E_SQL_FAILED' || code === 'E_SQL_GRANT';
