import type { ReplicationCluster } from '@shared/replication/model';
import { becauseText } from '@shared/text/replication-text';
import { useState } from 'react';
import { ArmButton } from '../arm/arm-button';
import { useArm } from '../arm/use-lever';
import { CallFailed, Waiting } from '../frame/estate-states';
import { useKeys } from '../keys';
import { useMoment } from '../recording/moment';
import { go, useRoute } from '../route';
import { EmptyState } from '../ui/empty-state';
import { Status } from '../ui/marks';
import { useWords } from '../words';
import { LeverPage } from './lever-page';
import { PageHead } from './page-head';
import { Refused } from './refused';
import { usePlanMade } from './use-plan-made';

/** Where the switchover page of a cluster is; without `to` it asks who is to start. */
export const switchoverRoute = (cluster: string, to?: string) => ({
  place: 'replication' as const,
  id: cluster,
  query: { page: 'switchover', ...(to === undefined ? {} : { to }) },
});

const leaveTo = (cluster: string) => go({ place: 'replication', id: cluster, query: {} });

/** The planned switchover of one cluster: who is to start, then the plan or every reason against one. */
export function SwitchoverPage({ cluster }: { cluster: ReplicationCluster }) {
  const { runs } = useWords();
  const { route } = useRoute();
  const moment = useMoment();
  const leave = () => leaveTo(cluster.id);
  useKeys({ Escape: leave });
  const from = cluster.primaries[0];
  const { to } = route.query;
  const body = (() => {
    if (moment !== null) return <EmptyState title={runs.switchover.notLive} />;
    if (from === undefined) return <EmptyState title={runs.switchover.noPrimary} />;
    if (to === undefined) return <Choice cluster={cluster} from={from} />;
    return <Planned key={to} cluster={cluster} from={from} to={to} onLeave={leave} />;
  })();
  return (
    <div className="switchover" data-testid="switchover-page">
      {body}
    </div>
  );
}

const MARKS = { can: 'proved', refused: 'attention', unknown: 'unknown' } as const;

/** Nobody is chosen beforehand: choosing asks the acting accounts. */
function Choice({ cluster, from }: { cluster: ReplicationCluster; from: string }) {
  const { runs, replication, language } = useWords();
  const words = runs.switchover;
  return (
    <>
      <PageHead
        cluster={cluster}
        what={words.title}
        title={words.choose}
        onLeave={() => leaveTo(cluster.id)}
      />
      <div className="switchover-choice">
        <p>{cluster.candidates.length === 0 ? words.noCandidate : words.chooseMore(from)}</p>
        <ul>
          {cluster.candidates.map(({ node, verdict, because }) => (
            <li key={node}>
              <button
                type="button"
                className="choice"
                data-testid={`choose-${node}`}
                onClick={() => go(switchoverRoute(cluster.id, node))}
              >
                <b className="mono">{node}</b>
                <Status mark={MARKS[verdict]} label={replication.candidate[verdict]} />
                <span className="soft">
                  {because.length === 0
                    ? replication.canBecause(cluster.rules.checked)
                    : because.map((one) => becauseText(one, language)).join(', ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function Planned({
  cluster,
  from,
  to,
  onLeave,
}: {
  cluster: ReplicationCluster;
  from: string;
  to: string;
  onLeave: () => void;
}) {
  const { runs } = useWords();
  const words = runs.switchover;
  const [overrides, setOverrides] = useState<{ code: string; typed: string }[]>([]);
  const [turn, setTurn] = useState(0);
  const arm = useArm();
  const armed = arm?.armed === true;
  // Asking begins when it may, and what was made stays when arming ends.
  const [begun, setBegun] = useState(armed);
  if (armed && !begun) setBegun(true);
  const planning = usePlanMade(begun ? { cluster: cluster.id, to, overrides } : null, turn);
  const again = () => setTurn(turn + 1);
  if (planning.state === 'failed')
    return (
      <>
        <PageHead cluster={cluster} what={words.title} title={words.wouldBe(from, to)} onLeave={onLeave} />
        <CallFailed error={planning.error} onAgain={again} />
      </>
    );
  if (arm && !begun)
    return (
      <>
        <PageHead cluster={cluster} what={words.title} title={words.wouldBe(from, to)} onLeave={onLeave} />
        <EmptyState title={words.disarmed} more={words.disarmedMore}>
          <ArmButton />
        </EmptyState>
      </>
    );
  if (planning.state === 'asking')
    return (
      <>
        <PageHead cluster={cluster} what={words.title} title={words.wouldBe(from, to)} onLeave={onLeave} />
        <Waiting text={`${words.planning(from, to)} ${words.planningMore}`} />
      </>
    );
  const { made } = planning;
  if (made.state === 'refused')
    return (
      <>
        <PageHead
          cluster={cluster}
          what={words.title}
          title={words.wouldBe(from, to)}
          onAgain={again}
          onLeave={onLeave}
        />
        <Refused
          procedure="switchover"
          reasons={made.reasons}
          onAgain={(typed) => {
            setOverrides(typed);
            again();
          }}
        />
      </>
    );
  return (
    <LeverPage
      key={made.hash}
      cluster={cluster}
      hash={made.hash}
      plan={made.plan}
      from={from}
      to={to}
      onAgain={again}
      onLeave={onLeave}
    />
  );
}
