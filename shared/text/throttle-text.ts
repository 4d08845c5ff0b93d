import type { Language } from '../contract';
import type { Step } from '../runbook/plan';
import type { Reading } from '../runbook/state-model';
import type { Throttle } from '../runbook/throttle';
import { formatDuration } from './format';
import { texts } from './index';
import { sayPlan } from './say-plan';

/** How a step is slowed down, in one line: by what, and between which rates. */
export function throttleText(
  { checks, everyMs, limitMs, rate }: Throttle,
  kind: Step['kind'],
  language: Language,
): string {
  const { throttle: words } = texts(language).runbook;
  const every = formatDuration(everyMs, language);
  const judged =
    kind === 'repeat' ? words.rounds(every, formatDuration(limitMs, language)) : words.act(every);
  return [
    ...(checks.length > 0 ? [judged] : []),
    ...(rate ? [words.rate(rate.begins, rate.unit, rate.levels.join(', '))] : []),
  ].join(' ');
}

/** What keeps a step from its full pace, as last read: "lag of db-c 12, must be ≤ 5". */
export function behindText(procedure: string, behind: readonly Reading[], language: Language): string {
  const { throttle: words } = texts(language).runs.run;
  const lines = behind.map(({ title, value, mustBe }) =>
    words.reads(sayPlan(language, procedure, title), value ?? words.unread, mustBe),
  );
  return lines.join('; ');
}
