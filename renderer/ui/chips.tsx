import type { PlanAssumption } from '@shared/views/plan';
import type { TopologyNode } from '@shared/views/topology';
import { IconLock, IconPencil } from '@tabler/icons-react';
import { useWords } from '../words';

/** Who may write: the most dangerous fact on the screen, so it has its own ink. Nothing for kinds that do not know. */
export function RoleChip({ writable }: { writable: TopologyNode['writable'] }) {
  const { ui } = useWords();
  if (writable === undefined) return null;
  if (writable === null) return <span className="badge badge-unknown">{ui.role.unknown}</span>;
  return writable ? (
    <span className="badge badge-writable">
      <IconPencil size={12} aria-hidden="true" />
      {ui.role.writable}
    </span>
  ) : (
    <span className="badge">
      <IconLock size={12} aria-hidden="true" />
      {ui.role.readOnly}
    </span>
  );
}

/** Where a number comes from: solid when stated or measured, dashed when a person assumed it. */
export function SourceChip({ source }: { source: PlanAssumption['source'] }) {
  const { common } = useWords();
  return <span className={`badge source-${source}`}>{common.source[source]}</span>;
}
