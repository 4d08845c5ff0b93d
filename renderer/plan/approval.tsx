import { toAppError } from '@shared/errors';
import { shortHash } from '@shared/plan/plan-record';
import type { Plan } from '@shared/views/plan';
import { useMoment } from '../recording/moment';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';
import { usePlanFrame } from './use-plan-frame';

/** Which plan was approved, and in what this one differs from it. */
export function Approval({ plan }: { plan: Plan }) {
  const { planScreen, date, time } = useWords();
  const { timeline } = planScreen;
  const { approve, error } = usePlanFrame();
  const isLive = useMoment() === null;
  const { changes, hash } = plan;
  const same = changes !== null && changes.list.length === 0;
  return (
    <section className="panel" data-testid="approval">
      <header className="panel-head">
        <h2>
          {changes
            ? timeline.approved(
                shortHash(changes.approved.hash),
                changes.approved.by,
                `${date(changes.approved.at)} ${time(changes.approved.at)}`,
              )
            : timeline.notApproved}
        </h2>
        {isLive && hash !== null && !same && plan.totals.outage && (
          <button type="button" className="button" onClick={() => approve(hash)}>
            {timeline.approve}
          </button>
        )}
      </header>
      {(changes || error) && (
        <div className="panel-body">
          {error && <ErrorSentence error={toAppError(error)} mark="critical" />}
          {same && <p className="soft">{timeline.asApproved}</p>}
          {changes && !same && (
            <>
              <p>{timeline.changed(changes.list.length)}</p>
              <ul className="changes-list">
                {changes.list.map((change) => (
                  <li key={`${change.kind} ${change.subject}`}>{change.text}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </section>
  );
}
