import type { ReplicationCluster } from '@shared/replication/model';
import { IconArrowRight } from '@tabler/icons-react';
import { RoleChip } from '../ui/chips';
import { useWords } from '../words';
import { beforeAfter, type Placed } from './before-after';

/** Who follows whom now, and who will when all is done. */
export function Trees({ cluster, to }: { cluster: ReplicationCluster; to: string }) {
  const { runs } = useWords();
  const { before, after } = beforeAfter(cluster, to);
  return (
    <div className="trees">
      <SmallTree title={runs.switchover.before} placed={before} />
      <IconArrowRight size={16} aria-hidden="true" />
      <SmallTree title={runs.switchover.after} placed={after} />
    </div>
  );
}

function SmallTree({ title, placed }: { title: string; placed: readonly Placed[] }) {
  const { runs } = useWords();
  return (
    <ul className="small-tree" aria-label={title}>
      {placed.map(({ node, tier, writable, source }) => (
        <li key={node} style={{ marginLeft: tier * 14 }} className={tier > 0 ? 'small-tree-below' : ''}>
          <b className="mono">{node}</b>
          <RoleChip writable={writable} />
          {source !== null && (
            <span className="visually-hidden">{runs.switchover.follows(node, source)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
