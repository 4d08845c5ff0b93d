import type { ServerReading } from './model';

type Group = NonNullable<ServerReading['group']>;

/**
 * States of a member that takes part. A Galera donor does, while it hands its data over (MariaDB manual, "Galera Cluster
 * Status Variables"); of Group Replication only ONLINE (MySQL manual, "Group Replication Server States").
 */
const TAKES_PART: Readonly<Record<Group['technology'], readonly string[]>> = {
  galera: ['synced', 'donor/desynced'],
  'group-replication': ['online'],
  'innodb-cluster': ['online'],
};

/**
 * Does a member take part in its group: let in, caught up, and on the side of the majority? Galera tells of the side by
 * itself: outside of the primary component every statement on a table is refused with 1047. null: not told.
 */
export function takesPartIn({ technology, state, primary }: Group): boolean | null {
  if (technology === 'galera' && primary === false) return false;
  if (state === null || (technology === 'galera' && primary === null)) return null;
  return TAKES_PART[technology].includes(state.toLowerCase());
}

/** May applications write on it, as far as it says? A member that its group has left behind takes no writes, whatever read_only says. */
export function writableOf({ readOnly, group }: ServerReading): boolean | null {
  if (readOnly === null) return null;
  const takesPart = group === null ? true : takesPartIn(group);
  return readOnly || takesPart === false ? false : takesPart;
}
