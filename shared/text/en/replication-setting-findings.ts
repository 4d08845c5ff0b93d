import type { FindingSentences } from '../finding-params';

/** Findings about how replication is built, set up and loaded: what will hurt at the next failure or switch. */
export const replicationSettingFindings = {
  CIRCULAR: {
    title: (p) => `${p.hosts} replicate in a circle.`,
    what: () => 'Each of them follows another one of them.',
    why: () => 'Conflicting writes stop or corrupt the circle, and no order of promotion is safe in it.',
    todo: () => ['Make one of them the only writer, then break the circle.'],
  },
  MULTI_SOURCE: {
    title: (p) => `${p.service} follows several sources: ${p.hosts}.`,
    what: () => 'It has more than one channel.',
    why: () => 'It is no candidate: it holds what its sources do not have of each other.',
    todo: () => ['Nothing, if it is meant.'],
  },
  ISLANDS: {
    title: (p) => `${p.hosts} are declared as one cluster, and nothing joins them.`,
    what: () => 'Each of them says whom it follows, and there is more than one history.',
    why: () => 'Whoever counts on a replica there has none.',
    todo: () => ['Join them, or correct the estate file.'],
  },
  UNKNOWN_MEMBER: {
    title: (p) =>
      p.form === 'source'
        ? `${p.service} follows ${p.address}, which the estate does not name.`
        : `${p.address} pulls the log of ${p.service}, and the estate does not name it.`,
    what: () => 'The server itself says so.',
    why: () => 'It is not watched. A switch would leave it behind, and its reader sees all data.',
    todo: () => ['Find out what it is, then name it in the estate file or cut it off.'],
  },
  DECLARED_ROLE_DIFFERS: {
    title: (p) => `${p.service} is declared as ${p.expected} and is ${p.got}.`,
    what: () => 'The servers say something else than the estate file.',
    why: () => 'Plans that follow the file would act on the wrong server.',
    todo: () => ['Correct the estate file, or the servers.'],
  },
  DUPLICATE_SERVER_ID: {
    title: (p) => `${p.hosts} have the same server id, ${p.got}.`,
    what: () => 'server_id must differ on every server that replicates.',
    why: () => 'A replica takes events with its own id for its own and leaves them out, without a word.',
    todo: () => ['Give each its own server_id.'],
  },
  DUPLICATE_UUID: {
    title: (p) => `${p.hosts} have the same server uuid.`,
    what: (p) => `${p.got}. A copied data directory kept its auto.cnf.`,
    why: () => 'Their transactions cannot be told apart, and one throws the other off the source.',
    todo: () => ['Stop the copy, remove auto.cnf from its data directory, start it again.'],
  },
  GROUP_NOT_ASYNC: {
    title: (p) => `${p.hosts} form a group (${p.got}).`,
    what: () => 'The members order their writes among themselves.',
    why: () => 'The rules of asynchronous replication do not hold here; nothing is concluded from them.',
    todo: () => ['Use the group’s own tools to change its primary.'],
  },
  GROUP_MEMBER_APART: {
    title: (p) => `${p.service} takes no part in its group.`,
    what: (p) => `It says of itself: ${p.got}.`,
    why: () =>
      'It has lost the majority, or has not caught up yet. It answers this console and refuses applications.',
    todo: () => [
      'See which members still form the group, and whether this one reaches them.',
      'Do not start a new group from it before that is known: two of them would part for good.',
    ],
  },
  NOT_UNDERSTOOD: {
    title: (p) => `An answer of ${p.service} could not be understood.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'What cannot be read is unknown, and nothing is concluded from it.',
    todo: () => ['Look at the raw output. A newer server may say things this console does not know.'],
  },
  SEMI_SYNC_FALLEN_BACK: {
    title: (p) => `${p.service} has silently gone back to asynchronous replication.`,
    what: (p) => `Semi-sync is switched on and not active. Commits without acknowledgement: ${p.got}.`,
    why: () => 'What users are told is saved may be lost with this server.',
    todo: () => ['Bring a semi-sync replica back. It becomes active again by itself.'],
  },
  SEMI_SYNC_TOO_FEW: {
    title: (p) => `${p.service} has ${p.got} semi-sync replicas and needs ${p.expected}.`,
    what: () => 'The next commit will wait until its timeout.',
    why: () => 'Then the server goes back to asynchronous replication without a word.',
    todo: () => ['Bring a semi-sync replica back.'],
  },
  SEMI_SYNC_AFTER_COMMIT: {
    title: (p) => `${p.service} shows rows before a replica has them.`,
    what: () => 'The wait point is AFTER_COMMIT.',
    why: () => 'Others may read and act on a row that a failover takes away again.',
    todo: () => ['Use AFTER_SYNC.'],
  },
  LONG_TRANSACTIONS: {
    title: (p) => `${p.attempts} transactions are open for long on ${p.service}.`,
    what: (p) => `The oldest: ${p.got}.`,
    why: () => 'A freeze waits for them, or they end with an error.',
    todo: () => ['Know who they are before a switchover.'],
  },
  PREPARED_TRANSACTIONS: {
    title: (p) => `Prepared transactions are waiting on ${p.service}.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'They hold locks, and on MySQL their commit passes read_only and super_read_only.',
    todo: () => ['Let their coordinator commit or roll them back before a switchover.'],
  },
  CONNECTIONS_FULL: {
    title: (p) => `${p.service} has used ${p.got} of ${p.expected} connections.`,
    what: () => 'Nine tenths or more are in use.',
    why: () => 'When the last is taken, applications, replicas and this console are refused.',
    todo: () => ['Look for sessions that do nothing.'],
  },
  WILL_GIVE_UP: {
    title: (p) => `${p.service} gives up on ${p.from} after ${p.seconds} s.`,
    what: (p) => `${p.attempts} attempts are all it makes.`,
    why: () => 'After that the receiver stays off until a person starts it, while everything looks calm.',
    todo: () => ['CHANGE REPLICATION SOURCE TO SOURCE_RETRY_COUNT = 86400, SOURCE_CONNECT_RETRY = 1.'],
  },
  FILTERED: {
    title: (p) => `${p.service} does not replicate everything.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'It lacks rows, so it can never take over.',
    todo: () => ['Nothing, if it is meant.'],
  },
  FILE_POSITIONING: {
    title: (p) => `${p.service} follows ${p.from} by file and position.`,
    what: () => 'Its channel does not use GTIDs.',
    why: () => 'After a switch nobody can say for sure where it has to go on.',
    todo: () => ['Change the channel to automatic positioning.'],
  },
  GTID_OFF: {
    title: (p) => `${p.service} does not use GTIDs.`,
    what: (p) => `gtid_mode is ${p.got}, or consistency is not enforced.`,
    why: () => 'Without them a safe switchover cannot be proved.',
    todo: () => ['Turn GTIDs on, step by step, as the manual says.'],
  },
  GTID_MODES_DIFFER: {
    title: (p) => `GTID modes differ: ${p.got}.`,
    what: (p) => `On ${p.hosts}.`,
    why: () => 'Some transactions have a GTID and some have none; positions cannot be compared.',
    todo: () => ['Finish the change of gtid_mode on all servers.'],
  },
  GTID_STRICT_OFF: {
    title: (p) => `${p.service} does not enforce the order of GTIDs.`,
    what: () => 'gtid_strict_mode is OFF.',
    why: () =>
      'A write on the wrong server can hide below a later number; “no difference” then means “none seen”.',
    todo: () => ['SET GLOBAL gtid_strict_mode = 1 on every server, and in the configuration.'],
  },
  NOT_LOGGING: {
    title: (p) => `${p.service} writes no binary log.`,
    what: () => 'log_bin is OFF on a replica.',
    why: () => 'No server could follow it, so it cannot take over.',
    todo: () => ['Turn log_bin on. This needs one restart.'],
  },
  NOT_LOGGING_REPLICATED: {
    title: (p) => `${p.service} does not log what it applies.`,
    what: () => 'log_replica_updates (log_slave_updates) is OFF.',
    why: () => 'Servers below it, or after it takes over, would lack everything it received.',
    todo: () => ['Turn it on. This needs one restart.'],
  },
  BINLOG_FORMAT: {
    title: (p) => `${p.service} logs in ${p.got} format.`,
    what: () => 'binlog_format is not ROW.',
    why: () => 'Statements may give other rows on a replica, and lost rows cannot be read back from the log.',
    todo: () => ['SET GLOBAL binlog_format = ROW, and in the configuration.'],
  },
  BINLOG_RETENTION_SHORT: {
    title: (p) => `${p.service} keeps its binary logs for ${p.seconds} s only.`,
    what: () => 'Less than a day.',
    why: () => 'A replica that is away longer has to be rebuilt.',
    todo: () => ['Keep them for several days.'],
  },
  NOT_DURABLE: {
    title: (p) => `${p.service} may lose acknowledged commits with the power.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'After a crash its replicas may have more than it has.',
    todo: () => ['Set both to 1.'],
  },
  RELAY_RECOVERY_DANGER: {
    title: (p) => `A restart of ${p.service} throws away what it received.`,
    what: () => 'relay_log_recovery is ON, and this replica acknowledges commits.',
    why: () => 'If the source is lost at the same time, acknowledged transactions are gone.',
    todo: () => ['Do not restart it during an incident.', 'relay_log_recovery = 0 with sync_relay_log = 1.'],
  },
  RELAY_PURGE_DANGER: {
    title: (p) => `${p.service} keeps its relay logs for ever.`,
    what: () => 'relay_log_purge is OFF.',
    why: () => 'They fill the disk, and a receiver that reaches relay_log_space_limit waits for ever.',
    todo: () => ['Turn relay_log_purge on, unless somebody collects them on purpose.'],
  },
  OVERLOOKS_ERRORS: {
    title: (p) => `${p.service} overlooks replication errors.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'Its rows may differ from those of its source, and nobody is told.',
    todo: () => ['Turn it off and compare the rows.'],
  },
  VERSION_ORDER: {
    title: (p) => `${p.service} is older than its source ${p.from}.`,
    what: (p) => `${p.version} follows ${p.expected}.`,
    why: () => 'A replica must not be older than its source: it may not understand what it gets.',
    todo: () => ['Update the replica.'],
  },
  MIXED_VERSIONS: {
    title: () => 'The servers of this cluster have different versions.',
    what: (p) => `The server says: ${p.got}`,
    why: () => 'A switch to the older one is not possible, and back from the newer one may not be.',
    todo: () => ['Bring them to one version.'],
  },
  PARITY: {
    title: (p) => `${p.service} is set up differently from ${p.from}.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'After a switch, the same statement could give another result.',
    todo: () => ['Make them alike before a switch.'],
  },
  REPLICATION_TLS_OFF: {
    title: (p) => `${p.service} receives from ${p.from} without TLS.`,
    what: () => 'The channel is not encrypted.',
    why: () => 'Whoever is on the path reads all data.',
    todo: () => ['Turn TLS on for the channel, if the path is not yours.'],
  },
  PUBLIC_KEY_MISSING: {
    title: (p) => `${p.service} may fail to log in to its next source.`,
    what: () => 'The channel uses neither TLS nor GET_SOURCE_PUBLIC_KEY.',
    why: () =>
      'caching_sha2_password then works only while the password is cached, so the fault shows after a switch.',
    todo: () => ['CHANGE REPLICATION SOURCE TO GET_SOURCE_PUBLIC_KEY = 1, or use TLS.'],
  },
  REPLICATION_LOGIN: {
    title: (p) => `${p.hosts} could not follow ${p.service} after a switch.`,
    what: (p) => `On ${p.service}, no account ${p.account} lets them in.`,
    why: () => 'The fault shows only after the switch, when the others stay behind.',
    todo: () => ['Create the replication account for the addresses of all members.'],
  },
  EVENTS_ENABLED_ON_REPLICA: {
    title: (p) => `Events run on ${p.service}, which is a replica.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'What they write exists on this server alone.',
    todo: () => ['ALTER EVENT … DISABLE ON REPLICA (ON SLAVE), keeping the definer.'],
  },
  EVENTS_OFF_ON_PRIMARY: {
    title: (p) => `Events are asleep on ${p.service}.`,
    what: (p) => `The server says: ${p.got}`,
    why: () => 'They were put to sleep for a replica and nobody woke them after a switch.',
    todo: () => ['Enable those that should run, keeping the definer.'],
  },
} satisfies Record<string, FindingSentences>;
