import { type CheckSentences, counted } from '../../assessment/sentences';
import type { CheckSeverity, Readiness, ReasonCode, SubjectKind } from '../../views/assessment';

/** One entry per check of a database. Short sentences, subject first. Statements stand beside the remedy. */
export const assessment = {
  TABLES_NOT_INNODB: {
    title: (p) => `${counted(p, 'table is', 'tables are')} not InnoDB (${p.engines}): ${p.names}.`,
    why: () =>
      'Such a table has no transactions: a copy made while it is written to is not consistent, and after a failure it differs from what the log says.',
    remedy: () =>
      'Convert them before the move, at a quiet hour: each is copied once and cannot be written to meanwhile. MEMORY tables are empty after any restart; ask the application.',
  },
  TABLES_WITHOUT_KEY: {
    title: (p) =>
      `${counted(p, 'table has', 'tables have')} neither a primary key nor a unique one without NULLs: ${p.names}.`,
    why: () =>
      'With row-based replication each changed row is looked for in the whole table on the replica: it falls behind for hours. Group replication refuses to write them.',
    remedy: () =>
      'Give each a key. Ask the application first: INSERT without column names fails once a column was added.',
  },
  AUTO_INCREMENT_NEAR_END: {
    title: (p) => `${p.name} has used ${p.percent} % of its ${p.type}; the next value is ${p.next}.`,
    why: () => 'At the end of the type every INSERT fails with a duplicate key, before the move or after it.',
    remedy: () =>
      'Widen the column, and every foreign key that refers to it, before the data is copied; afterwards it costs a second copy.',
  },
  CHARSET_UTF8MB3: {
    title: (p) => `${counted(p, 'table holds', 'tables hold')} text in utf8mb3: ${p.names}.`,
    why: () =>
      'utf8mb3 has no emoji and no rare characters, is deprecated, and “utf8” means another set on newer servers: a dump may be loaded as something else.',
    remedy: () =>
      'Decide: keep utf8mb3 by its full name on the target, or convert. Converting copies each table and makes index entries longer (191 characters fit into 767 bytes).',
  },
  CHARSETS_MIXED: {
    title: (p) => `Text is compared in more than one way in ${counted(p, 'schema', 'schemas')}: ${p.names}.`,
    why: () =>
      'A comparison of two collations fails with error 1267, and a target whose default differs adds one more. Collations of MariaDB and MySQL are not the same sets.',
    remedy: () => 'Check that the target knows each of these collations before the first load.',
  },
  GENERATED_COLUMNS: {
    title: (p) => `${counted(p, 'generated column', 'generated columns')}: ${p.names}.`,
    why: () => 'A load must not write them, and functions in them may differ between versions and dialects.',
    remedy: () =>
      'Load with a tool that leaves them out (mysqldump does), and compare one of them afterwards.',
  },
  FOREIGN_KEYS: {
    title: (p) => `${counted(p, 'table has', 'tables have')} foreign keys: ${p.names}.`,
    why: () =>
      'Tables must be loaded with the checks off, or in order; a part of the tables cannot be moved alone.',
    remedy: () => 'Move tables that refer to each other together, and check the references after the load.',
  },
  TRIGGERS_THERE: {
    title: (p) => `${counted(p, 'trigger', 'triggers')}: ${p.names}.`,
    why: () =>
      'With row-based replication they do not run on a replica; a load by INSERT statements would run them again.',
    remedy: () => 'Load the triggers after the data.',
  },
  PLUGINS_LOADED: {
    title: (p) => `${counted(p, 'plugin is', 'plugins are')} loaded from libraries: ${p.names}.`,
    why: () => 'A table or an account that needs one cannot be used on a server that has it not.',
    remedy: () => 'See for each whether the target has it, in the version it runs.',
  },
  BINLOG_OFF: {
    title: () => 'The binary log is off.',
    why: () =>
      'Without it no replica can follow: the move would have to stand still from the first byte of the copy to its end, and there would be no way back.',
    remedy: () => 'Switch it on; the server has to be started again. Plan that restart before the move.',
  },
  BINLOG_NOT_ROW: {
    title: (p) => `The binary log is written in the format ${p.value}.`,
    why: () =>
      'Statements may do something else on the replica (functions, LIMIT, triggers), and the two drift apart without an error.',
    remedy: () =>
      'Set it to ROW, here and in the configuration; it holds for new connections, so let the application connect anew before the copy.',
  },
  ROW_IMAGE_NOT_FULL: {
    title: (p) => `Rows are logged in part only: binlog_row_image is ${p.value}.`,
    why: () => 'What was there before a change cannot be read back, so going back and comparing are blind.',
    remedy: () => 'Set it to FULL until the move is over; the log grows.',
  },
  GTID_OFF: {
    title: (p) => `Transactions have no lasting names: ${p.name} is ${p.value}.`,
    why: () =>
      'Without them nobody can prove that the target has everything: positions in files say it of one server only.',
    remedy: () =>
      'Switch it on step by step, on every server of the replication, each step only when the one before is done everywhere and nothing without a GTID is on its way.',
  },
  BINLOG_RETENTION_SHORT: {
    title: (p) => `Binary logs are kept for ${p.kept} h; loading the target takes ${p.seed} h.`,
    why: () =>
      'When the copy and the catching up take longer than the log is kept, the target finds a hole and all begins anew.',
    remedy: (p) => `Keep them for ${p.needed} h at least, and see that the disk holds them.`,
  },
  SQL_MODE_NOT_STRICT: {
    title: (p) => `sql_mode is not strict: ${p.value}.`,
    why: () =>
      'New servers are strict: what is cut or made zero today is refused there, and the application gets errors that it never saw.',
    remedy: () =>
      'Give the target the same sql_mode for the move. Make it strict later, as a change of its own, with tests.',
  },
  SQL_MODE_GONE: {
    title: (p) => `sql_mode holds modes that MySQL 8.0 took out: ${p.names}.`,
    why: () => 'A server of 8.0 does not start with them, and a dump that sets them is refused.',
    remedy: () => 'Take them out of the configuration of the target and of the dump.',
  },
  NAMES_CASE: {
    title: (p) => `Table names are kept with lower_case_table_names = ${p.value}.`,
    why: () =>
      'The target has to be created with the same value; it cannot be changed afterwards (MySQL 8.0).',
    remedy: () => 'Set it before the data directory of the target is initialised.',
  },
  SERVER_CHARSET: {
    title: (p) => `The server’s own character set is ${p.value} (${p.collation}).`,
    why: () => 'New schemas and connections without a choice of their own take it; new servers have utf8mb4.',
    remedy: () =>
      'Set it on the target to what it is here, or see that every schema and connection names its own.',
  },
  EVENTS_RUN: {
    title: (p) =>
      `${counted(p, 'event is', 'events are')} enabled, the scheduler is ${p.scheduler}: ${p.names}.`,
    why: () =>
      'After the copy they would run on both servers, or on the target for the first time: twice the bills, twice the mails.',
    remedy: () =>
      'Keep the scheduler off on the target until it takes the writes; then switch it off here first.',
  },
  VIEW_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'view runs', 'views run')} in the name of accounts that are not there (${p.definers}): ${p.names}.`,
    why: () => 'Each use fails with error 1449, and mysqldump stops at the first such view.',
    remedy: () =>
      'Give them a definer that exists. Or create the account, locked and with exactly the rights the view needs.',
  },
  ROUTINE_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'routine runs', 'routines run')} in the name of accounts that are not there (${p.definers}): ${p.names}.`,
    why: () => 'Each call fails with error 1449, here and on the target.',
    remedy: () => 'Create the account, locked and with exactly the rights needed, or make the routine anew.',
  },
  TRIGGER_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'trigger runs', 'triggers run')} in the name of accounts that are not there (${p.definers}): ${p.names}.`,
    why: () => 'Each write to their tables fails with error 1449, and so does the load of the target.',
    remedy: () => 'Create the account, locked and with exactly the rights needed, or make the trigger anew.',
  },
  EVENT_DEFINER_GONE: {
    title: (p) =>
      `${counted(p, 'event runs', 'events run')} in the name of accounts that are not there (${p.definers}): ${p.names}.`,
    why: () => 'They fail at each turn, and only the error log says so.',
    remedy: () => 'Ask whether anybody misses them; then drop them, or give them a definer that exists.',
  },
  ACCOUNTS_NAME_ADDRESSES: {
    title: (p) => `${counted(p, 'account', 'accounts')} may log in only from addresses of today: ${p.names}.`,
    why: () => 'From its new address the application is refused (error 1045), at the moment of the switch.',
    remedy: () =>
      'Create each account for the new addresses too, with the same password and rights, before the switch; drop the old ones afterwards.',
  },
  LOGIN_PLUGIN_OLD: {
    title: (p) => `${counted(p, 'account logs', 'accounts log')} in by ${p.plugins}: ${p.names}.`,
    why: () =>
      'mysql_native_password is off in MySQL 8.4 and gone in 9.0: these accounts cannot log in there.',
    remedy: () =>
      'Move them to caching_sha2_password with a new password, after a look at the drivers of the application.',
  },
} satisfies Record<string, CheckSentences>;

/** Words of the assessment itself. */
export const assessmentWords = {
  verdict: {
    ready: 'ready',
    'conditionally-ready': 'ready with conditions',
    'not-ready': 'not ready',
    unknown: 'unknown',
  } satisfies Record<Readiness, string>,
  severity: { blocker: 'blocker', warning: 'warning', note: 'note' } satisfies Record<CheckSeverity, string>,
  subject: {
    host: 'host',
    database: 'database',
    share: 'share',
    site: 'site',
  } satisfies Record<SubjectKind, string>,
  /** Why a check is unknown. `p` answers every name. */
  reason: {
    'not-asked': () => 'Nobody has asked yet.',
    unreachable: (p) => `${p.host} did not answer: ${p.message}`,
    'no-account': () => 'The estate names no account for it, or nobody gave its password.',
    grant: () => 'The watching account may not see it.',
    root: () => 'Only root may see it.',
    timeout: () => 'It did not answer in time.',
    cut: () => 'There is more than is read; what is missing proves nothing.',
    'not-understood': () => 'The answer could not be understood.',
    'not-installed': (p) => `${p.program} is not installed there.`,
    'not-told': (p): string =>
      p.name === '?' ? 'The server does not say.' : `The server does not tell ${p.name}.`,
    'nothing-counted': () => 'There was nothing to count: 0 of 0.',
    'not-stated': (p): string =>
      p.name === 'seed'
        ? 'The plan cannot say yet how long loading takes; enter what it waits for.'
        : 'Nobody has stated what it is compared with.',
    failed: (p) => `It failed: ${p.message}`,
  } satisfies Record<ReasonCode, (p: Readonly<Record<string, string>>) => string>,
  more: (line: string) => `To see it: ${line}`,
  /** Sentence of what was counted for a stated fault. */
  counted: {
    'single-points': (found: number, of: number) => `${found} of ${of} services stand on one server only.`,
    'not-spread': (found: number, of: number) =>
      `${found} of ${of} services run once and cannot share their load.`,
    'updates-by-hand': (found: number, of: number) =>
      `${found} of ${of} hosts get their security updates only when somebody installs them.`,
    'costs-compared': (found: number, of: number) => `${found} of ${of} targets cost less each month.`,
    none: () => 'No rule knows this fault; it has to be judged by people.',
  },
  nobodyKnows: (names: string) => `Unknown: ${names}.`,
  problems: 'Faults of today',
  score: (score: number) => `${score} of 100`,
  removedBy: 'Removed by',
  provedBy: 'Proved by',
  confidence: (measured: number, of: number) => `${measured} of ${of} checks measured`,
  noRun: 'No assessment has been run yet: everything is unknown.',
  cancelled: 'The run was cancelled: what was read is shown, the rest is unknown.',
  clear: (count: number) => `${count} checks found nothing.`,
};
