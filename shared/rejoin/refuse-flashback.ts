import { lacksRights } from '../switchover/grants';
import { isMysql } from '../switchover/member';
import type { MemberReading } from '../switchover/readings';
import { refusal } from '../switchover/refusal';
import type { Refusal } from '../views/lever';
import { commonHistory } from './common-history';
import { ownTransactions } from './own-transactions';
import { followRefusals, unreadRefusals } from './refuse-rejoin';
import type { OwnReading, RejoinGround } from './rejoin-ground';
import type { TouchedReading } from './touched';

/** Each is compared with the same table of the present primary in a step of its own. */
export const TABLES_COMPARED = 50;
const LISTED = 10;

/**
 * Everything that speaks against taking back what an old primary holds alone, all at once. It has to be rows of tables that can
 * be turned back in one transaction, every one of them read, and saved at this desk. What could not be read refuses as well.
 */
export function refuseFlashback(ground: RejoinGround): Refusal[] {
  const { from, to, members } = ground.readings;
  const [old, next] = [members[from], members[to]];
  if (!old || !next) return unreadRefusals(ground);
  const node = { node: from, to };
  if (isMysql(old)) return [refusal('REJOIN_FLASHBACK_MYSQL', node)];
  const own = ownTransactions(old, next);
  if (own === null) return [refusal('REJOIN_NOTHING_OWN', node)];
  const follow = followRefusals(ground, old, next);
  if (own === 'unknown') return [refusal('REJOIN_HISTORY_UNKNOWN', node), ...follow];
  return [
    ...commonRefusals(old, next),
    ...logRefusals(from, ground.own, own.count),
    ...touchedRefusals(from, ground.own),
    ...rightsRefusals(old, next, ground.own),
    ...follow,
  ];
}

function commonRefusals(old: MemberReading, next: MemberReading): Refusal[] {
  const common = commonHistory(old.binlogState ?? '', next.binlogState ?? '');
  const params = { node: old.node, to: next.node };
  if (common === 'several-domains') return [refusal('REJOIN_DOMAINS', params)];
  return typeof common === 'string' ? [refusal('REJOIN_NO_COMMON', params)] : [];
}

/** Were all of them read, and are all of them rows that can be turned back? */
function logRefusals(node: string, own: OwnReading | null, count: bigint): Refusal[] {
  const { read = null, log = null, error = null } = own ?? {};
  if (!read) return [refusal('REJOIN_LOG_UNREAD', { node, text: error?.message ?? '?' })];
  const { told, fromKnown, toTheEnd, salvage, salvageError } = read;
  const isWhole = log !== null && fromKnown && toTheEnd && told.unnamed === 0n && told.transactions === count;
  return [
    ...(isWhole ? [] : [refusal('REJOIN_LOG_PART', { node, text: error?.message ?? '?' })]),
    ...(told.untold === 0n ? [] : [refusal('REJOIN_UNTOLD', { node, count: `${told.untold}` })]),
    ...(log?.partial ? [refusal('REJOIN_PARTIAL_ROWS', { node })] : []),
    ...(log?.mixed ? [refusal('REJOIN_MIXED', { node })] : []),
    ...(salvage ? [] : [refusal('REJOIN_NOT_SAVED', { node, text: salvageError?.message ?? '?' })]),
  ];
}

function touchedRefusals(node: string, own: OwnReading | null): Refusal[] {
  const told = own?.read?.told;
  if (!told) return [];
  const { touched } = own;
  if (!touched || Object.values(touched).includes(null)) {
    const text = touched?.errors[0]?.message ?? '?';
    return [refusal('REJOIN_TOUCHED_UNKNOWN', { node, text })];
  }
  const { cascades, missingTools, runsTriggers } = touched;
  const odd = oddTables(told.tables, touched);
  const list = (names: readonly string[]) => ({ node, list: names.slice(0, LISTED).join(', ') });
  const isLong = told.tablesCut || told.tables.length > TABLES_COMPARED;
  return [
    ...(isLong
      ? [
          refusal('REJOIN_MANY_TABLES', {
            node,
            count: `${told.tables.length}`,
            most: `${TABLES_COMPARED}`,
          }),
        ]
      : []),
    ...(odd.length > 0 ? [refusal('REJOIN_TABLES', list(odd))] : []),
    ...(cascades?.length ? [refusal('REJOIN_CASCADES', list(cascades))] : []),
    ...(runsTriggers ? [refusal('REJOIN_TRIGGERS', { node })] : []),
    ...(missingTools?.length ? [refusal('REJOIN_TOOLS', list(missingTools))] : []),
  ];
}

/** Tables whose rows cannot be turned back in one transaction, or that are not there by that name. */
function oddTables(
  named: readonly { schema: string; table: string }[],
  { tables }: TouchedReading,
): string[] {
  return named
    .filter(({ schema, table }) => {
      const found = tables?.find((one) => one.schema === schema && one.table === table);
      return found?.type !== 'BASE TABLE' || found.engine !== 'InnoDB';
    })
    .map(({ schema, table }) => `${schema}.${table}`);
}

/** Rows are put back by BINLOG statements, and compared by CHECKSUM TABLE; the switchover's rights are asked for elsewhere. */
function rightsRefusals(old: MemberReading, next: MemberReading, own: OwnReading | null): Refusal[] {
  const tables = own?.read?.told.tables ?? [];
  const select = tables.map(({ schema, table }) => ({ privileges: ['SELECT'], on: `${schema}.${table}` }));
  return [
    { member: old, wanted: [{ privileges: ['BINLOG REPLAY'], on: '*.*' }, ...select] },
    { member: next, wanted: select },
  ].flatMap(({ member, wanted }) => {
    const { node, actingAccount } = member;
    const missing = lacksRights(member, wanted);
    // Unread rights are refused with the switchover's.
    return missing === null || missing.length === 0
      ? []
      : [refusal('RIGHTS', { node, account: actingAccount, list: missing.slice(0, LISTED).join(', ') })];
  });
}
