import { formatRoute } from '../route';
import { EmptyState } from '../ui/empty-state';
import { useWords } from '../words';

/** Runs: where are we, may we go on, how do we get back? There is no run yet. */
export function RunsPlace() {
  const { ui } = useWords();
  return (
    <>
      <header className="bar">
        <h1>{ui.places.runs}</h1>
      </header>
      <EmptyState title={ui.states.emptyRuns} more={ui.states.emptyRunsMore}>
        <a className="button" href={formatRoute({ place: 'plan', id: null, query: {} })}>
          {ui.states.openPlan} <kbd>3</kbd>
        </a>
      </EmptyState>
    </>
  );
}
