import type { Channel, Lag } from '../model';
import { eachChannel, everyChannel, type Followed, hit, nameOf, type ReplicationRule, UNKNOWN } from './rule';

/** What replication threads say of themselves. */

/**
 * The source cannot read its log for the replica: 1236 (MySQL 5.7, MariaDB); 13114 is the same since MySQL 8.0
 * (ER_SERVER_SOURCE_FATAL_ERROR_READING_BINLOG). Which of the two cases it is, only the words tell.
 */
const CANNOT_READ_LOG = new Set([1236, 13114]);
const PURGED = /purged|could not find first log file/i;
const DIVERGED = /not in the master's binlog\b|diverged|has more GTIDs than|is missing the GTID/i;
/** A heartbeat is due within this many of its periods, and never sooner than this. */
const MISSED_HEARTBEATS = 3;
const LEAST_SILENCE_SECONDS = 10;

const isDiverged = (text: string) => DIVERGED.test(text) && !PURGED.test(text);

/** What only follows while nothing arrives or nothing is applied. */
const STANDSTILL = ['LAGGING', 'LAG_UNKNOWN', 'NEVER_CATCHES_UP'] as const;

export const THREAD_RULES: readonly ReplicationRule[] = [
  {
    code: 'BINLOG_PURGED',
    severity: 'critical',
    from: 'F22: error 1236, the replica is too far behind',
    masks: ['RECEIVER_ERROR', 'RECEIVER_STOPPED', ...STANDSTILL],
    when: (view) =>
      everyChannel(view, ({ server, channel, source }) => {
        const error = channel.receiverError;
        if (error === null || !CANNOT_READ_LOG.has(error.number) || !PURGED.test(error.text)) return [];
        return [hit(server, { from: nameOf(channel, source), message: error.text }, 'channels')];
      }),
  },
  {
    code: 'HISTORIES_DIVERGED',
    severity: 'critical',
    from: 'T4: error 1236, diverged; two servers wrote',
    masks: [
      'RECEIVER_ERROR',
      'RECEIVER_STOPPED',
      ...STANDSTILL,
      'ERRANT_TRANSACTIONS',
      'REPLICA_AHEAD_OF_SOURCE',
    ],
    when: (view) =>
      everyChannel(view, ({ server, channel, source }) => {
        const error = channel.receiverError;
        if (error === null || !CANNOT_READ_LOG.has(error.number) || !isDiverged(error.text)) return [];
        return [hit(server, { from: nameOf(channel, source), message: error.text }, 'channels')];
      }),
  },
  {
    code: 'RECEIVER_ERROR',
    severity: 'critical',
    from: 'orchestrator: replication stopped with an error',
    masks: ['RECEIVER_STOPPED', ...STANDSTILL],
    when: (view) =>
      everyChannel(view, ({ server, channel, source }) => {
        const error = channel.receiverError;
        if (error === null || channel.receiver === 'on') return [];
        const params = { from: nameOf(channel, source), got: `${error.number}`, message: error.text };
        return [hit(server, params, 'channels')];
      }),
  },
  {
    code: 'RECEIVER_CONNECTING',
    severity: 'warning',
    from: 'orchestrator: UnreachableMaster seen by a replica',
    masks: [...STANDSTILL],
    when: (view) =>
      eachChannel(
        view,
        ({ channel }) =>
          channel.receiver === null
            ? null
            : channel.receiver === 'connecting' && channel.receiverError === null,
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'BOTH_THREADS_STOPPED',
    severity: 'critical',
    from: 'T1: on MariaDB with GTID any START then deletes the relay log',
    masks: ['RECEIVER_STOPPED', 'APPLIER_STOPPED', ...STANDSTILL],
    when: (view) =>
      eachChannel(view, bothOff, ({ server, channel, source }) => ({
        ...hit(server, { from: nameOf(channel, source), form: server.dialect ?? '?' }, 'channels'),
        ...(server.dialect === 'mariadb' ? {} : { severity: 'warning' as const }),
      })),
  },
  {
    code: 'RECEIVER_STOPPED',
    severity: 'warning',
    from: 'orchestrator: ReplicationIOStopped',
    masks: [...STANDSTILL],
    when: (view) =>
      eachChannel(
        view,
        ({ channel }) => (channel.receiver === null ? null : channel.receiver === 'off'),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'APPLIER_ERROR',
    severity: 'critical',
    from: 'F21: 1062, 1032 and every other error of the applier',
    masks: ['APPLIER_STOPPED', ...STANDSTILL],
    when: (view) =>
      everyChannel(view, ({ server, channel, source }) => {
        const error = channel.applierError;
        if (error === null || channel.applier === 'on') return [];
        const params = { from: nameOf(channel, source), got: `${error.number}`, message: error.text };
        return [hit(server, params, 'channels', 'commits')];
      }),
  },
  {
    code: 'APPLIER_STOPPED',
    severity: 'warning',
    from: 'orchestrator: ReplicationSQLStopped',
    masks: [...STANDSTILL],
    when: (view) =>
      eachChannel(
        view,
        ({ channel }) => (channel.applier === null ? null : channel.applier === 'off'),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'HALF_OPEN_LINK',
    severity: 'critical',
    from: 'measured: a replica believes for 60 s that it is connected; Seconds_Behind says 0',
    masks: [...STANDSTILL],
    when: (view) =>
      everyChannel(view, ({ server, channel, source }) => {
        if (channel.receiver === null) return [UNKNOWN];
        if (channel.receiver !== 'on') return [];
        const lag = view.members.find((member) => member.server.node === server.node)?.lag ?? null;
        const stuck = quietSeconds(channel, server.at) ?? undeliveredSeconds(lag);
        if (stuck === null) return [UNKNOWN];
        if (stuck <= Math.max(LEAST_SILENCE_SECONDS, MISSED_HEARTBEATS * (channel.heartbeatSeconds ?? 30)))
          return [];
        const params = {
          from: nameOf(channel, source),
          seconds: `${Math.round(stuck)}`,
          got: lag?.missing ?? '?',
        };
        return [hit(server, params, 'channels', 'commits', 'gtid')];
      }),
  },
];

const bothOff = ({ channel }: Followed): boolean | null => {
  if (channel.receiver === null || channel.applier === null) return null;
  const quiet = channel.receiverError === null && channel.applierError === null;
  return quiet && channel.receiver === 'off' && channel.applier === 'off';
};

/**
 * How long a receiver that is promised heartbeats has heard nothing. Without a heartbeat (its period is 0, or
 * not known) silence says nothing: an idle source is silent too.
 */
const quietSeconds = ({ lastHeard, heartbeatSeconds }: Channel, at: number | null): number | null =>
  lastHeard === null || at === null || heartbeatSeconds === null || heartbeatSeconds === 0
    ? null
    : (at - lastHeard) / 1000;

/**
 * Where no time of a heartbeat is told (MariaDB): since when the source has had something that has not arrived
 * although all that did is applied. 0: nothing is missing, or something waits and explains the age.
 */
const undeliveredSeconds = (lag: Lag | null): number | null => {
  if (!lag || lag.waiting === null || lag.missing === null) return null;
  return lag.waiting === '0' && lag.missing !== '0' ? lag.seconds : 0;
};
