import type { FailoverLook } from '@shared/failover/model';
import { lossSentence } from '@shared/text/failover-text';
import type { PlanMade } from '@shared/views/lever';
import { LeverPlace } from '../arm/lever-place';
import { go } from '../route';
import { Accounts } from '../switchover/plan-notes';
import { useWords } from '../words';
import { LossFigure } from './loss-panel';

/** The loss once more, as whom it is done, and below it main's own surface. */
export function LeverSide({
  look,
  made,
  onLeave,
}: {
  look: FailoverLook;
  made: Extract<PlanMade, { state: 'ready' }>;
  onLeave: () => void;
}) {
  const { language, time, runs } = useWords();
  return (
    <div className="lever-side">
      <section className="loss loss-lost" data-testid="loss">
        <div>
          <LossFigure loss={look.loss} />
          {look.loss && <p>{lossSentence(look.loss, look.old.node, language, time)}</p>}
        </div>
      </section>
      <Accounts plan={made.plan} />
      <LeverPlace
        request={{ act: 'start', plan: made.hash }}
        onLeave={onLeave}
        onStarted={(run) => go({ place: 'runs', id: run, query: {} })}
      />
      <p className="note">{runs.switchover.journal}</p>
    </div>
  );
}
