/** What the command line says while it acts, beside the plan and the run themselves. */
export const actingCli = {
  saved: (file: string) => `The plan is in ${file}.`,
  script: (file: string) => `The script to be pasted by hand is in ${file}.`,
  notPlan: (file: string) => `${file} is not a plan as --save writes it.`,
  otherEstate: (file: string) => `${file} is a plan for another estate or cluster.`,
  begun: (run: string) => `Run ${run} has begun. Ctrl-C holds it after its current step.`,
  holding: (run: string) =>
    `Held. patronus run resume ${run} goes on, patronus run undo ${run} takes it back.`,
  halfWay: (run: string) =>
    `It stopped half-way. patronus run show ${run} tells where; resume or undo, with --confirm.`,
  needsPerson: (what: string) => `A person has to decide: ${what}`,
  decide: (words: string) => `Type ${words}:`,
  wrongName: (expected: string) => `What was typed with --confirm is not ${expected}. Nothing was done.`,
  tookOver: (run: string) => `${run} is on this desk now. Nothing was resumed or undone yet.`,
  handedOver: (run: string) => `${run} is closed here: others see to it.`,
  throttle: {
    heard: (step: string, level: string) => `${step} goes at ${level} at most from now on.`,
    waits: (step: string, level: string) =>
      `${step} goes at ${level} at most once somebody at this desk acts on the run; nobody has heard it yet.`,
  },
  noneThere: 'The servers keep no run that was not ended.',
  approve: {
    shown: (key: string) => `Nothing was signed. ${key} signs exactly this plan.`,
    unknown: 'This key is none of those that the estate names for an approver of this cluster.',
    noAgent: 'No SSH agent is running here.',
    signed: (name: string, until: string, file: string) => `Signed as ${name}, good until ${until}: ${file}`,
  },
  grants: {
    sql: (service: string, account: string) => `-- ${service}: what ${account} needs and nothing more`,
    sudo: (host: string) => `# ${host}: for a file below /etc/sudoers.d, edited with visudo`,
    noSudo: (host: string) => `# ${host}: no sudo is needed`,
    none: (host: string) => `${host} is in no cluster whose primary can be changed from here.`,
    assumedVersion: (version: string) =>
      `-- The version was not read yet; these are the names of ${version} and newer.`,
    bootFile: (file: string) =>
      `# The file that a restart reads is taken to be ${file}, where Debian’s packages have it.`,
  },
};
