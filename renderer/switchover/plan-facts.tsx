import { toAppError } from '@shared/errors';
import type { RunPlan } from '@shared/runbook/plan';
import type { Reading } from '@shared/runbook/state-model';
import { useAction } from '../api';
import { FactList } from '../arm/readings';
import { useArm, useOpenLever } from '../arm/use-lever';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';

/** While the lever is open its facts come each second; else they are read when somebody asks. */
export function PlanFacts({ hash, plan }: { hash: string; plan: RunPlan }) {
  const { runs } = useWords();
  const lever = useOpenLever();
  const arm = useArm();
  const read = useAction('runbook.readings');
  const live =
    lever?.request.act === 'start' && lever.request.plan === hash && lever.readings.length > 0
      ? lever.readings
      : null;
  const readings: readonly Reading[] | undefined = live ?? read.data;
  const words = runs.readings;
  return (
    <>
      <div className="label label-row">
        <h2 className="label">{live ? words.facts : words.factsOnce}</h2>
        <span>{live ? words.under : ''}</span>
      </div>
      {readings ? (
        <>
          <p className="soft" data-testid="facts-summary">
            {words.summary(readings.filter(({ holds }) => holds).length, readings.length)}
          </p>
          <FactList procedure={plan.procedure} readings={inOrder(plan, readings)} />
        </>
      ) : (
        <p className="soft" role="status">
          {read.isPending ? words.reading : words.none}
        </p>
      )}
      {read.error && !live && <ErrorSentence error={toAppError(read.error)} />}
      {!live && arm?.armed === false && (
        <button
          type="button"
          className="link-button"
          disabled={read.isPending}
          data-testid="read-facts"
          onClick={() => read.mutate({ plan: hash })}
        >
          {readings ? words.again : words.read}
        </button>
      )}
    </>
  );
}

/** What must hold with a tolerance comes first: it is what changes from second to second. */
function inOrder({ facts }: RunPlan, readings: readonly Reading[]): Reading[] {
  const keys = new Set(facts.map(({ key }) => key));
  return readings.toSorted((a, b) => Number(keys.has(a.id)) - Number(keys.has(b.id)));
}
