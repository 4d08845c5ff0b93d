import { planRows as rows } from './plan-rows';

/** Words of the runbook beside its rows: roles, times, gates, and what stands in commands. */
export const planSteps = {
  rows,
  roles: {
    lead: 'lead',
    dba: 'database',
    files: 'files',
    web: 'web',
    network: 'network',
    communication: 'communication',
    business: 'business',
  },
  when: {
    days: (days: string) => `T${days} d`,
    start: 'T0',
    minutes: (minutes: string) => `T0 ${minutes} min`,
    hours: (hours: string) => `T0 ${hours} h`,
    promotion: 'promotion',
    afterPromotion: (minutes: number) => `promotion + ${minutes} min`,
  },
  /** Stand in ⟨…⟩ for what only the day knows. */
  slots: {
    target: (of: string) => `target of ${of}`,
    oldServer: (of: string) => `server of ${of}`,
    databases: 'databases',
    dumpFile: 'dump file',
    folder: 'folder',
    account: 'replication account',
    password: 'its password, typed at the prompt',
    position: 'position noted at 16',
    dumpPosition: 'position in the dump',
    reversePosition: 'position noted at R1',
    share: 'share',
    root: 'root of the files',
    passList: 'list of the last pass',
    kib: 'KiB a second',
    maintenance: 'maintenance page',
    bridge: 'bridge to the target',
    name: 'public name',
    targetAddress: 'address of the target',
    resolver: 'resolver',
    key: 'key file',
    records: 'file with the new records',
    oldRecords: 'file with the old records',
    estateFile: 'estate file',
    thisDesk: 'this desk',
    nameServer: 'name server',
    anyResolver: 'any host',
  },
  notes: {
    dialectUnknown: (service: string) =>
      `MySQL or MariaDB: nobody has looked at ${service} yet, so its statements are not known.`,
    otherDatabase: (kind: string) => `This console knows no statements of ${kind}.`,
    programUnknown: (service: string) =>
      `Which program serves ${service} is not known; its command is a person’s to add.`,
    byConsole:
      'The run of step 21 does this itself, right before it promotes; until then the maintenance page holds the writes.',
    consoleRun:
      'One run of this console: source read-only, GTID sets equal, promotion, reverse channel, each verified.',
  },
  gates: {
    begin: 'Do we begin?',
    promote: 'Do we promote?',
    open: 'Do we open?',
    otherwiseCancel: 'Call it off: nothing was changed yet.',
    otherwiseAbort: 'The abort card: undo 17, 16, 15 in this order. Nothing is lost.',
    otherwiseBack: 'Rollback R through the reverse channel; nobody has written yet.',
    otherwiseForward: 'Back to the old servers; nobody has written yet.',
  },
  readings: {
    people: { what: 'People at their places', must: 'everybody named for this gate', where: 'roll call' },
    abort: { what: 'Abort command', must: 'rehearsed, and at hand on paper', where: 'rehearsal log' },
    turnBackSet: { what: 'Turn-back time', must: 'known to everybody', where: 'this plan' },
    blockers: { what: 'Blockers', must: '0, or each waived by name', where: 'assessment' },
    backup: {
      what: 'Backup of the source',
      must: 'made after step 13, and readable',
      where: 'backup server',
    },
    freeze: { what: 'Expected freeze', must: 'within the window, P90', where: 'this plan' },
    lag: (name: string) => ({
      what: `Lag of ${name}`,
      must: 'below 1 s, from the heartbeat row; NULL is no answer',
      where: 'replica',
    }),
    locks: (name: string) => ({
      what: `Locks and long transactions of ${name}`,
      must: 'none',
      where: 'source',
    }),
    writers: { what: 'Writing sessions', must: '0', where: 'list of sessions' },
    readOnly: (name: string) => ({
      what: `${name} read-only`,
      must: 'at both ends',
      where: 'source and target',
    }),
    equal: (name: string) => ({
      what: `GTID sets of ${name}`,
      must: 'equal: the wait gave 0, and the difference is empty',
      where: 'target',
    }),
    hashes: (name: string) => ({
      what: `Hashes of ${name}`,
      must: 'all equal, and more than none compared',
      where: 'both ends',
    }),
    errors: (name: string) => ({
      what: `Errors of the last pass of ${name}`,
      must: 'none',
      where: 'log of the pass',
    }),
    time: { what: 'Time', must: 'before the turn-back time', where: 'clock' },
    reverse: (name: string) => ({
      what: `Reverse channel of ${name}`,
      must: 'both threads run, GTID sets converge',
      where: 'old server',
    }),
    reverseFiles: (name: string) => ({
      what: `Way back of ${name}`,
      must: 'a first pass back without an error',
      where: 'old server',
    }),
    oneWriter: (name: string) => ({
      what: `Servers of ${name} that take writes`,
      must: 'exactly one, on the target',
      where: 'both ends',
    }),
    trials: {
      what: 'List of trials',
      must: 'all passed, the refused one too',
      where: 'target, by its raw address',
    },
    configuration: { what: 'Hash of the configuration', must: 'the rehearsed one', where: 'target' },
  },
};
