import type { Language } from '../contract';
import type { RunView } from '../runbook/state-model';
import { texts } from '../text';
import { errorText } from '../text/error-text';
import { formatDuration } from '../text/format';
import { sayPlan } from '../text/say-plan';
import { stepWord } from '../text/step-word';
import { behindText } from '../text/throttle-text';
import { oneLine } from './table';

/**
 * What has changed of a run's steps since a view before, a line for each: for whoever watches it go at a terminal.
 * Times are UTC. Pure.
 */
export function stepsToText(before: RunView | null, view: RunView, language: Language): string {
  const { plan, state } = view;
  const changes = plan.steps.flatMap((step) => {
    const now = state.steps[step.id];
    const was = before?.state.steps[step.id];
    const isSame = was?.state === now?.state && was?.attempt === now?.attempt;
    if (!now || step.kind === 'group' || now.state === 'pending' || isSame) return [];
    const at = now.endedAt ?? now.startedAt;
    const words = [
      at === null ? '' : new Date(at).toISOString().slice(11, 23),
      step.number.padEnd(4),
      step.target ?? step.track,
      stepWord(now, language),
      now.endedAt === null || now.durationMs === null ? '' : formatDuration(now.durationMs, language),
      sayPlan(language, plan.procedure, step.title),
    ];
    const error = now.error && now.state !== 'done' ? [`      ${sentences(now.error, language)}`] : [];
    return [{ at: at ?? 0, lines: [words.filter((word) => word !== '').join('  '), ...error] }];
  });
  changes.push(...pacesOf(before, view, language));
  const lines = changes.sort((a, b) => a.at - b.at).flatMap((change) => change.lines);
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}

/** A step that begins to wait for its checks, or goes at another rate than before. */
function pacesOf(before: RunView | null, { plan, throttles }: RunView, language: Language) {
  const words = texts(language).runs.run.throttle;
  return plan.steps.flatMap(({ id, number, target, track }) => {
    const now = throttles[id];
    const was = before?.throttles[id];
    if (!now || now.rate === null) {
      if (now?.waitsSince == null || was?.waitsSince != null) return [];
    } else if (was?.rate === now.rate && (now.waitsSince === null || was.waitsSince !== null)) return [];
    const { rate, unit, waitsSince, behind } = now;
    const what = behindText(plan.procedure, behind, language);
    const stopped = waitsSince === null ? null : words.waits(clockText(waitsSince), what);
    const slowed = behind.length === 0 ? '' : words.slowed(what);
    const says = stopped ?? [words.now(`${rate}`, unit), slowed].filter(Boolean).join('  ');
    return [{ at: Number.MAX_SAFE_INTEGER, lines: [[number.padEnd(4), target ?? track, says].join('  ')] }];
  });
}

const clockText = (at: number): string => new Date(at).toISOString().slice(11, 19);

function sentences(error: Parameters<typeof errorText>[0], language: Language): string {
  const { sentence, remedy } = errorText(error, language);
  return [`${error.code}  ${sentence}`, remedy].filter(Boolean).join(' → ');
}
