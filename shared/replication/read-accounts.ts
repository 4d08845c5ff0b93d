import type { Row } from '../kinds/kind';
import { compareVersions } from '../kinds/version';
import type { ServerReading } from './model';
import { cell, type Rows, truthOf } from './rows';

/** The statements that list accounts give this many rows at most (shared/kinds/mysql-minute-probes.ts). */
const LISTED = 400;

/** null also when the list was cut: who is not in it may be there all the same. */
export function accountsOf(rows: Rows): ServerReading['accounts'] {
  return (
    whole(rows.all('accounts'))?.map((row) => ({
      user: cell(row, 'User', 'user') ?? '',
      host: cell(row, 'Host', 'host') ?? '',
      locked: truthOf(lockedOf(cell(row, 'account_locked'))),
    })) ?? null
  );
}

/** The column says Y or N. */
const lockedOf = (text: string | null) => (text === 'Y' ? 'YES' : text === 'N' ? 'NO' : null);

/**
 * Accounts that write in spite of read_only, without the servers' own. MySQL: SUPER or, from 8.0, CONNECTION_ADMIN;
 * MariaDB: READ ONLY ADMIN (measured on 10.11.19: SUPER alone is refused), and SUPER before 10.11.1, where the
 * one was taken out of the other (MDEV-29596). null when others' rights are hidden or the list was cut.
 */
export function privilegedOf(
  rows: Rows,
  { dialect, version }: Pick<ServerReading, 'dialect' | 'version'>,
): string[] | null {
  const names = dialect === 'mariadb' ? mariadbNames(rows, version) : mysqlNames(rows, version);
  return names === null ? null : [...new Set(names)].filter((name) => !isSystem(name));
}

function mariadbNames(rows: Rows, version: ServerReading['version']): string[] | null {
  const privileged = whole(rows.all('privileged'));
  if (privileged === null || version === null) return null;
  const passes =
    compareVersions(version, [10, 11, 1]) < 0 ? /^(READ.ONLY ADMIN|SUPER)$/ : /^READ.ONLY ADMIN$/;
  return privileged
    .filter((row) => passes.test(cell(row, 'privilege') ?? ''))
    .map((row) => (cell(row, 'grantee') ?? '?').replaceAll("'", ''));
}

function mysqlNames(rows: Rows, version: ServerReading['version']): string[] | null {
  const dynamic =
    version !== null && compareVersions(version, [8, 0]) < 0 ? [] : whole(rows.all('privileged'));
  const supers = whole(rows.all('accounts'))?.filter((row) => cell(row, 'Super_priv') === 'Y');
  if (dynamic === null || supers === undefined) return null;
  return [...dynamic, ...supers].map((row) => `${cell(row, 'User') ?? '?'}@${cell(row, 'Host') ?? '?'}`);
}

const whole = (list: readonly Row[] | null) => (list === null || list.length >= LISTED ? null : list);

/** root stays too: it is there on every server, and nobody's application. */
const isSystem = (name: string): boolean =>
  /^(mysql\.\w+|mariadb\.sys|root)@(localhost|127\.0\.0\.1|::1)$/.test(name);
