import { atLeast } from './member';
import type { MemberReading } from './readings';

/**
 * The least acting account of each dialect: every right here is needed by a statement that a plan sends or that is
 * read for it, and the lab's acting account has exactly these.
 */
export interface Rights {
  privileges: readonly string[];
  on: string;
}
type Server = Pick<MemberReading, 'dialect' | 'version'>;

export const rightsFor = (server: Server): readonly Rights[] =>
  server.dialect === 'mysql' ? mysqlRights(server) : MARIADB;

/**
 * SYSTEM_USER: without it no session of an administrator can be ended, and no event of one be switched (1095 and 1227
 * on 9.7). RELOAD: for RESET REPLICA ALL.
 */
function mysqlRights(server: Server): Rights[] {
  return [
    { privileges: ['REPLICATION CLIENT', 'PROCESS', 'RELOAD', 'EVENT'], on: '*.*' },
    {
      privileges: [
        'REPLICATION_SLAVE_ADMIN',
        'CONNECTION_ADMIN',
        'SYSTEM_VARIABLES_ADMIN',
        'PERSIST_RO_VARIABLES_ADMIN',
        'XA_RECOVER_ADMIN',
        atLeast(server, 8, 2) ? 'SET_ANY_DEFINER' : 'SET_USER_ID',
        'SYSTEM_USER',
      ],
      on: '*.*',
    },
    { privileges: ['SELECT'], on: 'performance_schema.*' },
  ];
}

/** READ_ONLY ADMIN: accounts are unlocked while the server is read-only. BINLOG ADMIN: to keep that out of the log. */
const MARIADB: readonly Rights[] = [
  {
    privileges: [
      'SLAVE MONITOR',
      'BINLOG MONITOR',
      'PROCESS',
      'RELOAD',
      'EVENT',
      'SET USER',
      'CREATE USER',
      'CONNECTION ADMIN',
      'READ_ONLY ADMIN',
      'REPLICATION SLAVE ADMIN',
      'REPLICATION MASTER ADMIN',
      'BINLOG ADMIN',
    ],
    on: '*.*',
  },
  { privileges: ['SELECT'], on: 'mysql.global_priv' },
  { privileges: ['SELECT'], on: 'mysql.roles_mapping' },
];

/**
 * Besides, for an old primary of MariaDB from which rows are taken back: BINLOG statements put them in place, and CHECKSUM TABLE
 * compares them with the new primary's. A switchover needs neither.
 */
export const FLASHBACK_RIGHTS: Rights = { privileges: ['BINLOG REPLAY', 'SELECT'], on: '*.*' };

/**
 * Besides, for an old primary of MySQL whose data is replaced: CLONE by the acting account, and by the account that logs in to
 * the donor for it. MariaDB's copy is made by root of the host.
 */
export const REBUILD_RIGHTS: Rights = { privileges: ['BACKUP_ADMIN', 'CLONE_ADMIN'], on: '*.*' };
export const DONOR_RIGHTS: Rights = { privileges: ['BACKUP_ADMIN'], on: '*.*' };

/** As somebody would type them; `account` in the server's own form: 'user'@'host'. */
export const grantsFor = (server: Server, account: string): string[] =>
  rightsFor(server).map(({ privileges, on }) => `GRANT ${privileges.join(', ')} ON ${on} TO ${account};`);

/** MariaDB has more than one name for some; SHOW GRANTS prints one of them. */
const ALIKE: Readonly<Record<string, string>> = {
  'REPLICA MONITOR': 'SLAVE MONITOR',
  'REPLICATION REPLICA ADMIN': 'REPLICATION SLAVE ADMIN',
  'REPLICATION CLIENT': 'BINLOG MONITOR',
  'READ ONLY ADMIN': 'READ_ONLY ADMIN',
};
const sameWord = (privilege: string, { dialect }: Server): string =>
  dialect === 'mariadb' ? (ALIKE[privilege] ?? privilege) : privilege;

/** The same with what only some plan needs, last. */
export const everyGrantFor = (server: Server, account: string): string[] =>
  everyRightFor(server).map(({ privileges, on }) => `GRANT ${privileges.join(', ')} ON ${on} TO ${account};`);

/** What a switchover needs, and what taking rows back or replacing the data of an old primary needs. */
export const everyRightFor = (server: Server): readonly Rights[] => [
  ...rightsFor(server),
  ...(server.dialect === 'mariadb' ? [FLASHBACK_RIGHTS] : [REBUILD_RIGHTS]),
];

const GRANT = /^GRANT (.+?) ON (?:TABLE )?(\S+) TO /i;

/**
 * What the acting account may not do and would have to: "EVENT ON *.*". null: its rights could not be read. A right on
 * everything counts for each place; what comes by a role that is not active by itself does not count.
 */
export const missingRights = (
  member: Pick<MemberReading, 'dialect' | 'version' | 'grants'>,
): string[] | null => lacksRights(member, rightsFor(member));

/** The same of rights that only some plan needs. */
export function lacksRights(
  member: Pick<MemberReading, 'dialect' | 'version' | 'grants'>,
  wanted: readonly Rights[],
): string[] | null {
  if (member.grants === null) return null;
  const held = member.grants.flatMap((line) => {
    const [, list = '', on = ''] = GRANT.exec(line) ?? [];
    return list.split(',').map((privilege) => ({
      privilege: sameWord(privilege.trim().toUpperCase(), member),
      on: on.replaceAll('`', ''),
    }));
  });
  const has = (wanted: string, on: string) =>
    held.some(
      (one) =>
        (one.privilege === wanted || covers(one.privilege, wanted)) &&
        (one.on === '*.*' || one.on === on || one.on === on.replace(/\..*$/, '.*')),
    );
  return wanted.flatMap(({ privileges, on }) =>
    privileges.filter((one) => !has(one, on)).map((one) => `${one} ON ${on}`),
  );
}

/** ALL PRIVILEGES stands for the static ones; MySQL lists the dynamic ones in a line of their own. */
const covers = (privilege: string, wanted: string): boolean =>
  /^ALL( PRIVILEGES)?$/.test(privilege) && !wanted.includes('_ADMIN') && !DYNAMIC.has(wanted);
const DYNAMIC = new Set(['SET_ANY_DEFINER', 'SET_USER_ID', 'SYSTEM_USER']);
