import { Readable } from 'node:stream';
import { readSecret } from '../access/secrets';
import { planFiles } from '../data/files';
import { piecesOf, rowCounts, type TableData, tablesOf } from '../data/tables';
import { LabError } from '../engine/errors';
import { inHost, type Lab } from '../engine/lab';
import type { Engine, HostSpec } from '../engine/spec';

/** The application's schema name. */
const SCHEMA = 'patronus';
/** From where accounts may come: the estate, and a console's SSH forward that ends on the server itself. */
export const FROM = ['10.%', '127.0.0.1'] as const;

/** What the looking and the acting account may do; each grant is needed by a statement the console sends. */
const GRANTS: Readonly<Record<Engine, { watch: readonly string[]; act: readonly string[] }>> = {
  mysql: {
    watch: [
      'REPLICATION CLIENT, PROCESS, XA_RECOVER_ADMIN ON *.*',
      'SELECT ON performance_schema.*',
      'SELECT (User, Host, plugin, account_locked, Super_priv) ON mysql.user',
      'SELECT ON mysql.global_grants',
    ],
    act: [
      'REPLICATION CLIENT, PROCESS, RELOAD ON *.*',
      'REPLICATION_SLAVE_ADMIN, SYSTEM_VARIABLES_ADMIN, CONNECTION_ADMIN, BINLOG_ADMIN, CLONE_ADMIN ON *.*',
      'SELECT ON performance_schema.*',
    ],
  },
  mariadb: {
    watch: [
      'REPLICA MONITOR, BINLOG MONITOR, PROCESS ON *.*',
      'SELECT ON performance_schema.*',
      'SELECT (User, Host, plugin, Super_priv) ON mysql.user',
    ],
    act: [
      'REPLICA MONITOR, BINLOG MONITOR, PROCESS, RELOAD, READ_ONLY ADMIN, CONNECTION ADMIN ON *.*',
      'REPLICATION SLAVE ADMIN, REPLICATION MASTER ADMIN, BINLOG ADMIN ON *.*',
      'SELECT ON performance_schema.*',
    ],
  },
};

/** Accounts, tables and rows of a fresh server. Starts from nothing each time, so it may be killed at any moment. */
export async function fillDatabase(lab: Lab, host: HostSpec): Promise<void> {
  const script = `/opt/lab/${lab.config.engine === 'mysql' ? 'mysql' : 'mariadb'}.sh`;
  const sql = (text: string) => inHost(lab, host.name, [script, 'sql', '--batch'], { input: text });
  await sql(`DROP DATABASE IF EXISTS ${SCHEMA};\nCREATE DATABASE ${SCHEMA} DEFAULT CHARACTER SET utf8mb4;\n`);
  await sql(await accounts(lab));
  await inHost(lab, host.name, ['sh', '-c', `${script} sql ${SCHEMA} </opt/lab/schema.sql`]);

  // durable again before the first user: only the load itself may be lost in a crash, and it would be done again
  await sql('SET GLOBAL local_infile=ON, sync_binlog=0, innodb_flush_log_at_trx_commit=2;\n');
  const { seed, dbSize, files: count, filesSize } = lab.config;
  const files = planFiles(seed, count, filesSize);
  const tables = tablesOf(seed, rowCounts(dbSize, count), files);
  await Promise.all(tables.map((table) => load(lab, host, script, table)));
  await sql('SET GLOBAL local_infile=OFF, sync_binlog=1, innodb_flush_log_at_trx_commit=1;\n');

  for (const { table, rows } of tables) {
    const { stdout } = await sql(`SELECT COUNT(*) FROM ${SCHEMA}.${table};\n`);
    const found = Number(stdout.trim().split('\n').at(-1));
    if (found !== rows) throw new LabError('E_DATA', `${table} has ${found} rows after loading, not ${rows}`);
  }
  await sql(`ANALYZE TABLE ${tables.map(({ table }) => `${SCHEMA}.${table}`).join(', ')};\n`);
  await inHost(lab, host.name, [script, 'settle']);
}

async function load(lab: Lab, host: HostSpec, script: string, data: TableData): Promise<void> {
  for (const piece of piecesOf(data.lines())) {
    await inHost(lab, host.name, [script, 'load', data.table], {
      input: Readable.from([Buffer.from(piece)]),
    });
  }
}

/** The statements go through standard input: passwords are in no argv. */
export async function accounts(lab: Lab): Promise<string> {
  const grants = GRANTS[lab.config.engine];
  const users = [
    { name: 'app', secret: 'sql-app', grants: [`SELECT, INSERT, UPDATE, DELETE ON ${SCHEMA}.*`] },
    { name: 'repl', secret: 'sql-repl', grants: ['REPLICATION SLAVE ON *.*'] },
    { name: 'patronus_watch', secret: 'sql-watch', grants: grants.watch },
    { name: 'patronus_act', secret: 'sql-act', grants: grants.act },
  ];
  const lines: string[] = [];
  for (const user of users) {
    const password = await readSecret(lab.paths, user.secret);
    for (const from of FROM) {
      const account = `'${user.name}'@'${from}'`;
      lines.push(`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${password}';`);
      for (const grant of user.grants) lines.push(`GRANT ${grant} TO ${account};`);
    }
  }
  return `${lines.join('\n')}\n`;
}
