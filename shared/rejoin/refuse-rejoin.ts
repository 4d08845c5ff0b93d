import { isMysql } from '../switchover/member';
import type { MemberReading } from '../switchover/readings';
import { type Ground, refusal } from '../switchover/refusal';
import { replicationRefusals, rightsRefusals } from '../switchover/refuse-access';
import { bootRefusals, purgedRefusals, versionRefusals } from '../switchover/refuse-servers';
import type { Refusal } from '../views/lever';
import { ownTransactions } from './own-transactions';

/**
 * Everything that speaks against attaching an old primary as it is, all at once. `from` of the readings is the old primary,
 * `to` the server that takes writes now. What could not be read refuses as well.
 */
export function refuseAttach(ground: Ground): Refusal[] {
  const { from, to, members } = ground.readings;
  const [old, next] = [members[from], members[to]];
  if (!old || !next) return unreadRefusals(ground);
  return [...followRefusals(ground, old, next), ...historyRefusals(old, next)];
}

/** Either of the two was not read: there is nothing to judge. */
export const unreadRefusals = ({ readings: { from, to, members } }: Ground): Refusal[] =>
  [from, to].filter((node) => !members[node]).map((node) => refusal('NOT_READ', { node }));

/** What speaks against its following the present primary, whatever its history. */
export function followRefusals(ground: Ground, old: MemberReading, next: MemberReading): Refusal[] {
  const { others, members } = ground.readings;
  const touched = ofTwo(ground, old, next);
  return [
    ...shapeRefusals(ground, old, next),
    ...writableRefusals(
      old,
      next,
      others.flatMap((node) => members[node] ?? []),
    ),
    ...preparedRefusals(old),
    ...versionRefusals(old),
    ...purgedRefusals(touched),
    ...bootRefusals(touched),
    ...rightsRefusals(touched),
    ...replicationRefusals(touched),
  ];
}

/** The rules of the switchover for those whom a plan touches: who follows already is left alone. */
export function ofTwo(ground: Ground, old: MemberReading, next: MemberReading): Ground {
  const members = { [old.node]: old, [next.node]: next };
  return { ...ground, readings: { ...ground.readings, others: [], members } };
}

/** Whom it may follow, and how. */
function shapeRefusals(
  { replication, readings }: Ground,
  old: MemberReading,
  next: MemberReading,
): Refusal[] {
  const { from, to, others, members } = readings;
  const pattern = others.some((node) => (members[node]?.channels?.length ?? 0) > 0);
  const verdict = replication.verdicts.find(({ node }) => node === to)?.verdict ?? 'unknown';
  return [
    ...(replication.members.some(({ server }) => server.group !== null) ? [refusal('GROUP')] : []),
    ...(old.dialect === next.dialect ? [] : [refusal('REJOIN_DIALECT', { node: from, to })]),
    ...(verdict === 'alive' ? [] : [refusal('REJOIN_PRIMARY_ILL', { to, verdict })]),
    ...(old.channels === null ? [refusal('CHANNELS_UNREAD', { node: from })] : []),
    ...(old.channels && old.channels.length > 0
      ? [refusal('REJOIN_FOLLOWS', { node: from, source: old.channels[0]?.sourceHost ?? '?' })]
      : []),
    ...(pattern ? [] : [refusal('REJOIN_NO_PATTERN', { node: from, to })]),
  ];
}

/** One server takes writes, and it is not the one that comes back. */
function writableRefusals(
  old: MemberReading,
  next: MemberReading,
  others: readonly MemberReading[],
): Refusal[] {
  const open = others.filter(({ readOnly }) => !readOnly);
  return [
    ...(old.readOnly ? [] : [refusal('REJOIN_WRITABLE', { node: old.node })]),
    ...(next.readOnly ? [refusal('REJOIN_NOT_OPEN', { to: next.node })] : []),
    ...open.map(({ node }) => refusal('WRITABLE', { node, from: next.node })),
  ];
}

/** Never skipped, never by default: what it holds alone is named, and somebody decides what becomes of it. */
function historyRefusals(old: MemberReading, next: MemberReading): Refusal[] {
  const own = ownTransactions(old, next);
  const params = { node: old.node, to: next.node };
  if (own === null) return [];
  if (own === 'unknown') return [refusal('REJOIN_HISTORY_UNKNOWN', params)];
  return [refusal('REJOIN_AHEAD', { ...params, count: `${own.count}`, gtids: own.text })];
}

/** Whoever commits one later writes on a replica: on MySQL even through super_read_only (T17). */
function preparedRefusals({ node, prepared }: MemberReading): Refusal[] {
  if (prepared === null) return [refusal('PREPARED_UNKNOWN', { node })];
  const list = { node, count: `${prepared.length}`, list: prepared.join(', ') };
  return prepared.length === 0 ? [] : [refusal('PREPARED', list)];
}

/** Is it closed to everybody: on MySQL `read_only` alone lets administrators write. */
export const isClosed = (member: MemberReading): boolean =>
  isMysql(member) ? member.superReadOnly === true : member.readOnly;
