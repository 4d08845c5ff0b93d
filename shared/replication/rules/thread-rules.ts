import { type Case, each, following, hit, nameOf, type ReplicationRule, UNKNOWN } from './rule';

/** What replication threads say of themselves. */

/** The binary log that the replica asks for is gone (ER_MASTER_FATAL_ERROR_READING_BINLOG and its words). */
const PURGED =
  /purged|could not find first log file|not in the master's binlog state|cannot replicate because/i;
const DIVERGED = /not in the master's binlog\b|diverged|has more GTIDs than/i;
/** A heartbeat is due within this many of its periods, and never sooner than this. */
const MISSED_HEARTBEATS = 3;
const LEAST_SILENCE_SECONDS = 10;

const isDiverged = (text: string) => DIVERGED.test(text) && !/purged/i.test(text);

export const THREAD_RULES: readonly ReplicationRule[] = [
  {
    code: 'BINLOG_PURGED',
    severity: 'critical',
    from: 'F22: error 1236, the replica is too far behind',
    masks: ['RECEIVER_ERROR', 'RECEIVER_STOPPED', 'LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      following(view).flatMap(({ server, channel, source }) => {
        const error = channel.receiverError;
        if (error?.number !== 1236 || !PURGED.test(error.text) || isDiverged(error.text)) return [];
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
      'LAGGING',
      'NEVER_CATCHES_UP',
      'ERRANT_TRANSACTIONS',
      'REPLICA_AHEAD_OF_SOURCE',
    ],
    when: (view) =>
      following(view).flatMap(({ server, channel, source }) => {
        const error = channel.receiverError;
        if (error === null || ![1236, 1945, 1950, 13114].includes(error.number) || !isDiverged(error.text))
          return [];
        return [hit(server, { from: nameOf(channel, source), message: error.text }, 'channels')];
      }),
  },
  {
    code: 'RECEIVER_ERROR',
    severity: 'critical',
    from: 'orchestrator: replication stopped with an error',
    masks: ['RECEIVER_STOPPED', 'LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      following(view).flatMap(({ server, channel, source }) => {
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
    masks: ['LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      following(view)
        .filter(({ channel }) => channel.receiver === 'connecting' && channel.receiverError === null)
        .map(({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels')),
  },
  {
    code: 'BOTH_THREADS_STOPPED',
    severity: 'critical',
    from: 'T1: on MariaDB with GTID any START then deletes the relay log',
    masks: ['RECEIVER_STOPPED', 'APPLIER_STOPPED', 'LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      following(view)
        .filter(
          ({ channel }) =>
            channel.receiver === 'off' &&
            channel.applier === 'off' &&
            channel.receiverError === null &&
            channel.applierError === null,
        )
        .map(({ server, channel, source }) => ({
          ...hit(server, { from: nameOf(channel, source), form: server.dialect ?? '?' }, 'channels'),
          ...(server.dialect === 'mariadb' ? {} : { severity: 'warning' as const }),
        })),
  },
  {
    code: 'RECEIVER_STOPPED',
    severity: 'warning',
    from: 'orchestrator: ReplicationIOStopped',
    masks: ['LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      each(
        following(view),
        ({ channel }) => (channel.receiver === null ? null : channel.receiver === 'off'),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'APPLIER_ERROR',
    severity: 'critical',
    from: 'F21: 1062, 1032 and every other error of the applier',
    masks: ['APPLIER_STOPPED', 'LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      following(view).flatMap(({ server, channel, source }) => {
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
    masks: ['LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      each(
        following(view),
        ({ channel }) => (channel.applier === null ? null : channel.applier === 'off'),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'HALF_OPEN_LINK',
    severity: 'critical',
    from: '2.1b: a replica believes for 60 s that it is connected; Seconds_Behind says 0',
    masks: ['LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      following(view).flatMap<Case>(({ server, channel, source }) => {
        if (channel.receiver !== 'on') return [];
        const quiet = quietSeconds(channel, server.at);
        const lag = view.members.find((member) => member.server.node === server.node)?.lag ?? null;
        const limit = Math.max(LEAST_SILENCE_SECONDS, MISSED_HEARTBEATS * (channel.heartbeatSeconds ?? 30));
        // MariaDB tells no time of the last heartbeat: there, what does not arrive although the source has more.
        const stuck =
          quiet === null && lag?.waiting === '0' && lag.missing !== null && lag.missing !== '0'
            ? lag.seconds
            : quiet;
        if (stuck === null) return lag?.missing === null ? [UNKNOWN] : [];
        if (stuck <= limit) return [];
        const params = {
          from: nameOf(channel, source),
          seconds: `${Math.round(stuck)}`,
          got: lag?.missing ?? '?',
        };
        return [hit(server, params, 'channels', 'commits', 'gtid')];
      }),
  },
];

const quietSeconds = (channel: { lastHeard: number | null }, at: number | null): number | null =>
  channel.lastHeard === null || at === null ? null : (at - channel.lastHeard) / 1000;
