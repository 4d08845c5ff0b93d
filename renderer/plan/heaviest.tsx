import { unitIn } from '@shared/text/format';
import type { Plan, PlanAssumption } from '@shared/views/plan';
import { useRoute } from '../route';
import { SourceChip } from '../ui/chips';
import { Status } from '../ui/marks';
import { useWords } from '../words';
import { Figure } from './figure';
import { longestOf, WeightBar } from './weight-bar';

const ROWS = 6;

/** What to know better first: unknown inputs while there is no outage without them, then those that move it most. */
export function Heaviest({ plan }: { plan: Plan }) {
  const { planScreen, ui } = useWords();
  const { setQuery } = useRoute();
  const { overview, ledger } = planScreen;
  const byPath = new Map(plan.assumptions.map((each) => [each.path, each]));
  const unknown = plan.totals.missing.flatMap((path) => byPath.get(path) ?? []);
  const bars = plan.influence ?? [];
  const rows =
    unknown.length > 0
      ? unknown.slice(0, ROWS).map((assumption) => ({ assumption, bar: null }))
      : bars.slice(0, ROWS).flatMap((bar) => {
          const assumption = byPath.get(bar.path);
          return assumption ? [{ assumption, bar }] : [];
        });
  return (
    <section className="panel" data-testid="heaviest">
      <header className="panel-head">
        <h2>{unknown.length > 0 ? overview.unknownFirst : overview.heaviest}</h2>
        <button type="button" className="link-button" onClick={() => setQuery({ tab: 'assumptions' })}>
          {overview.allInputs}
        </button>
      </header>
      <div className="panel-body">
        {rows.length === 0 ? (
          <p className="soft">{overview.weighing}</p>
        ) : (
          <table className="table table-tight">
            <thead>
              <tr>
                <th scope="col">{ui.plan.columns.quantity}</th>
                <th scope="col" className="right">
                  {ui.plan.columns.value}
                </th>
                <th scope="col">{ui.plan.columns.source}</th>
                {unknown.length === 0 && <th scope="col">{ledger.weight}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ assumption, bar }) => (
                <tr key={assumption.path}>
                  <th scope="row">
                    <button
                      type="button"
                      className="row-button two-lines"
                      title={assumption.title}
                      onClick={() => setQuery({ tab: 'assumptions', edit: assumption.path })}
                    >
                      {assumption.title}
                    </button>
                  </th>
                  <td className="right nowrap">
                    <InputValue assumption={assumption} />
                  </td>
                  <td>
                    <SourceChip source={assumption.source} />
                  </td>
                  {bar && (
                    <td className="nowrap">
                      <WeightBar bar={bar} longest={longestOf(bars)} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

/** The value of an input with its unit; opens to who says so. */
export function InputValue({ assumption }: { assumption: PlanAssumption }) {
  const { common, number, language } = useWords();
  const { path, title, value, unit } = assumption;
  return (
    <Figure name={`input/${path}`} label={title}>
      {value === null ? (
        <Status mark="unknown" label={common.unknown} />
      ) : (
        `${number(value)}\u00a0${unitIn(unit, language)}`
      )}
    </Figure>
  );
}
