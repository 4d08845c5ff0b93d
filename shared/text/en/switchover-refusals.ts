import type { SaidTable } from '../procedures';
import { replication } from './replication';

/** Why a switchover is not planned, and what helps. `node` is the server spoken of, `from` the primary, `to` the one to be. */

const refused = {
  ALREADY_PRIMARY: (p) => `${p.node} is the primary already.`,
  GROUP: () => 'The servers are a group, which orders its writes and chooses its primary itself.',
  CIRCULAR: () => 'The servers follow each other in a circle: none of them is the primary.',
  ISLANDS: () => 'The cluster has several trees that nothing joins.',
  MULTI_SOURCE: () => 'A server of the cluster follows several sources.',
  SHAPE_UNKNOWN: () => 'Who follows whom could not be read whole.',
  NOT_PRIMARY: (p) => `${p.node} is not the primary.`,
  TWO_PRIMARIES: (p) => `More than one server is followed and follows nobody: ${p.nodes}.`,
  PRIMARY_UNREACHABLE_FROM_HERE: (p) =>
    `${p.node} cannot be reached from this desk, and its replicas still hear it. It is not dead.`,
  PRIMARY_DEAD: (p) => `${p.node} is dead: there is nothing to switch over from.`,
  PRIMARY_ILL: (p) => `${p.node} is not well: ${p.verdict}.`,
  PRIMARY_UNKNOWN: (p) => `Nobody can say how ${p.node} is.`,
  NO_SUCH_CANDIDATE: (p) => `${p.node} is no member of this cluster.`,
  NOT_READ: (p) => `${p.node} could not be asked by the acting account.`,
  UNREACHED: (p) => `${p.node} could not be asked by the acting account: ${p.text}`,
  CHANNELS_UNREAD: (p) => `Whom ${p.node} follows could not be read by the acting account.`,
  TOO_OLD: (p) => `${p.node} runs ${p.version}: its statements have other words.`,
  WRITABLE: (p) => `${p.node} is open for writes, beside ${p.from}.`,
  NOT_WRITABLE: (p) => `${p.node} takes no writes: there is nothing to stop.`,
  PRIMARY_FOLLOWS: (p) => `${p.node} still follows ${p.source}.`,
  FOLLOWS_NOBODY: (p) => `${p.node} follows nobody.`,
  MULTI_SOURCE_MEMBER: (p) => `${p.node} follows several sources.`,
  NOT_BY_GTID: (p) => `${p.node} follows by file and position, not by GTID.`,
  THREADS_STOPPED: (p) => `A replication thread of ${p.node} is stopped.`,
  PREPARED: (p) => `${p.node} has ${p.count} prepared XA transactions: ${p.list}.`,
  PREPARED_UNKNOWN: (p) => `Prepared XA transactions of ${p.node} could not be read.`,
  LONG_TRANSACTIONS: (p) => `Transactions are open on ${p.node} for more than 2 s: ${p.list}.`,
  TRANSACTIONS_UNKNOWN: (p) => `Open transactions of ${p.node} could not be read.`,
  TABLE_LOCKS: (p) => `Sessions hold tables of ${p.node} locked: ${p.list}.`,
  PRIVILEGED_UNKNOWN: (p) => `Who writes on ${p.node} in spite of read_only could not be read.`,
  READER_WRITES: (p) => `The watch account ${p.user} can write on ${p.node} in spite of read_only.`,
  EVENTS_UNKNOWN: (p) => `Scheduled events of ${p.node} could not be read.`,
  EVENT_MISSING: (p) => `The event ${p.event} runs on the primary and does not exist on ${p.node}.`,
  EVENT_CHARSET: (p) =>
    `The event ${p.event} cannot be switched without changing it: its names do not fit its character set.`,
  BOOT_UNKNOWN: (p) => `What a restart of ${p.node} would bring could not be read.`,
  BOOT_NOT_INCLUDED: (p) => `${p.node} would not read ${p.file}: no option file includes its folder.`,
  SEMI_SYNC_SHORT: (p) =>
    `${p.node} waits for ${p.needed} acknowledging replicas and has ${p.count}: commits hang, and the freeze with them.`,
  SEMI_SYNC_FEW: (p) =>
    `${p.node} would wait for ${p.needed} acknowledging replicas, and ${p.count} will follow it.`,
  SEMI_SYNC_MISSING: (p) => `The primary is semi-synchronous, and ${p.node} has no such plugin.`,
  PURGED: (p) => `${p.to} no longer has in its log what ${p.node} still lacks.`,
  PURGED_UNKNOWN: (p) => `Whether ${p.to} still has in its log what ${p.node} lacks could not be told.`,
  RIGHTS: (p) => `${p.account} lacks rights on ${p.node}: ${p.list}.`,
  RIGHTS_UNKNOWN: (p) => `The rights of ${p.account} on ${p.node} could not be read.`,
  SUDO: (p) => `The acting account may not run this as root on ${p.node}: ${p.list}.`,
  SUDO_UNKNOWN: (p) => `What the acting account may run as root on ${p.node} could not be read.`,
  NO_REPLICATION_ACCOUNT: (p) => `The estate names no account with which replicas log in to ${p.node}.`,
  LOGIN: (p) => `The replication account cannot log in from ${p.node} to ${p.to} (${p.code}): ${p.text}`,
  LOGIN_UNTESTED: (p) => `No login of the replication account from ${p.node} to ${p.to} was tried.`,
  HOOK_INCOMPLETE: (p) => `The traffic hook ${p.hook} does not say how it leads to ${p.node}.`,
  HOOK_HOST: (p) => `The traffic hook ${p.hook} runs on ${p.host}, which cannot be reached.`,
  BACKUP_NOT_STATED: () => 'The estate names no verified backup of this cluster.',
  BACKUP_UNKNOWN: (p) => `When a backup was last verified could not be read: ${p.file} on ${p.host}.`,
  BACKUP_OLD: (p) =>
    `The last verified backup is ${p.hours} h old, and the estate allows ${p.limit} h (${p.file} on ${p.host}).`,
} satisfies SaidTable;

const AGAIN = 'then plan again.';
const mend = (p: Readonly<Record<string, string>>) =>
  `Mend what the Replication place says of ${p.node}, or choose another replica, ${AGAIN}`;

const remedy: Readonly<Record<keyof typeof refused, SaidTable[string]>> = {
  ALREADY_PRIMARY: () => 'There is nothing to do; to move writes away from it, choose one of its replicas.',
  GROUP: () => 'Use the tools of the group.',
  CIRCULAR: () => `Break the circle, so that one server follows nobody, ${AGAIN}`,
  ISLANDS: () => `State each tree as a cluster of its own in the estate, ${AGAIN}`,
  MULTI_SOURCE: () =>
    `State that server outside of the cluster, or end all of its channels but one, ${AGAIN}`,
  SHAPE_UNKNOWN: () => `Look at the servers that did not answer, ${AGAIN}`,
  NOT_PRIMARY: () => 'Plan it from the server that takes writes.',
  TWO_PRIMARIES: () => `Find out which of them takes the application’s writes and close the others, ${AGAIN}`,
  PRIMARY_UNREACHABLE_FROM_HERE: (p) => `Mend the way from this desk to ${p.node}, ${AGAIN}`,
  PRIMARY_DEAD: () => 'This is an emergency: use the failover, not the switchover.',
  PRIMARY_ILL: (p) => `Mend ${p.node} first; if it cannot be mended, this is an emergency.`,
  PRIMARY_UNKNOWN: () => `Look at the terms of its verdict in the Replication place, ${AGAIN}`,
  NO_SUCH_CANDIDATE: () => 'Choose a replica of this cluster.',
  NOT_READ: (p) => `Mend the way to ${p.node} for the acting account, ${AGAIN}`,
  UNREACHED: (p) => `Mend the way to ${p.node} for the acting account, ${AGAIN}`,
  CHANNELS_UNREAD: (p) => `patronus grants ${p.node} lists the rights that it needs.`,
  TOO_OLD: () => 'MySQL from 8.0.23 on and MariaDB from 10.5.9 on are switched over.',
  WRITABLE: (p) => `Close ${p.node} (read_only), look for transactions of its own, ${AGAIN}`,
  NOT_WRITABLE: (p) => `Open ${p.node} if it is the primary, ${AGAIN}`,
  PRIMARY_FOLLOWS: (p) => `If ${p.node} is the primary, take its old channel away (RESET), ${AGAIN}`,
  FOLLOWS_NOBODY: (p) => `Attach ${p.node}, or take it out of the cluster in the estate, ${AGAIN}`,
  MULTI_SOURCE_MEMBER: () => `End all of its channels but one, ${AGAIN}`,
  NOT_BY_GTID: (p) => `Change the channel of ${p.node} to GTID, ${AGAIN}`,
  THREADS_STOPPED: (p) => `Start replication on ${p.node} and let it catch up, ${AGAIN}`,
  PREPARED: () => `Have each committed or rolled back by whoever prepared it, ${AGAIN}`,
  PREPARED_UNKNOWN: (p) => `patronus grants ${p.node} lists the rights that it needs.`,
  LONG_TRANSACTIONS: () => `Wait for them, or end them if their owner agrees, ${AGAIN}`,
  TRANSACTIONS_UNKNOWN: (p) => `patronus grants ${p.node} lists the rights that it needs.`,
  TABLE_LOCKS: () => `Wait for them, or end them if their owner agrees, ${AGAIN}`,
  PRIVILEGED_UNKNOWN: (p) => `patronus grants ${p.node} lists the rights that it needs.`,
  READER_WRITES: (p) => `Take READ ONLY ADMIN and SUPER from ${p.user}: it only looks.`,
  EVENTS_UNKNOWN: (p) => `patronus grants ${p.node} lists the rights that it needs.`,
  EVENT_MISSING: () => `Make it there without logging it, asleep; or drop it on the primary, ${AGAIN}`,
  EVENT_CHARSET: () => `Switch it off by hand for the time of the switchover, ${AGAIN}`,
  BOOT_UNKNOWN: (p) =>
    `Let the acting account read the option files of ${p.node}, or state boot: as-was for this cluster, ${AGAIN}`,
  BOOT_NOT_INCLUDED: () =>
    `Include the folder (!includedir) in the server’s option file, or state boot: as-was, ${AGAIN}`,
  SEMI_SYNC_SHORT: () => `Attach the missing replicas, or lower what it waits for, ${AGAIN}`,
  SEMI_SYNC_FEW: (p) => `Lower what ${p.node} waits for, or add replicas, ${AGAIN}`,
  SEMI_SYNC_MISSING: (p) => `Load the semi-sync plugins on ${p.node}, ${AGAIN}`,
  PURGED: (p) => `Let ${p.node} catch up; if it never will, rebuild it, ${AGAIN}`,
  PURGED_UNKNOWN: () => `Look at the servers once more, ${AGAIN}`,
  RIGHTS: (p) => `patronus grants ${p.node} prints the statements that grant them.`,
  RIGHTS_UNKNOWN: (p) => `Look at SHOW GRANTS of that account on ${p.node}.`,
  SUDO: (p) => `patronus grants ${p.node} prints the lines for sudoers.`,
  SUDO_UNKNOWN: (p) => `Mend the way to ${p.node} for the acting account, ${AGAIN}`,
  NO_REPLICATION_ACCOUNT: (p) =>
    `Write sql.credentials.replication of ${p.node} into the estate file, ${AGAIN}`,
  LOGIN: (p) => `Mend account, password, TLS or firewall between ${p.node} and ${p.to}, ${AGAIN}`,
  LOGIN_UNTESTED: () => `Make the host reachable for the acting account, ${AGAIN}`,
  HOOK_INCOMPLETE: (p) => `Name ${p.node} in that hook of the estate file, ${AGAIN}`,
  HOOK_HOST: (p) => `Mend the way to ${p.host} for the acting account, ${AGAIN}`,
  BACKUP_NOT_STATED: () => 'Write acting.backup into the estate file; or type the words to go on without.',
  BACKUP_UNKNOWN: () => 'Make the file readable; or type the words to go on without.',
  BACKUP_OLD: () => 'Restore and verify a backup; or type the words to go on without.',
};

const candidateRemedy: SaidTable = {
  LAGGING: (p) => `Wait until ${p.node} has caught up, ${AGAIN}`,
  DELAYED: () => 'A delayed replica is kept for mistakes: choose another.',
  NOT_DIRECT: (p) => `Let ${p.node} follow the primary first, or choose one that does, ${AGAIN}`,
  NOT_ANSWERING: (p) => `Mend the way to ${p.node}, or choose another replica, ${AGAIN}`,
  GROUP_MEMBER: () => 'Use the tools of the group.',
  VERSION_ORDER: () => 'Choose a replica of the primary’s version or a newer one.',
  ERRANT_TRANSACTIONS: () =>
    'List what it alone holds, decide what is kept, and rebuild it; or choose another replica.',
  BINLOG_PURGED: () => 'Rebuild it; or choose another replica.',
};

/** Replication's own reasons, in its own words. */
const candidates: SaidTable = Object.fromEntries(
  Object.entries(replication.because).flatMap(([code, because]): [string, SaidTable[string]][] => [
    [`REFUSED_CANDIDATE_${code}`, (p) => `${p.node}: ${because(p)}.`],
    [`REMEDY_CANDIDATE_${code}`, candidateRemedy[code] ?? mend],
  ]),
);

export const refusals: SaidTable = {
  ...Object.fromEntries(Object.entries(refused).map(([code, text]) => [`REFUSED_${code}`, text])),
  ...Object.fromEntries(Object.entries(remedy).map(([code, text]) => [`REMEDY_${code}`, text])),
  ...candidates,
};
