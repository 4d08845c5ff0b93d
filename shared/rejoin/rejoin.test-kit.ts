import type { LogRead } from '../failover/loss';
import { everyGrantFor } from '../switchover/grants';
import { channelTo, inputOf, type Told } from '../switchover/switchover.test-kit';
import type { OwnLog } from './own-log';
import type { OwnReading, RejoinGround } from './rejoin-ground';
import type { TouchedReading } from './touched';

/** After a failover: db-b takes writes, db-c follows it, and db-a, closed, follows nobody. What a test says overrides it. */

export const UUID = '3e11fa47-71ca-11e1-9e33-c80aa942956';
const STATE = { mysql: `${UUID}1:1-1000,${UUID}2:1-5`, mariadb: '0-1-1000,0-2-1005' };

const afterFailover = (told: Told = {}) => {
  const { dialect = 'mysql' } = told;
  const position = {
    mysql: { position: STATE.mysql },
    mariadb: { binlogState: STATE.mariadb },
  };
  const account = "'patronus_act'@'127.0.0.1'";
  const grants = everyGrantFor({ dialect, version: dialect === 'mysql' ? [9, 7] : [10, 11] }, account);
  return inputOf({
    follows: { 'db-c': 'db-b' },
    cluster: { verdicts: [{ node: 'db-b', verdict: 'alive', terms: [] }] },
    ...told,
    members: {
      ...told.members,
      'db-a': {
        ...{ readOnly: true, superReadOnly: dialect === 'mysql' ? true : null, grants },
        ...told.members?.['db-a'],
      },
      'db-b': {
        ...{ readOnly: false, superReadOnly: dialect === 'mysql' ? false : null, channels: [], grants },
        ...position[dialect],
        ...told.members?.['db-b'],
      },
      'db-c': { channels: [channelTo(2)], ...told.members?.['db-c'] },
    },
  });
};

export const groundOf = (told?: Told, given: Partial<RejoinGround> = {}): RejoinGround => {
  const { cluster: replication, ...input } = afterFailover(told);
  return {
    ...input,
    replication,
    lookId: '20231114T221320Z-abc123',
    own: null,
    startsBy: 'enabled',
    ...given,
  };
};

export interface ToldOwn {
  read?: Partial<LogRead>;
  told?: Partial<LogRead['told']>;
  log?: Partial<OwnLog>;
  touched?: Partial<TouchedReading>;
}

const NODE_A = (dialect: 'mysql' | 'mariadb') =>
  dialect === 'mysql' ? { position: `${UUID}1:1-1003` } : { binlogState: '0-1-1003', position: '0-1-1003' };

/** db-a holds three transactions alone, rows of two tables over two logs; all of it was read and saved. */
export function aheadGround(
  told: Told = {},
  { read, told: tally, log, touched }: ToldOwn = {},
): RejoinGround {
  const { dialect = 'mariadb' } = told;
  const table = (name: string) => ({
    ...{ schema: 'shop', table: name, inserts: 2, updates: 1, deletes: 0 },
    ...{ from: 1_700_000_000_000, to: 1_700_000_001_000 },
  });
  const own: OwnReading = {
    read: {
      ...{ before: null, fromKnown: true, toTheEnd: true, torn: 0, salvageError: null },
      salvage: { file: '/home/ann/salvage/db-a.binlog', bytes: 1234 },
      told: {
        ...{ named: { count: 3n, text: '0-1-1001..1003' }, transactions: 3n, unnamed: 0n, untold: 0n },
        ...{ since: 1_700_000_000_000, until: 1_700_000_001_000, tables: [table('order'), table('item')] },
        ...{ tablesCut: false, rows: [], cut: false },
        ...tally,
      },
      ...read,
    },
    error: null,
    log: {
      files: [
        { file: '/var/lib/mysql/binlog.000007', bytes: 900, sha256: 'a'.repeat(64), from: 412, to: 880 },
        { file: '/var/lib/mysql/binlog.000008', bytes: 700, sha256: 'b'.repeat(64), from: 300, to: 690 },
      ],
      ...{ mixed: false, partial: false },
      ...log,
    },
    touched: {
      tables: ['order', 'item'].map((name) => ({
        ...{ schema: 'shop', table: name, type: 'BASE TABLE', engine: 'InnoDB' },
      })),
      ...{ cascades: [], runsTriggers: false, missingTools: [], errors: [] },
      ...touched,
    },
  };
  const members = { ...told.members, 'db-a': { ...NODE_A(dialect), ...told.members?.['db-a'] } };
  return groundOf({ ...told, dialect, members }, { own });
}
