import type { Health } from '@shared/views/topology';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { markOfHealth, Status } from '../ui/marks';
import { useWords } from '../words';

/** How many servers of a group are in which state. */
export type Counts = Readonly<Record<Health, number>>;

/** What needs attention comes first. */
const ORDER = ['down', 'degraded', 'unknown', 'up'] as const satisfies readonly Health[];

/** The counts in words: "2 down, 118 ok". */
export const countsText = (counts: Counts, health: Readonly<Record<Health, string>>): string =>
  ORDER.filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${health[state]}`)
    .join(', ');

/** The worst state that somebody in the group is in. */
export const worstOf = (counts: Counts): Health => ORDER.find((state) => counts[state] > 0) ?? 'up';

interface GroupTileProps {
  tier: string;
  total: number;
  counts: Counts;
  open: boolean;
  /** What a search or a focus has to say of it; empty: nothing. */
  remark: string;
}

/** The servers of one site and tier as one tile, or, open, the head above their rows. */
export function GroupTile({ tier, total, counts, open, remark }: GroupTileProps) {
  const { common, number } = useWords();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const states = ORDER.filter((state) => counts[state] > 0);
  return (
    <>
      <span className="tile-head">
        <Chevron size={14} aria-hidden="true" />
        <span className="tile-name">{tier}</span>
        {remark && <span className="badge tile-remark">{remark}</span>}
        <span className="tile-total">{number(total)}</span>
      </span>
      <span className="tile-counts">
        {states.map((state) => (
          <Status
            key={state}
            mark={markOfHealth[state]}
            label={`${number(counts[state])} ${common.health[state]}`}
          />
        ))}
      </span>
    </>
  );
}
