import { toAppError } from '@shared/errors';
import type { Row } from '@shared/kinds/kind';
import { donorOf } from '@shared/rejoin/rebuild/donor';
import { donorSudo, otherTables, placesOf, rebuiltSudo } from '@shared/rejoin/rebuild/places';
import type { DonorHost, OldHost, RebuildReadings } from '@shared/rejoin/rebuild/readings';
import { isMysql } from '@shared/switchover/member';
import { grantsOf } from '@shared/switchover/reading/parts';
import type { MemberReading, SwitchoverReadings } from '@shared/switchover/readings';
import { askingWith, type MakeOptions } from '../acting/fresh-cluster';
import { createSqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';
import { type Asker, asker, askRows } from '../switchover/ask';
import { tryReplicationLogin } from '../switchover/replication-login';
import { sudoRefusals } from '../switchover/sudo';
import { type HostTold, hostScript, toldOf } from './rebuild-host';

const TIMEOUT_MS = 15_000;

/** The programs that run on either side, besides what every host has. */
const TOOLS = {
  mysql: { old: ['mysql', 'sed'], donor: ['find'] },
  mariadb: {
    old: ['mbstream', 'mariadb-backup', 'sha256sum', 'mkfifo', 'tee'],
    donor: ['mariadb-backup', 'sha256sum', 'mkfifo', 'tee'],
  },
} as const;

/**
 * Everything that a rebuild has to know besides what every rejoin asks, read now by the acting accounts: nothing is changed
 * anywhere. What cannot be read is null. Rejects with Failure only when aborted.
 */
export async function readRebuild(
  options: MakeOptions,
  readings: SwitchoverReadings,
  signal: AbortSignal,
): Promise<RebuildReadings | null> {
  const { node } = donorOf(readings);
  const [old, donor] = [readings.members[readings.from], readings.members[node]];
  if (!old || !donor) return null;
  const [host, from, login, account] = await Promise.all([
    asked(options, old, signal, (at) => readOld(at, old)),
    asked(options, donor, signal, (at) => readDonor(at, donor)),
    isMysql(old) ? donorLogin(options, readings, { old, donor }, signal) : null,
    accountThere(options, { old, donor }, signal),
  ]);
  return {
    ...{ donor: node, login, account },
    old: host ?? { ...UNREAD_OLD, datadir: folderOf(old) },
    from: from ?? { ...UNREAD_DONOR, datadir: folderOf(donor) },
  };
}

const folderOf = ({ identity }: MemberReading): string =>
  placesOf(identity.sql?.datadir ?? '/var/lib/mysql').datadir;

const UNREAD = { dataBytes: null, alike: null, sudoRefuses: null, missing: null };
const UNREAD_OLD = { ...UNREAD, freeBytes: null, elsewhere: null, isMount: null, kept: null };
const UNREAD_DONOR = { ...UNREAD, otherTables: null, logsUpdates: null, backupVersion: null };

/** The two connections of one server, as its readings are made from them. */
interface At {
  lease: Lease;
  ask: Asker;
  told(tools: readonly string[]): Promise<HostTold | null>;
  refuses(commands: readonly (readonly string[])[]): Promise<string[] | null>;
  stdout(name: string, argv: readonly string[]): Promise<string | null>;
}

/** null: it could not be asked at all. */
async function asked<T>(
  options: MakeOptions,
  member: MemberReading,
  signal: AbortSignal,
  read: (at: At) => Promise<T>,
): Promise<T | null> {
  const common = askingWith(options);
  const { host, service } = member;
  try {
    const lease = await common.sessions.acquire(host, { account: 'act', background: false, signal });
    const session = createSqlSession({ ...common, hostId: host, serviceId: service, account: 'act' });
    const ask = asker(session, signal);
    const how = { name: 'rebuild.host', timeoutMs: TIMEOUT_MS, signal };
    try {
      return await read({
        ...{ lease, ask },
        refuses: (commands) => ask.part(() => sudoRefusals(lease, commands, signal)),
        async told(tools) {
          const answer = await ask.part(() => runSsh(lease, hostScript(folderOf(member), tools), how));
          return answer && answer.exit === 0 ? toldOf(answer.stdout) : null;
        },
        async stdout(name, argv) {
          const answer = await ask.part(() => runSsh(lease, argv, { ...how, name }));
          return answer && answer.exit === 0 && !answer.truncated ? answer.stdout : null;
        },
      });
    } finally {
      await session.close();
      lease.release();
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return null;
  }
}

async function readOld({ ask, told, refuses }: At, old: MemberReading): Promise<OldHost> {
  const datadir = folderOf(old);
  const { dialect } = old;
  const host = await told(TOOLS[dialect].old);
  return {
    datadir,
    freeBytes: host?.freeBytes ?? null,
    isMount: host?.isMount ?? null,
    kept: host?.kept ?? null,
    missing: host?.missing ?? null,
    dataBytes: await dataBytes(ask, old),
    alike: isMysql(old) ? await alike(ask) : null,
    elsewhere: isMysql(old) ? [] : await elsewhere(ask, datadir),
    sudoRefuses: await refuses(rebuiltSudo(dialect, datadir)),
  };
}

async function readDonor({ ask, told, refuses, stdout }: At, donor: MemberReading): Promise<DonorHost> {
  const datadir = folderOf(donor);
  const { dialect } = donor;
  const host = await told(TOOLS[dialect].donor);
  const mysql = isMysql(donor);
  const [updates] = mysql ? [] : ((await ask.rows('updates', 'SELECT @@log_slave_updates AS logs')) ?? []);
  const files = mysql ? await stdout('rebuild.tables', ['sudo', '-n', ...otherTables(datadir)]) : null;
  const version = mysql
    ? null
    : await stdout('rebuild.version', ['sh', '-c', 'mariadb-backup --version 2>&1']);
  return {
    datadir,
    dataBytes: await dataBytes(ask, donor),
    alike: mysql ? await alike(ask) : null,
    otherTables: files === null ? null : files.split('\n').filter(Boolean),
    logsUpdates: updates ? updates.logs === '1' : null,
    backupVersion: /\b(\d+\.\d+\.\d+)-MariaDB/.exec(version ?? '')?.[1] ?? null,
    sudoRefuses: await refuses(donorSudo(dialect, datadir)),
    missing: host?.missing ?? null,
  };
}

/** Of all tablespaces, undo among them: what a copy brings. Logs are the tenth more that is asked for. */
async function dataBytes(ask: Asker, member: MemberReading): Promise<number | null> {
  const table = isMysql(member) ? 'INNODB_TABLESPACES' : 'INNODB_SYS_TABLESPACES';
  const [row] =
    (await ask.rows('size', `SELECT SUM(FILE_SIZE) AS bytes FROM information_schema.${table}`)) ?? [];
  const bytes = Number(row?.bytes);
  return row?.bytes && Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null;
}

const ALIKE = ['innodb_page_size', 'innodb_data_file_path', 'character_set_server', 'collation_server'];

/** What CLONE compares on both sides (MySQL manual, "Cloning Remote Data"), and the plugin itself. */
async function alike(ask: Asker): Promise<Record<string, string> | null> {
  const columns = ALIKE.map((name) => `@@GLOBAL.${name} AS ${name}`).join(', ');
  const [row] = (await ask.rows('alike', `SELECT ${columns}`)) ?? [];
  const plugins = await ask.rows(
    'plugin',
    "SELECT PLUGIN_STATUS AS status FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'clone'",
  );
  if (!row || !plugins) return null;
  const told = ALIKE.map((name) => [name, row[name] ?? ''] as const);
  return { ...Object.fromEntries(told), clone: plugins[0]?.status ?? '' };
}

const PATHS = [
  'log_bin_basename',
  'relay_log_basename',
  'innodb_data_home_dir',
  'innodb_log_group_home_dir',
  'innodb_undo_directory',
  'aria_log_dir_path',
];

/** What does not lie below the data folder: "innodb_undo_directory = /fast". Relative paths begin there. */
async function elsewhere(ask: Asker, datadir: string): Promise<string[] | null> {
  const columns = PATHS.map((name) => `@@GLOBAL.${name} AS ${name}`).join(', ');
  const [row] = (await ask.rows('paths', `SELECT ${columns}`)) ?? [];
  if (!row) return null;
  return PATHS.flatMap((name) => {
    const path = row[name] ?? '';
    const inside = !path.startsWith('/') || `${path}/`.startsWith(`${datadir}/`);
    return inside ? [] : [`${name} = ${path}`];
  });
}

interface Two {
  old: MemberReading;
  donor: MemberReading;
}

/** As CLONE will log in to the donor: from the old host, by the replication account. Its rights as it sees them itself. */
async function donorLogin(
  options: MakeOptions,
  readings: SwitchoverReadings,
  { old, donor }: Two,
  signal: AbortSignal,
): Promise<RebuildReadings['login']> {
  const at = askingWith(options);
  const service = at.estate.services.find(({ id }) => id === donor.service);
  const account = service?.sql?.credentials.replication;
  if (!account) return null;
  const [like] = readings.others.flatMap((node) => readings.members[node]?.channels ?? []);
  let rows: readonly Row[] | null = null;
  const login = await tryReplicationLogin(
    at,
    {
      ...{ from: old, to: donor, account, tls: like?.tls ?? null },
      async whenIn(session) {
        rows = (await askRows(session, 'donor-grants', 'SHOW GRANTS', signal)).rows;
      },
    },
    signal,
  );
  return { ...login, grants: rows && grantsOf(rows) };
}

/** The acting account with the password that it has at the old server, where its data will come from; null: it is let in. */
async function accountThere(
  options: MakeOptions,
  { old, donor }: Two,
  signal: AbortSignal,
): Promise<RebuildReadings['account']> {
  const at = askingWith(options);
  const act = at.estate.services.find(({ id }) => id === old.service)?.sql?.credentials.act;
  if (!act) return null;
  // On the donor's own host: the password goes nowhere but through the SSH of that host.
  const services = at.estate.services.map((one) =>
    one.id === donor.service && one.sql
      ? { ...one, sql: { ...one.sql, credentials: { ...one.sql.credentials, act } } }
      : one,
  );
  const estate = { ...at.estate, services };
  const session = createSqlSession({
    ...{ ...at, estate },
    ...{ hostId: donor.host, serviceId: donor.service, account: 'act' },
  });
  try {
    await askRows(session, 'account', 'SELECT 1', signal);
    return null;
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return toAppError(thrown);
  } finally {
    await session.close();
  }
}
