import type { Language } from '../contract';
import type { RunView, StepState } from '../runbook/state-model';
import { texts } from '../text';
import { formatTime } from '../text/format';

type StepStatus = StepState['state'];

/**
 * The one sentence that the desktop is told when a run needs a person or has ended, between two states of it; null:
 * nothing that a person at another window would have to know.
 */
export function noticeOf(
  before: RunView | null,
  after: RunView,
  language: Language,
  zone: string,
): string | null {
  const { notice } = texts(language).lever;
  const { state, plan } = after;
  // What was so when this console first heard of the run is no news.
  if (before === null) return null;
  const { subject } = state;
  if (before.state.status !== state.status) {
    const ended = formatTime(state.closedAt ?? 0, zone);
    if (state.status === 'done') return notice.done(subject, ended);
    if (state.status === 'undone') return notice.undone(subject, ended);
    if (state.status === 'left') return notice.left(subject, ended);
  }
  const became = (wanted: readonly StepStatus[]) =>
    plan.steps.find(({ id, ifItFails }) => {
      const [was, is] = [before.state.steps[id]?.state, state.steps[id]?.state];
      // What the plan goes on without needs nobody.
      const isNews = is === 'waiting' || ifItFails !== 'go-on';
      return is !== undefined && was !== is && isNews && wanted.includes(is);
    });
  const sentence = (
    say: (subject: string, step: string, time: string) => string,
    wanted: readonly StepStatus[],
    at: (step: StepState) => number | null,
  ) => {
    const step = became(wanted);
    const now = step && state.steps[step.id];
    return step && now ? say(subject, step.number, formatTime(at(now) ?? 0, zone)) : null;
  };
  return (
    sentence(notice.unknown, ['unknown'], ({ startedAt }) => startedAt) ??
    sentence(notice.failed, ['failed', 'undo-failed'], ({ endedAt, startedAt }) => endedAt ?? startedAt) ??
    sentence(notice.gate, ['waiting'], ({ startedAt }) => startedAt)
  );
}
