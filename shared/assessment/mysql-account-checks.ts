import { admits } from '../replication/account-host';
import type { ServerReading } from '../replication/model';
import { type Check, hitOf, type Outcome, type SubjectFacts, unread } from './model';
import { cutOr, fullName } from './mysql-schema-checks';

/** Accounts: in whose name things run, from where they may come, and how they prove who they are. */

const ACCOUNTS_GRANT: Readonly<Record<'mysql' | 'mariadb', string>> = {
  mysql: 'GRANT SELECT (User, Host, plugin, account_locked, Super_priv) ON mysql.user TO {account};',
  mariadb: 'GRANT SELECT (User, Host, plugin, Super_priv) ON mysql.user TO {account};',
};
type Accounts = NonNullable<ServerReading['accounts']>;

function withAccounts({ server }: SubjectFacts, of: (accounts: Accounts) => Outcome): Outcome {
  if (server === null) return unread('not-told');
  if (server.accounts !== null) return of(server.accounts);
  return { ...unread('grant'), more: ACCOUNTS_GRANT[server.dialect ?? 'mysql'] };
}

/** A definer is "user@host", whatever is in the user's name. */
const isThere = (accounts: Accounts, definer: string): boolean =>
  accounts.some(({ user, host }) => `${user}@${host}`.toLowerCase() === definer.toLowerCase());
/** Quoted as both dialects read it. */
const account = (definer: string): string => {
  const at = definer.lastIndexOf('@');
  const word = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return `${word(definer.slice(0, at))}@${word(definer.slice(at + 1))}`;
};

/** Objects that run in the name of somebody who is not there: an error 1449 at the first use. */
const definerGone = (code: string, reading: string): Check => ({
  code,
  subject: 'database',
  kind: 'mysql',
  severity: 'warning',
  needs: [reading],
  needsServer: true,
  looks: ['mysql.accounts', 'mysql.accounts-mariadb'],
  when: (facts) =>
    cutOr(facts.rows(reading), (rows) =>
      withAccounts(facts, (accounts) => {
        if (rows.some(({ definer }) => !definer)) return unread('not-told', { name: 'DEFINER' });
        // A role of MariaDB has an account without a host, and a definer may be one.
        const orphans = rows.filter(({ definer }) => definer && !isThere(accounts, definer));
        const definers = [...new Set(orphans.map(({ definer }) => definer ?? '?'))];
        return hitOf(orphans.map(fullName), {
          params: { definers: definers.join(', ') },
          statements: definers.map((definer) => `CREATE USER ${account(definer)} ACCOUNT LOCK;`),
        });
      }),
    ),
});

/** From anywhere, or from the server itself: neither names an address that a move changes. */
const isPlaceless = (host: string): boolean => ['', '%', 'localhost', '127.0.0.1', '::1'].includes(host);

const OLD_LOGIN = /^(mysql_native_password|mysql_old_password|sha256_password)$/;
const ACCOUNTS_LISTED = 400;

export const MYSQL_ACCOUNT_CHECKS: readonly Check[] = [
  definerGone('VIEW_DEFINER_GONE', 'mysql.views'),
  definerGone('ROUTINE_DEFINER_GONE', 'mysql.routines'),
  definerGone('TRIGGER_DEFINER_GONE', 'mysql.triggers'),
  definerGone('EVENT_DEFINER_GONE', 'mysql.events-all'),
  {
    code: 'ACCOUNTS_NAME_ADDRESSES',
    subject: 'database',
    kind: 'mysql',
    severity: 'warning',
    needs: [],
    needsServer: true,
    looks: ['mysql.accounts', 'mysql.accounts-mariadb'],
    when: (facts) =>
      withAccounts(facts, (accounts) => {
        const addresses = facts.estate.hosts.flatMap(({ address, aliases = [] }) => [address, ...aliases]);
        const placed = accounts.filter(
          ({ host }) => !isPlaceless(host) && addresses.some((address) => admits(host, address)),
        );
        return hitOf(placed.map(({ user, host }) => `${user}@${host}`));
      }),
  },
  {
    code: 'LOGIN_PLUGIN_OLD',
    subject: 'database',
    kind: 'mysql',
    severity: 'warning',
    needs: [],
    needsServer: true,
    looks: ['mysql.accounts'],
    // MariaDB keeps mysql_native_password for good; only MySQL takes it out (off in 8.4, gone in 9.0).
    concerns: ({ server }) => server?.dialect !== 'mariadb',
    when: (facts) =>
      withAccounts(facts, () => {
        const { service, answer } = facts;
        const table = service ? answer?.services[service.id]?.tables?.accounts : undefined;
        if (!table || table.cut || table.rows.length >= ACCOUNTS_LISTED) return unread('cut');
        const old = table.rows.filter(({ plugin }) => OLD_LOGIN.test(plugin ?? ''));
        return hitOf(
          old.map(({ User, Host }) => `${User ?? '?'}@${Host ?? '?'}`),
          { params: { plugins: [...new Set(old.map(({ plugin }) => plugin ?? '?'))].join(', ') } },
        );
      }),
  },
];
