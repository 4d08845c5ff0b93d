import { contains } from '../gtid/mysql-algebra';
import { parseMysqlSet } from '../gtid/mysql-set';
import type { Refusal } from '../views/lever';
import { bootChange } from './boot';
import { isSwitchable } from './events';
import { atLeast, channelOf, isMysql } from './member';
import type { MemberReading, SwitchoverReadings } from './readings';
import { type Ground, type Refuse, refusal } from './refusal';
import { nameOf } from './steps-after';
import { awakeEvents } from './steps-before';

/** What the servers themselves say now, to the acting account. What could not be read refuses as well. */
export const refuseServers: Refuse = (ground) => {
  const { readings } = ground;
  const missing = [readings.from, readings.to, ...readings.others].filter((node) => !readings.members[node]);
  return [
    ...missing.map((node) => {
      const error = readings.unreached?.[node];
      return error ? refusal('UNREACHED', { node, text: error.message }) : refusal('NOT_READ', { node });
    }),
    ...Object.values(readings.members).flatMap((member) => [
      ...versionRefusals(member),
      ...openRefusals(readings, member),
      ...followerRefusals(ground, member),
    ]),
    ...primaryRefusals(readings),
    ...eventRefusals(readings),
    ...bootRefusals(ground),
    ...semiSyncRefusals(readings),
    ...purgedRefusals(ground),
  ];
};

/** Versions whose statements are known here. */
export function versionRefusals(member: MemberReading) {
  const { node, version } = member;
  const known = isMysql(member) ? atLeast(member, 8, 0, 23) : atLeast(member, 10, 5, 9);
  return known ? [] : [refusal('TOO_OLD', { node, version: version.join('.') })];
}

/** Exactly one server may be open: the one that stops. */
function openRefusals({ from }: SwitchoverReadings, { node, readOnly, superReadOnly }: MemberReading) {
  if (node !== from) return readOnly ? [] : [refusal('WRITABLE', { node, from })];
  return readOnly || superReadOnly === true ? [refusal('NOT_WRITABLE', { node })] : [];
}

/** One channel, by GTID, with both threads asked to run: else it cannot be made anew as it was. */
function followerRefusals({ readings }: Ground, member: MemberReading) {
  const { node, channels } = member;
  if (channels === null) return [refusal('CHANNELS_UNREAD', { node })];
  if (node === readings.from)
    return channels.length > 0
      ? [refusal('PRIMARY_FOLLOWS', { node, source: channels[0]?.sourceHost ?? '?' })]
      : [];
  const [only, ...more] = channels;
  const stands = only && more.length === 0 && !(only.receiverOn && only.applierOn);
  return [...channelRefusals(member), ...(stands ? [refusal('THREADS_STOPPED', { node })] : [])];
}

/** One channel, by GTID, of whoever follows; whether its threads run is not asked here. */
export function channelRefusals(member: MemberReading): Refusal[] {
  const { node, channels } = member;
  if (channels === null) return [refusal('CHANNELS_UNREAD', { node })];
  const channel = channelOf(member);
  if (!channel) return [refusal('FOLLOWS_NOBODY', { node })];
  if (channels.length > 1) return [refusal('MULTI_SOURCE_MEMBER', { node })];
  const byGtid = isMysql(member)
    ? channel.autoPosition
    : /^(slave|current)_pos$/i.test(channel.usingGtid ?? '');
  return byGtid ? [] : [refusal('NOT_BY_GTID', { node })];
}

/** Rows 4, 9b, 11 and 11b: nothing on the old primary that would have to be waited for, or that passes the fence. */
function primaryRefusals({ from, members }: SwitchoverReadings) {
  const member = members[from];
  if (!member) return [];
  const { node, longTransactions, tableLocks, prepared, privileged, readUser } = member;
  const first = (list: readonly { id: string; user: string }[]) =>
    list.map(({ id, user }) => `${id} (${user})`).join(', ');
  return [
    ...(prepared === null
      ? [refusal('PREPARED_UNKNOWN', { node })]
      : prepared.length > 0
        ? [refusal('PREPARED', { node, count: `${prepared.length}`, list: prepared.join(', ') })]
        : []),
    ...(longTransactions === null
      ? [refusal('TRANSACTIONS_UNKNOWN', { node })]
      : longTransactions.length > 0
        ? [refusal('LONG_TRANSACTIONS', { node, list: first(longTransactions) })]
        : []),
    ...(tableLocks && tableLocks.length > 0
      ? [refusal('TABLE_LOCKS', { node, list: first(tableLocks) })]
      : []),
    // MySQL's super_read_only stops every account: only MariaDB has to know them.
    ...(privileged === null && !isMysql(member) ? [refusal('PRIVILEGED_UNKNOWN', { node })] : []),
    ...(privileged?.some(({ user }) => user === readUser)
      ? [refusal('READER_WRITES', { node, user: readUser })]
      : []),
  ];
}

/** Row 7 and 17: the events that run must be there on the new primary, and be such that nothing else of them changes. */
function eventRefusals({ from, to, members }: SwitchoverReadings) {
  const [old, next] = [members[from], members[to]];
  if (!old || !next) return [];
  const unknown = [old, next].filter(({ events }) => events === null);
  if (unknown.length > 0) return unknown.map(({ node }) => refusal('EVENTS_UNKNOWN', { node }));
  const awake = awakeEvents(old).map(({ event }) => event);
  const there = new Map((next.events ?? []).map((event) => [nameOf(event), event]));
  return awake.flatMap((event) => {
    const twin = there.get(nameOf(event));
    if (!twin) return [refusal('EVENT_MISSING', { node: to, event: nameOf(event) })];
    return [event, twin].every(isSwitchable) ? [] : [refusal('EVENT_CHARSET', { event: nameOf(event) })];
  });
}

/** The restart policy has to be known, and where it is not kept yet, writable. */
export function bootRefusals({ estate, readings }: Ground) {
  const cluster = estate.clusters.find(({ id }) => id === readings.cluster);
  if ((cluster?.acting?.boot ?? 'read-only') === 'as-was') return [];
  return Object.values(readings.members).flatMap((member) => {
    if (bootChange(member.node, member) !== 'unknown') return [];
    const { node, configuration } = member;
    const code = isMysql(member) || !configuration ? 'BOOT_UNKNOWN' : 'BOOT_NOT_INCLUDED';
    return [refusal(code, { node, file: configuration?.ours ?? '?' })];
  });
}

/** Row 9: where acknowledgements are short, commits hang, and read_only with them (T7). */
function semiSyncRefusals({ from, to, others, members }: SwitchoverReadings) {
  const [old, next] = [members[from], members[to]];
  if (!old?.semiSync?.source || !next) return [];
  const { needed, clients } = old.semiSync;
  // The old primary becomes one of them.
  const coming = 1 + others.filter((node) => members[node]?.semiSync?.replica === true).length;
  return [
    ...(clients < needed
      ? [refusal('SEMI_SYNC_SHORT', { node: from, needed: `${needed}`, count: `${clients}` })]
      : []),
    ...(next.semiSync ? [] : [refusal('SEMI_SYNC_MISSING', { node: to })]),
    ...(next.semiSync && next.semiSync.needed > coming
      ? [refusal('SEMI_SYNC_FEW', { node: to, needed: `${next.semiSync.needed}`, count: `${coming}` })]
      : []),
  ];
}

/** Row 3: what the candidate's log no longer has, every other server must have already, else 1236 after the switch. */
export const purgedRefusals = (ground: Ground) =>
  purgedOf(ground, [ground.readings.from, ...ground.readings.others]);

/** The same of those who will follow the new primary. */
export function purgedOf({ readings, replication }: Ground, nodes: readonly string[]) {
  const servers = new Map(replication.members.map(({ server }) => [server.node, server]));
  const candidate = servers.get(readings.to);
  if (candidate?.dialect !== 'mysql') return [];
  const purged = candidate.gtid.purged === null ? null : parseMysqlSet(candidate.gtid.purged);
  return nodes.flatMap((node) => {
    const text = readings.members[node]?.position ?? null;
    const own = text === null ? null : parseMysqlSet(text);
    if (!purged?.ok || !own?.ok) return [refusal('PURGED_UNKNOWN', { node, to: readings.to })];
    return contains(own.value, purged.value) ? [] : [refusal('PURGED', { node, to: readings.to })];
  });
}
