import type { ServerReading } from '../model';
import { server } from '../replication.test-kit';
import { type CasesByCode, pair, replica, sound, viewOf } from './rules.test-kit';

const untold = pair(server('b', { channels: null }));
const gtid = (given: Partial<ServerReading['gtid']>) =>
  pair(replica('b', 'a', { gtid: { ...sound('b').gtid, ...given } }));
const strict = (value: boolean | null) =>
  pair(replica('b', 'a', { gtid: { ...sound('b', {}, 'mariadb').gtid, strict: value } }, 'mariadb'));
const replicaLog = (given: Partial<ServerReading['binlog']>) =>
  pair(replica('b', 'a', { binlog: { ...sound('b').binlog, ...given } }));
const sourceLog = (given: Partial<ServerReading['binlog']>, more: Partial<ServerReading> = {}) =>
  pair(replica('b', 'a'), {}, { binlog: { ...sound('a').binlog, ...given }, ...more });
const relay = (given: Partial<ServerReading['relay']>, active: boolean | null = true) =>
  pair(
    replica('b', 'a', {
      relay: { ...sound('b').relay, ...given },
      semiSync: { ...sound('b').semiSync, replica: { enabled: true, active } },
    }),
  );

export const LOG_CASES: CasesByCode = {
  GTID_OFF: {
    hit: {
      off: gtid({ mode: 'OFF' }),
      'half-way': gtid({ mode: 'ON_PERMISSIVE' }),
      'not enforced': gtid({ enforced: false }),
    },
    miss: {
      on: gtid({}),
      'a server that is alone': viewOf([sound('a', { gtid: { ...sound('a').gtid, mode: 'OFF' } })]),
    },
    unknown: { 'not told': gtid({ mode: null }) },
  },
  GTID_MODES_DIFFER: {
    hit: { 'on and off': gtid({ mode: 'OFF' }) },
    miss: { 'on and on': gtid({}) },
    unknown: { 'one does not tell': gtid({ mode: null }) },
  },
  GTID_STRICT_OFF: {
    hit: { MariaDB: strict(false) },
    miss: { on: strict(true), 'MySQL has no such mode': gtid({ strict: false }) },
    unknown: { 'not told': strict(null) },
  },
  NOT_LOGGING: {
    hit: { 'a replica': replicaLog({ on: false }) },
    miss: {
      'a replica that logs': replicaLog({}),
      'a source': viewOf([sound('a', { binlog: { ...sound('a').binlog, on: false } })]),
    },
    unknown: { 'not told': replicaLog({ on: null }), 'no channels told': untold },
  },
  NOT_LOGGING_REPLICATED: {
    hit: { 'a replica': replicaLog({ logsReplicated: false }) },
    miss: { 'a replica that does': replicaLog({}) },
    unknown: { 'not told': replicaLog({ logsReplicated: null }), 'no channels told': untold },
  },
  BINLOG_FORMAT: {
    hit: { MIXED: replicaLog({ format: 'MIXED' }) },
    miss: { row: replicaLog({ format: 'row' }), 'no log at all': replicaLog({ on: false, format: 'MIXED' }) },
    unknown: { 'not told': replicaLog({ format: null }), 'on or off is not told': replicaLog({ on: null }) },
  },
  BINLOG_RETENTION_SHORT: {
    hit: { 'a second less than a day': sourceLog({ expireSeconds: 86_399 }) },
    miss: {
      'a day': sourceLog({ expireSeconds: 86_400 }),
      'for ever': sourceLog({ expireSeconds: 0 }),
      'of a leaf': replicaLog({ expireSeconds: 60 }),
    },
    unknown: { 'not told': sourceLog({ expireSeconds: null }) },
  },
  NOT_DURABLE: {
    hit: {
      'the binary log': sourceLog({ sync: 0 }),
      'the redo log': sourceLog({}, { flushAtCommit: 2 }),
      'one of them, the other is not told': sourceLog({ sync: null }, { flushAtCommit: 2 }),
    },
    miss: { both: sourceLog({}), 'of a leaf': replicaLog({ sync: 0 }) },
    unknown: { 'one is not told': sourceLog({ sync: null }) },
  },
  RELAY_RECOVERY_DANGER: {
    hit: { 'it acknowledges': relay({ recovery: true }) },
    miss: {
      'it does not acknowledge': relay({ recovery: true }, false),
      'recovery is off': relay({ recovery: false }),
    },
    unknown: {
      'not told': relay({ recovery: null }),
      'does it acknowledge?': relay({ recovery: true }, null),
    },
  },
  RELAY_PURGE_DANGER: {
    hit: { off: relay({ purge: false }) },
    miss: { on: relay({ purge: true }) },
    unknown: { 'not told': relay({ purge: null }), 'no channels told': untold },
  },
};
