import type { TopologyNode } from '@shared/views/topology';
import { IconClock } from '@tabler/icons-react';
import { useNow } from '../clock';
import { freshnessOf } from '../freshness';
import { readingOf } from '../node-reading';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { RoleChip } from './chips';
import { KindIcon } from './icons';
import { markOfHealth, Status } from './marks';
import { Num } from './num';
import { Spark } from './spark';

/** One server: what it is, whether it is well, who may write, and its one number. Draws inside a focusable parent. */
export function NodeCard({ node }: { node: TopologyNode }) {
  const { ui, common, say, age } = useWords();
  const watched = useWatched();
  const now = useNow();
  const { kind, answer, reading, vital, samples, findings } = readingOf(node, watched);
  const freshness = answer ? freshnessOf(answer.at, now, watched.snapshot) : 'fresh';
  const stale = answer !== null && freshness !== 'fresh';
  // A number of a server that is down would be its last one, shown as if it were now.
  const seen = reading?.state === 'answered' && freshness !== 'old' && node.health !== 'down';
  const product = [
    node.product ?? (kind ? say(kind.title) : node.kind === 'unknown' ? common.unknown : node.kind),
    node.version,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={`card card-${node.health}`} data-health={node.health} data-freshness={freshness}>
      <div className="card-head">
        <KindIcon icon={kind?.icon} />
        <span className="card-name">{node.id}</span>
        <RoleChip writable={node.writable} />
      </div>
      <div className="card-line">
        <span className="card-product">{product}</span>
        {node.address !== null && <span className="card-address">· {node.address}</span>}
        <Status mark={markOfHealth[node.health]} label={common.health[node.health]} />
      </div>
      <div className="card-vital">
        {vital && (
          <Num
            value={seen ? vital.value : null}
            format={vital.format}
            unit={say(vital.unit)}
            source={vital.fact?.evidence ?? ''}
            takenAt={vital.fact?.at ?? null}
          />
        )}
        {seen && <Spark samples={samples} />}
      </div>
      <div className="card-badges">
        {findings.some((finding) => finding.code === 'SINGLE_POINT_OF_FAILURE') && (
          <span className="badge">{stale ? ui.badge.spofShort : ui.badge.spof}</span>
        )}
        {stale && (
          <span className="badge badge-unknown">
            <IconClock size={12} aria-hidden="true" />
            {ui.states.staleBadge(age(now - answer.at))}
          </span>
        )}
      </div>
    </div>
  );
}
