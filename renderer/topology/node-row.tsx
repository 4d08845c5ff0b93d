import type { Kind } from '@shared/kinds/kind';
import type { Health } from '@shared/views/topology';
import { IconLock, IconPencil } from '@tabler/icons-react';
import { KindIcon } from '../ui/icons';
import { markOfHealth, Status } from '../ui/marks';
import { useWords } from '../words';

export interface NodeRowProps {
  id: string;
  icon: Kind['icon'] | undefined;
  health: Health;
  writable: boolean | null | undefined;
}

/** One server in one line of 24 px: kind, name, who may write, and whether it is well. */
export function NodeRow({ id, icon, health, writable }: NodeRowProps) {
  const { common } = useWords();
  return (
    <span className={`node-row card-${health}`}>
      <KindIcon icon={icon} />
      <span className="node-row-name">{id}</span>
      {writable === true && <IconPencil size={12} aria-hidden="true" />}
      {writable === false && <IconLock size={12} aria-hidden="true" />}
      <Status mark={markOfHealth[health]} label={common.health[health]} />
    </span>
  );
}
