import { planChartsOf } from '@shared/charts/plan-charts';
import type { Plan, PlanAssumption } from '@shared/views/plan';
import type { ReactNode } from 'react';
import { useNow } from '../clock';
import { useMoment } from '../recording/moment';
import { useRoute } from '../route';
import { SourceChip } from '../ui/chips';
import { useWords } from '../words';
import { AssumptionForm } from './assumption-form';
import { byWeight } from './by-weight';
import { InputValue } from './heaviest';
import { MeasurePanel } from './measure-panel';
import { MeasuredChart } from './measured-chart';
import type { AllInputs } from './use-inputs';
import type { PlanHere } from './use-plan';
import { longestOf, WeightBar } from './weight-bar';

/** Every number the plan stands on: where it comes from, how old it is, how much it weighs; each can be set by a person. */
export function Ledger({ here, inputs }: { here: PlanHere; inputs: AllInputs }) {
  const { ui, planScreen } = useWords();
  const { plan, ledger, planWith } = here;
  const { route, setQuery } = useRoute();
  const isLive = useMoment() === null;
  const columns = ui.plan.columns;
  const bars = plan.influence ?? [];
  const rows = byWeight(inputs.assumptions, plan.totals.missing, bars);
  const next = rows.find(({ bar, assumption }) => bar && assumption.source === 'assumed');
  const longest = longestOf(bars);
  return (
    <>
      {bars.length > 0 && <TornadoPanel plan={plan} />}
      <section className="panel plan-ledger" data-testid="ledger">
        <header className="panel-head">
          <h2>{ui.plan.assumptions}</h2>
          <span className="note">
            {next ? planScreen.ledger.first(next.assumption.title) : planScreen.ledger.weightNote}
          </span>
        </header>
        <div className="panel-body">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{columns.quantity}</th>
                <th scope="col" className="right">
                  {columns.value}
                </th>
                <th scope="col">{columns.source}</th>
                <th scope="col" className="right">
                  {columns.age}
                </th>
                <th scope="col">{planScreen.ledger.weight}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ assumption, bar }) => {
                // What was known then cannot be entered now.
                const open = isLive && route.query.edit === assumption.path;
                return [
                  <Row
                    key={assumption.path}
                    assumption={assumption}
                    open={open}
                    weight={bar && <WeightBar bar={bar} longest={longest} />}
                    onEdit={isLive ? () => setQuery({ edit: open ? null : assumption.path }) : null}
                  />,
                  open && (
                    <tr key={`${assumption.path} form`}>
                      <td colSpan={5}>
                        <AssumptionForm
                          assumption={assumption}
                          row={inputs.ledger.get(assumption.path)}
                          plan={plan}
                          planWith={planWith}
                          kept={ledger.some((entry) => entry.path === assumption.path)}
                          onDone={() => setQuery({ edit: null })}
                        />
                        <MeasurePanel path={assumption.path} />
                      </td>
                    </tr>
                  ),
                ];
              })}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}

function TornadoPanel({ plan }: { plan: Plan }) {
  const { planScreen, language } = useWords();
  const { ledger } = planScreen;
  const draw = (width: number) => planChartsOf(plan, language, { width }).influence;
  return (
    <section className="panel" data-testid="tornado">
      <header className="panel-head">
        <h2>{ledger.tornado}</h2>
        <span className="note">{ledger.weightNote}</span>
      </header>
      <div className="panel-body">
        <MeasuredChart draw={draw} otherwise={<p className="soft">{ledger.nothing}</p>} />
      </div>
    </section>
  );
}

function Row({
  assumption,
  open,
  weight,
  onEdit,
}: {
  assumption: PlanAssumption;
  open: boolean;
  weight: ReactNode;
  /** null: nothing can be entered while a recording is shown. */
  onEdit: (() => void) | null;
}) {
  const { ui, age } = useWords();
  const now = useNow();
  const { origin, at } = assumption;
  return (
    <tr className={open ? 'row-selected' : ''} data-testid={`assumption-${assumption.path}`}>
      <th scope="row">
        {onEdit ? (
          <button
            type="button"
            className="row-button"
            aria-expanded={open}
            aria-label={ui.plan.edit(assumption.title)}
            onClick={onEdit}
          >
            {assumption.title}
          </button>
        ) : (
          assumption.title
        )}
        {origin && <span className="why foreign">{origin}</span>}
      </th>
      <td className="right nowrap">
        <InputValue assumption={assumption} />
      </td>
      <td>
        <SourceChip source={assumption.source} />
      </td>
      <td className="right nowrap soft">{at === undefined ? '' : age(now - at)}</td>
      <td className="nowrap">{weight}</td>
    </tr>
  );
}
