/** The words of every runbook, on paper and in scripts; what a plan itself says is in its procedure's texts. */
export const runbook = {
  nature: {
    reads: 'only reads',
    reversible: 'can be undone',
    hard: 'hard to undo',
    'point-of-no-return': 'point of no return',
  },
  /** When a reading is taken. */
  when: {
    begin: 'at the beginning',
    before: 'right before',
    until: 'until it holds',
    unless: 'else a person is asked',
    throttle: 'for the full pace',
    gate: 'for the decision',
    after: 'afterwards',
  },
  mustBe: {
    is: (value: string) => `must be ${value}`,
    empty: 'must be empty',
    oneOf: (values: string) => `must be one of ${values}`,
    atMost: (value: string) => `must be at most ${value}`,
    noRows: 'must give no row',
    rows: 'must give a row',
    succeeds: 'must succeed',
    judged: (judge: string) => `is compared by the console (${judge})`,
  },
  /** What is read, and what it must be: "db-a is read-only: read_only must be 1". */
  says: (what: string, mustBe: string) => `${what}: ${mustBe}`,
  empty: '(empty)',
  change: (what: string, from: string, to: string) => `${what}: ${from} → ${to}`,
  undoes: (number: string) => `Undoes ${number}`,
  needs: (numbers: string) => `after ${numbers}`,
  limit: (limit: string) => `at most ${limit}`,
  rounds: (rounds: number, inARow: number) =>
    `round after round, at most ${rounds}, until it holds${inARow > 1 ? ` ${inARow} times in a row` : ''}`,
  /** How a step is slowed down: rounds wait for what is read, an act gets a lower rate. */
  throttle: {
    rounds: (every: string, limit: string) =>
      `Each round waits until these hold, asked every ${every}, at most ${limit}; then the step has failed.`,
    act: (every: string) => `While one of these does not hold, its rate goes down a level every ${every}.`,
    rate: (begins: number, unit: string, levels: string) =>
      `Rate: at most ${begins} ${unit}; a person can set ${levels} while it runs.`,
  },
  asks: (question: string) => `A person decides: ${question}`,
  asksUnless:
    'If all of these hold, it goes on by itself; if one does not or cannot be read, a person is asked.',
  asksUnlessAny:
    'If one of these holds, it goes on by itself; if none does or none can be read, a person is asked.',
  goesOn: 'If it fails, it is named as failed and the run goes on without it.',
  noReturn: 'Point of no return: until here everything can be undone, from here nothing is undone any more.',
  unbroken: 'Not broken off inside: meanwhile nobody can write.',
  plan: {
    hash: (hash: string) => `Plan ${hash}`,
    asOf: (when: string) => `as of ${when}`,
    begins: 'Read at the beginning',
    steps: 'Steps, in order',
    after: 'Afterwards',
    overrides: 'Gone on all the same',
    warnings: 'Worth knowing',
    blind: 'What this cannot see',
    unchanged: 'unchanged',
    ifDone: (change: string, number: string) => `${change}, if ${number} does not fail`,
    nothingSent: 'This is a dry run: nothing was changed.',
  },
  refused: (n: number) =>
    n === 1 ? 'Refused, 1 reason. Nothing was changed.' : `Refused, ${n} reasons. Nothing was changed.`,
  override: (typed: string) => `To go on all the same: --override ${typed}`,
  run: {
    title: (id: string, status: string) => `Run ${id}: ${status}`,
    opened: (when: string, by: string) => `begun ${when} by ${by}`,
    closed: (when: string) => `ended ${when}`,
    elsewhere: (who: string) => `${who} acts in it.`,
    pastNoReturn: 'The point of no return is passed: it cannot be undone.',
    passedOver: (numbers: string) => `It went on without ${numbers}, not done or not known to be.`,
    stack: (numbers: string) => `Undoing would take back ${numbers}, in this order.`,
    ways: (ways: string) => `What may be done now: ${ways}`,
    none: 'No run is known here.',
    columns: {
      step: 'step',
      what: 'what',
      state: 'state',
      took: 'took',
      run: 'run',
      began: 'begun',
      by: 'by',
    },
  },
  script: {
    title: (title: string) => `By hand: ${title}`,
    plan: (hash: string, when: string) =>
      `Plan ${hash}, from readings of ${when}. Void if the plan changes: make it again, then print it again.`,
    how: [
      'Lines that begin with # are for you; shells and SQL clients pass over them. The rest is pasted block by block, in this order.',
      'Each block says where it belongs: the SQL client or the shell of which server, with the acting account.',
      'Read what "must be" says before you go on. If it is not so, stop: before the point of no return, go to the undo section.',
      'The order is one in which nothing waits for what comes later; where the console works side by side, you go one by one.',
    ],
    servers: 'Servers',
    server: (target: string, host: string, service: string) =>
      `${target}: host ${host}, SQL service ${service}`,
    shellOnly: (target: string, host: string) => `${target}: host ${host}, by SSH alone`,
    session: (target: string) => `first of all in each SQL session on ${target}:`,
    fill: 'To be filled in',
    fillText:
      'A statement with one of these left in it is refused by the server; a command line with one stands behind #.',
    secret: (name: string, account: string, service: string) =>
      `${name}: password of the ${account} account of ${service}, in quotes. It stands in no file and in no plan.`,
    output: (name: string, column: string, number: string, target: string) =>
      `${name}: column ${column} of what step ${number} reads on ${target}, in quotes`,
    stdout: (name: string, number: string, target: string) =>
      `${name}: what step ${number} prints on ${target}`,
    rate: (name: string) => `${name}: the rate that the step names, in digits`,
    precondition: (name: string, target: string) =>
      `${name}: what a reading at the beginning gives on ${target}, in quotes`,
    own: (name: string, target: string) =>
      `${name}: ids of your own sessions on ${target}, separated by commas, in quotes: SELECT CONNECTION_ID() in each`,
    byConsole: (target: string) => `${target}: what only the console can read`,
    inSql: (target: string) => `${target}, SQL client`,
    inShell: (target: string) => `${target}, shell`,
    note: (name: string, column: string) =>
      column === '' ? `note it: this is ${name}` : `note ${column}: this is ${name}`,
    each: 'for each row of the answer, with its columns:',
    filledFirst: 'fill it in, then take away the # in front:',
    tolerates: (codes: string) => `error ${codes} is as good as done`,
    begin: 'At the beginning',
    step: (number: string, where: string, title: string) => `Step ${number} · ${where} · ${title}`,
    undo: 'Undo: only before the point of no return, only what was done, in this order',
    undoStep: (number: string, title: string) => `Undo ${number} · ${title}`,
    undone: 'then it must be again:',
    end: 'End: this is what all must read now',
  },
};
