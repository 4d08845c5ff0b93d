import type { SaidTable } from '../procedures';
import { refusals } from './switchover-refusals';

/** What a planned switchover says: its sentence, steps, facts, checks, warnings, and what it cannot see. */

const events = (count: string | undefined) =>
  count === '1' ? 'the scheduled event' : `${count} scheduled events`;
const accounts = (count: string | undefined) =>
  count === '1'
    ? '1 account that writes in spite of read_only'
    : `${count} accounts that write in spite of read_only`;

const said = {
  TITLE: (p) => `${p.from} stops taking writes. ${p.to} starts.`,

  STEP_SNAPSHOT: (p) => `Where ${p.from} stands, while it still takes writes`,
  STEP_WARM: (p) => `${p.to} reaches that`,
  STEP_BOOT: (p) => `A restart of ${p.node} brings it up read-only`,
  STEP_EVENTS_OFF: (p) => `Switch off ${events(p.count)} on ${p.node}`,
  STEP_LOCK: (p) => `Lock ${accounts(p.count)} on ${p.node}`,
  STEP_DRAIN: (p) => `${p.host} leads no new client to ${p.from}`,
  STEP_HISTORY: (p) => `What ${p.to} holds`,
  STEP_NO_ERRANT: (p) => `${p.from} holds all of it: ${p.to} has nothing of its own`,
  STEP_WRITES_STOP: (p) => `Nobody can write, from the freeze of ${p.from} to the opening of ${p.to}`,
  STEP_FREEZE: (p) => `${p.from} stops taking writes`,
  STEP_NEWEST: (p) => `The newest session of ${p.from}`,
  STEP_END_SESSIONS: (p) => `End all sessions up to that on ${p.from}, until none is left, twice`,
  STEP_FINAL: (p) => `The final position of ${p.from}`,
  STEP_CATCH_UP: (p) => `${p.to} has every transaction of ${p.from}`,
  STEP_DETACH: (p) => `${p.to} stops following ${p.from}`,
  STEP_ACKERS: (p) => `Semi-synchronous replicas attached to ${p.to}: at least ${p.needed}`,
  STEP_SEMI_SYNC_ON: (p) => `${p.to} waits for its replicas before it acknowledges`,
  STEP_OPEN: (p) => `${p.to} starts taking writes`,
  STEP_POINT: (p) => `${p.host} leads clients to ${p.to}`,
  STEP_HEALTHY: (p) => `${p.host} finds ${p.to} in order`,
  STEP_EVENTS_ON: (p) => `Switch on ${events(p.count)} on ${p.node}`,
  STEP_FOLLOW_OLD: (p) => `${p.node} follows ${p.to}, as a replica`,
  STEP_FOLLOW: (p) => `${p.node} follows ${p.to}`,
  STEP_FORGET: (p) => `${p.to} forgets whom it followed`,
  STEP_NEW_POSITION: (p) => `Where ${p.to} stands now`,
  STEP_CONFIRM: (p) => `${p.node} has received and applied that`,
  STEP_LATE_SESSIONS: (p) => `End the sessions that came to ${p.from} while it was closed`,
  STEP_UNLOCK: (p) => `Unlock what was locked on ${p.node}`,

  FACT_READ_ONLY: (p) => `read_only of ${p.node}`,
  FACT_SUPER_READ_ONLY: (p) => `super_read_only of ${p.node}`,
  FACT_SEMI_SOURCE: (p) => `Semi-sync of ${p.node}, as a source`,
  FACT_SEMI_REPLICA: (p) => `Semi-sync of ${p.node}, as a replica`,
  FACT_SOURCE: (p) => `Source of ${p.node}`,
  FACT_SOURCE_PORT: (p) => `Port of the source of ${p.node}`,
  FACT_RECEIVER: (p) => `Receiver of ${p.node}`,
  FACT_APPLIER: (p) => `Applier of ${p.node}`,
  FACT_PERSISTED: (p) => `${p.variable} after a restart of ${p.node}`,
  FACT_BOOT_FILE: (p) => `${p.file} on ${p.node}`,
  FACT_EVENT: (p) => `Event ${p.event} on ${p.node}`,
  FACT_ACCOUNT: (p) => `Account ${p.account} on ${p.node}`,
  FACT_BALANCER: (p) => `${p.server} in ${p.backend} of ${p.host}`,
  FACT_SETTING: (p) => `${p.key} in ${p.file} on ${p.host}`,
  FACT_COMMAND: (p) => `Where ${p.hook} leads, on ${p.host}`,

  CHECK_REACHED: (p) => `${p.to} has all of ${p.from}`,
  CHECK_UNMOVED: (p) => `Nothing moves any more on ${p.from}`,
  CHECK_NO_ERRANT: (p) => `Errant transactions on ${p.to}`,
  CHECK_WROTE_NOTHING: (p) => `Transactions that ${p.to} wrote itself since`,
  CHECK_NO_SESSIONS: (p) => `Other sessions on ${p.from}`,
  CHECK_PREPARED: (p) => `Prepared XA transactions on ${p.node}`,
  CHECK_EVENT: (p) => `Owner and settings of the event ${p.event} on ${p.node}`,
  CHECK_RECEIVES: (p) => `${p.node} is connected to its source`,
  CHECK_LAG: (p) => `Replication lag of ${p.node}, at most ${p.seconds} s`,
  CHECK_LONG: (p) => `Transactions open over 2 s on ${p.node}`,
  CHECK_TABLE_LOCKS: (p) => `Tables locked on ${p.node}`,
  CHECK_PURGED: (p) => `${p.node} lacks nothing that ${p.to} no longer logs`,
  CHECK_GENERAL_LOG: (p) => `General log of ${p.node}, where the password would stand`,
  CHECK_ACKERS: (p) => `Semi-synchronous replicas of ${p.to}`,
  CHECK_BALANCER: (p) => `State of ${p.server} on ${p.host}`,

  WARN_OPEN_TRANSACTIONS: (p) =>
    p.count === '1'
      ? `1 open transaction on ${p.from} will get error 1290 when it commits.`
      : `${p.count} open transactions on ${p.from} will get error 1290 when they commit.`,
  WARN_ACCOUNT_LOCKED: (p) =>
    `${p.account} writes in spite of read_only (${p.because}): it is locked on ${p.from}, its sessions end, and it is unlocked in the end.`,
  WARN_SCHEDULER_OFF: (p) =>
    `The event scheduler of ${p.to} is off: the events are switched on there and will not run.`,
  WARN_BOOT_CLOSED: (p) => `After a restart ${p.to} comes up read-only, and waits until somebody opens it.`,
  WARN_BOOT_OPEN: (p) =>
    `A restart may bring ${p.from} up open for writes, beside the new primary: the estate says boot: as-was.`,
  WARN_NO_TLS: (p) => `Replication from ${p.to} to ${p.from} will be without TLS, as it is now.`,
  WARN_TLS_FILES: (p) =>
    `${p.from} will use certificates at the paths of the channel of ${p.to}: they have to be there.`,
  WARN_NO_TRAFFIC: (p) => `The estate names no traffic hook: clients have to find ${p.to} by themselves.`,
  WARN_NOT_SUPER: (p) =>
    `${p.node} is read_only, but not super_read_only: administrators can write there now.`,
  WARN_UNKNOWN_REPLICA: (p) =>
    `Somebody whom the estate does not name pulls the log of ${p.from}, and goes on doing so.`,
  WARN_ONLY_TWO: (p) => `Nobody but ${p.from} will follow ${p.to}.`,

  BLIND_CLIENTS: (p) =>
    `Clients that go to ${p.from} by its name or address. Their sessions end; whether they find the new primary is unknown.`,
  BLIND_POOLS: (p) => `How soon connection pools notice that ${p.to} is the one.`,
  BLIND_TABLE_LOCKS: (p) =>
    `Locked tables on ${p.from} and ${p.to}: no plugin there tells. The freeze waits 5 s for them, then all is undone.`,
  BLIND_ROOT: (p) =>
    `root on ${p.from} itself: it is not locked, so that somebody can open the server again, and could write.`,
  BLIND_PURGED: (p) => `With which transaction the oldest log of ${p.to} begins.`,
} satisfies SaidTable;

export type SwitchoverCode = keyof typeof said;
export const switchover: SaidTable = { ...said, ...refusals };
