import { server } from '../replication.test-kit';
import { type CasesByCode, NOW, pair, replica, sound, withChannel } from './rules.test-kit';

/** Error texts as MySQL 9.7.4 and MariaDB 10.11.19 gave them; those of 5.7 are from its source of messages. */
const fatal = (reason: string) =>
  `Got fatal error 1236 from source when reading data from binary log: '${reason}'`;
const error = (number: number, text: string) => ({ number, text, at: null });
const PURGED = error(
  13114,
  fatal(
    'Cannot replicate because the source purged required binary logs. Replicate the missing transactions from elsewhere, or provision a new replica from backup.',
  ),
);
const PURGED_57 = error(
  1236,
  fatal(
    'The slave is connecting using CHANGE MASTER TO MASTER_AUTO_POSITION = 1, but the master has purged binary logs containing GTIDs that the slave requires.',
  ),
);
const PURGED_MARIADB = error(
  1236,
  fatal(
    'Could not find GTID state requested by slave in any binlog files. Probably the slave state is too old and required binlog files have been purged.',
  ),
);
const DIVERGED = error(
  13114,
  fatal(
    "Replica has more GTIDs than the source has, using the source's SERVER_UUID. This may indicate that the the last binary log file was truncated or lost.",
  ),
);
const DIVERGED_MARIADB = error(
  1236,
  fatal(
    "Error: connecting slave requested to start from GTID 0-2-12, which is not in the master's binlog. Since the master's binlog contains GTIDs with higher sequence numbers, it probably means that the slave has diverged due to executing extra erroneous transactions",
  ),
);
const BROKEN = error(
  13114,
  fatal('log event entry exceeded max_allowed_packet; Increase max_allowed_packet on source'),
);
const GONE = error(2003, "error connecting to source 'repl@10.0.0.97:3306'");
const DUPLICATE = error(1062, "Duplicate entry '7' for key 't.PRIMARY'");

const sameNumber = sound('b', {}, 'mariadb').gtid;
const off = { receiver: 'off' } as const;
const untold = pair(server('b', { channels: null }));
const receiverUnknown = pair(withChannel({ receiver: null }));
const heard = (secondsAgo: number, more = {}) =>
  pair(withChannel({ lastHeard: NOW - secondsAgo * 1000, heartbeatSeconds: 1, ...more }));

export const THREAD_CASES: CasesByCode = {
  BINLOG_PURGED: {
    hit: {
      'MySQL 9.7': pair(withChannel({ ...off, receiverError: PURGED })),
      'MySQL 5.7': pair(withChannel({ ...off, receiverError: PURGED_57 })),
      MariaDB: pair(withChannel({ ...off, receiverError: PURGED_MARIADB }, 'mariadb')),
    },
    miss: {
      'another fatal error of the log': pair(withChannel({ ...off, receiverError: BROKEN })),
      'the source lost its end': pair(withChannel({ ...off, receiverError: DIVERGED })),
      'another error that speaks of purging': pair(
        withChannel({ ...off, receiverError: error(2003, 'purged') }),
      ),
    },
    unknown: { 'no channels told': untold },
  },
  HISTORIES_DIVERGED: {
    hit: {
      'MySQL 9.7': pair(withChannel({ ...off, receiverError: DIVERGED })),
      MariaDB: pair(withChannel({ ...off, receiverError: DIVERGED_MARIADB }, 'mariadb')),
      'MariaDB, one number by two servers': pair(
        replica('b', 'a', { gtid: { ...sameNumber, slavePos: '0-98-100' } }, 'mariadb'),
      ),
    },
    miss: {
      'the log is purged': pair(withChannel({ ...off, receiverError: PURGED_MARIADB }, 'mariadb')),
      'MariaDB, a later number by another server': pair(
        replica('b', 'a', { gtid: { ...sameNumber, slavePos: '0-98-99' } }, 'mariadb'),
      ),
    },
    unknown: {
      'no channels told': untold,
      'MariaDB, no position told': pair(
        replica('b', 'a', { gtid: { ...sameNumber, slavePos: null } }, 'mariadb'),
      ),
    },
  },
  RECEIVER_ERROR: {
    hit: {
      connecting: pair(withChannel({ receiver: 'connecting', receiverError: GONE })),
      off: pair(withChannel({ ...off, receiverError: BROKEN })),
    },
    miss: { 'it receives again': pair(withChannel({ receiver: 'on', receiverError: GONE })) },
    unknown: { 'no channels told': untold },
  },
  RECEIVER_CONNECTING: {
    hit: { 'no error yet': pair(withChannel({ receiver: 'connecting' })) },
    miss: {
      'with its error': pair(withChannel({ receiver: 'connecting', receiverError: GONE })),
      on: pair(withChannel({})),
    },
    unknown: { 'no state': receiverUnknown },
  },
  BOTH_THREADS_STOPPED: {
    hit: {
      MySQL: pair(withChannel({ ...off, applier: 'off' })),
      MariaDB: pair(withChannel({ ...off, applier: 'off' }, 'mariadb')),
    },
    miss: {
      'the applier runs': pair(withChannel(off)),
      'one of them by an error': pair(withChannel({ ...off, applier: 'off', applierError: DUPLICATE })),
    },
    unknown: { 'no state of the receiver': pair(withChannel({ receiver: null, applier: 'off' })) },
  },
  RECEIVER_STOPPED: {
    hit: { off: pair(withChannel(off)) },
    miss: { connecting: pair(withChannel({ receiver: 'connecting' })) },
    unknown: { 'no state': receiverUnknown },
  },
  APPLIER_ERROR: {
    hit: { 'duplicate key': pair(withChannel({ applier: 'off', applierError: DUPLICATE })) },
    miss: { 'it applies again': pair(withChannel({ applier: 'on', applierError: DUPLICATE })) },
    unknown: { 'no channels told': untold },
  },
  APPLIER_STOPPED: {
    hit: { off: pair(withChannel({ applier: 'off' })) },
    miss: { on: pair(withChannel({})) },
    unknown: { 'no state': pair(withChannel({ applier: null })) },
  },
  HALF_OPEN_LINK: {
    hit: {
      'eleven heartbeats are missing': heard(11),
      'MariaDB: the source has more, and nothing has come': pair(withChannel({}, 'mariadb'), {
        lag: { b: { waiting: '0', missing: '4', seconds: 11 } },
      }),
    },
    miss: {
      'the last heartbeat is young enough': heard(10),
      'heartbeats are rare': heard(60, { heartbeatSeconds: 30 }),
      'no heartbeat is promised, and nothing is missing': heard(600, { heartbeatSeconds: 0 }),
      'the receiver knows it: it is connecting': heard(60, { receiver: 'connecting' }),
      'MariaDB: what is missing has just been written': pair(withChannel({}, 'mariadb'), {
        lag: { b: { waiting: '0', missing: '4', seconds: 2 } },
      }),
      'MariaDB: what came is not applied yet': pair(withChannel({}, 'mariadb'), {
        lag: { b: { waiting: '9', missing: '4', seconds: 60 } },
      }),
    },
    unknown: {
      'no state': receiverUnknown,
      'neither heartbeat nor position': pair(withChannel({ lastHeard: null, received: null })),
    },
  },
};
