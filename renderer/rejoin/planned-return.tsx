import type { RejoinLook, RejoinWay } from '@shared/rejoin/model';
import type { ReplicationCluster } from '@shared/replication/model';
import { fateText } from '@shared/text/rejoin-view-text';
import type { PlanMade } from '@shared/views/lever';
import { useState } from 'react';
import { ArmButton } from '../arm/arm-button';
import { LeverPlace } from '../arm/lever-place';
import { useArm } from '../arm/use-lever';
import { Looking } from '../failover/looking';
import { CallFailed } from '../frame/estate-states';
import { useKeys } from '../keys';
import { go } from '../route';
import { Keeping } from '../switchover/keeping';
import { PageHead } from '../switchover/page-head';
import { PlanFacts } from '../switchover/plan-facts';
import { Accounts, PlanNotes } from '../switchover/plan-notes';
import { PlanStatements } from '../switchover/plan-statements';
import { Refused } from '../switchover/refused';
import { EmptyState } from '../ui/empty-state';
import { Shape } from '../ui/marks';
import { ScrollingSection } from '../ui/scrolling';
import { useAsked } from '../use-asked';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { HistoryPanel } from './history-panel';
import { rejoinRoute } from './rejoin-route';

/** One way back, planned from a look of its own: the plan in full with the lever, or every reason against it. */
export function PlannedReturn({
  cluster,
  server,
  way,
}: {
  cluster: ReplicationCluster;
  server: string;
  way: RejoinWay;
}) {
  const words = useWords();
  const { rejoinView, runs } = words;
  const { file } = useWatched();
  const [overrides, setOverrides] = useState<{ code: string; typed: string }[]>([]);
  const [turn, setTurn] = useState(0);
  const arm = useArm();
  const armed = arm?.armed === true;
  const [begun, setBegun] = useState(armed);
  if (armed && !begun) setBegun(true);
  const wish = begun ? { cluster: cluster.id, server, way, overrides } : null;
  const asked = useAsked('rejoin.plan', wish, turn, `${file} ${cluster.id} ${server} ${way}`);
  const again = () => setTurn(turn + 1);
  const back = () => go(rejoinRoute(cluster.id, server));
  useKeys({ Escape: back });
  // A plan of before is worth nothing once another is asked for.
  const answer = asked.since === null && !asked.error ? asked.answer : null;
  const ready = answer?.made.state === 'ready' ? answer.made : null;
  return (
    <>
      <PageHead
        cluster={cluster}
        what={`${rejoinView.title} · ${rejoinView.way[way]}`}
        title={ready ? words.plan(ready.plan.procedure, ready.plan.title) : rejoinView.openFor(server)}
        {...(ready ? { plan: { hash: ready.hash, madeAt: ready.plan.madeAt } } : {})}
        {...(answer ? { onAgain: again } : {})}
        onLeave={back}
      />
      {arm && !begun ? (
        <EmptyState title={rejoinView.disarmed} more={rejoinView.disarmedMore}>
          <ArmButton />
        </EmptyState>
      ) : asked.error ? (
        <CallFailed error={asked.error} onAgain={again} />
      ) : answer === null ? (
        <Looking title={rejoinView.planning} since={asked.since} steps={rejoinView.steps(server)} />
      ) : answer.made.state === 'refused' ? (
        <Refused
          key={JSON.stringify(answer.made.reasons)}
          procedure="rejoin"
          reasons={answer.made.reasons}
          onAgain={(typed) => {
            setOverrides(typed);
            again();
          }}
        />
      ) : (
        <Ready
          key={answer.made.hash}
          cluster={cluster}
          look={answer.look}
          way={way}
          made={answer.made}
          onLeave={back}
        />
      )}
      {answer && (
        <p className="page-back">
          <button type="button" className="link-button" data-testid="other-way" onClick={back}>
            {rejoinView.otherWay}
          </button>{' '}
          <span className="note">{ready ? '' : runs.switchover.refusedMore}</span>
        </p>
      )}
    </>
  );
}

function Ready({
  cluster,
  look,
  way,
  made,
  onLeave,
}: {
  cluster: ReplicationCluster;
  look: RejoinLook;
  way: RejoinWay;
  made: Extract<PlanMade, { state: 'ready' }>;
  onLeave: () => void;
}) {
  const { runs, rejoinView, language } = useWords();
  const { plan, hash } = made;
  const nothing = look.history.kind === 'subset';
  return (
    <div className="lever-page">
      <ScrollingSection className="lever-column" label={rejoinView.history}>
        <PlanFacts hash={hash} plan={plan} />
        <HistoryPanel cluster={cluster} look={look} />
        <PlanNotes plan={plan} />
        <p className="note page-foot">{runs.switchover.factsNote}</p>
      </ScrollingSection>
      <ScrollingSection className="lever-column" label={runs.switchover.statements}>
        <PlanStatements plan={plan} />
        <Keeping hash={hash} />
      </ScrollingSection>
      <div className="lever-side">
        <section className={nothing ? 'loss' : 'loss loss-lost'} data-testid="loss">
          <Shape mark={nothing ? 'proved' : 'attention'} size={18} />
          <div>
            <h2>{fateText(look, way, language)}</h2>
          </div>
        </section>
        <Accounts plan={plan} />
        <LeverPlace
          request={{ act: 'start', plan: hash }}
          onLeave={onLeave}
          onStarted={(run) => go({ place: 'runs', id: run, query: {} })}
        />
        <p className="note">{runs.switchover.journal}</p>
      </div>
    </div>
  );
}
