import type { Plan } from '@shared/views/plan';
import { useWords } from '../words';
import { MissingInputs } from './missing-inputs';

/** The questions that the plan cannot answer, each with what it waits for. */
export function Unanswered({ plan }: { plan: Plan }) {
  const { timeline } = useWords().planScreen;
  if (plan.unanswered.length === 0) return null;
  return (
    <section className="panel" data-testid="unanswered">
      <h2>{timeline.unanswered}</h2>
      <div className="panel-body">
        {plan.unanswered.map(({ figure, question, missing }) => (
          <MissingInputs key={figure} plan={plan} paths={missing} says={question} />
        ))}
      </div>
    </section>
  );
}
