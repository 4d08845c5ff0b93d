import type { SentLine } from '@shared/runbook/state-model';

/** What was sent last, for the screen. */
export interface SentLog {
  /** Notes that it goes out; the function takes what came back. A reading that is repeated stays one line. */
  begin(line: Pick<SentLine, 'target' | 'step' | 'text'>): (answer: string, failed: boolean) => void;
  lines(): SentLine[];
}

const NEWEST = 200;
const ANSWER_CHARACTERS = 400;

export function createSentLog(now: () => number, onChange: () => void): SentLog {
  const lines: SentLine[] = [];
  return {
    begin({ target, step, text }) {
      const last = lines.at(-1);
      const again =
        last?.step === step && last.text === text && last.target === target && last.answer !== null;
      const line: SentLine =
        again && last ? last : { at: now(), target, step, text, answer: null, failed: false };
      if (!again) lines.push(line);
      if (lines.length > NEWEST) lines.shift();
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
