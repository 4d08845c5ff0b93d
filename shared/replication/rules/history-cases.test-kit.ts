import type { Lag } from '../model';
import { server } from '../replication.test-kit';
import {
  type CasesByCode,
  following,
  HISTORY,
  NOW,
  pair,
  pulledBy,
  replica,
  silent,
  sound,
  uuidOf,
  viewOf,
  withChannel,
} from './rules.test-kit';

const untold = pair(server('b', { channels: null }));
const withSet = (executed: string | null) =>
  pair(replica('b', 'a', { gtid: { ...sound('b').gtid, executed } }));
const withState = (state: string | null) =>
  pair(replica('b', 'a', { gtid: { ...sound('b', {}, 'mariadb').gtid, state } }, 'mariadb'));
const lagOf = (lag: Partial<Lag>) => pair(replica('b', 'a'), { lag: { b: lag } });
const delayed = (delaySeconds: number | null) => pair(withChannel({ delaySeconds }));
/** The replica had 101 of the source's own numbers well before the source was read with 100. */
const aheadFor = (secondsAgo: number) =>
  pair(replica('b', 'a', { gtid: { ...sound('b').gtid, executed: `${uuidOf('a')}:1-101` } }), {
    history: { b: [{ at: NOW - secondsAgo * 1000, executed: `${uuidOf('a')}:1-101` }] },
  });

export const HISTORY_CASES: CasesByCode = {
  ERRANT_TRANSACTIONS: {
    hit: {
      'its own write': withSet(`${HISTORY.mysql},${uuidOf('b')}:1-3`),
      'of a server it no longer follows': withSet(`${HISTORY.mysql},${uuidOf('z')}:1`),
      'MariaDB, hidden below a later position': withState('0-98-3,0-97-100'),
      'on the second tier': viewOf([
        sound('a', { dumps: pulledBy('b') }),
        replica('b', 'a'),
        replica('c', 'b', { gtid: { ...sound('c').gtid, executed: `${HISTORY.mysql},${uuidOf('c')}:1` } }),
      ]),
    },
    miss: {
      'the same set': withSet(HISTORY.mysql),
      'less than its source': withSet(`${uuidOf('a')}:1-99`),
      'a number of its source that may be on its way': withSet(`${uuidOf('a')}:1-101`),
      MariaDB: withState(HISTORY.mariadb),
    },
    unknown: {
      'no set told': withSet(null),
      'a cut set': withSet(`${uuidOf('a')}:1-`),
      'transactions without GTID': pair(
        replica('b', 'a', { gtid: { ...sound('b').gtid, mode: 'OFF_PERMISSIVE' } }),
      ),
      'MariaDB without a state': withState(null),
      'the source is out of sight': viewOf([
        { ...silent('a'), identity: sound('a').identity },
        replica('b', 'a'),
      ]),
      'no channels told': untold,
    },
  },
  REPLICA_AHEAD_OF_SOURCE: {
    hit: { 'for longer than anything is on its way': aheadFor(5) },
    miss: { 'since a moment ago': aheadFor(1), 'the same set': withSet(HISTORY.mysql) },
    unknown: { 'no set told': withSet(null), 'no channels told': untold },
  },
  NEVER_CATCHES_UP: {
    hit: {
      'slower than its source': lagOf({ seconds: 60, waiting: '9', catchUp: 'never', appliedPerSecond: 1 }),
    },
    miss: {
      'it comes nearer': lagOf({ seconds: 60, waiting: '9', catchUp: 30, appliedPerSecond: 9 }),
      'not behind to speak of': lagOf({ seconds: 2, waiting: '9', catchUp: 'never', appliedPerSecond: 1 }),
    },
    unknown: {
      'no lag': lagOf({ seconds: null }),
      'no rates': lagOf({ seconds: 60, waiting: '9', catchUp: null, appliedPerSecond: null }),
    },
  },
  LAGGING: {
    hit: { 'more than two seconds': lagOf({ seconds: 2.1, waiting: '9' }) },
    miss: { 'two seconds': lagOf({ seconds: 2, waiting: '9' }) },
    unknown: { 'no lag': lagOf({ seconds: null }) },
  },
  LAG_UNKNOWN: {
    hit: {
      'something waits, nobody knows since when': lagOf({ seconds: null, waiting: '9' }),
      'GTIDs are off, whatever Seconds_Behind says': pair(
        replica('b', 'a', {
          gtid: { ...sound('b').gtid, mode: 'OFF', executed: '' },
          channels: [following('a', { positioning: 'file', received: '', secondsBehind: 0 })],
        }),
        {},
        { gtid: { ...sound('a').gtid, mode: 'OFF', executed: '' } },
      ),
    },
    miss: { 'known to be 0': lagOf({ seconds: 0 }), 'known to be much': lagOf({ seconds: 4_000 }) },
    unknown: {},
  },
  DELAYED: {
    hit: { 'an hour': delayed(3_600) },
    miss: { none: delayed(0) },
    unknown: { 'not told': delayed(null), 'no channels told': untold },
  },
  LONG_TRANSACTIONS: {
    hit: { one: viewOf([sound('a', { longTransactions: ['7: 9 s, app'] })]) },
    miss: { none: viewOf([sound('a')]) },
    unknown: { 'PROCESS is not granted': viewOf([sound('a', { longTransactions: null })]) },
  },
  PREPARED_TRANSACTIONS: {
    hit: { one: viewOf([sound('a', { prepared: ['order-7'] })]) },
    miss: { none: viewOf([sound('a')]) },
    unknown: { 'XA_RECOVER_ADMIN is not granted': viewOf([sound('a', { prepared: null })]) },
  },
  CONNECTIONS_FULL: {
    hit: { 'nine tenths': viewOf([connected(90)]) },
    miss: { 'one less': viewOf([connected(89)]) },
    unknown: { 'not told': viewOf([connected(null)]) },
  },
};

function connected(now: number | null) {
  return sound('a', { connections: { now, max: 100, running: 1, waitingForDisk: 0 } });
}
