import { islandsOf } from '@shared/rejoin/rejoin-view';
import type { ReplicationCluster } from '@shared/replication/model';
import { useMoment } from '../recording/moment';
import { formatRoute } from '../route';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { rejoinRoute } from './rejoin-route';

/** Servers that stand apart from a replication, and the way to bring each back; nothing while there is none, or in the past. */
export function ComesBack({ cluster }: { cluster: ReplicationCluster }) {
  const { rejoinView: words } = useWords();
  const moment = useMoment();
  const islands = islandsOf(cluster);
  if (islands.length === 0 || moment !== null) return null;
  return (
    <section className="panel" data-testid="comes-back">
      <header className="panel-head">
        <h2>{words.apart}</h2>
      </header>
      <ul className="panel-body comes-back">
        {islands.map(({ node, primary }) => (
          <li key={node}>
            <Shape mark="attention" size={13} />
            <span>{words.island(node, primary)}</span>
            <a
              className="button"
              href={formatRoute(rejoinRoute(cluster.id, node))}
              data-testid={`open-rejoin-${node}`}
              aria-label={words.openFor(node)}
            >
              {words.open}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
