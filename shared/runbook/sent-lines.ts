import type { TimedEvent } from './events';
import type { SentLine } from './state-model';

/** As many of the newest lines as a screen shows. */
export const NEWEST_SENT = 200;

/**
 * What was sent, as far as the journal tells it: one line for each attempt at a step, with all that was announced for
 * it and how it ended. Each answer by itself was never written down: where the outcome is missing, so is the answer.
 * An attempt that was refused before anything was announced sent nothing and has no line.
 */
export function sentLinesOf(events: readonly TimedEvent[]): SentLine[] {
  const lines = new Map<string, SentLine>();
  for (const event of events) {
    if (event.kind !== 'intent' && event.kind !== 'outcome') continue;
    const { step, phase, attempt, at } = event;
    const key = `${phase} ${attempt} ${step}`;
    const line = lines.get(key);
    if (event.kind === 'outcome') {
      if (line) lines.set(key, { ...line, answer: answerOf(event), failed: event.result !== 'done' });
    } else if (!line && event.text !== '') {
      const { host: target, text } = event;
      lines.set(key, { at, target, step, text, answer: null, failed: false, from: 'journal' });
    }
  }
  return [...lines.values()].slice(-NEWEST_SENT);
}

/** What was read as proof, or why it failed; where neither was told, the bare end. */
function answerOf({ result, error, evidence }: Extract<TimedEvent, { kind: 'outcome' }>): string {
  if (error) return `${error.code}: ${error.message}`;
  const proofs = Object.entries(evidence ?? {}).map(([id, value]) => `${id} = ${value}`);
  return proofs.length > 0 ? proofs.join(', ') : result === 'done' ? '' : result;
}
