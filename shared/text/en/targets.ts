import type { SingleReason } from '../../targets/structure-model';

const because: Record<SingleReason, string> = {
  'one-server': 'one server, nothing replaces it',
  'one-machine': 'several, but all within one machine',
  singleton: 'two at once would do harm, and nobody takes over',
  'all-needed': 'several, and all of them are needed',
  'not-placed': 'placed nowhere yet; one is all that is said',
};

/** Targets side by side: inputs, what each is made of, what keeps it from holding. `name` is a service or a target. */
export const targets = {
  asIs: 'As it is',
  unknown: 'unknown',
  months: 'months',
  inputs: {
    betweenFailures: (name: string) => `Time between two failures of one server: ${name}`,
    repair: (name: string) => `Time until it is repaired, from the failure: ${name}`,
    commonCause: (name: string) => `Share of failures that hit all servers at once: ${name}`,
    detect: (name: string) => `Failover of ${name}: until the failure is noticed`,
    decide: (name: string) => `Failover of ${name}: until it is decided`,
    act: (name: string) => `Failover of ${name}: until the standby serves`,
    client: (name: string) => `Failover of ${name}: until its clients find it`,
    success: (name: string) => `Failover of ${name}: share that succeeds`,
    load: (name: string) => `Load of each server today, at the peak: ${name}`,
    requestsPerUser: () => 'Requests of one user in a day',
    peakShare: () => 'Share of the day that falls into its busiest hour',
    serviceTime: (name: string) => `Time that one request takes: ${name}`,
    workers: (name: string) => `Requests that one server works on at once: ${name}`,
    streamRate: (name: string) => `Rate of one stream: ${name}`,
    link: (name: string) => `Network link of one server: ${name}`,
    perMonth: (name: string) => `Cost in a month: ${name}`,
    once: (name: string) => `Cost of moving, paid once: ${name}`,
    overlap: (name: string) => `Months in which both are paid: ${name}`,
    effort: (name: string) => `Days of work: ${name}`,
    outageHour: () => 'Cost of one hour of outage',
    discountRate: () => 'Rate at which later payments are discounted',
  },
  because,
  how: {
    single: (because: string) => because,
    parallel: (servers: number, needed: number, chooser: string) =>
      `${servers} servers, ${needed === 1 ? 'one is enough' : `${needed} are needed`}; ${chooser}`,
    failover: (servers: number) => `${servers} servers; one serves, the next takes over`,
    byBalancer: (name: string) => `chosen by ${name}`,
    byClient: () => 'chosen by the client',
    byCaller: (name: string) => `chosen by ${name}, in a way that nobody has stated`,
    byNobody: () => 'nothing says who chooses',
  },
  demands: {
    'peak-requests': 'Requests in the busiest hour',
    waiting: 'Share of requests that wait, with one server lost',
    'on-one': 'On one server by the clients’ choice, in 999 of 1\u202f000 moments',
    'line-use': 'Use of the line with one server lost',
  },
  breakEven: {
    after: (months: string) => `after ${months} months`,
    never: (more: string) => `never: it costs ${more} more each month`,
    never0: () => 'never: it costs as much',
  },
  mistakes: {
    'does-not-apply': (why: string) => `This target cannot be laid over the estate: ${why}`,
    'lacks-role': (role: string, workflow: string) =>
      `“${workflow}” needs a service of the role ${role}, and this target has none.`,
    'workflow-gone': (workflow: string) => `Nobody can do “${workflow}” any more: the target drops it.`,
    'not-placed': (service: string) => `${service} is placed nowhere: no server of it can be counted on.`,
    'nobody-chooses': (service: string) =>
      `${service} runs on several servers, and nothing says who chooses between them.`,
    'no-primary': (service: string) =>
      `${service} is written to, and no member of its cluster is named as primary.`,
    'claims-too-much': (problem: string, left: string) =>
      `It claims to remove “${problem}”, and the picture says otherwise: ${left}.`,
  },
  left: {
    availability: (servers: string) => `nothing replaces ${servers}`,
    scaling: () => 'no web or application server stands beside another',
    cost: () => 'it costs as much in a month as today, or more',
    updates: (step: string) => `“${step}” cuts users off`,
    noUpdates: () => 'it has no rolling update',
  },
  manifests: {
    several: (count: number) => `${count}-services`,
    lacks: {
      'no-image': (path: string) =>
        `Unknown: ${path}. The image below is a placeholder that no registry answers to.`,
      'no-port': (path: string) => `Unknown: ${path}. Nothing can reach this service until it is stated.`,
      'start-ring': (path: string) => `${path} waits for a service that waits for it.`,
    },
  },
};
