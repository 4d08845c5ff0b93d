import type { Estate } from '../../estate/schema';
import type { StepCommand } from '../../views/plan';
import {
  type Commands,
  type Dialect,
  dialectNote,
  dialectOf,
  hostOf,
  NO_COMMANDS,
  type Scene,
  shell,
  slot,
  targetOf,
} from './command-scene';
import type { Subject } from './estate-facts';
import type { RowId } from './row';

/** What is typed for a database, in the words of its own server; MariaDB's statements keep MASTER and SLAVE. */
export function databaseCommands(row: RowId, subject: Subject, scene: Scene): Commands {
  const way = CONSOLE_ROWS.has(row) ? consoleWay(scene.estate, subject) : null;
  if (way) return byConsole(row, way, scene);
  if (row === 'send-dump') return sendDump(subject, scene);
  const dialect = dialectOf(subject, scene.snapshot);
  if (!dialect) return { ...NO_COMMANDS, note: dialectNote(subject, scene) };
  const words = statementsOf(dialect, subject, scene);
  const made = words[row];
  return made ? { ...NO_COMMANDS, ...made } : NO_COMMANDS;
}

/** Rows that a switchover of this console does: source read-only, GTID sets equal, promotion, reverse channel. */
const CONSOLE_ROWS: ReadonlySet<RowId> = new Set(['read-only', 'drain', 'promote', 'reverse']);

/** A switchover by which this console can do those rows. */
export interface ConsoleWay {
  cluster: string;
  from: string;
  to: string;
}

/** Only where the estate's own cluster has the data, a replica to promote, and says how it may be acted on. */
export function consoleWay({ clusters, services }: Estate, { service }: Subject): ConsoleWay | null {
  const cluster = clusters.find(
    ({ acting, members }) => acting !== undefined && members.some((each) => each.service === service?.id),
  );
  const replica = cluster?.members.find(
    (each) => each.service !== service?.id && (each.role === 'replica' || each.role === 'standby'),
  );
  const to = services.find(({ id }) => id === replica?.service)?.hosts?.[0];
  const [from] = service?.hosts ?? [];
  return cluster && to !== undefined && from !== undefined ? { cluster: cluster.id, from, to } : null;
}

/** Is this row of this data set something that the console's engine can do today? */
export const runsByConsole = (row: RowId, subject: Subject, estate: Estate): boolean =>
  CONSOLE_ROWS.has(row) && consoleWay(estate, subject) !== null;

function byConsole(row: RowId, { cluster, from, to }: ConsoleWay, { words }: Scene): Commands {
  if (row !== 'promote') return { ...NO_COMMANDS, note: words.notes.byConsole };
  const text = `patronus switchover ${cluster} --to ${to} --estate ${slot(words.slots.estateFile)} --confirm ${from}`;
  return {
    ...NO_COMMANDS,
    commands: [{ on: words.slots.thisDesk, dialect: 'console', text }],
    note: words.notes.consoleRun,
  };
}

function sendDump(subject: Subject, scene: Scene): Commands {
  const { slots } = scene.words;
  const on = hostOf(subject.service, subject.id);
  const text = `rsync -a --partial --bwlimit=${slot(slots.kib)} ${slot(slots.dumpFile)} ${targetOf(on, scene)}:${slot(slots.folder)}/`;
  return { ...NO_COMMANDS, commands: shell(on, text) };
}

type Statements = Partial<Record<RowId, { commands: StepCommand[]; undo?: StepCommand[] }>>;

function statementsOf(dialect: Dialect, subject: Subject, scene: Scene): Statements {
  const { slots } = scene.words;
  const source = hostOf(subject.service, subject.id);
  const target = targetOf(source, scene);
  const sql = (on: string, ...lines: string[]): StepCommand[] =>
    lines.map((text) => ({ on, dialect: dialect.name, text }));
  const isMysql = dialect.name === 'mysql';
  const port = subject.service?.port ?? 3306;
  const replica = dialect.renamed ? 'REPLICA' : 'SLAVE';
  const close = isMysql ? 'SET GLOBAL super_read_only = 1;' : 'SET GLOBAL read_only = 1;';
  const open = isMysql
    ? 'SET GLOBAL super_read_only = 0, GLOBAL read_only = 0;'
    : 'SET GLOBAL read_only = 0;';
  const position = isMysql ? 'SELECT @@GLOBAL.gtid_executed;' : 'SELECT @@GLOBAL.gtid_binlog_pos;';
  const status = isMysql ? `SHOW ${replica} STATUS\\G` : 'SHOW ALL SLAVES STATUS\\G';
  const follow = (from: string) => {
    const login = (word: string) =>
      `${word}_HOST = '${from}', ${word}_PORT = ${port}, ${word}_USER = '${slot(slots.account)}', ${word}_PASSWORD = '${slot(slots.password)}', ${word}_SSL = 1`;
    if (!isMysql) return `CHANGE MASTER TO ${login('MASTER')}, MASTER_USE_GTID = slave_pos;`;
    return dialect.renamed
      ? `CHANGE REPLICATION SOURCE TO ${login('SOURCE')}, SOURCE_AUTO_POSITION = 1;`
      : `CHANGE MASTER TO ${login('MASTER')}, MASTER_AUTO_POSITION = 1;`;
  };
  /** Both must hold: the wait ends with 0, and nothing is missing (migration planning, 2.5). */
  const reached = (on: string, noted: string): StepCommand[] =>
    isMysql
      ? sql(
          on,
          `SELECT WAIT_FOR_EXECUTED_GTID_SET('${slot(noted)}', 30);`,
          `SELECT GTID_SUBTRACT('${slot(noted)}', @@GLOBAL.gtid_executed);`,
        )
      : sql(on, `SELECT MASTER_GTID_WAIT('${slot(noted)}', 30);`, 'SELECT @@GLOBAL.gtid_slave_pos;');
  const forget = [`STOP ${replica};`, `RESET ${replica} ALL;`];
  const sourceData = dialect.renamed ? '--source-data=2' : '--master-data=2';
  const dump = isMysql
    ? `mysqldump --single-transaction ${sourceData} --set-gtid-purged=ON --routines --events --triggers --hex-blob --databases ${slot(slots.databases)} > ${slot(slots.dumpFile)}`
    : `mariadb-dump --single-transaction --master-data=1 --gtid --routines --events --triggers --hex-blob --databases ${slot(slots.databases)} > ${slot(slots.dumpFile)}`;
  return {
    dump: { commands: shell(source, dump) },
    load: {
      commands: [
        ...shell(target, `${isMysql ? 'mysql' : 'mariadb'} < ${slot(slots.dumpFile)}`),
        ...sql(target, follow(source), `START ${replica};`, status),
      ],
    },
    compare: {
      commands: shell(
        source,
        `pt-table-checksum --replicate=percona.checksums --databases=${slot(slots.databases)} h=localhost`,
      ),
    },
    'read-only': { commands: sql(source, close, position), undo: sql(source, open) },
    drain: { commands: reached(target, slots.position) },
    promote: { commands: sql(target, ...forget, open) },
    reverse: {
      // MariaDB's old primary has replicated nothing yet: where it goes on is where its own binary log ends.
      commands: sql(
        source,
        ...(isMysql ? [] : ['SET GLOBAL gtid_slave_pos = @@GLOBAL.gtid_binlog_pos;']),
        follow(target),
        `START ${replica};`,
        status,
      ),
      undo: sql(source, `STOP ${replica};`),
    },
    'back-fence': { commands: sql(target, close, position) },
    'back-drain': { commands: reached(source, slots.reversePosition) },
    'back-promote': { commands: sql(source, ...forget, open) },
  };
}
