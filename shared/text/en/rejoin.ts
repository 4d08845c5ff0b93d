import type { SaidTable } from '../procedures';
import { rebuild } from './rebuild';
import { rejoinWays } from './rejoin-ways';
import { switchover } from './switchover';

/** What the return of an old primary says; the words that it shares with the switchover are the switchover's. */

const said = {
  TITLE: (p) => `${p.node} takes no writes. It follows ${p.to}.`,

  STEP_CLOSE: (p) => `${p.node} is closed to administrators too`,
  STEP_ATTACH: (p) => `${p.node} follows ${p.to}, as a replica`,
  STEP_STOP: (p) => `Stop the database service of ${p.node}`,
  STEP_START: (p) => `Start it again: ${p.node} comes back read-only`,
  STEP_FOLLOWS_AGAIN: (p) => `${p.node} follows again by itself`,

  FACT_SERVICE: (p) => `Database service of ${p.node}`,
  CHECK_HOLDS_ALL: (p) => `Transactions of ${p.node} that ${p.to} lacks`,
  CHECK_CLOSED: (p) => `${p.node} is still closed`,
  CHECK_CAME_BACK: (p) => `How ${p.node} came back, by what it read when it started`,
  CHECK_APPLIES: (p) => `${p.node} applies what it receives`,

  WARN_REJOIN_EVENTS: (p) =>
    `These events still run on ${p.node}: ${p.list}. While it is read-only they fail, unless their owner may write in spite of it. Put them to sleep afterwards.`,
  WARN_REJOIN_WRITERS: (p) =>
    `These accounts write on ${p.node} in spite of read_only: ${p.list}. What they write there stops replication.`,
  WARN_REJOIN_RESTART: (p) => `At the end ${p.node} is restarted, to see that it comes back read-only.`,
  WARN_REJOIN_AS_WAS: (p) =>
    `The estate leaves what a restart brings as it was: nothing proves that ${p.node} comes back read-only.`,

  REFUSED_REJOIN_AHEAD: (p) =>
    `Not attached: ${p.node} holds ${p.count === '1' ? '1 transaction' : `${p.count} transactions`} that ${p.to} has not: ${p.gtids}.`,
  REMEDY_REJOIN_AHEAD: (p) =>
    `Look at what they wrote, and choose another way back: take them back, rebuild ${p.node}, or keep it apart. They are never skipped.`,
  REFUSED_REJOIN_HISTORY_UNKNOWN: (p) =>
    `Whether ${p.node} holds anything that ${p.to} has not could not be told.`,
  REMEDY_REJOIN_HISTORY_UNKNOWN: () => 'Look at the servers once more, then plan again.',
  REFUSED_REJOIN_WRITABLE: (p) => `${p.node} is open for writes.`,
  REMEDY_REJOIN_WRITABLE: (p) =>
    `Close ${p.node} first (read_only); what was written meanwhile is compared when you plan again.`,
  REFUSED_REJOIN_NOT_OPEN: (p) => `${p.to} takes no writes: it is no primary to follow.`,
  REMEDY_REJOIN_NOT_OPEN: () => 'Open the new primary first, then plan again.',
  REFUSED_REJOIN_NO_PRIMARY: (p) => `No other server of the cluster than ${p.node} is followed by anybody.`,
  REMEDY_REJOIN_NO_PRIMARY: () => 'Promote a server first: this is an emergency failover.',
  REFUSED_REJOIN_PRIMARY_ILL: (p) => `${p.to} is not well: ${p.verdict}.`,
  REMEDY_REJOIN_PRIMARY_ILL: (p) =>
    `Look at the verdict on ${p.to} in the Replication place, then plan again.`,
  REFUSED_REJOIN_IS_PRIMARY: (p) => `${p.node} is the primary: others follow it.`,
  REMEDY_REJOIN_IS_PRIMARY: () => 'Name the server that was the primary before.',
  REFUSED_REJOIN_FOLLOWS: (p) => `${p.node} already follows ${p.source}.`,
  REMEDY_REJOIN_FOLLOWS: (p) =>
    `If that is the wrong one, stop it and take its channel away on ${p.node}, then plan again.`,
  REFUSED_REJOIN_NO_PATTERN: (p) =>
    `Nobody follows ${p.to} yet: with which options (TLS) ${p.node} is to follow it is not known.`,
  REMEDY_REJOIN_NO_PATTERN: (p) => `Attach another replica to ${p.to} first, or attach ${p.node} by hand.`,
  REFUSED_REJOIN_DIALECT: (p) => `${p.node} and ${p.to} are not both MySQL, or both MariaDB.`,
  REMEDY_REJOIN_DIALECT: () => 'Rebuild it as a server of the same kind.',
} satisfies SaidTable;

export const rejoin: SaidTable = { ...switchover, ...said, ...rejoinWays, ...rebuild };
