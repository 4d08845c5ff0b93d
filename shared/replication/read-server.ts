import type { AppError } from '../errors';
import { parseMariadbList } from '../gtid/mariadb-list';
import { parseMysqlSet } from '../gtid/mysql-set';
import { factOf, listOf, textOf } from '../kinds/fact-of';
import { toPort } from '../kinds/parse-kit';
import { versionOf } from '../kinds/version';
import type { HostAnswer, HostReading } from '../snapshot';
import { answerOf } from '../snapshot';
import type { Health } from '../views/topology';
import type { DumpThread, Heartbeat, ServerReading } from './model';
import { accountsOf, privilegedOf } from './read-accounts';
import { channelsOf } from './read-channels';
import { groupOf } from './read-group';
import { parityOf } from './read-parity';
import { restartOf } from './read-restart';
import { semiSyncOf } from './read-semi-sync';
import { cell, digitsOf, filled, numberOf, type Rows, rowsOf, truthOf, wholeOf } from './rows';

export interface ServerInput {
  node: string;
  host: string | null;
  service: string;
  address: string | null;
  reading: HostReading | undefined;
  health: Health;
}

/**
 * Everything one server tells of itself, from the rows of the last look. Of a server that does not speak now
 * (out of sight, down, silent), nothing of what it said before is claimed: only why.
 */
export function serverOf(input: ServerInput): ServerReading {
  const { node, host, service, address, reading } = input;
  const answer = reading?.state === 'answered' && input.health !== 'unknown' ? reading.answer : null;
  const own = answer?.services[service];
  const speaks = answer !== null && own !== undefined && own.error === undefined && input.health !== 'down';
  const rows = rowsOf(speaks ? own : undefined);
  const fact = (id: string) => factOf(speaks ? answer : null, service, id);
  const value = (...names: string[]) => rows.named('variables', ...names);
  const text = textOf(fact('mysql.dialect'));
  const dialect = text === 'mysql' || text === 'mariadb' ? text : null;
  const version = versionNumbers(textOf(fact('mysql.version')));
  const clockOffsetMs = speaks ? clockOffsetOf(answer, rows) : null;
  const gtid = rows.all('gtid')?.[0];
  const position = (column: string) => (gtid ? (cell(gtid, column)?.replaceAll(/\s+/g, '') ?? null) : null);
  const dataDir = filled(value('datadir'));
  const channels = channelsOf(rows, clockOffsetMs);
  const binlogs = rows.all('binlogs');
  return {
    node,
    host,
    service,
    address,
    state: speaks ? 'answers' : 'silent',
    errors: errorsOf(reading, service),
    at: speaks ? (rows.at('gtid') ?? rows.at('variables') ?? answer.at) : null,
    dialect,
    product: textOf(fact('mysql.product')),
    version,
    identity: {
      uuid: filled(value('server_uuid'))?.toLowerCase() ?? null,
      serverId: digitsOf(value('server_id')),
      hostname: filled(value('hostname')),
      port: toPort(value('port')),
      reportHost: filled(value('report_host')),
      reportPort: toPort(value('report_port')),
      dataDir,
    },
    readOnly: truthOf(value('read_only')),
    superReadOnly: truthOf(value('super_read_only')),
    offline: truthOf(value('offline_mode')),
    privileged: privilegedOf(rows, { dialect, version }),
    accounts: accountsOf(rows),
    gtid: {
      mode: filled(value('gtid_mode')),
      enforced: truthOf(value('enforce_gtid_consistency')),
      executed: position('gtid'),
      purged: position('purged'),
      state: position('state'),
      slavePos: position('slave_pos'),
      strict: truthOf(value('gtid_strict_mode')),
      domain: digitsOf(value('gtid_domain_id')),
    },
    binlog: {
      on: truthOf(value('log_bin')),
      format: filled(value('binlog_format')),
      rowImage: filled(value('binlog_row_image')),
      logsReplicated: truthOf(value('log_replica_updates', 'log_slave_updates')),
      expireSeconds: expireSecondsOf(value('binlog_expire_logs_seconds'), value('expire_logs_days')),
      sync: wholeOf(value('sync_binlog')),
      file: textOf(fact('mysql.binlog.file')),
      position: digitsOf(binlogs?.at(-1) ? cell(binlogs.at(-1) ?? {}, 'File_size') : null),
      bytes: sumOf(binlogs?.map((row) => cell(row, 'File_size'))),
      oldest: binlogs?.[0] ? cell(binlogs[0], 'Log_name') : null,
    },
    flushAtCommit: wholeOf(value('innodb_flush_log_at_trx_commit')),
    relay: {
      recovery: truthOf(value('relay_log_recovery')),
      sync: wholeOf(value('sync_relay_log')),
      purge: truthOf(value('relay_log_purge')),
      spaceLimit: digitsOf(value('relay_log_space_limit')),
    },
    overlooks: overlooksOf(rows),
    netTimeoutSeconds: wholeOf(value('replica_net_timeout', 'slave_net_timeout')),
    channels,
    dumps: dumpsOf(rows),
    semiSync: semiSyncOf(rows),
    // DISABLED: switched off at the start, for good
    scheduler: /^disabled$/i.test(value('event_scheduler') ?? '') ? false : truthOf(value('event_scheduler')),
    events: eventsOf(rows),
    longTransactions: longTransactionsOf(rows),
    prepared: rows.all('prepared')?.map((row) => cell(row, 'data') ?? '?') ?? null,
    connections: {
      now: wholeOf(rows.named('status', 'Threads_connected')),
      max: wholeOf(value('max_connections')),
      running: wholeOf(rows.named('status', 'Threads_running')),
      waitingForDisk: wholeOf(rows.named('status', 'Innodb_data_pending_fsyncs')),
    },
    group: groupOf(rows),
    heartbeat: heartbeatOf(rows),
    clockOffsetMs,
    disk: diskOf(speaks ? answer : null, dataDir),
    restart: restartOf(rows, { dialect, version }),
    parity: parityOf(rows),
    notUnderstood: notUnderstoodIn(dialect, position, channels, rows),
    evidence: rows.evidence,
  };
}

const versionNumbers = (text: string | null): number[] | null => {
  const version = versionOf(text);
  return version === null ? null : [...version];
};

function errorsOf(reading: HostReading | undefined, service: string): AppError[] {
  if (reading?.state === 'unreachable') return [reading.error];
  const answer = answerOf(reading);
  const failed = answer?.services[service]?.error;
  const parts = answer?.errors.filter((error) => error.params?.probe?.startsWith(`${service}/`)) ?? [];
  return failed && !parts.some((error) => error.code === failed.code) ? [failed, ...parts] : parts;
}

/** The server's UTC at the middle of the statement's round trip, minus the console's clock then. */
function clockOffsetOf(answer: HostAnswer, rows: Rows): number | null {
  const head = answer.evidence.find((one) => one.id === rows.evidence.gtid);
  const utc = rows.all('gtid')?.[0]?.utc ?? null;
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?$/.exec(utc ?? '');
  if (!head || !match) return null;
  const at = Date.parse(`${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`);
  return Number.isNaN(at) ? null : Math.round(at - (head.at + head.durationMs / 2));
}

/** binlog_expire_logs_seconds rules where it is not 0 (MySQL manual); MariaDB's days may be a fraction. */
function expireSecondsOf(seconds: string | null, days: string | null): number | null {
  const exact = numberOf(seconds);
  if (exact !== null && exact > 0) return exact;
  const whole = numberOf(days);
  const counted = whole === null ? null : Math.round(whole * 86_400);
  return counted === null ? exact : Number.isSafeInteger(counted) ? counted : null;
}

function sumOf(sizes: readonly (string | null)[] | undefined): string | null {
  if (!sizes || sizes.length === 0) return null;
  let sum = 0n;
  for (const size of sizes) {
    const digits = digitsOf(size);
    if (digits === null) return null;
    sum += BigInt(digits);
  }
  return sum.toString();
}

function overlooksOf(rows: Rows): string[] | null {
  const value = (...names: string[]) => rows.named('variables', ...names);
  const skips = value('replica_skip_errors', 'slave_skip_errors');
  const mode = value('replica_exec_mode', 'slave_exec_mode');
  const counter = value('sql_replica_skip_counter', 'sql_slave_skip_counter');
  if (skips === null && mode === null && counter === null) return null;
  return [
    ...(skips !== null && !/^(OFF|)$/i.test(skips) ? [`skip_errors=${skips}`] : []),
    ...(mode !== null && !/^STRICT$/i.test(mode) ? [`exec_mode=${mode}`] : []),
    ...(counter !== null && counter !== '0' ? [`skip_counter=${counter}`] : []),
  ];
}

function dumpsOf(rows: Rows): DumpThread[] | null {
  const dumps = rows.all('dumps');
  return (
    dumps?.map((row) => ({
      // "host:port", where the port is the client's own and says nothing
      host: (cell(row, 'peer') ?? '?').replace(/^(.*):\d+$/, '$1').replace(/^localhost$/, '127.0.0.1'),
      user: cell(row, 'user') ?? '?',
      serverId: null,
      uuid: filled(cell(row, 'uuid'))?.toLowerCase() ?? null,
      port: null,
    })) ?? null
  );
}

function eventsOf(rows: Rows): ServerReading['events'] {
  const events = rows.all('events');
  const by = (fits: (status: string) => boolean) =>
    events
      ?.filter((row) => fits((cell(row, 'status') ?? '').toUpperCase()))
      .map((row) => `${cell(row, 'db') ?? '?'}.${cell(row, 'name') ?? '?'}`) ?? null;
  return {
    enabled: by((status) => status === 'ENABLED'),
    asleep: by((status) => /SIDE_DISABLED$/.test(status)),
  };
}

/** Without those that only wait for their coordinator, where they are listed as prepared: no session holds them. */
function longTransactionsOf(rows: Rows): string[] | null {
  const listed = rows.all('prepared') !== null;
  return (
    rows
      .all('transactions')
      ?.filter((row) => !(listed && cell(row, 'id') === '0'))
      .map(
        (row) => `${cell(row, 'id') ?? '?'}: ${cell(row, 'seconds') ?? '?'} s, ${cell(row, 'user') ?? '?'}`,
      ) ?? null
  );
}

function heartbeatOf(rows: Rows): Heartbeat | null {
  const row = rows.all('heartbeat')?.[0];
  if (!row) return null;
  const ages = [numberOf(cell(row, 'utc_age')), numberOf(cell(row, 'local_age'))].filter(
    (age) => age !== null,
  );
  // Written in UTC or in local time: the wrong reading is off by whole quarters of an hour, mostly into the future.
  const age = ages.sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  return {
    table: 'heartbeat',
    serverId: digitsOf(cell(row, 'server_id')),
    writtenAt: null,
    ageSeconds: age ?? null,
  };
}

/** The file system whose mount point is the longest that the data directory begins with: "/srv 91 %". */
function diskOf(answer: HostAnswer | null, dataDir: string | null): ServerReading['disk'] {
  const none = { mount: null, percentUsed: null };
  if (dataDir === null) return none;
  const disks = (listOf(answer?.facts['host.disks']) ?? []).flatMap((text) => {
    const match = /^(.*) (\d+) %$/.exec(text);
    return match?.[1] === undefined ? [] : [{ mount: match[1], percentUsed: Number(match[2]) }];
  });
  const holds = (mount: string) => dataDir === mount || dataDir.startsWith(mount.replace(/\/?$/, '/'));
  const [found] = disks.filter(({ mount }) => holds(mount)).sort((a, b) => b.mount.length - a.mount.length);
  return found ?? none;
}

/** Answers that are there and cannot be read: a comparison with them would be a guess. */
function notUnderstoodIn(
  dialect: ServerReading['dialect'],
  position: (column: string) => string | null,
  channels: ServerReading['channels'],
  rows: Rows,
): ServerReading['notUnderstood'] {
  const untold = channels === null ? (rows.all('channels')?.[0] ?? null) : null;
  const unread =
    untold === null ? [] : [{ what: 'channels', text: Object.keys(untold).slice(0, 8).join(', ') }];
  if (dialect === null) return unread;
  const read = dialect === 'mysql' ? parseMysqlSet : parseMariadbList;
  const texts: [string, string | null][] = [
    ['gtid', position('gtid')],
    ['purged', position('purged')],
    ['state', position('state')],
    ['slave_pos', position('slave_pos')],
    ...(channels ?? []).map((channel): [string, string | null] => [
      `received ${channel.name}`.trim(),
      channel.received,
    ]),
  ];
  const sets = texts.flatMap(([what, text]) => {
    const found = text === null ? null : read(text);
    return found === null || found.ok ? [] : [{ what, text: found.error.params?.text ?? '' }];
  });
  return [...unread, ...sets];
}
