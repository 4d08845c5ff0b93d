import { oldPrimaryOf } from '@shared/failover/failover-look';
import type { ReplicationCluster } from '@shared/replication/model';
import { useState } from 'react';
import { ArmButton } from '../arm/arm-button';
import { useArm } from '../arm/use-lever';
import { CallFailed } from '../frame/estate-states';
import { useKeys } from '../keys';
import { useMoment } from '../recording/moment';
import { go, useRoute } from '../route';
import { PageHead } from '../switchover/page-head';
import { EmptyState } from '../ui/empty-state';
import { useAsked } from '../use-asked';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { LookPage } from './look-page';
import { Looking } from './looking';

/** The emergency failover of one cluster: what is known, what would be lost, what speaks against it, and the lever. */
export function FailoverPage({ cluster }: { cluster: ReplicationCluster }) {
  const { failoverView: words } = useWords();
  const { route } = useRoute();
  const moment = useMoment();
  const { to } = route.query;
  const leave = () => go({ place: 'replication', id: cluster.id, query: {} });
  return (
    <div className="switchover" data-testid="failover-page">
      {moment === null ? (
        <Looked key={to ?? ''} cluster={cluster} to={to ?? null} onLeave={leave} />
      ) : (
        <EmptyState title={words.notLive} />
      )}
    </div>
  );
}

function Looked({
  cluster,
  to,
  onLeave,
}: {
  cluster: ReplicationCluster;
  to: string | null;
  onLeave: () => void;
}) {
  const { failover, failoverView: words } = useWords();
  const { file } = useWatched();
  const [overrides, setOverrides] = useState<{ code: string; typed: string }[]>([]);
  const [turn, setTurn] = useState(0);
  const arm = useArm();
  const armed = arm?.armed === true;
  // Asking begins when it may, and what was read stays when arming ends.
  const [begun, setBegun] = useState(armed);
  if (armed && !begun) setBegun(true);
  const wish = begun ? { cluster: cluster.id, to, overrides } : null;
  const asked = useAsked('failover.plan', wish, turn, `${file} ${cluster.id} ${to ?? ''}`);
  const again = () => setTurn(turn + 1);
  // With a look to read, that one says what Escape leaves.
  useKeys(asked.answer ? {} : { Escape: onLeave });
  const old = oldPrimaryOf(cluster);
  if (asked.answer)
    return (
      <LookPage
        cluster={cluster}
        asked={{ ...asked, answer: asked.answer }}
        onAgain={again}
        onOverride={(typed) => {
          setOverrides(typed);
          again();
        }}
        onLeave={onLeave}
      />
    );
  const title = old === null ? words.nobodyOld : failover.headlineOpen(old);
  return (
    <>
      <PageHead cluster={cluster} what={failover.title} title={title} onLeave={onLeave} />
      {asked.error ? (
        <CallFailed error={asked.error} onAgain={again} />
      ) : arm && !begun ? (
        <EmptyState title={words.disarmed} more={words.disarmedMore}>
          <ArmButton />
        </EmptyState>
      ) : (
        <Looking title={words.looking} since={asked.since} steps={words.steps(old ?? '?')} />
      )}
    </>
  );
}
