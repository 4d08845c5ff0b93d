import { type AppError, toAppError } from '@shared/errors';
import type { Evidence, HostAnswer } from '@shared/snapshot';
import { mergeAnswer } from '@shared/watch/merge-answer';
import type { LookResult } from '@shared/watch/next-reading';
import type { Lease, Sessions } from '../ssh/lease';
import type { Slots } from '../ssh/slots';
import { type AskContext, type AskOptions, askDue } from './ask-due';
import type { ProbeRun } from './run-probe';

export interface LookContext extends AskContext {
  sessions: Sessions;
  /** Places for looks on connections that stand; making a connection takes none of them. */
  slots: Slots;
}
export interface LookOptions extends AskOptions {
  /** Told of what is there when the whole takes longer than a person should wait. */
  onPartial?(look: HostLook): void;
}
export interface HostLook {
  result: LookResult;
  evidence: Evidence[];
}

/**
 * A look that takes longer shows what it has: one frozen server must not hide what its host already said. And
 * it gives its place to the next, since all it still does is wait: a hung host never starves a good one.
 */
const PARTIAL_AFTER_MS = 1_000;

/** One look at one host: a lease, the probes that are due, and what they say on top of the answer before. */
export async function lookAtHost(
  context: LookContext,
  before: HostAnswer | null,
  options: LookOptions,
): Promise<HostLook> {
  const { clock, host } = context;
  const { background, signal } = options;
  let lease: Lease;
  try {
    lease = await context.sessions.acquire(host.id, { account: 'read', background, signal });
  } catch (thrown) {
    const error = { ...toAppError(thrown), host: host.id };
    return { result: { ok: false, error, at: clock.now() }, evidence: [] };
  }
  // Rejects only when nobody wants the look any more.
  const leave = await context.slots.take(signal, { first: !background }).catch((thrown: unknown) => {
    lease.release();
    throw thrown;
  });
  const start = clock.monotonic();
  const runs: ProbeRun[] = [];
  const soFar = (): HostLook => {
    const at = clock.now();
    const evidence = runs.map((run) => run.raw);
    const error = fatalOf(runs) ?? silenceOf(lease);
    if (error) return { result: { ok: false, error, at }, evidence };
    const look = {
      at,
      durationMs: Math.round(clock.monotonic() - start),
      hostKey: { ...lease.hostKey },
      outcomes: runs.map((run) => run.outcome),
    };
    const ids = context.services.map((service) => service.id);
    return { result: { ok: true, answer: mergeAnswer(before, look, ids) }, evidence };
  };
  const finished = new AbortController();
  const partial = clock.sleep(PARTIAL_AFTER_MS, finished.signal).then(() => {
    leave();
    if (!finished.signal.aborted && runs.some(isHostPoll)) options.onPartial?.(soFar());
  });
  try {
    await askDue(context, lease, before, options, (run) => runs.push(run));
    return soFar();
  } finally {
    finished.abort();
    await partial;
    leave();
    lease.release();
  }
}

const isHostPoll = ({ outcome }: ProbeRun) => outcome.service === null && outcome.probe.every === 'poll';

/** It stopped answering while it was asked: what it said before that is not its state now. */
function silenceOf({ lost }: Lease): AppError | null {
  const error = lost.aborted ? toAppError(lost.reason) : null;
  return error?.code === 'E_SILENT' ? error : null;
}

/** The host itself did not answer: then nothing that was or was not read says anything about its services. */
const fatalOf = (runs: readonly ProbeRun[]): AppError | null =>
  runs.find((run) => isHostPoll(run) && run.outcome.error)?.outcome.error ?? null;
