import type { AppError } from '../errors';
import type { RunPlan } from '../runbook/plan';
import { type Said, said } from '../runbook/said';
import type { Reading, RunView, Way } from '../runbook/state-model';
import type { LeverRequest } from '../views/lever';
import { sameName } from './same-name';

/** Older than this and a reading says nothing about now. */
export const FRESH_MS = 2_000;
/** So long the surface has to stand still before its button counts: nobody clicks on what has just come under the pointer. */
export const SETTLE_MS = 700;

/** Whether the estate wants a second person, and whether they have signed. */
export type SecondPerson =
  | { state: 'not-wanted' }
  | { state: 'missing'; approvers: readonly string[] }
  | { state: 'given'; by: string }
  | { state: 'refused'; error: AppError };

/** All that is known of a lever that lies before somebody. Main keeps it; the page sees the part in views/lever.ts. */
export interface OpenLever {
  request: LeverRequest;
  plan: RunPlan;
  /** The run that it is about; null: it would be a new one. */
  run: RunView | null;
  /** What has to be typed; null: the button alone. */
  confirm: string | null;
  typed: string;
  /** Counts from 1: with each, what was typed has to be typed again. */
  attempt: number;
  /** Of what the servers are now; [] until the first ones are there, and where nothing is to be read. */
  readings: readonly Reading[];
  /** The button opens only while all of them hold and are fresh: before anything was done, nothing may be in doubt. */
  mustHold: boolean;
  secondPerson: SecondPerson;
  /** Since when the surface has stood where it stands, by the clock that never jumps. */
  placedAt: number;
  /** Somebody pulled; what becomes of it is not known yet. */
  busy: boolean;
  started: string | null;
  error: AppError | null;
}

/** Both clocks: what people read, and what never jumps. */
export interface Moment {
  now: number;
  monotonic: number;
}

/** What the readings say all together. */
export interface ReadingsSummary {
  count: number;
  notSo: readonly Reading[];
  unknown: readonly Reading[];
  /** Milliseconds; null: there is none yet. A clock that went back makes them worthless: Infinity. */
  oldestMs: number | null;
  good: boolean;
}

export function summaryOf(readings: readonly Reading[], now: number): ReadingsSummary {
  const ages = readings.map(({ at }) => (at > now ? Number.POSITIVE_INFINITY : now - at));
  const oldestMs = ages.length > 0 ? Math.max(...ages) : null;
  const notSo = readings.filter(({ holds }) => holds === false);
  const unknown = readings.filter(({ holds }) => holds === null);
  const fresh = oldestMs !== null && oldestMs <= FRESH_MS;
  return {
    count: readings.length,
    notSo,
    unknown,
    oldestMs,
    good: fresh && !notSo.length && !unknown.length,
  };
}

/** The way of a run that a request goes; null: it is none of a run. */
const wayOf = ({ act }: LeverRequest): Way | null => (act === 'start' ? null : act);

/** What keeps the button closed, readings apart; each a code of the lever's texts. */
export function closedBecause(lever: OpenLever, armed: boolean, { monotonic }: Moment): Said[] {
  const way = wayOf(lever.request);
  const reasons: [boolean, Said][] = [
    [!armed, said('disarmed')],
    [lever.busy, said('busy')],
    [lever.started !== null, said('pulled')],
    [way !== null && !lever.run?.ways.includes(way), said('no-way')],
    [lever.confirm !== null && !sameName(lever.typed, lever.confirm), said('name')],
    [lever.secondPerson.state === 'missing', said('second-person')],
    [lever.secondPerson.state === 'refused', said('second-person-refused')],
    [monotonic - lever.placedAt < SETTLE_MS, said('settling')],
  ];
  return reasons.flatMap(([applies, reason]) => (applies ? [reason] : []));
}

/** Would a pull act now? */
export const isOpen = (lever: OpenLever, armed: boolean, moment: Moment): boolean =>
  closedBecause(lever, armed, moment).length === 0 &&
  (!lever.mustHold || summaryOf(lever.readings, moment.now).good);

/** The table of the lever's own sentences. */
export const LEVER = 'lever';

/** Whose words its title is in: a plan says itself what starting it does. */
export const procedureOf = ({ request, plan }: Pick<OpenLever, 'request' | 'plan'>): string =>
  request.act === 'start' ? plan.procedure : LEVER;

/** The sentence of what will happen: the plan's own for a start, else one of the lever's texts. */
export function titleOf({ request, plan, run }: Pick<OpenLever, 'request' | 'plan' | 'run'>): Said {
  if (request.act === 'start') return plan.title;
  const step = 'step' in request ? plan.steps.find(({ id }) => id === request.step) : undefined;
  return said(request.act, {
    subject: plan.subject,
    holder: run?.elsewhere ?? run?.state.by ?? '?',
    steps: String(run?.state.undoStack.length ?? 0),
    step: step?.number ?? '?',
  });
}
