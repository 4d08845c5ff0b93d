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

const GRANT = /^GRANT (.+?) ON (?:TABLE )?(\S+) TO /i;

/**
 * What the acting account may not do and would have to: "EVENT ON *.*". null: its rights could not be read. A right on
 * everything counts for each place; what comes by a role that is not active by itself does not count.
 */
export function missingRights(
  member: Pick<MemberReading, 'dialect' | 'version' | 'grants'>,
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
  return rightsFor(member).flatMap(({ privileges, on }) =>
    privileges.filter((one) => !has(one, on)).map((one) => `${one} ON ${on}`),
  );
}

/** ALL PRIVILEGES stands for the static ones; MySQL lists the dynamic ones in a line of their own. */
const covers = (privilege: string, wanted: string): boolean =>
  /^ALL( PRIVILEGES)?$/.test(privilege) && !wanted.includes('_ADMIN') && !DYNAMIC.has(wanted);
const DYNAMIC = new Set(['SET_ANY_DEFINER', 'SET_USER_ID', 'SYSTEM_USER']);
