import type { Quantity } from '@shared/estate/schema';
import { verdictOf } from '@shared/plan/plan-text';
import { unitIn } from '@shared/text/format';
import type { Plan, PlanAssumption } from '@shared/views/plan';
import { useWords } from '../words';

/** Old and new value, and what follows from the new one: nothing of it is kept yet. */
export function EnteredChange({
  assumption,
  quantity,
  plan,
  after,
  operator,
}: {
  assumption: PlanAssumption;
  quantity: Quantity;
  plan: Plan;
  /** The plan as it would be. */
  after: Plan;
  operator: string;
}) {
  const { ui, planScreen, common, number, minutes, language } = useWords();
  const { ledger } = planScreen;
  const said = (value: number | null, unit: string) =>
    value === null ? common.unknown : `${number(value)}\u00a0${unitIn(unit, language)}`;
  const p90 = ({ totals }: Plan) => (totals.estimate ? minutes(totals.estimate.p90) : common.unknown);
  const verdict = { before: verdictOf(plan, language), after: verdictOf(after, language) };
  return (
    <dl className="change-list" data-testid="entered-change">
      <dt>{assumption.title}</dt>
      <dd>
        {ui.plan.change(said(assumption.value, assumption.unit), said(quantity.value, quantity.unit))} ·{' '}
        {ui.plan.assumedBy(operator)}
      </dd>
      <dt>{ledger.outage}</dt>
      <dd>{ui.plan.change(p90(plan), p90(after))}</dd>
      <dt>{ledger.verdict}</dt>
      <dd>
        {verdict.before === verdict.after ? (
          ledger.verdictSame
        ) : (
          <>
            <del>{verdict.before}</del> → <ins>{verdict.after}</ins>
          </>
        )}
      </dd>
    </dl>
  );
}
