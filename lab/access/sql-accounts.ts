import { DONOR_RIGHTS, everyRightFor } from '@shared/switchover/grants';
import type { Lab } from '../engine/lab';
import type { Engine } from '../engine/spec';
import { readSecret } from './secrets';

/** The application's schema name. */
export const SCHEMA = 'patronus';
/** From where accounts may come: the estate, and a console's SSH forward that ends on the server itself. */
export const FROM = ['10.%', '127.0.0.1'] as const;

/** What the looking account may do; each grant is needed by a statement that the console sends. */
const WATCH: Readonly<Record<Engine, readonly string[]>> = {
  mysql: [
    'REPLICATION CLIENT, PROCESS, XA_RECOVER_ADMIN ON *.*',
    'SELECT ON performance_schema.*',
    'SELECT (User, Host, plugin, account_locked, Super_priv) ON mysql.user',
    'SELECT ON mysql.global_grants',
  ],
  mariadb: [
    'REPLICA MONITOR, BINLOG MONITOR, PROCESS ON *.*',
    'SELECT ON performance_schema.*',
    'SELECT (User, Host, plugin, Super_priv) ON mysql.user',
  ],
};

/** The acting account: exactly what `patronus grants` prints. Any version that can be had here. */
const actingRights = (engine: Engine): readonly string[] =>
  everyRightFor({ dialect: engine, version: engine === 'mysql' ? [9, 7] : [10, 11] }).map(
    ({ privileges, on }) => `${privileges.join(', ')} ON ${on}`,
  );

/** Replicas log in with it, and whoever takes a MySQL server's data by CLONE. */
const replicationRights = (engine: Engine): readonly string[] => [
  'REPLICATION SLAVE ON *.*',
  ...(engine === 'mysql' ? [`${DONOR_RIGHTS.privileges.join(', ')} ON ${DONOR_RIGHTS.on}`] : []),
];

/** One SQL account of a lab, from every place in FROM. */
export interface LabAccount {
  readonly name: string;
  /** Name of its password; null: nobody logs in with it. */
  readonly secret: string | null;
  readonly grants: readonly string[];
}

/** The accounts that every lab with a database has. */
export const commonAccounts = (engine: Engine): readonly LabAccount[] => [
  { name: 'app', secret: 'sql-app', grants: [`SELECT, INSERT, UPDATE, DELETE ON ${SCHEMA}.*`] },
  { name: 'repl', secret: 'sql-repl', grants: replicationRights(engine) },
  { name: 'patronus_watch', secret: 'sql-watch', grants: WATCH[engine] },
  { name: 'patronus_act', secret: 'sql-act', grants: actingRights(engine) },
];

/**
 * What the replication labs have besides: an application that may do everything in its own schema, somebody who
 * writes in spite of read_only, and the account in whose name scheduled events run.
 */
export const replicationAccounts = (engine: Engine): readonly LabAccount[] => [
  ...commonAccounts(engine),
  { name: 'app', secret: 'sql-app', grants: [`ALL ON ${SCHEMA}.*`] },
  {
    name: 'maintenance',
    secret: 'sql-maintenance',
    grants: [engine === 'mysql' ? 'CONNECTION_ADMIN ON *.*' : 'READ_ONLY ADMIN ON *.*', `ALL ON ${SCHEMA}.*`],
  },
  { name: 'jobs', secret: null, grants: [`SELECT, INSERT, UPDATE, DELETE, EVENT ON ${SCHEMA}.*`] },
];

/** Statements that make accounts, for standard input: passwords are in no argv. May be run again. */
export async function accountStatements(lab: Lab, accounts: readonly LabAccount[]): Promise<string> {
  const lines: string[] = [];
  for (const { name, secret, grants } of accounts) {
    const how = secret === null ? 'ACCOUNT LOCK' : `IDENTIFIED BY '${await readSecret(lab.paths, secret)}'`;
    for (const from of FROM) {
      const account = `'${name}'@'${from}'`;
      lines.push(`CREATE USER IF NOT EXISTS ${account} ${how};`);
      for (const grant of grants) lines.push(`GRANT ${grant} TO ${account};`);
    }
  }
  return `${lines.join('\n')}\n`;
}
