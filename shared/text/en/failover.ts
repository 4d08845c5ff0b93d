type Params = Readonly<Record<string, string>>;

/** Emergency failover, up to the consent: who could take over, what would be lost, what waiting would bring. */
export const failover = {
  title: 'Emergency failover',
  headline: (old: string, next: string) => `${old} would be abandoned, ${next} would take writes.`,
  headlineOpen: (old: string) => `${old} would be abandoned; who would take writes is not clear.`,
  neverByItself: 'The console never fails over by itself, and never advises it on its own view alone.',
  ownViewOnly: (node: string) =>
    `Nobody but this console misses ${node}, or not for sure. “I do not see it” is not “it is dead”.`,
  seenByOthers: (node: string) => `Others miss ${node} too, and nobody sees it.`,
  lives: (node: string) => `${node} answers. What is planned loses nothing: patronus switchover.`,
  notYet: 'This was a look. Nothing was changed on any server.',

  who: 'Who can take over',
  columns: {
    server: 'Server',
    received: 'Received up to',
    toApply: 'To apply',
    missing: 'Missing',
    against: 'Because',
  },
  nothingAgainst: 'nothing forbids it',
  unchecked: (what: string) => `not checked: ${what}`,
  because: {
    POSITION_UNKNOWN: () => 'does not say what it has',
    WRITABLE: () => 'takes writes already',
    ERRANT_TRANSACTIONS: (p: Params) => `holds transactions of its own: ${p.gtids ?? '?'}`,
  },
  choice: {
    chosen: (node: string) => `${node} has everything that any other has.`,
    asked: (node: string) => `${node} was asked for.`,
    askedBehind: (node: string, others: string) => `${node} was asked for; ${others} may have more than it.`,
    nobody: 'No server says what it has: nobody can be chosen.',
    silent: (nodes: string) => `Not clear: ${nodes} cannot be asked and may have more.`,
    parted: (nodes: string) => `Not clear: of ${nodes} none has everything that the others have.`,
    forbidden: (nodes: string) => `None of ${nodes} may be promoted.`,
    behind: (nodes: string) => `Not clear: ${nodes} has more than any server that may be promoted.`,
  },

  loss: {
    title: 'Loss statement',
    against: (node: string) => `if ${node} takes over`,
    nobody: 'Nobody to compare with: nothing can be said of what would be lost.',
    none: (old: string) => `Nothing is lost: every transaction of ${old} was received.`,
    exact: (count: string, old: string) => `These ${count} transactions are lost unless ${old} comes back.`,
    exactOne: (old: string) => `This one transaction is lost unless ${old} comes back.`,
    atLeast: (count: string, old: string, at: string) =>
      `At least ${count}. ${old} cannot be reached, so it may hold more, last seen ${at}.`,
    atLeastByLog: (count: string, old: string) =>
      `At least ${count}. The log of ${old} was not read to a certain end, so it may hold more.`,
    unknown: (old: string, at: string) =>
      `Unknown. Nothing that ${old} was seen to have is missing, last seen ${at}; it may hold more.`,
    neverSeen: (old: string) => `Unknown: nobody ever saw ${old}’s position.`,
    gtids: 'GTIDs:',
    lastSeen: 'Last seen on it:',
    committed: 'Committed:',
    span: (from: string, to: string) => `${from} to ${to}, by its own clock`,
    columns: { table: 'Table', inserts: 'Inserts', updates: 'Updates', deletes: 'Deletes', span: 'From, to' },
    tablesCut: 'More tables were touched than are listed.',
    rows: (shown: string) => `Rows, the first ${shown}`,
    allRows: (shown: string) => `Rows, all ${shown}`,
    change: { insert: 'insert', update: 'update', delete: 'delete' },
    untold: (count: string) =>
      `Transactions with changes that are in no readable row (DDL, statements, compressed, older logs): ${count}`,
    torn: 'The log ends within a transaction: it was never done, and is not counted.',
    salvage: (file: string, size: string) => `Kept as a binary log that can be replayed: ${file} (${size})`,
    notKept: (why: string) => `Not kept: ${why}`,
  },

  old: {
    title: (node: string) => `What is still known of ${node}`,
    ssh: 'Its host over SSH:',
    reached: 'reached',
    process: 'Its process:',
    processes: { runs: 'runs', gone: 'is gone', unknown: 'unknown' },
    log: 'Its binary logs:',
    logRead: (files: string, size: string) => `read to the end: ${files} (${size})`,
    logPart: (files: string, why: string) => `read in part: ${files}. ${why}`,
    logLeft: 'left alone',
    older: 'Older logs are gone.',
  },

  waiting: {
    title: 'Wait instead?',
    'it-lives': (node: string) => `${node} answers: there is nothing to wait for.`,
    'start-it': (node: string) =>
      `The host of ${node} answers. Once the server runs there again, nothing is lost.`,
    'wake-it': (node: string) =>
      `The process of ${node} is still there. If it wakes or is started again, nothing is lost.`,
    'reach-it': (node: string) => `If ${node} comes back with its disk, nothing is lost.`,
    unknown: (node: string) => `If ${node} comes back with its disk, nothing is lost.`,
    since: (at: string, ago: string) => `Not seen since ${at}, ${ago}.`,
  },

  fences: {
    title: 'Ways to keep it from taking writes',
    columns: { way: 'Way', where: 'Where', now: 'Now', because: 'Because' },
    way: {
      'read-only': 'read-only, by a statement',
      'stop-service': 'stop the service and keep it stopped',
      command: 'command of the estate',
      traffic: 'traffic led away',
      person: 'a person cuts it off: power, port of the switch',
    },
    can: { can: 'possible', cannot: 'not possible', done: 'not needed', unknown: 'unknown' },
    because: {
      ANSWERS: () => 'it answers statements',
      PROCESS_GONE: () => 'no process of it runs; it may be started again',
      NO_ANSWER: () => 'it answers no statement',
      HOST_REACHED: (p: Params) => `${p.host} is reached over SSH`,
      HOST_UNREACHED: (p: Params) => `${p.host} is not reached over SSH`,
      NOT_ASKED: (p: Params) => `${p.host} was not asked`,
      NO_RIGHT: (p: Params) => `the acting account may not do it on ${p.host}`,
      RIGHTS_UNKNOWN: (p: Params) => `the rights on ${p.host} could not be read`,
      KEEPS_IT_DOWN: () => 'it is down; this keeps it down',
      BY_HAND: () => 'always; what was done is typed in',
    },
  },
};
