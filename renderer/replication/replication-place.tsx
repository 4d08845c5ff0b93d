import type { ReplicationCluster } from '@shared/replication/model';
import { FailoverPage } from '../failover/failover-page';
import { failoverRoute } from '../failover/failover-route';
import { useKeys } from '../keys';
import { useMoment } from '../recording/moment';
import { RejoinPage } from '../rejoin/rejoin-page';
import { formatRoute, go, useRoute } from '../route';
import { SwitchoverPage, switchoverRoute } from '../switchover/switchover-page';
import { EmptyState } from '../ui/empty-state';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { ClusterView } from './cluster-view';
import { ReplicationAt } from './moment';
import { isAlone } from './replaced-panel';

/** Replication: who follows whom, how far behind, who could take over. */
export function ReplicationPlace() {
  const { ui, say } = useWords();
  const { estate } = useWatched();
  const { route } = useRoute();
  const { clusters, takenAt } = useWatched().replication;
  const cluster = clusters.find((each) => each.id === route.id) ?? clusters[0];
  const title = (each: ReplicationCluster) =>
    say(estate.clusters.find((stated) => stated.id === each.id)?.title ?? each.title);
  if (cluster && route.query.page === 'switchover')
    return <SwitchoverPage key={cluster.id} cluster={cluster} />;
  if (cluster && route.query.page === 'failover') return <FailoverPage key={cluster.id} cluster={cluster} />;
  if (cluster && route.query.page === 'rejoin') return <RejoinPage key={cluster.id} cluster={cluster} />;
  return (
    <ReplicationAt value={takenAt}>
      <header className="bar">
        <h1>{ui.places.replication}</h1>
        {clusters.map((each) => (
          <a
            key={each.id}
            className={each === cluster ? 'tab tab-on' : 'tab'}
            aria-current={each === cluster ? 'true' : undefined}
            href={formatRoute({ place: 'replication', id: each.id, query: {} })}
          >
            {title(each)}
          </a>
        ))}
        {cluster && <ClusterSummary cluster={cluster} />}
        {cluster && <PageKeys cluster={cluster} />}
      </header>
      {cluster ? (
        <ClusterView key={cluster.id} cluster={cluster} />
      ) : (
        <EmptyState title={ui.replication.empty} more={ui.replication.emptyMore} />
      )}
    </ReplicationAt>
  );
}

/** `S` and `Shift F` open the pages of the switchover and the failover, from here alone, and only now: the past is over. */
function PageKeys({ cluster }: { cluster: ReplicationCluster }) {
  const moment = useMoment();
  useKeys({
    S: () => {
      if (moment === null && cluster.candidates.length > 0) go(switchoverRoute(cluster.id));
    },
    'Shift+F': () => {
      if (moment === null && cluster.members.length > 1) go(failoverRoute(cluster.id));
    },
  });
  return null;
}

/** Product, positioning, how many servers, and how many of them take writes. */
function ClusterSummary({ cluster }: { cluster: ReplicationCluster }) {
  const { ui } = useWords();
  const { members } = cluster;
  const writable = members.filter((member) => member.writable).length;
  const unknown = members.filter((member) => member.role === 'unknown').length;
  const products = [...new Set(members.flatMap(({ server }) => server.product ?? []))].join(', ');
  const gtid = members.some(({ server }) =>
    server.channels?.some(({ positioning }) => positioning === 'auto' || positioning?.endsWith('-pos')),
  );
  return (
    <span className="soft">
      {products && `${products} · `}
      {gtid && 'GTID · '}
      {isAlone(cluster) ? ui.replication.alone : ui.replication.servers(members.length, writable)}
      {unknown > 0 && ` · ${ui.replication.unknown(unknown)}`}
    </span>
  );
}
