import { serviceControl } from '../../estate/service-control';
import { contains } from '../../gtid/mysql-algebra';
import { parseMysqlSet } from '../../gtid/mysql-set';
import { DONOR_RIGHTS, lacksRights, REBUILD_RIGHTS } from '../../switchover/grants';
import { isMysql } from '../../switchover/member';
import type { MemberReading } from '../../switchover/readings';
import { refusal } from '../../switchover/refusal';
import { replicationUser } from '../../switchover/scene';
import type { Refusal } from '../../views/lever';
import { sideOf } from '../following-plan';
import { ownTransactions } from '../own-transactions';
import { followRefusals, unreadRefusals } from '../refuse-rejoin';
import type { RejoinGround } from '../rejoin-ground';
import { series } from './donor';
import type { RebuildReadings } from './readings';

/** What has to be typed to go on without a copy of the old data, or without what it holds alone. The same in every language. */
export const WITHOUT_COPY = 'no copy';
export const WITHOUT_OWN = 'not saved';

/** Everything that speaks against replacing the old primary's data, all at once. What could not be read refuses as well. */
export function refuseRebuild(ground: RejoinGround): Refusal[] {
  const { readings, rebuild } = ground;
  const [old, next] = [readings.members[readings.from], readings.members[readings.to]];
  if (!old || !next) return unreadRefusals(ground);
  if (!rebuild) return [refusal('NOT_READ', { node: readings.from })];
  const [donor] = sideOf(ground, rebuild.donor);
  return [
    // What the new primary's log no longer has comes with the copy.
    ...followRefusals(ground, old, next).filter(({ code }) => !code.startsWith('REFUSED_PURGED')),
    ...policyRefusals(ground, old),
    ...historyRefusals(ground, rebuild, old, next),
    ...(donor
      ? donorRefusals(ground, rebuild, old, donor.member)
      : [refusal('NOT_READ', { node: rebuild.donor })]),
    ...placeRefusals(rebuild, old),
    ...spaceRefusals(rebuild, old),
    ...toolRefusals(rebuild, old),
  ];
}

/** It is started with other data than it was stopped with: it has to come back closed, whoever starts it. */
function policyRefusals({ estate, readings }: RejoinGround, { node, service, dialect }: MemberReading) {
  const cluster = estate.clusters.find(({ id }) => id === readings.cluster);
  const asWas = cluster?.acting?.boot === 'as-was';
  const known = cluster && serviceControl(cluster, service, dialect).start.length > 0;
  return asWas || !known ? [refusal('REBUILD_AS_WAS', { node })] : [];
}

/** What it holds alone is known and saved first; and there must be something to be gained. */
function historyRefusals(
  { own: read, readings }: RejoinGround,
  rebuild: RebuildReadings,
  old: MemberReading,
  next: MemberReading,
): Refusal[] {
  const params = { node: old.node, to: next.node };
  const own = ownTransactions(old, next);
  if (own === 'unknown') return [refusal('REJOIN_HISTORY_UNKNOWN', params)];
  if (own !== null && !read?.read?.salvage) {
    const text = read?.read?.salvageError?.message ?? read?.error?.message ?? '?';
    return [refusal('REBUILD_NOT_SAVED', { ...params, gtids: own.text, text }, WITHOUT_OWN)];
  }
  if (!isMysql(old) || own !== null) return [];
  const [mine, theirs] = [old, readings.members[rebuild.donor]].map((member) =>
    member?.position ? parseMysqlSet(member.position) : null,
  );
  const needless = mine?.ok && theirs?.ok && contains(mine.value, theirs.value);
  return needless ? [refusal('REBUILD_NEEDLESS', params)] : [];
}

/** Its files must fit the old server's program, and it must be let give them. */
function donorRefusals(
  { estate }: RejoinGround,
  rebuild: RebuildReadings,
  old: MemberReading,
  donor: MemberReading,
): Refusal[] {
  const { node } = old;
  const { from, old: host, login, account } = rebuild;
  const params = { node, donor: donor.node };
  const unread = (what: string) => refusal('REBUILD_UNKNOWN', { node: donor.node, what });
  const one = (code: string, more: Record<string, string>) => refusal(code, { ...params, ...more });
  return [
    ...(series(old) === series(donor)
      ? []
      : [one('REBUILD_VERSION', { own: old.version.join('.'), version: donor.version.join('.') })]),
    ...(account ? [one('REBUILD_ACCOUNT', { account: old.actingUser, text: account.message })] : []),
    ...(isMysql(old)
      ? [
          ...alikeRefusals(rebuild, node, donor.node),
          ...(replicationUser(estate, donor.service) === null
            ? [refusal('NO_REPLICATION_ACCOUNT', { node: donor.node })]
            : loginRefusals(login, donor, params)),
          ...(from.otherTables === null ? [unread('*.MYD')] : []),
          ...(from.otherTables && from.otherTables.length > 0
            ? [one('REBUILD_ENGINES', { list: from.otherTables.slice(0, 10).join(', ') })]
            : []),
          ...rightsRefusals(old),
        ]
      : [
          ...(from.logsUpdates === null ? [unread('log_slave_updates')] : []),
          ...(from.logsUpdates === false ? [one('REBUILD_LOGS_NOT', {})] : []),
          ...(from.backupVersion === null ? [unread('mariadb-backup')] : []),
          ...(from.backupVersion !== null && !sameSeries(from.backupVersion, donor)
            ? [one('REBUILD_TOOL_VERSION', { own: from.backupVersion, version: donor.version.join('.') })]
            : []),
        ]),
    ...(host.dataBytes === null && isMysql(old)
      ? [refusal('REBUILD_UNKNOWN', { node, what: 'FILE_SIZE' })]
      : []),
  ];
}

const sameSeries = (text: string, { version }: MemberReading): boolean =>
  text.split('.').slice(0, 2).join('.') === version.slice(0, 2).join('.');

/** What CLONE compares, before it is asked: it drops the old tables first. */
function alikeRefusals({ old, from }: RebuildReadings, node: string, donor: string): Refusal[] {
  if (!old.alike || !from.alike)
    return [refusal('REBUILD_UNKNOWN', { node: old.alike ? donor : node, what: 'clone' })];
  const names = [...new Set([...Object.keys(old.alike), ...Object.keys(from.alike)])].sort();
  const different = names.filter((name) => old.alike?.[name] !== from.alike?.[name]);
  const missing = [
    { node, alike: old.alike },
    { node: donor, alike: from.alike },
  ].filter(({ alike }) => alike.clone !== 'ACTIVE');
  return [
    ...missing.map((side) => refusal('REBUILD_PLUGIN', { node: side.node })),
    ...(missing.length === 0 && different.length > 0
      ? [refusal('REBUILD_ALIKE', { node, donor, list: different.join(', ') })]
      : []),
  ];
}

function loginRefusals(
  login: RebuildReadings['login'],
  { version }: MemberReading,
  params: { node: string; donor: string },
): Refusal[] {
  if (!login) return [refusal('LOGIN_UNTESTED', { node: params.node, to: params.donor })];
  const { error, grants } = login;
  if (error)
    return [refusal('LOGIN', { ...params, to: params.donor, code: error.code, text: error.message })];
  const missing = lacksRights({ dialect: 'mysql', version, grants }, [DONOR_RIGHTS]);
  if (missing === null) return [refusal('REBUILD_UNKNOWN', { node: params.donor, what: 'SHOW GRANTS' })];
  return missing.length === 0
    ? []
    : [refusal('REBUILD_DONOR_RIGHTS', { ...params, list: missing.join(', ') })];
}

function rightsRefusals(member: MemberReading): Refusal[] {
  const { node, actingAccount } = member;
  const missing = lacksRights(member, [REBUILD_RIGHTS]);
  // Unknown rights are refused as every plan refuses them.
  return missing === null || missing.length === 0
    ? []
    : [refusal('RIGHTS', { node, account: actingAccount, list: missing.join(', ') })];
}

/** Everything has to lie in the one folder that is replaced, and the place beside it has to be free. */
function placeRefusals({ old }: RebuildReadings, { node, ...member }: MemberReading): Refusal[] {
  const { datadir, elsewhere, isMount, kept } = old;
  const renames = !isMysql(member);
  return [
    ...(kept === null ? [refusal('REBUILD_UNKNOWN', { node, what: `${datadir}-patronus` })] : []),
    ...(kept ? [refusal('REBUILD_KEPT_BEFORE', { node, folder: `${datadir}-patronus` })] : []),
    ...(renames && elsewhere === null
      ? [refusal('REBUILD_UNKNOWN', { node, what: 'log_bin_basename' })]
      : []),
    ...(renames && elsewhere && elsewhere.length > 0
      ? [refusal('REBUILD_ELSEWHERE', { node, folder: datadir, list: elsewhere.join(', ') })]
      : []),
    ...(renames && isMount === null ? [refusal('REBUILD_UNKNOWN', { node, what: datadir })] : []),
    ...(renames && isMount ? [refusal('REBUILD_MOUNT', { node, folder: datadir })] : []),
  ];
}

/** A tenth more than what was counted: logs, undo, and what is written meanwhile. */
const SPARE = 1.1;

/**
 * MySQL drops the old tables before it copies, so that the copy of them beside takes the room; MariaDB has both at once. Without
 * room for a copy of its own, it can be left out by typing that.
 */
function spaceRefusals({ old, from }: RebuildReadings, { node, ...member }: MemberReading): Refusal[] {
  const { freeBytes, dataBytes: own } = old;
  const copied = from.dataBytes;
  if (freeBytes === null || copied === null)
    return [refusal('REBUILD_UNKNOWN', { node, what: freeBytes === null ? 'df' : 'FILE_SIZE' })];
  const short = (needed: number, code: string, override: string | null) =>
    freeBytes >= needed
      ? []
      : [refusal(code, { node, needed: sizeText(needed), free: sizeText(freeBytes) }, override)];
  if (!isMysql(member)) return short(copied * SPARE, 'REBUILD_SPACE', null);
  const grows = Math.max(0, copied * SPARE - (own ?? 0));
  const without = short(grows, 'REBUILD_SPACE', null);
  return without.length > 0
    ? without
    : short(grows + (own ?? 0) * SPARE, 'REBUILD_NO_ROOM_TO_KEEP', WITHOUT_COPY);
}

const sizeText = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1)} GB`;

function toolRefusals({ old, from, donor }: RebuildReadings, { node }: MemberReading): Refusal[] {
  return [
    { node, ...old },
    { node: donor, ...from },
  ].flatMap(({ node: where, sudoRefuses, missing }) => [
    ...(sudoRefuses === null ? [refusal('SUDO_UNKNOWN', { node: where })] : []),
    ...(sudoRefuses && sudoRefuses.length > 0
      ? [refusal('SUDO', { node: where, list: sudoRefuses.join(', ') })]
      : []),
    ...(missing === null ? [refusal('REBUILD_UNKNOWN', { node: where, what: 'PATH' })] : []),
    ...(missing && missing.length > 0
      ? [refusal('REBUILD_TOOLS', { node: where, list: missing.join(', ') })]
      : []),
  ]);
}
