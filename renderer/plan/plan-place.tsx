import { verdictOf } from '@shared/plan/plan-text';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { PlanCharts } from './charts';
import { Ledger } from './ledger';
import { StepsTable } from './steps-table';
import { usePlan } from './use-plan';
import { VerdictStrip } from './verdict-strip';

/** Plan: does it hold, and what decides? */
export function PlanPlace() {
  const { ui, time, language } = useWords();
  const { snapshot } = useWatched();
  const { plan, ledger, planWith } = usePlan();
  return (
    <>
      <header className="bar">
        <h1>{ui.places.plan}</h1>
        <span className="grow" />
        <span className="soft">
          {snapshot.takenAt > 0 ? ui.plan.onSnapshot(time(snapshot.takenAt)) : ui.plan.noSnapshot}
        </span>
      </header>
      <VerdictStrip plan={plan} verdict={verdictOf(plan, language)} />
      <div className="plan" data-testid="plan">
        <div className="column">
          <PlanCharts plan={plan} />
          <StepsTable plan={plan} />
        </div>
        <Ledger plan={plan} ledger={ledger} planWith={planWith} />
      </div>
    </>
  );
}
