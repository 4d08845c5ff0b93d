import type { RunPlan, Step } from '@shared/runbook/plan';
import { predicted } from '@shared/runbook/predict';
import type { Reading, RunState, StepState } from '@shared/runbook/state-model';
import { stateOf } from './step-rows';

/** What follows for one step from the journal and from what the servers say now. */
export type So =
  | 'proved'
  | 'changed'
  | 'happened'
  | 'not-happened'
  | 'partly'
  | 'left'
  | 'todo'
  | 'unknown'
  | 'undone'
  | 'ahead';

export interface ResumeRow {
  step: Step;
  state: StepState;
  /** Of each fact that the step changes. */
  says: { fact: string; target: string; value: string | null }[];
  /** null: the servers were not asked yet, or the step changes nothing that could be compared. */
  so: So | null;
}

const SETTLED: ReadonlySet<StepState['state']> = new Set(['done', 'undone', 'pending']);

/**
 * The three columns of a run that stopped: what the journal says, what the servers say, and what follows. Only
 * steps that change facts can be compared, so the others stand there only while they are in doubt themselves; what was not read stays unknown and never counts as done.
 */
export function resumeRows(plan: RunPlan, state: RunState, readings: readonly Reading[] | null): ResumeRow[] {
  const now = new Map((readings ?? []).map((reading) => [reading.id, reading]));
  const targetOf = new Map(plan.facts.map((fact) => [fact.key, fact.command.target]));
  const doneIds = new Set(
    plan.steps.filter(({ id }) => stateOf(state, id).state === 'done').map(({ id }) => id),
  );
  const before = predicted(plan, doneIds);
  // What a step in doubt may have changed says nothing about the steps before it.
  const inDoubt = new Set(
    plan.steps
      .filter(({ id }) => !SETTLED.has(stateOf(state, id).state))
      .flatMap(({ changes }) => changes.map(({ fact }) => fact)),
  );
  return plan.steps
    .filter(
      ({ id, kind, changes }) =>
        kind !== 'group' && (changes.length > 0 || !SETTLED.has(stateOf(state, id).state)),
    )
    .map((step) => {
      const own = stateOf(state, step.id);
      const says = step.changes.map(({ fact }) => ({
        fact,
        target: targetOf.get(fact) ?? step.target ?? '',
        value: now.get(fact)?.value ?? null,
      }));
      const settled = SETTLED.has(own.state);
      const compared = step.changes.filter(({ fact }) => !settled || !inDoubt.has(fact));
      return { step, state: own, says, so: readings === null || compared.length === 0 ? null : soOf() };

      function soOf(): So {
        const values = compared.map(({ fact, to }) => ({
          value: now.get(fact)?.value ?? null,
          to,
          from: before.get(fact) ?? null,
        }));
        const known = values.every(({ value }) => value !== null);
        const done = values.every(({ value, to }) => value === to);
        const asBefore = values.every(({ value, from }) => value === from);
        switch (own.state) {
          case 'done':
            // A later step may have changed the same fact: what counts is where all that is done leads to.
            return known ? (asBefore ? 'proved' : 'changed') : 'unknown';
          case 'undone':
            return known ? (asBefore ? 'undone' : 'changed') : 'unknown';
          case 'pending':
            return !known ? 'unknown' : asBefore ? 'todo' : 'ahead';
          default:
            if (!known) return 'unknown';
            if (done || asBefore) return done ? 'happened' : 'not-happened';
            return own.passedOver ? 'left' : 'partly';
        }
      }
    });
}
