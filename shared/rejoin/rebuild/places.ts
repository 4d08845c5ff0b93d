import type { Fact } from '../../runbook/command';
import { fact, said, ssh } from '../../switchover/commands';

/**
 * The folder beside a data folder in which a rebuild works. What is written there has no final name before it is whole:
 * `part` is being written, `received` came over complete, `ready` can be started from, `kept` is what the server held before.
 * Nobody deletes `kept`, and a rebuild is refused while it lies there.
 */
export const PLACES = ['received', 'ready', 'kept'] as const;

export interface Places {
  datadir: string;
  /** "/var/lib/mysql" → "/var/lib/mysql-patronus": on the same file system, so that a rename is enough. */
  base: string;
  part: string;
  received: string;
  ready: string;
  kept: string;
}

export function placesOf(datadir: string): Places {
  const plain = datadir.length > 1 ? datadir.replace(/\/+$/, '') : datadir;
  const base = `${plain}-patronus`;
  const at = (name: string) => `${base}/${name}`;
  return {
    ...{ datadir: plain, base, part: at('part') },
    ...{ received: at('received'), ready: at('ready'), kept: at('kept') },
  };
}

const INFO = ['xtrabackup_binlog_info', 'mariadb_backup_binlog_info'] as const;
/** Where mariadb-backup writes the position of what it copied: releases from 11.1 on use the second name. */
export const positionFiles = ({ ready }: Places): string[] => INFO.map((name) => `${ready}/${name}`);

const OPEN_FOLDER = ['install', '-d', '-m', '0755'];
/** Nobody but root lists it; whether a file of a known name is there, the acting account may ask. */
const OWN_FOLDER = ['install', '-d', '-m', '0711'];

/** Every command that a rebuild runs as root, by what it is for: also what sudo has to allow. */
export const rootCommands = (places: Places) => {
  const { datadir, base, part, received, ready, kept } = places;
  return {
    open: [...OPEN_FOLDER, base],
    /** MySQL writes its own copy there. */
    give: ['chown', `--reference=${datadir}`, base],
    begin: [...OWN_FOLDER, part],
    dropPart: ['rm', '-rf', part],
    dropReceived: ['rm', '-rf', received],
    leave: ['rmdir', '--ignore-fail-on-non-empty', base],
    take: ['mbstream', '-x', '-C', part],
    whole: ['mv', '-T', part, received],
    prepare: ['mariadb-backup', '--prepare', `--target-dir=${received}`],
    own: ['chown', '-R', `--reference=${datadir}`, received],
    mode: ['chmod', `--reference=${datadir}`, received],
    finish: ['mv', '-T', received, ready],
    unfinish: ['mv', '-T', ready, received],
    setAside: ['mv', '-T', datadir, kept],
    moveIn: ['mv', '-T', ready, datadir],
    putBack: ['mv', '-T', kept, datadir],
    keep: ['mv', '-T', part, kept],
    unkeep: ['mv', '-T', kept, part],
  } as const;
};

/** On the donor of a MariaDB server: the socket knows root, so that no password is needed. */
export const SENDS = ['mariadb-backup', '--backup', '--stream=mbstream', '--tmpdir=/tmp'] as const;

/** On the donor of a MySQL server: files of tables that CLONE would leave empty. The server's own log tables are some too. */
export const otherTables = (datadir: string): string[] => [
  ...['find', datadir, '-mindepth', '2', '-not', '-path', `${datadir}/mysql/*`],
  // MYD of MyISAM, CSV, ARZ of ARCHIVE; sudoers has no word for "or".
  ...['-name', '*.[MCA][YSR][DVZ]'],
];

const MARIADB = [
  ...['open', 'begin', 'dropPart', 'dropReceived', 'leave', 'take', 'whole', 'prepare', 'own', 'mode'],
  ...['finish', 'unfinish', 'setAside', 'moveIn', 'putBack'],
] as const;
const MYSQL = ['open', 'give', 'dropPart', 'leave', 'keep', 'unkeep'] as const;

/** What sudo has to allow on the host of a server that may be rebuilt. */
export function rebuiltSudo(dialect: 'mysql' | 'mariadb', datadir: string): string[][] {
  const places = placesOf(datadir);
  const all: Readonly<Record<string, readonly string[]>> = rootCommands(places);
  const named = (dialect === 'mysql' ? MYSQL : MARIADB).map((name) => [...(all[name] ?? [])]);
  return dialect === 'mysql'
    ? named
    : [...named, ...positionFiles(places).map((file) => ['cat', '--', file])];
}

/** All of it on one host: today's donor is tomorrow's old primary. */
export const rebuildSudo = (dialect: 'mysql' | 'mariadb', datadir: string): string[][] => [
  ...rebuiltSudo(dialect, datadir),
  ...donorSudo(dialect, datadir),
];

/** What sudo has to allow on the host of a server that may give its data. */
export const donorSudo = (dialect: 'mysql' | 'mariadb', datadir: string): string[][] =>
  dialect === 'mysql' ? [otherTables(placesOf(datadir).datadir)] : [[...SENDS]];

export const placesKey = (node: string): string => `${node}/beside the data`;

const TELL = `for n in ${PLACES.join(' ')}; do if [ -e "$1/$n" ]; then echo "$n"; fi; done`;

/** Which of the places there are: "" → "ready" → "kept". It needs no right but to see names. */
export const placesFact = (node: string, { base }: Places): Fact =>
  fact(
    placesKey(node),
    said('FACT_PLACES', { node, folder: base }),
    ssh(node, ['sh', '-c', TELL, 'sh', base]),
    null,
    '',
  );
