import type { Language } from '../contract';
import { say, texts } from '../text';
import { formatDuration, formatNumber, unitIn } from '../text/format';
import type { EnteredWindow, Minutes, Plan, PlanChange } from '../views/plan';
import type { ApprovedPlan } from './approved';

const MINUTE_MS = 60_000;

/** What is different in a plan since the one that was approved, in words; outage first, then window, steps and inputs. */
export function changesSince(
  approved: ApprovedPlan,
  plan: Pick<Plan, 'steps' | 'assumptions' | 'window' | 'totals'>,
  language: Language,
): PlanChange[] {
  return [
    ...outageChange(approved, plan, language),
    ...windowChange(approved, plan, language),
    ...stepChanges(approved, plan, language),
    ...inputChanges(approved, plan, language),
  ];
}

const minutesText = (minutes: number, language: Language) => formatDuration(minutes * MINUTE_MS, language);

function outageChange(
  { outage: was }: ApprovedPlan,
  { totals }: Pick<Plan, 'totals'>,
  language: Language,
): PlanChange[] {
  const { changes, unknown } = texts(language).plan;
  const now = totals.estimate;
  const worded = (each: { p50: number; p90: number } | null) =>
    each ? `${minutesText(each.p50, language)} / ${minutesText(each.p90, language)}` : unknown;
  if (worded(was) === worded(now)) return [];
  return [{ kind: 'outage-changed', subject: '', text: changes.outage(worded(was), worded(now)) }];
}

function windowChange(
  { window: was }: ApprovedPlan,
  { window }: Pick<Plan, 'window'>,
  language: Language,
): PlanChange[] {
  const { changes } = texts(language).plan;
  const now = window.state === 'unset' ? null : window.entered;
  const worded = (each: EnteredWindow | null) =>
    each ? `${each.start} – ${each.end} (${each.zone})` : changes.noWindow;
  if (worded(was) === worded(now) && was?.which === now?.which) return [];
  return [{ kind: 'window-changed', subject: '', text: changes.window(worded(was), worded(now)) }];
}

function stepChanges(
  { steps: before }: ApprovedPlan,
  { steps }: Pick<Plan, 'steps'>,
  language: Language,
): PlanChange[] {
  const { changes, unknown } = texts(language).plan;
  const was = new Map(before.map((step) => [step.id, step]));
  const now = new Set(steps.map(({ id }) => id));
  const time = (minutes: Minutes | null) =>
    minutes
      ? [minutes.optimistic, minutes.likely, minutes.pessimistic]
          .map((each) => minutesText(each, language))
          .join(' · ')
      : unknown;
  const gone = before.flatMap(({ id, title }): PlanChange[] =>
    now.has(id)
      ? []
      : [{ kind: 'step-removed', subject: id, text: changes.stepRemoved(say(title, language)) }],
  );
  const others = steps.flatMap(({ id, title, needs, minutes }): PlanChange[] => {
    const old = was.get(id);
    if (!old) return [{ kind: 'step-added', subject: id, text: changes.stepAdded(title) }];
    const found: string[] = [];
    if (time(old.minutes) !== time(minutes)) {
      found.push(changes.stepTime(title, time(old.minutes), time(minutes)));
    }
    if (old.needs.join() !== needs.join()) found.push(changes.stepNeeds(title));
    return found.map((text) => ({ kind: 'step-changed', subject: id, text }));
  });
  return [...gone, ...others];
}

function inputChanges(
  { inputs: before }: ApprovedPlan,
  { assumptions }: Pick<Plan, 'assumptions'>,
  language: Language,
): PlanChange[] {
  const { common, plan: words } = texts(language);
  const worded = ({ value, unit, source }: { value: number | null; unit: string; source: string }) =>
    value === null
      ? words.unknown
      : `${formatNumber(value, language)}\u00a0${unitIn(unit, language)} (${common.source[source as 'stated'] ?? source})`;
  const was = new Map(before.map((input) => [input.path, input]));
  return assumptions.flatMap(({ path, title, ...now }): PlanChange[] => {
    const old = was.get(path);
    const from = old ? worded(old) : words.unknown;
    const to = worded(now);
    if (from === to) return [];
    return [{ kind: 'input-changed', subject: path, text: words.changes.input(title, from, to) }];
  });
}
