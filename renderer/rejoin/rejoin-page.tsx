import { RejoinWay } from '@shared/rejoin/model';
import type { ReplicationCluster } from '@shared/replication/model';
import { rejoinTitle } from '@shared/text/rejoin-view-text';
import { useState } from 'react';
import { ArmButton } from '../arm/arm-button';
import { useArm } from '../arm/use-lever';
import { Looking } from '../failover/looking';
import { PictureAge } from '../failover/picture-age';
import { CallFailed } from '../frame/estate-states';
import { useKeys } from '../keys';
import { useMoment } from '../recording/moment';
import { go, useRoute } from '../route';
import { PageHead } from '../switchover/page-head';
import { EmptyState } from '../ui/empty-state';
import { ScrollingSection } from '../ui/scrolling';
import { useAsked } from '../use-asked';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { HistoryPanel } from './history-panel';
import { PlannedReturn } from './planned-return';
import { rejoinRoute } from './rejoin-route';
import { WaysPanel } from './ways-panel';

/** How a server comes back: first what it holds alone, then by which ways, then the plan of the one that was chosen. */
export function RejoinPage({ cluster }: { cluster: ReplicationCluster }) {
  const { rejoinView: words } = useWords();
  const { route } = useRoute();
  const moment = useMoment();
  const { server } = route.query;
  const way = RejoinWay.safeParse(route.query.way).data;
  const leave = () => go({ place: 'replication', id: cluster.id, query: {} });
  const body = (() => {
    if (moment !== null) return <EmptyState title={words.notLive} />;
    if (server === undefined) return <EmptyState title={words.notAsked} />;
    if (way) return <PlannedReturn key={`${server} ${way}`} cluster={cluster} server={server} way={way} />;
    return <Looked key={server} cluster={cluster} server={server} onLeave={leave} />;
  })();
  return (
    <div className="switchover" data-testid="rejoin-page">
      {body}
    </div>
  );
}

function Looked({
  cluster,
  server,
  onLeave,
}: {
  cluster: ReplicationCluster;
  server: string;
  onLeave: () => void;
}) {
  const { rejoinView: words, language } = useWords();
  const { file } = useWatched();
  const [turn, setTurn] = useState(0);
  const arm = useArm();
  const armed = arm?.armed === true;
  // Asking begins when it may, and what was read stays when arming ends.
  const [begun, setBegun] = useState(armed);
  if (armed && !begun) setBegun(true);
  const wish = begun ? { cluster: cluster.id, server } : null;
  const asked = useAsked('rejoin.look', wish, turn, `${file} ${cluster.id} ${server}`);
  const again = () => setTurn(turn + 1);
  useKeys({ Escape: onLeave });
  const look = asked.answer;
  const title = look ? rejoinTitle(look, language) : words.openFor(server);
  return (
    <>
      <PageHead cluster={cluster} what={words.title} title={title} onLeave={onLeave} />
      {look ? (
        <>
          <PictureAge takenAt={look.takenAt} asked={asked} onAgain={again} />
          <div className="lever-page rejoin" data-testid="rejoin-look" data-history={look.history.kind}>
            <ScrollingSection className="lever-column" label={words.history}>
              <HistoryPanel cluster={cluster} look={look} />
            </ScrollingSection>
            <ScrollingSection className="lever-side" label={words.ways}>
              <WaysPanel look={look} onChoose={(way) => go(rejoinRoute(cluster.id, server, way))} />
              <button type="button" className="button" data-testid="rejoin-stay" onClick={onLeave}>
                {words.stay} <kbd>Esc</kbd>
              </button>
            </ScrollingSection>
          </div>
        </>
      ) : asked.error ? (
        <CallFailed error={asked.error} onAgain={again} />
      ) : arm && !begun ? (
        <EmptyState title={words.disarmed} more={words.disarmedMore}>
          <ArmButton />
        </EmptyState>
      ) : (
        <Looking title={words.looking(server)} since={asked.since} steps={words.steps(server)} />
      )}
    </>
  );
}
