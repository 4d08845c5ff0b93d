import { Readable } from 'node:stream';
import { accountStatements, commonAccounts, SCHEMA } from '../access/sql-accounts';
import { planFiles } from '../data/files';
import { piecesOf, rowCounts, type TableData, tablesOf } from '../data/tables';
import { LabError } from '../engine/errors';
import { inHost, type Lab } from '../engine/lab';
import type { HostSpec } from '../engine/spec';

/** Accounts, tables and rows of a fresh server. Starts from nothing each time, so it may be killed at any moment. */
export async function fillDatabase(lab: Lab, host: HostSpec): Promise<void> {
  const script = `/opt/lab/${lab.config.engine === 'mysql' ? 'mysql' : 'mariadb'}.sh`;
  const sql = (text: string) => inHost(lab, host.name, [script, 'sql', '--batch'], { input: text });
  await sql(`DROP DATABASE IF EXISTS ${SCHEMA};\nCREATE DATABASE ${SCHEMA} DEFAULT CHARACTER SET utf8mb4;\n`);
  await sql(await accountStatements(lab, commonAccounts(lab.config.engine)));
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
