import { NEWEST_SENT } from '@shared/runbook/sent-lines';
import type { SentLine } from '@shared/runbook/state-model';

type Begun = Pick<SentLine, 'target' | 'step' | 'text'> & { routine?: boolean };

/** What was sent last, for the screen. */
export interface SentLog {
  /**
   * Notes that it goes out; the function takes what came back. What is sent again right after stays one line; so does a
   * `routine` look among other looks of its step.
   */
  begin(line: Begun): (answer: string, failed: boolean) => void;
  lines(): SentLine[];
}

const ANSWER_CHARACTERS = 400;

/** `before`: what an earlier console sent of the same run. */
export function createSentLog(
  now: () => number,
  onChange: () => void,
  before: readonly SentLine[] = [],
): SentLog {
  const lines: SentLine[] = [...before];
  const looks = new WeakSet<SentLine>();
  /** The line that says the same already, with nothing but looks of the same step after it. */
  function again({ target, step, text, routine = false }: Begun): SentLine | undefined {
    const isBetween = (line: SentLine) => routine && looks.has(line) && line.step === step;
    const since = Math.max(
      0,
      lines.findLastIndex((line) => !isBetween(line)),
    );
    return lines
      .slice(since)
      .findLast(
        (line) =>
          line.from === 'connection' &&
          line.answer !== null &&
          line.step === step &&
          line.text === text &&
          line.target === target,
      );
  }
  return {
    begin(begun) {
      const { target, step, text } = begun;
      const known = again(begun);
      const line: SentLine = known ?? {
        ...{ at: now(), target, step, text },
        ...{ answer: null, failed: false, from: 'connection' },
      };
      if (!known) lines.push(line);
      if (begun.routine) looks.add(line);
      if (lines.length > NEWEST_SENT) lines.shift();
      onChange();
      return (answer, failed) => {
        line.at = now();
        line.answer = answer.slice(0, ANSWER_CHARACTERS);
        line.failed = failed;
        onChange();
      };
    },
    lines: () => lines.map((line) => ({ ...line })),
  };
}
