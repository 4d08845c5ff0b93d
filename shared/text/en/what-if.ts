/** What a what-if says: its changes, what breaks, who takes over, what is lost, and what nobody has said yet. */

const list = (names: readonly string[], last: 'and' | 'or' = 'and'): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;

export const whatIf = {
  list,
  inputs: {
    detect: (name: string) => `Until a failure of ${name} is noticed`,
    decide: (name: string) => `Until somebody decides what to do about ${name}`,
    act: (name: string) => `Until another server has taken over from ${name}`,
    client: (name: string) => `Until its clients have found ${name} again`,
    repair: (name: string) => `Repair of ${name}, from failure to work`,
    lag: (name: string) => `How old the replicas of ${name} are at worst`,
    copyAge: (name: string) => `How old the copy of ${name} is at worst`,
    cacheHits: (name: string) => `Share of requests that ${name} answers by itself`,
    stickiness: (name: string) => `How long a client keeps its choice (${name})`,
    timeout: (name: string) => `Silence after which a client asks the other server (${name})`,
    load: () => 'How many times the load of today',
  },
  title: (changes: string) => (changes === '' ? 'What if…' : `What-if: ${changes}`),
  drawing: () => 'A drawing. Nothing is sent to any server.',
  changes: {
    fail: (name: string) => `${name} stops`,
    drain: (name: string) => `${name} is emptied`,
    cut: (name: string) => `${name} is cut`,
    remove: (name: string) => `without ${name}`,
    set: (name: string, value: string) => `${name} is ${value}`,
    load: (times: string) => `${times} times the load`,
    scenario: (name: string) => `in “${name}”`,
  },
  everybody: 'everybody',
  verdict: {
    none: () => 'Nothing was changed.',
    nothing: () => 'Nothing breaks: all work goes on.',
    broken: (workflow: string, who: string, step: number) =>
      `“${workflow}” is broken for ${who}: step ${step} fails.`,
    sometimes: (workflow: string, who: string, steps: string) =>
      `“${workflow}” is broken for ${who} as soon as ${steps} is needed; all else of it goes on.`,
    slower: (workflow: string) => `“${workflow}” goes on, and some wait longer.`,
    beside: (count: number) =>
      count === 1 ? 'One thing beside it stops.' : `${count} things beside it stop.`,
    besideOnly: (count: number) =>
      count === 1 ? 'Requests go on; one thing stops.' : `Requests go on; ${count} things stop.`,
  },
  workflow: {
    works: () => 'goes on as before',
    slower: () => 'goes on, and some wait longer',
    sometimes: (steps: string) => `fails for whoever needs ${steps}`,
    broken: (step: number) => `broken for everybody at step ${step}`,
    steps: (numbers: readonly number[]) => `step ${list(numbers.map(String), 'or')}`,
  },
  step: {
    failed: (name: string) => `${name} has stopped`,
    drained: (name: string) => `${name} takes no new work`,
    removed: (name: string) => `there is no ${name}`,
    cut: (name: string) => `the link ${name} is cut`,
    waits: (seconds: string) => `some wait ${seconds} for a server that does not answer`,
    skipped: (name: string) => `answered without ${name}, from what is behind it`,
    after: (n: number) => `step ${n} fails before it`,
  },
  breaks: {
    'no-target': (work: string, target: string) => `${work}: ${target}, where they go, takes no work.`,
    'no-target-but': (work: string, target: string, others: string) =>
      `${work}: ${target}, where they go, takes no work. ${others} would have to carry them; nothing of the estate says so.`,
    'no-target-until': (work: string, target: string, others: string) =>
      `${work}: ${target}, where they go, takes no work until ${others} is promoted.`,
    'stands-still': (name: string, parts: string) =>
      parts === ''
        ? `${name} may run only once, and nobody else does its work: it stands still.`
        : `${name} may run only once, and nobody else does its work: ${parts} stand still.`,
    'logged-out': (name: string) =>
      `Whoever is logged in is logged out, and nobody can log in until ${name} is back.`,
    stampede: (name: string, clients: string, onto: string) =>
      onto === ''
        ? `${clients} no longer find anything in ${name}; nothing of the estate says where they read it instead.`
        : `${clients} no longer find anything in ${name}, and all of them ask ${onto} at once.`,
    unwatched: (by: string, of: string) =>
      `${of} run on and nobody watches them: ${by} does not reach them. A failure of theirs goes unnoticed.`,
    'not-started': (by: string, of: string) =>
      `${of} run on, and once stopped nobody starts them: ${by} does not reach them.`,
    'not-backed-up': (by: string, of: string) => `${by} saves no more of ${of}.`,
    'replication-stops': (from: string, to: string) => `${to} can no longer follow ${from}.`,
    'link-dead': (from: string, to: string) => `${from} can no longer reach ${to}.`,
    'all-instances': (name: string, least: number) =>
      `${name} has at least ${least} servers, and the estate does not name them: this stops all of them at once.`,
    'no-server-left': (policy: string, actor: string) =>
      `${actor}: no server is left to choose (${policy}); each client waits, then gets an error.`,
    remembered: (share: string, wait: string, kept: string) =>
      `If clients remember that they fell back: ${share} wait ${wait} once while a choice lasts (${kept}).`,
    'not-remembered': (share: string, wait: string) =>
      `If clients do not remember it: ${share} wait ${wait} at every request, and a new choice does not cure it.`,
    half: () => 'half of them',
  },
  takeover: {
    clients: (name: string, nodes: string) => `${name}: clients go to ${nodes} by themselves.`,
    balancer: (name: string, nodes: string, via: string) => `${name}: ${via} sends the work to ${nodes}.`,
    unstated: (name: string, nodes: string) =>
      `${name}: ${nodes} could do it; nothing of the estate says how the work gets there.`,
    'by-itself': (name: string, nodes: string) =>
      `${name}: the cluster makes ${nodes} its primary by itself.`,
    'by-hand': (name: string, nodes: string) => `${name}: a person promotes ${nodes}.`,
    'promotion-unstated': (name: string, nodes: string) =>
      `${name}: ${nodes} could take over; how is not stated.`,
    'other-copy': (name: string, nodes: string) => `${name} only held a copy: ${nodes} still have the data.`,
    'behind-cache': (name: string, nodes: string) => `${name}: ${nodes} carry what it had answered.`,
    'behind-nobody': (name: string) => `${name}: nothing of the estate says what carries its load.`,
    singleton: (name: string) => `${name}: nobody. It may run only once, and its only place is gone.`,
    'only-one': (name: string) => `${name}: nobody. It runs nowhere else.`,
    'all-out': (name: string) => `${name}: nobody. All of its servers are gone.`,
  },
  loss: {
    nothing: (name: string) => `${name}: nothing is lost.`,
    'no-committed': (name: string, copies: string) =>
      `${name}: no committed row is lost, as long as ${copies} had acknowledged every write.`,
    rows: (name: string, copies: string) =>
      `${name}: what ${copies} had not received yet is lost if the server does not come back.`,
    files: (name: string, copies: string) =>
      `${name}: files that were not copied to ${copies} yet are lost if the server does not come back.`,
    'since-backup': (name: string) =>
      `${name}: nobody else has it. If the server does not come back, everything since the last backup is lost; no backup is stated.`,
    'since-backup-by': (name: string, by: string) =>
      `${name}: nobody else has it. If the server does not come back, everything since the last backup of ${by} is lost.`,
    refilled: (name: string) => `${name}: gone, and filled anew by requests that take longer.`,
    'sessions-nothing': (name: string) =>
      `${name}: all of them. Memcached keeps nothing across a restart and cannot be backed up.`,
    'sessions-saved': (name: string) =>
      `${name}: those since Redis last wrote to its disk; it may have been told not to write at all.`,
    'sessions-not-decided': (name: string) =>
      `${name}: not decided. In Memcached all of them, which cannot be backed up; in Redis those since it last wrote to its disk.`,
    'left-out': (name: string) => `${name}: not part of this estate any more.`,
    age: (name: string) => `${name}, age of the copy at worst`,
  },
  outage: {
    detect: () => 'Detect',
    decide: () => 'Decide',
    act: () => 'Take over',
    client: () => 'Clients',
    repair: () => 'Repair',
    total: () => 'Outage',
    longest: () => 'Until all is whole again',
  },
  loads: {
    each: (name: string, left: number, of: number) =>
      left === of
        ? `${name}: ${of === 1 ? 'its one server carries' : `${of} servers carry`} it.`
        : `${name}: ${left} of ${of} servers ${left === 1 ? 'carries' : 'carry'} all of it.`,
    demand: (name: string, left: number) =>
      `${name}, on ${left === 1 ? 'the one server that answers' : `${left} servers`}.`,
    behindCache: (name: string) => `What is behind ${name} gets its requests, too.`,
    eachFigure: () => 'Load of each at the peak',
    times: () => 'Times the requests of before',
    'peak-requests': () => 'Requests in the busiest hour',
    waiting: () => 'Share of them that waits',
    'streams-on-one': () => 'Streams on one server',
    usable: () => 'Usable rate of its line',
    'line-use': () => 'Share of that in use',
    rate: (size: string) => `${size}, rate`,
    use: (size: string) => `${size}, share of the line`,
  },
  availability: {
    'as-is': () => 'Today',
    here: () => 'This what-if, every cause for itself',
    'here-shared': () => '… with causes that hit several at once',
    share: () => 'Availability over a year',
    perMonth: () => 'Down in the average month',
    allowed: () => 'The month allows',
    left: () => 'Left of it after this outage',
  },
  plan: { before: () => 'Outage of the migration, as planned', after: () => 'With what was set' },
  frames: { asIs: () => 'As it is', toBe: () => 'As it is to be' },
  marks: {
    unaffected: 'not affected',
    stopped: 'stopped (what-if)',
    emptied: 'takes no new work (what-if)',
    'left-out': 'left out (what-if)',
    'takes-over': 'takes over',
    new: 'new',
    absent: 'not in this overlay',
    cut: 'cut (what-if)',
    dead: 'nothing travels it',
    'carries-more': 'carries more',
  },
  stages: {
    works: 'works as today',
    idle: 'built, without work',
    copies: 'holds a copy',
    writable: 'writable',
    'read-only': 'read-only',
    forwards: 'forwards to the target',
    absent: 'not there',
  },
  headings: {
    workflows: 'What breaks for whom',
    breaks: 'What stops beside it',
    takeovers: 'Who takes over',
    losses: 'What is lost',
    outage: 'How long',
    loads: 'What is left carries',
    availability: 'Availability',
    allowance: 'This month’s allowance',
    plan: 'The migration',
    picture: 'The picture',
    unanswered: 'What this what-if cannot say yet',
  },
  columns: {
    step: 'step',
    state: 'state',
    why: 'why',
    figure: 'number',
    value: 'value',
    missing: 'waits for',
  },
  states: {
    works: 'works',
    waits: 'waits',
    skipped: 'left out',
    postponed: 'later',
    fails: 'fails',
    'not-reached': 'not reached',
  },
  conditional: 'if needed',
  unknown: 'unknown',
  pair: (name: string, value: string) => `${name}: ${value}`,
  waitsFor: (value: string, paths: string) => `${value}; waits for ${paths}`,
  waitsForMany: (value: string, count: number) => `${value}; waits for ${count} inputs`,
  range: (low: string, high: string) => `${low} to ${high}`,
  simulated: {
    heading: 'Simulated outage of the migration',
    runs: (runs: string, seed: string) => `${runs} runs, seed ${seed}`,
    unknown: (missing: string) => `The outage cannot be simulated: the plan waits for ${missing}.`,
  },
  byWhatIf: 'set in this what-if',
};
