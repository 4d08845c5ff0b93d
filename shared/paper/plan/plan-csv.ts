import type { Language } from '../../contract';
import type { Plan, PlanStep } from '../../views/plan';
import { csvLine } from '../csv';
import { basisText, commandText, sourceText } from './plan-words';

/** Columns of the steps; their names are for programs and the same in every language. */
const STEP_COLUMNS = [
  'plan',
  'number',
  'id',
  'kind',
  'phase',
  'track',
  'title',
  'when',
  'starts_utc',
  'ends_utc',
  'ends_p90_utc',
  'optimistic_min',
  'likely_min',
  'pessimistic_min',
  'stands_on',
  'critical',
  'nature',
  'last_free_abort',
  'runs_by',
  'owner',
  'backup',
  'needs',
  'commands',
  'check',
  'undo',
  'undo_likely_min',
] as const;

/** Every step of the plan, and then the way back; minutes as plain numbers, moments in UTC. Unknown is an empty cell. */
export function stepsToCsv(plan: Plan, hash: string, language: Language): string {
  const row = (step: PlanStep): Record<(typeof STEP_COLUMNS)[number], string | number> => ({
    plan: hash,
    number: step.gate ?? step.number,
    id: step.id,
    kind: step.kind,
    phase: plan.rollback.includes(step) ? 'rollback' : step.phase,
    track: step.track,
    title: step.title,
    when: step.when,
    starts_utc: iso(step.clock?.startsAt?.at),
    ends_utc: iso(step.clock?.endsAt?.at),
    ends_p90_utc: iso(step.clock?.endsAtP90?.at),
    optimistic_min: minutes(step.minutes?.optimistic),
    likely_min: minutes(step.minutes?.likely),
    pessimistic_min: minutes(step.minutes?.pessimistic),
    stands_on: basisText(step, plan, language),
    critical: plan.totals.criticalPath.includes(step.id) ? 'yes' : 'no',
    nature: step.nature,
    last_free_abort: step.lastFreeAbort ? 'yes' : 'no',
    runs_by: step.runsBy,
    owner: step.owner.title,
    backup: step.backup.title,
    needs: step.needs.join(' '),
    commands: step.commands.map(commandText).join('\n'),
    check: step.check,
    undo: step.undo?.text ?? '',
    undo_likely_min: minutes(step.undo?.minutes?.likely),
  });
  return table(STEP_COLUMNS, [...plan.steps, ...plan.rollback].map(row));
}

const LEDGER_COLUMNS = ['plan', 'path', 'title', 'value', 'unit', 'source', 'where_from', 'at_utc'] as const;

/** Every input with its source; an unknown value is an empty cell whose source says so. */
export function ledgerToCsv(plan: Plan, hash: string, language: Language): string {
  return table(
    LEDGER_COLUMNS,
    plan.assumptions.map((input) => ({
      plan: hash,
      path: input.path,
      title: input.title,
      value: input.value ?? '',
      unit: input.unit,
      source: input.source,
      where_from: sourceText(input, language),
      at_utc: iso(input.at),
    })),
  );
}

const table = <C extends string>(
  columns: readonly C[],
  rows: readonly Record<C, string | number>[],
): string => [csvLine(columns), ...rows.map((row) => csvLine(columns.map((column) => row[column])))].join('');

/** Finer than anybody estimates, and no seventeen digits. */
const minutes = (value: number | undefined): number | '' =>
  value === undefined ? '' : Number(value.toFixed(4));

const iso = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());
