import type { FindingParams, FindingSentences } from '../finding-params';

/** Findings about replication: who is writable, who follows whom, what would be lost, what will hurt later. */

const START_NOTHING =
  'Do not skip the transaction and do not reset the replica before you know what it holds.';
const applierWhat = (p: FindingParams) => `Its applier stopped with error ${p.got}: ${p.message}`;

export const replicationFindings = {
  PRIMARY_DEAD: {
    title: (p) => `${p.service} is dead: nobody reaches it.`,
    what: (p) => `The console does not reach it, and neither do its replicas (${p.hosts}).`,
    why: () => 'The application cannot write. Every minute counts, and so does choosing the right replica.',
    todo: () => [
      'Look at the machine itself, if anybody can.',
      'Compare what each replica has received before promoting one.',
    ],
    doNot: () => 'Do not restart replicas and do not stop their threads: received transactions may be lost.',
  },
  PRIMARY_DEAD_AND_REPLICAS: {
    title: (p) => `${p.service} is dead, and some of its replicas are out of sight.`,
    what: (p) =>
      `The console does not reach it, replicas that answer have lost it, others of ${p.hosts} are not seen.`,
    why: () => 'A replica that is not seen may have received more than those that are.',
    todo: () => ['Reach the other replicas first, from another place if need be.'],
    doNot: () => 'Do not promote a replica before the others were asked.',
  },
  PRIMARY_UNREACHABLE: {
    title: (p) => `${p.service} is not seen from this desk, and it lives.`,
    what: () => 'The console does not reach it, but at least one replica hears it.',
    why: () => 'The network between this desk and the server is the fault, not the server.',
    todo: () => ['Check the network and the VPN of this desk.'],
    doNot: () => 'Do not fail over: two servers would take writes.',
  },
  PRIMARY_HUNG: {
    title: (p) => `${p.service} hangs: it takes connections and says nothing.`,
    what: () => 'Its process is there and its port is open, but no statement is answered.',
    why: () => 'It may wake up again and go on writing, so it is not dead.',
    todo: () => [
      'Look at the machine: a stopped process, a full disk, no memory.',
      'Fence it over SSH before anything else is promoted.',
    ],
    doNot: () => 'Do not promote a replica while it could wake up.',
  },
  PRIMARY_DISK_STALLED: {
    title: (p) => `${p.service} waits for its disk.`,
    what: () => 'Statements are not answered, and processes of its host wait for a disk.',
    why: () => 'Commits stand still. When the disk answers again they go on.',
    todo: () => ['Look at the storage of the host.', 'Fence the server before anything else is promoted.'],
  },
  PRIMARY_REFUSES_CLIENTS: {
    title: (p) => `${p.service} refuses connections: none is left.`,
    what: () => 'The server answers that it has too many connections.',
    why: () => 'It is alive. Applications that lose their connection get no new one.',
    todo: () => ['End sessions that do nothing, or raise max_connections through the reserved connection.'],
    doNot: () => 'Do not fail over because of it: the next server would fill up as well.',
  },
  PRIMARY_LOCKED_SEMI_SYNC: {
    title: (p) => `Commits on ${p.service} wait for a replica that is not there.`,
    what: () =>
      'Semi-synchronous replication waits for an acknowledgement, and fewer replicas than needed are connected.',
    why: () => 'Users wait until the timeout. Turning it off now would acknowledge rows that no replica has.',
    todo: () => ['Bring a semi-sync replica back.', 'Else cut the clients first, then turn semi-sync off.'],
  },
  ALL_REPLICAS_STOPPED: {
    title: (p) => `No replica of ${p.service} receives.`,
    what: (p) => `${p.hosts} have lost the server, which itself answers.`,
    why: () =>
      'Everything written from now on exists once. The cause is likelier on the side of the primary.',
    todo: () => ['Check the replication account, the network and the port of the primary.'],
    doNot: () => 'Do not fail over: the primary is fine and the replicas are behind.',
  },
  SEVERAL_WRITABLE: {
    title: (p) => `${p.hosts} are writable and replicate into each other.`,
    what: () => 'read_only is OFF on more than one server of the same history.',
    why: () => 'Two writers of one history make rows that differ and errors that stop replication.',
    todo: () => ['Find out who writes where, then make all but one read-only.'],
  },
  NO_PRIMARY_WRITABLE: {
    title: () => 'No server of this cluster takes writes.',
    what: (p) => `read_only is ON on ${p.hosts}.`,
    why: () => 'The application gets error 1290 for every change.',
    todo: () => ['Find out who made it read-only and why, before you open it.'],
  },
  PRIMARY_READ_ONLY: {
    title: (p) => `${p.service} is the source of others and is read-only.`,
    what: () => 'read_only is ON, although other servers follow it.',
    why: () => 'Either writes have to go elsewhere, or somebody has left it closed after maintenance.',
    todo: () => ['Find out who made it read-only and why.'],
  },
  REPLICA_WRITABLE: {
    title: (p) => `${p.service} is a replica and takes writes.`,
    what: () => 'It follows another server, and read_only is OFF.',
    why: () =>
      'A write that reaches it exists nowhere else, and it can stop replication at the next change of that row.',
    todo: () => [
      'SET GLOBAL super_read_only = ON (MariaDB: read_only), and write it into the configuration.',
    ],
  },
  REPLICA_WRITABLE_AFTER_RESTART: {
    title: (p) => `${p.service} will take writes after a restart.`,
    what: (p) => `read_only is ON now, but no configuration file keeps it (last line in: ${p.mount}).`,
    why: () => 'A replica that comes back writable takes writes that nobody else has.',
    todo: () => ['Write read_only=1 into its configuration, or SET PERSIST super_read_only = 1.'],
  },
  PRIVILEGED_WRITERS: {
    title: (p) => `On ${p.service} some accounts write in spite of read_only.`,
    what: (p) => `These accounts pass read_only: ${p.account}.`,
    why: () => 'One write of theirs on a replica is a transaction that its source does not have.',
    todo: () => [
      'Take the right away from accounts of applications.',
      'On MySQL, super_read_only stops them too.',
    ],
  },
  BINLOG_PURGED: {
    title: (p) => `${p.service} needs a log that ${p.from} no longer has. It has to be rebuilt.`,
    what: (p) => `The source refused with error 1236: ${p.message}`,
    why: () => 'No waiting and no restart brings the missing transactions.',
    todo: () => [
      'Rebuild the replica from a backup or a clone.',
      'Keep binary logs longer than a replica may be away.',
    ],
    doNot: () => 'Do not reset its position: rows would be missing without a word.',
  },
  HISTORIES_DIVERGED: {
    title: (p) => `${p.service} and ${p.from} have parted: both wrote.`,
    what: (p) => p.message,
    why: () => 'Each holds transactions that the other has not. They will not come together by themselves.',
    todo: () => ['List what only the replica has, decide what of it is kept, then rebuild it.'],
    doNot: () => START_NOTHING,
  },
  RECEIVER_ERROR: {
    title: (p) => `${p.service} cannot receive from ${p.from}.`,
    what: (p) => `Its receiver failed with error ${p.got}: ${p.message}`,
    why: () => 'Nothing new arrives. What is written on the source exists there alone.',
    todo: () => [
      'Read the error: network, account, TLS or log?',
      'Try the same login from the replica’s own host.',
    ],
  },
  RECEIVER_CONNECTING: {
    title: (p) => `${p.service} tries to reach ${p.from}.`,
    what: () => 'Its receiver is connecting; no error is told yet.',
    why: () => 'Nothing new arrives meanwhile.',
    todo: () => ['Check the path from the replica to its source.'],
  },
  BOTH_THREADS_STOPPED: {
    title: (p) => `Replication is stopped on ${p.service}, both threads.`,
    what: (p) => `It follows ${p.from}; receiver and applier are off, without an error.`,
    why: (p) =>
      p.form === 'mariadb'
        ? 'With GTID, MariaDB deletes the relay log at the next START of either thread: what was received and not applied would be gone for good if the source is lost.'
        : 'Somebody stopped it, or it did not start after a restart. It falls behind.',
    todo: (p) =>
      p.form === 'mariadb'
        ? [
            'Make sure that the source lives and still has its log.',
            'Then START SLAVE. Else copy the relay log files first.',
          ]
        : ['Find out who stopped it and why, then START REPLICA.'],
    doNot: () => 'Do not start it while the source is gone.',
  },
  RECEIVER_STOPPED: {
    title: (p) => `${p.service} no longer receives from ${p.from}.`,
    what: () => 'Its receiver is off.',
    why: () => 'Nothing new arrives.',
    todo: () => ['Find out who stopped it and why.'],
  },
  APPLIER_ERROR: {
    title: (p) => `${p.service} cannot apply what it received.`,
    what: applierWhat,
    why: () => 'It falls behind and cannot take over: its rows already differ from those of its source.',
    todo: () => [
      'Compare the row on both servers.',
      'Find out who wrote on the replica.',
      'Rebuild it when the cause is not one row.',
    ],
    doNot: () => START_NOTHING,
  },
  APPLIER_STOPPED: {
    title: (p) => `${p.service} no longer applies what it receives.`,
    what: () => 'Its applier is off; its receiver goes on.',
    why: () => 'It shows old data, and would need time to catch up before it could take over.',
    todo: () => ['Find out who stopped it and why.'],
  },
  HALF_OPEN_LINK: {
    title: (p) => `${p.service} has stopped receiving, and its own status says all is well.`,
    what: (p) =>
      `Nothing came from ${p.from} for ${p.seconds} s. Both threads say Yes. Transactions missing: ${p.got}.`,
    why: () =>
      'The link is half open: the replica waits on a connection that delivers nothing. Monitoring that reads Seconds_Behind does not notice.',
    todo: () => [
      'Look at the path between the two.',
      'Then reconnect the receiver. It loses nothing: the relay log is kept while the applier runs.',
    ],
  },
  ERRANT_TRANSACTIONS: {
    title: (p) => `${p.service} holds transactions that ${p.from} does not have.`,
    what: (p) => `Written elsewhere than on its sources: ${p.got} (${p.attempts}).`,
    why: () =>
      'When it takes over, the others need these transactions and cannot get them, or get rows that nobody meant.',
    todo: () => [
      'Read these transactions in its binary log.',
      'Decide: keep them everywhere, or rebuild the replica.',
    ],
    doNot: () => 'Do not inject empty transactions before you have read what they hide.',
  },
  REPLICA_AHEAD_OF_SOURCE: {
    title: (p) => `${p.from} has lost transactions that ${p.service} still has.`,
    what: (p) => `The replica holds ${p.got} (${p.attempts}), written by its source, which has them no more.`,
    why: () =>
      'The source lost the end of its log and will give these numbers to other transactions. The replica would skip those.',
    todo: () => [
      'Stop the replica from being reused, and compare the rows.',
      'Take the lost rows from it, then rebuild it.',
    ],
    doNot: () => START_NOTHING,
  },
  NEVER_CATCHES_UP: {
    title: (p) => `${p.service} is ${p.seconds} s behind and does not come nearer.`,
    what: (p) => `It applies more slowly than its source writes. Waiting: ${p.got} transactions.`,
    why: () => 'At this rate it never catches up.',
    todo: () => ['Look for one long transaction, a table without primary key, too few workers, a slow disk.'],
  },
  LAGGING: {
    title: (p) => `${p.service} is ${p.seconds} s behind.`,
    what: (p) => `Waiting to be applied: ${p.got} transactions.`,
    why: () => 'What it shows is old, and it needs that time before it could take over.',
    todo: () => ['Wait, if it comes nearer. Else look for a long transaction or a slow disk.'],
  },
  LAG_UNKNOWN: {
    title: (p) => `How old ${p.service} is cannot be told yet.`,
    what: () => 'There is no heartbeat row, no commit time, and not enough looks to compare positions.',
    why: () => 'Unknown is not 0: it is no candidate on this ground.',
    todo: () => ['Wait for a few looks, or name a heartbeat table in the estate file.'],
  },
  DELAYED: {
    title: (p) => `${p.service} is kept ${p.seconds} s behind on purpose.`,
    what: () => 'Its channel has a delay.',
    why: () => 'It protects against mistakes, and it is never a candidate to take over.',
    todo: () => ['Nothing, if it is meant.'],
  },
} satisfies Record<string, FindingSentences>;
