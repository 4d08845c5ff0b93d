import type { SaidTable } from '../procedures';

/** What the ways say by which an old primary with transactions of its own is taken back, or kept apart. */
export const rejoinWays = {
  TITLE_FLASHBACK: (p) =>
    `${p.count} transactions of ${p.node} alone are taken back there: ${p.gtids}. Then ${p.node} follows ${p.to}.`,
  TITLE_FLASHBACK_ONE: (p) =>
    `1 transaction of ${p.node} alone is taken back there: ${p.gtids}. Then ${p.node} follows ${p.to}.`,
  // On the button that begins it.
  ACT_TITLE_FLASHBACK: (p) => `Take ${p.count} transactions back on ${p.node}`,
  ACT_TITLE_FLASHBACK_ONE: (p) => `Take 1 transaction back on ${p.node}`,
  ACT_TITLE_QUARANTINE: (p) => `Keep ${p.node} apart`,
  TITLE_QUARANTINE: (p) =>
    `${p.node} is kept apart: closed, its service stopped, following nobody. Nothing of its data changes.`,

  STEP_KEEP_LOGS: (p) => `Copy the binary logs that hold them, on ${p.node} itself: ${p.folder}`,
  STEP_PREPARE_BACK: (p) =>
    `Prepare it on ${p.node}: their rows, turned round, in one transaction that is not committed yet`,
  STEP_TAKE_BACK: (p) => `Take them back on ${p.node}: commit that transaction`,
  STEP_FORGET_LOGS: (p) => `The binary logs of ${p.node} begin anew`,
  STEP_SET_HISTORY: (p) => `The history of ${p.node} ends at ${p.position}, the last that both have`,
  STEP_SET_POSITION: (p) => `${p.node} will go on from ${p.position}`,
  STEP_COMPARE: (p) => `${p.table} has the same rows on ${p.node} and on ${p.to}`,
  STEP_CLOSE_APART: (p) => `Close ${p.node} to writes`,
  STEP_DISABLE: (p) => `Keep the database service of ${p.node} from starting with its host`,
  STEP_STOP_APART: (p) => `Stop the database service of ${p.node}`,

  FACT_KEPT_LOGS: (p) => `Copies of binary logs on ${p.node}, in ${p.folder}`,
  FACT_PREPARED: (p) => `Prepared transaction on ${p.node}`,
  FACT_HISTORY: (p) => `History of ${p.node} (gtid_binlog_state)`,
  FACT_SERVICE_AT_BOOT: (p) => `Whether the database service of ${p.node} starts with its host`,

  CHECK_SLAVE_POSITION: (p) => `From where ${p.node} goes on`,
  CHECK_LOG_REACHES_BACK: (p) => `What ${p.node} has in no log any more, and the other has not`,
  CHECK_SAME_ROWS: (p) => `Checksum of ${p.table} on ${p.node}, beside that on ${p.to}`,

  WARN_FLASHBACK_KEPT: (p) =>
    `The transactions are kept at this desk (${p.file}) and the logs on ${p.node} (${p.folder}); nobody deletes either.`,
  WARN_FLASHBACK_LOGS: (p) =>
    `The binary logs of ${p.node} begin anew: a restore up to a moment needs those of another server from then on.`,
  WARN_QUARANTINE_KEPT: (p) => `What ${p.node} holds alone is kept at this desk: ${p.file}.`,
  WARN_QUARANTINE_OPEN: (p) =>
    `${p.node} is open for writes now. What it takes until it is closed is not in what was kept; undoing does not open it again.`,
  WARN_QUARANTINE_ISLAND: (p) =>
    `${p.node} falls behind ${p.to} from now on. The console does not remember why it stands apart. Once this is done, ${p.list} on its host brings it back, closed.`,

  REFUSED_REJOIN_FLASHBACK_MYSQL: (p) =>
    `MySQL has nothing that turns a binary log round: what ${p.node} holds alone cannot be taken back.`,
  REMEDY_REJOIN_FLASHBACK_MYSQL: (p) => `Rebuild ${p.node} from a copy, or keep it apart.`,
  REFUSED_REJOIN_NOTHING_OWN: (p) =>
    `${p.node} holds nothing that ${p.to} has not: there is nothing to take back.`,
  REMEDY_REJOIN_NOTHING_OWN: (p) => `Attach ${p.node} as it is.`,
  REFUSED_REJOIN_DOMAINS: (p) =>
    `${p.node} and ${p.to} have transactions of several domains, which have no common order.`,
  REMEDY_REJOIN_DOMAINS: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_NO_COMMON: (p) =>
    `${p.node} and ${p.to} have no transaction in common: there is no moment to go back to.`,
  REMEDY_REJOIN_NO_COMMON: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_LOG_UNREAD: (p) => `The binary logs of ${p.node} could not be read: ${p.text}`,
  REMEDY_REJOIN_LOG_UNREAD: () => 'Let the acting account read them (patronus grants), then look again.',
  REFUSED_REJOIN_LOG_PART: (p) =>
    `The binary logs of ${p.node} do not show all that it holds alone: older ones are gone, or one could not be read.`,
  REMEDY_REJOIN_LOG_PART: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_UNTOLD: (p) =>
    `${p.count === '1' ? '1 transaction' : `${p.count} transactions`} of ${p.node} alone changed more than rows that can be told: DDL, statements, or compressed events.`,
  REMEDY_REJOIN_UNTOLD: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_PARTIAL_ROWS: (p) =>
    `The binary logs of ${p.node} do not hold whole rows (binlog_row_image): they cannot be turned round.`,
  REMEDY_REJOIN_PARTIAL_ROWS: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_MIXED: (p) =>
    `Behind the first transaction of ${p.node} alone stand others in its log, which the primary has.`,
  REMEDY_REJOIN_MIXED: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_NOT_SAVED: (p) => `What ${p.node} holds alone could not be saved at this desk: ${p.text}`,
  REMEDY_REJOIN_NOT_SAVED: () => 'Make room for it, or mend what is said there, then look again.',
  REFUSED_REJOIN_TOUCHED_UNKNOWN: (p) =>
    `${p.node} did not say of what kind the changed tables are: ${p.text}`,
  REMEDY_REJOIN_TOUCHED_UNKNOWN: () => 'Let the acting account see them (patronus grants), then look again.',
  REFUSED_REJOIN_MANY_TABLES: (p) =>
    `${p.count} tables were changed: more than the ${p.most} that are compared afterwards.`,
  REMEDY_REJOIN_MANY_TABLES: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_TABLES: (p) =>
    `These are no plain InnoDB tables on ${p.node}, or not there any more: ${p.list}. Their rows cannot be taken back in one transaction.`,
  REMEDY_REJOIN_TABLES: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_CASCADES: (p) =>
    `By these foreign keys a change of one table changes another, which stands in no log: ${p.list}.`,
  REMEDY_REJOIN_CASCADES: (p) => `Rebuild ${p.node} from a copy.`,
  REFUSED_REJOIN_TRIGGERS: (p) =>
    `${p.node} runs triggers for rows that it applies (slave_run_triggers_for_rbr): they would run again.`,
  REMEDY_REJOIN_TRIGGERS: () => 'Set slave_run_triggers_for_rbr to NO there, then look again.',
  REFUSED_REJOIN_TOOLS: (p) => `These programs are not there on the host of ${p.node}: ${p.list}.`,
  REMEDY_REJOIN_TOOLS: () => 'Install the client programs of MariaDB there, then look again.',
  REFUSED_REJOIN_SERVICE_UNREAD: (p) =>
    `How the service of ${p.node} is started with its host could not be read.`,
  REMEDY_REJOIN_SERVICE_UNREAD: () => 'Say in the estate file how (acting.service), then look again.',
} satisfies SaidTable;
