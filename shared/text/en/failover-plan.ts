import type { SaidTable } from '../procedures';
import { failover as look } from './failover';
import { switchover } from './switchover';

/**
 * What the plan of an emergency failover says; the words that it shares with the switchover are the switchover's. `from` is the
 * server that is given up, `to` the one that takes over.
 */

const transactions = (count: string | undefined) =>
  count === '1' ? '1 transaction' : `${count} transactions`;
const are = (count: string | undefined) => (count === '1' ? 'is' : 'are');
const wayOf = (p: Readonly<Record<string, string>>) => {
  const ways: Readonly<Record<string, string>> = look.fences.way;
  return [ways[p.way ?? ''] ?? p.way, p.id].filter(Boolean).join(' ');
};
const becauseOf = (p: Readonly<Record<string, string>>) => {
  const because: SaidTable = look.fences.because;
  return because[p.because ?? '']?.(p) ?? p.because;
};
const AGAIN = 'then plan again.';

const said = {
  TITLE_EXACT: (p) =>
    `${p.to} takes over. ${p.from} is given up, and ${transactions(p.count)} ${are(p.count)} lost.`,
  TITLE_AT_LEAST: (p) =>
    `${p.to} takes over. ${p.from} is given up, and at least ${transactions(p.count)} ${are(p.count)} lost.`,
  TITLE_NOTHING: (p) => `${p.to} takes over. ${p.from} is given up, and nothing is lost.`,
  TITLE_UNKNOWN: (p) => `${p.to} takes over. ${p.from} is given up, and how much is lost nobody knows.`,
  // On the button that begins it: the number stands there once more.
  ACT_TITLE_EXACT: (p) => `Promote ${p.to} and lose ${transactions(p.count)}`,
  ACT_TITLE_AT_LEAST: (p) => `Promote ${p.to} and lose at least ${transactions(p.count)}`,
  ACT_TITLE_NOTHING: (p) => `Promote ${p.to}, nothing is lost`,
  ACT_TITLE_UNKNOWN: (p) => `Promote ${p.to} and lose nobody knows how much`,

  STEP_FENCE_STOP: (p) => `Stop the database service of ${p.from}`,
  STEP_FENCE_DISABLE: (p) => `A start of its host does not start ${p.from} any more`,
  CHECK_BOOT: (p) => `Does a start of its host start ${p.from}`,
  STEP_FENCE_COMMAND: (p) => `Cut ${p.from} off: ${p.fence} on ${p.host}`,
  STEP_TAKE_OUT: (p) => `${p.host} leads nobody to ${p.from} any more`,
  STEP_ISOLATED: (p) => `Nobody can write on ${p.from} any more`,
  ASK_ISOLATED: (p) =>
    `No reading proves that ${p.from} is isolated. If it still takes writes while ${p.to} does, both go their own way and the data is torn in two. Cut it off by hand: power, port of the switch. Typing its name says: I have seen that ${p.from} cannot take writes.`,
  STEP_STOP_RECEIVING: (p) => `${p.to} receives nothing more from ${p.from}`,
  STEP_RECEIVED: (p) => `What ${p.to} has received`,
  STEP_NO_MORE_LOST: (p) => `No more of ${p.from} is lost than was consented to`,
  ASK_MORE_LOST: (p) =>
    `More of ${p.from} would be lost than was consented to, or it is known less surely. Typing its name says: ${p.to} takes over all the same.`,
  STEP_START_APPLIER: (p) => `${p.to} goes on applying what it has received`,
  STEP_DRAIN_RELAY: (p) => `${p.to} has applied everything that it received`,

  CHECK_NOBODY_RUNS: (p) => `Process, service and start of ${p.from}`,
  CHECK_CUT_OFF: (p) => `What ${p.fence} on ${p.host} says of ${p.from}`,
  CHECK_RECEIVER: (p) => `Receiver of ${p.to}`,
  CHECK_LOSS: (p) => `Lost if ${p.to} takes over from ${p.from}, counted again`,
  CHECK_RELAY_KEPT: (p) => `The receiver of ${p.to} is there: without it a start deletes the relay logs`,
  CHECK_DRAINED: (p) => `${p.to} has applied all that it received`,
  CHECK_HOLDS_RECEIVED: (p) => `Received by ${p.node} and not on ${p.to}`,
  CHECK_HEARS_NOT: (p) => `${p.node} hears nothing of ${p.from}`,

  WARN_FENCE_STAYS: (p) =>
    `The fence is never taken back by itself: if this is given up, the service of ${p.from} stays stopped and disabled, and what cut it off stays in force, until somebody takes it back. Where clients are led, and replication, are as before.`,
  WARN_NO_FENCE: (p) => `Not used as a fence: ${wayOf(p)}, on ${p.host}: ${becauseOf(p)}.`,
  WARN_LEFT_OUT: (p) =>
    `Left out: ${p.nodes}. They will not follow ${p.to} by this plan, and have to be attached later, or rebuilt.`,
  WARN_HOOKS_LEFT_OUT: (p) =>
    `These traffic hooks run on hosts that do not answer, and will not lead clients to ${p.to}: ${p.hooks}.`,
  WARN_EVENTS_UNREAD: (p) => `Scheduled events of ${p.to} could not be read: none is woken.`,
  WARN_EVENTS_ASLEEP: (p) =>
    `Which events ran on ${p.from} was never seen. On ${p.to} these sleep, and are not woken: ${p.list}.`,
  WARN_EVENTS_MISSING: (p) => `These events ran on ${p.from} and do not exist on ${p.to}: ${p.list}.`,
  WARN_SEMI_SYNC_SHORT: (p) =>
    `Semi-sync is not switched on at ${p.to}: too few would acknowledge, and commits would hang.`,
  WARN_NO_TLS_LATER: (p) => `Replication from ${p.to} will be without TLS, as it is now.`,
  WARN_ALONE: (p) => `Nobody will follow ${p.to}: what it then loses is lost.`,

  REFUSED_FAILOVER_ANSWERS: (p) => `${p.from} answers: giving it up would lose what need not be lost.`,
  REMEDY_FAILOVER_ANSWERS: (p) =>
    `Use the switchover, which loses nothing. If ${p.from} is ill and cannot be switched over, stop its service first, ${AGAIN}`,
  REFUSED_FAILOVER_LIVES: (p) =>
    p.verdict === 'refusing-clients'
      ? `${p.from} refuses further connections: it lives, and takes the writes of those who are connected.`
      : `${p.from} refuses the login of this console: it lives.`,
  REMEDY_FAILOVER_LIVES: (p) =>
    `Mend that, and use the switchover. If ${p.from} has to be given up, stop its service first, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_NOBODY: () => 'No server says what it has: nobody can be chosen.',
  REMEDY_FAILOVER_UNCLEAR_NOBODY: () => `Mend the way to the replicas, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_SILENT: (p) => `Not clear: ${p.nodes} cannot be asked and may have more.`,
  REMEDY_FAILOVER_UNCLEAR_SILENT: (p) =>
    `Mend the way to ${p.nodes}, or name the one that is to take over, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_PARTED: (p) =>
    `Not clear: of ${p.nodes} none has everything that the others have.`,
  REMEDY_FAILOVER_UNCLEAR_PARTED: () => 'Decide whose transactions are kept, and name that one.',
  REFUSED_FAILOVER_UNCLEAR_FORBIDDEN: (p) => `None of ${p.nodes} may be promoted.`,
  REMEDY_FAILOVER_UNCLEAR_FORBIDDEN: () => `Mend what forbids one of them, ${AGAIN}`,
  REFUSED_FAILOVER_UNCLEAR_BEHIND: (p) =>
    `Not clear: ${p.nodes} has more than any server that may be promoted.`,
  REMEDY_FAILOVER_UNCLEAR_BEHIND: (p) =>
    `Mend what forbids ${p.nodes}, or name the one that is to take over without what ${p.nodes} has.`,
  REFUSED_FAILOVER_NO_POSITION: (p) =>
    `${p.to} does not say what it has: nothing can be said of what would be lost.`,
  REMEDY_FAILOVER_NO_POSITION: () => `Look at its errors in the Replication place, ${AGAIN}`,
  REFUSED_FAILOVER_OWN_VIEW: (p) =>
    `Nobody but this console misses ${p.from}, or not for sure. “I do not see it” is not “it is dead”.`,
  REMEDY_FAILOVER_OWN_VIEW: () =>
    'Look at it another way: its console, the hypervisor, somebody on the spot. Then type the words to go on.',
  REFUSED_FAILOVER_SEEN: (p) => `${p.nodes} still sees ${p.from}: it may well be alive.`,
  REMEDY_FAILOVER_SEEN: (p) =>
    `Wait until nobody hears ${p.from} any more, or mend the way to it. If it hangs and has to be given up, type the words to go on.`,
  REFUSED_FAILOVER_BEHIND: (p) =>
    `${p.nodes} may have transactions that ${p.node} has not: they would be lost.`,
  REMEDY_FAILOVER_BEHIND: (p) =>
    `Mend the way to ${p.nodes}, or what forbids it. To give up what it alone has, type its name.`,
  REFUSED_FAILOVER_BEHIND_ABLE: (p) =>
    `${p.nodes} has transactions that ${p.node} has not, and can take over itself.`,
  REMEDY_FAILOVER_BEHIND_ABLE: (p) => `Let ${p.nodes} take over; ${p.node} can follow a switchover later.`,
  REFUSED_FAILOVER_RELAY_LOGS: (p) =>
    `Both replication threads of ${p.node} stand still with ${p.count} transactions received and not applied. Any start would delete them: they may be the only copy.`,
  REMEDY_FAILOVER_RELAY_LOGS: (p) =>
    `Start nothing on ${p.node}. Copy its relay logs aside, apply them with mariadb-binlog and mariadb, or let another replica take over, ${AGAIN}`,
  REFUSED_CANDIDATE_POSITION_UNKNOWN: (p) => `${p.node}: ${look.because.POSITION_UNKNOWN()}.`,
  REMEDY_CANDIDATE_POSITION_UNKNOWN: () => `Choose another replica, ${AGAIN}`,
  REFUSED_CANDIDATE_WRITABLE: (p) => `${p.node}: ${look.because.WRITABLE()}.`,
  REMEDY_CANDIDATE_WRITABLE: (p) =>
    `Find out who writes there: somebody may have failed over already. Then close ${p.node}, ${AGAIN}`,
} satisfies SaidTable;

export const failoverPlan: SaidTable = { ...switchover, ...said };
