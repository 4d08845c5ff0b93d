import type { Row } from '../../kinds/kind';
import { cell, wholeOf } from '../../replication/rows';
import type { PrivilegedAccount } from '../readings';
import { isBefore } from './parts';

/**
 * Who writes on a MariaDB server in spite of read_only: holders of READ ONLY ADMIN, and of SUPER where that implied
 * it (MDEV-29596: before 10.11.1, and for accounts that were last granted something before). On MySQL nobody passes
 * super_read_only, so that there is nothing to read.
 */

/** Bits of mysql.global_priv's `access` (sql/privilege.h; READ ONLY ADMIN measured on 10.11.19: 8589934592). */
const SUPER = 1n << 15n;
const READ_ONLY_ADMIN = 1n << 33n;
const SEPARATE = [10, 11, 1];
/** The same as `version_id` has it. */
const SEPARATE_ID = 101101;
/** The role that everybody has, from 10.11. */
const PUBLIC = 'PUBLIC';

interface Known {
  version: readonly number[];
  /** @@hostname: root at this name is root at localhost. */
  hostname: string;
  /** Names of the accounts that act and replicate. */
  spared: readonly string[];
}

/** Rows of statements.ts `accounts` and `roles`. */
export function privilegedAccounts(
  accounts: readonly Row[],
  roles: readonly Row[],
  known: Known,
): PrivilegedAccount[] {
  const holders = new Map<string, string>();
  for (const row of accounts) {
    const right = rightOf(row, known.version);
    if (right !== null && isRole(row)) holders.set(cell(row, 'user') ?? '', right);
  }
  const byRole = rolesOf(roles, holders);
  return accounts
    .filter((row) => !isRole(row) && !isSpared(row, known))
    .flatMap((row) => {
      const user = cell(row, 'user') ?? '';
      const host = cell(row, 'host') ?? '';
      const because = rightOf(row, known.version) ?? byRole.get(`${user}@${host}`) ?? byRole.get(PUBLIC);
      const locked = /^(1|true)$/.test(cell(row, 'locked') ?? '');
      return because === undefined ? [] : [{ user, host, locked, because }];
    });
}

const isRole = (row: Row): boolean => /^(1|true)$/.test(cell(row, 'is_role') ?? '');

function rightOf(row: Row, version: readonly number[]): string | null {
  const access = BigInt(/^\d+$/.exec(cell(row, 'access') ?? '')?.[0] ?? 0);
  if ((access & READ_ONLY_ADMIN) !== 0n) return 'READ ONLY ADMIN';
  const impliedThen = (wholeOf(cell(row, 'version_id')) ?? 0) < SEPARATE_ID;
  return (access & SUPER) !== 0n && (isBefore(version, SEPARATE) || impliedThen) ? 'SUPER' : null;
}

/** user@host, and names of roles, that hold it through a role; a role may hold another. */
function rolesOf(edges: readonly Row[], holders: Map<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [role, right] of holders) found.set(role, right);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const row of edges) {
      const role = cell(row, 'role') ?? '';
      const right = found.get(role);
      const host = cell(row, 'host') ?? '';
      const user = cell(row, 'user') ?? '';
      const holder = host === '' ? user : `${user}@${host}`;
      if (right !== undefined && !found.has(holder)) found.set(holder, `${right}, by the role ${role}`);
    }
  }
  return found;
}

/** The server's own accounts and its root at the machine itself: without them nobody could open it again. */
function isSpared(row: Row, { hostname, spared }: Known): boolean {
  const user = cell(row, 'user') ?? '';
  const local = ['localhost', '127.0.0.1', '::1', hostname.toLowerCase()];
  const isLocal = local.includes((cell(row, 'host') ?? '').toLowerCase());
  return spared.includes(user) || (isLocal && /^(mysql|mariadb\.sys|root)$/.test(user));
}
