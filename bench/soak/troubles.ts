import { type SqlCommand, SqlCommand as SqlSchema } from '../../shared/runbook/command';
import { isLeaf, type Leaf } from '../../shared/runbook/order';
import type { RunPlan, Step } from '../../shared/runbook/plan';
import { said } from '../../shared/runbook/said';

/** `lost`: the connection goes while a statement is on its way. */
export const TROUBLES = ['fails', 'times-out', 'lost'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** In one step, before anything of it was sent or after all of it was. */
export interface TroubleCase {
  step: string;
  trouble: Trouble;
  place: 'first' | 'last';
}

/** The same order at every run; a step that does nothing on a database server has none. */
export function troubleCases(plan: RunPlan): TroubleCase[] {
  return plan.steps.filter(isLeaf).flatMap((leaf) => {
    if (!databaseOf(plan, leaf)) return [];
    const places = leaf.kind === 'act' ? (['first', 'last'] as const) : (['first'] as const);
    return TROUBLES.flatMap((trouble) =>
      places.map((place): TroubleCase => ({ step: leaf.id, trouble, place })),
    );
  });
}

export const troubleText = ({ step, trouble, place }: TroubleCase): string => `${step}, ${trouble}, ${place}`;

/** Name of the server on which a step's trouble is; null: it is on none. */
export function databaseOf(plan: RunPlan, { target }: Pick<Leaf, 'target'>): string | null {
  return target !== null && plan.targets[target]?.service ? target : null;
}

/**
 * Goes well or not as the server's `max_connect_errors` is, which root can set whatever is read-only: so that a step has its
 * trouble once, and none when it is tried again. A number too large for a double; or a wait, to be cut short.
 */
const STATEMENT = `SELECT 1 AS one, EXP(IF(@@GLOBAL.max_connect_errors = 77, 1000, 1)) AS big,
  IF(@@GLOBAL.max_connect_errors IN (78, 79), SLEEP(60), 0) AS slept`;
export const SETTING: Readonly<Record<Trouble | 'none', number>> = {
  none: 100,
  fails: 77,
  'times-out': 78,
  lost: 79,
};
/** What a session on its way with that statement shows. */
export const ON_ITS_WAY = 'SELECT 1 AS one, EXP(IF(';

const TIMEOUT_MS: Readonly<Record<Trouble, number>> = { fails: 10_000, 'times-out': 1_500, lost: 50_000 };

/** The same plan, with such a statement in that step. @throws Error when the plan has no such step */
export function troubled(plan: RunPlan, { step: id, trouble, place }: TroubleCase): RunPlan {
  const found = plan.steps.find((step) => step.id === id);
  const target = found && isLeaf(found) ? databaseOf(plan, found) : null;
  if (!found || target === null) throw new Error(`the plan has no step ${id} on a database server`);
  const extra = SqlSchema.parse({
    kind: 'sql',
    target,
    statement: STATEMENT,
    timeoutMs: TIMEOUT_MS[trouble],
  });
  return {
    ...plan,
    steps: plan.steps.map((step) => (step === found ? withStatement(step, extra, place) : step)),
  };
}

function withStatement(step: Step, extra: SqlCommand, place: TroubleCase['place']): Step {
  if (step.kind === 'act')
    return { ...step, apply: place === 'first' ? [extra, ...step.apply] : [...step.apply, extra] };
  const check = {
    id: `${step.id} trouble`,
    title: said('trouble'),
    command: extra,
    expect: { kind: 'rows' as const },
  };
  return { ...step, precheck: [check, ...step.precheck] };
}
