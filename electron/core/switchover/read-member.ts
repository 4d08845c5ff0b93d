import { toAppError } from '@shared/errors';
import { isOn } from '@shared/kinds/mysql-parse';
import { cell } from '@shared/replication/rows';
import { startsClosed } from '@shared/switchover/boot';
import { mariadbChannels, mysqlChannels } from '@shared/switchover/reading/channels';
import * as parts from '@shared/switchover/reading/parts';
import { privilegedAccounts } from '@shared/switchover/reading/privileged';
import * as ask from '@shared/switchover/reading/statements';
import type { MemberReading } from '@shared/switchover/readings';
import { readIdentity } from '../identity/read-identity';
import { failure } from '../net/failure';
import type { SqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { type Asker, asker, askRows } from './ask';
import { readConfiguration } from './read-configuration';
import { sudoRefusals } from './sudo';

/** The two connections by the acting accounts, and what the estate says of the server behind them. */
export interface Member {
  node: string;
  host: string;
  service: string;
  address: string;
  port: number;
  lease: Lease;
  sql: SqlSession;
  readUser: string;
  /** Names of the accounts that act and replicate: never among the privileged ones. */
  spared: readonly string[];
  /** What the acting account will have to run as root. `bootFile`: MariaDB's own option file, where it will be written. */
  sudo(bootFile: string | null): readonly (readonly string[])[];
}

/** Without the position, which is read of all members in a certain order: see `readPosition`. */
export type Unplaced = Omit<MemberReading, 'position' | 'binlogState'>;

/**
 * Everything a switchover has to know of one server. Rejects with Failure only when the server could not be asked at
 * all; a part that was refused is null, and its reason is in `errors`.
 */
export async function readMember(member: Member, signal: AbortSignal): Promise<Unplaced> {
  const { lease, sql } = member;
  const [about] = (await askRows(sql, 'about', ask.ABOUT, signal)).rows;
  const server = parts.serverVersion(about?.version ?? '');
  const readOnly = isOn(about?.read_only);
  if (!about || !server || readOnly === null)
    throw failure('E_SQL_FAILED', member.host, { name: 'switchover.about', text: 'no version', errno: '0' });
  const asking = asker(sql, signal);
  const { errors } = asking;
  const [identity, base] = await Promise.all([
    readIdentity({ lease, sql }, signal),
    readBase(asking, sql, signal),
  ]);
  const facts: Facts = { ...server, hostname: about.hostname ?? '', grants: base.grants };
  const dialect =
    server.dialect === 'mysql' ? await readMysql(asking, facts) : await readMariadb(asking, member, facts);
  const [{ configuration, sudoRefuses }, events, transactions] = await Promise.all([
    readByShell(asking, member, server.dialect === 'mariadb' ? base.pidFile : null, signal),
    rowsWith('EVENT', facts, asking, 'events', ask.EVENTS),
    rowsWith('PROCESS', facts, asking, 'transactions', ask.TRANSACTIONS),
  ]);
  const { node, host, service, address, port, readUser } = member;
  return {
    ...{ node, host, service, address, port, ...server, identity },
    ...{ actingAccount: about.account ?? sql.user, actingUser: sql.user, readUser },
    ...{ grants: base.grants, sudoRefuses, readOnly, configuration },
    events: events && parts.eventsOf(events),
    superReadOnly: isOn(base.variables.get('super_read_only')),
    eventScheduler: isOn(about.scheduler),
    semiSync: base.semiSync,
    ...(transactions
      ? parts.transactionsOf(transactions)
      : { longTransactions: null, openTransactions: null }),
    ...dialect,
    errors,
  };
}

interface Facts {
  version: readonly number[];
  hostname: string;
  grants: readonly string[] | null;
}

/** Variables need no right: a server that does not tell them is not one of which anything can be said. */
async function readBase(asking: Asker, sql: SqlSession, signal: AbortSignal) {
  const grants = await asking.rows('grants', ask.GRANTS);
  const variables = parts.namedValues((await askRows(sql, 'variables', ask.VARIABLES, signal)).rows);
  const counters = parts.namedValues((await askRows(sql, 'counters', ask.COUNTERS, signal)).rows);
  const semiSync = parts.semiSyncOf(new Map([...variables, ...counters]));
  const pidFile = variables.get('pid_file') ?? '';
  return { grants: grants && parts.grantsOf(grants), variables, pidFile, semiSync };
}

/** `pidFile` is MariaDB's: MySQL keeps what a restart brings in a file of its own. */
async function readByShell(
  asking: Asker,
  { lease, sudo }: Member,
  pidFile: string | null,
  signal: AbortSignal,
): Promise<Pick<Unplaced, 'configuration' | 'sudoRefuses'>> {
  const configuration =
    pidFile === null ? null : await asking.part(() => readConfiguration(lease, pidFile, signal));
  const writes = configuration !== null && !startsClosed(configuration);
  const commands = sudo(writes ? configuration.ours : null);
  return { configuration, sudoRefuses: await asking.part(() => sudoRefusals(lease, commands, signal)) };
}

/**
 * For statements whose answer says nothing without a right, although there is one: no event, no transaction, or an
 * error as of damaged data (XA RECOVER: 1401 on 9.7). They are not asked then.
 */
async function rowsWith(
  privilege: string,
  { grants }: Facts,
  asking: Asker,
  ...[name, statement]: Parameters<Asker['rows']>
): ReturnType<Asker['rows']> {
  if (grants === null) return null;
  if (parts.hasGlobally(grants, privilege)) return asking.rows(name, statement);
  asking.lacks(name, privilege);
  return null;
}

type Dialect = Pick<Unplaced, 'channels' | 'persisted' | 'privileged' | 'tableLocks' | 'prepared'>;

async function readMysql(asking: Asker, facts: Facts): Promise<Dialect> {
  const status = await asking.rows('channels', ask.MYSQL.channels);
  const connections = await asking.rows('connections', ask.MYSQL.connections);
  const appliers = await asking.rows('appliers', ask.MYSQL.appliers);
  const persisted = await asking.rows('persisted', ask.MYSQL.persisted);
  const locks = await asking.rows('locks', ask.MYSQL.locks);
  const prepared = await rowsWith('XA_RECOVER_ADMIN', facts, asking, 'prepared', ask.MYSQL.prepared);
  return {
    channels: status && connections && appliers && mysqlChannels(status, connections, appliers),
    persisted: persisted && parts.persistedOf(persisted),
    privileged: [], // super_read_only stops everybody
    tableLocks: locks && parts.tableLocksOf(locks),
    prepared: prepared && parts.preparedOf(prepared),
  };
}

async function readMariadb(asking: Asker, member: Member, facts: Facts): Promise<Dialect> {
  const { version, hostname } = facts;
  const status = await asking.rows('channels', ask.MARIADB.channels);
  const accounts = await asking.rows('accounts', ask.MARIADB.accounts);
  const roles = await asking.rows('roles', ask.MARIADB.roles);
  const locks = await asking.rows('locks', ask.MARIADB.locks);
  const prepared = await asking.rows('prepared', ask.MARIADB.prepared);
  const known = { version, hostname, spared: member.spared };
  return {
    channels: status && mariadbChannels(status),
    persisted: null,
    privileged: accounts && roles && privilegedAccounts(accounts, roles, known),
    tableLocks: locks && parts.tableLocksOf(locks),
    prepared: prepared && parts.preparedOf(prepared),
  };
}

/** Where the server stands. Ask the replicas first and the primary last: what they have, it has had. */
export async function readPosition(
  { sql }: Member,
  reading: Unplaced,
  signal: AbortSignal,
): Promise<MemberReading> {
  const { position } = reading.dialect === 'mysql' ? ask.MYSQL : ask.MARIADB;
  try {
    const [row] = (await askRows(sql, 'position', position, signal)).rows;
    return {
      ...reading,
      position: parts.positionOf(row && cell(row, 'position')),
      binlogState: parts.positionOf(row && cell(row, 'state')),
    };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { ...reading, position: null, binlogState: null, errors: [...reading.errors, toAppError(thrown)] };
  }
}
