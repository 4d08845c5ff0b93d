import type { LedgerEntry } from '@shared/contract';
import { unitIn } from '@shared/text/format';
import type { Plan, PlanAssumption } from '@shared/views/plan';
import { useNow } from '../clock';
import { useMoment } from '../recording/moment';
import { useRoute } from '../route';
import { SourceChip } from '../ui/chips';
import { Status } from '../ui/marks';
import { useWords } from '../words';
import { AssumptionForm } from './assumption-form';

interface LedgerProps {
  plan: Plan;
  ledger: readonly LedgerEntry[];
  planWith: (entry: LedgerEntry) => Plan;
}

/** Every number the plan stands on, where it comes from and how old it is; each can be set by a person. */
export function Ledger({ plan, ledger, planWith }: LedgerProps) {
  const { ui } = useWords();
  const { route, setQuery } = useRoute();
  const isLive = useMoment() === null;
  const columns = ui.plan.columns;
  return (
    <section className="panel plan-ledger" data-testid="ledger">
      <h2>{ui.plan.assumptions}</h2>
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
            </tr>
          </thead>
          <tbody>
            {plan.assumptions.map((assumption) => {
              // What was known then cannot be entered now.
              const open = isLive && route.query.edit === assumption.path;
              return [
                <Row
                  key={assumption.path}
                  assumption={assumption}
                  open={open}
                  onEdit={isLive ? () => setQuery({ edit: open ? null : assumption.path }) : null}
                />,
                open && (
                  <tr key={`${assumption.path} form`}>
                    <td colSpan={4}>
                      <AssumptionForm
                        assumption={assumption}
                        plan={plan}
                        planWith={planWith}
                        kept={ledger.some((entry) => entry.path === assumption.path)}
                        onDone={() => setQuery({ edit: null })}
                      />
                    </td>
                  </tr>
                ),
              ];
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({
  assumption,
  open,
  onEdit,
}: {
  assumption: PlanAssumption;
  open: boolean;
  /** null: nothing can be entered while a recording is shown. */
  onEdit: (() => void) | null;
}) {
  const { ui, common, number, age, language } = useWords();
  const now = useNow();
  const { value, unit, origin, at } = assumption;
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
        {value === null ? (
          <Status mark="unknown" label={common.unknown} />
        ) : (
          `${number(value)}\u00a0${unitIn(unit, language)}`
        )}
      </td>
      <td>
        <SourceChip source={assumption.source} />
      </td>
      <td className="right nowrap soft">{at === undefined ? '' : age(now - at)}</td>
    </tr>
  );
}
