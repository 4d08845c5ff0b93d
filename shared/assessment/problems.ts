import type { Estate } from '../estate/schema';
import { truthOf } from '../kinds/fact-of';
import { answerOf, type Snapshot } from '../snapshot';
import { topologyOf } from '../topology/topology-of';
import type { ProblemScore, SubjectVerdict } from '../views/assessment';
import type { TargetComparison } from '../views/targets';

/**
 * The stated faults of today, scored from what was seen. A fault has an id in the estate; which rule counts it is
 * told here by that id. The score is the share of what it touches of which it was seen to be so: unknown parts make
 * it unknown, because a fault that could not be looked for is not absent.
 */

type Problem = Estate['problems'][number];
interface Counted {
  /** Where it is so, where it is not, and where nobody knows. */
  found: readonly string[];
  clear: readonly string[];
  unknown: readonly string[];
}
/** What a month costs, of today (first) and of each target. null: not known. */
export interface MonthlyCost {
  variant: string;
  value: number | null;
  /** Currency; amounts of another one than today's are not compared. */
  unit: string;
}
export const monthlyCosts = ({ variants }: Pick<TargetComparison, 'variants'>): MonthlyCost[] =>
  variants.flatMap(({ id, cost }) =>
    cost ? [{ variant: id, value: cost.perMonth.value, unit: cost.perMonth.unit }] : [],
  );

interface Input {
  estate: Estate;
  costs: readonly MonthlyCost[];
  look: Snapshot | null;
  subjects: readonly SubjectVerdict[];
  problem: Problem;
}

/** Services that a problem touches, by their own id or that of a host they run on. */
const servicesOf = ({ estate, problem }: Input) =>
  estate.services.filter(
    ({ id, hosts = [] }) =>
      problem.affects.includes(id) || hosts.some((host) => problem.affects.includes(host)),
  );
const hostsOf = (input: Input) => [
  ...new Set([
    ...input.estate.hosts.map(({ id }) => id).filter((id) => input.problem.affects.includes(id)),
    ...servicesOf(input).flatMap(({ hosts = [] }) => hosts),
  ]),
];

/** Services whose tier stands on one host: the finding of the graph, counted once a service. */
function singlePoints(input: Input): Counted {
  const services = servicesOf(input).filter(({ hosts = [] }) => hosts.length > 0);
  const ids = services.map(({ id }) => id);
  // Whether there is a second one is a matter of the model; that the first is really there was seen by a look.
  if (input.look === null) return { found: [], clear: [], unknown: ids };
  const { findings, nodes } = topologyOf(input.estate, input.look);
  const single = new Set(
    findings
      .filter(({ code }) => code === 'SINGLE_POINT_OF_FAILURE')
      .flatMap(({ nodes: touched }) =>
        nodes.filter(({ id }) => touched.includes(id)).map(({ service }) => service),
      ),
  );
  return {
    found: ids.filter((id) => single.has(id)),
    clear: ids.filter((id) => !single.has(id)),
    unknown: [],
  };
}

/** Services that a second instance cannot relieve: one placement, and nothing in front of them that would spread. */
function notSpread(input: Input): Counted {
  const services = servicesOf(input).filter(({ hosts = [] }) => hosts.length > 0);
  const ids = services.map(({ id }) => id);
  if (input.look === null) return { found: [], clear: [], unknown: ids };
  const { estate } = input;
  const isSpread = (id: string) =>
    (estate.services.find((service) => service.id === id)?.hosts ?? []).length > 1 ||
    estate.clusters.some(
      ({ members }) => members.length > 1 && members.some(({ service }) => service === id),
    );
  return { found: ids.filter((id) => !isSpread(id)), clear: ids.filter(isSpread), unknown: [] };
}

/** Hosts whose security updates nobody but a person installs: by the checks, else by the look. */
function byHand(input: Input): Counted {
  const state = (host: string): boolean | null => {
    const judged = input.subjects.find(({ subject }) => subject.kind === 'host' && subject.host === host);
    const check = judged?.checks.find(({ code }) => code === UPDATES_CHECK);
    if (check) return check.state === 'unknown' ? null : check.state === 'applies';
    const automatic = truthOf(answerOf(input.look?.hosts[host])?.facts['host.updates.automatic']);
    return automatic === null ? null : !automatic;
  };
  const hosts = hostsOf(input);
  return {
    found: hosts.filter((host) => state(host) === true),
    clear: hosts.filter((host) => state(host) === false),
    unknown: hosts.filter((host) => state(host) === null),
  };
}
/** The check of the hosts' updates whose answer counts. */
const UPDATES_CHECK = 'UPDATES_NOT_AUTOMATIC';

/** Whether a cost is high is a comparison: targets that cost less each month. Without both amounts it stays unknown. */
function cheaper({ costs: [today, ...targets] }: Input): Counted {
  const known = (one: MonthlyCost): one is MonthlyCost & { value: number } =>
    one.value !== null && one.unit === today?.unit;
  if (!today || !known(today)) return { found: [], clear: [], unknown: [TODAY] };
  const told = targets.filter(known);
  const names = (list: readonly MonthlyCost[]) => list.map(({ variant }) => variant);
  return {
    found: names(told.filter(({ value }) => value < today.value)),
    clear: names(told.filter(({ value }) => value >= today.value)),
    unknown: names(targets.filter((one) => !known(one))),
  };
}
/** Id of today's cost among the variants. */
const TODAY = 'as-is';

const MEASURES = {
  'single-points': singlePoints,
  'not-spread': notSpread,
  'updates-by-hand': byHand,
  'costs-compared': cheaper,
} as const;
export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as Measure[];

/** By the id that a problem has in an estate file. */
const MEASURE_OF: Readonly<Record<string, Measure>> = {
  'no-high-availability': 'single-points',
  'no-scaling': 'not-spread',
  'manual-updates': 'updates-by-hand',
  'datacenter-cost': 'costs-compared',
};

/** Every stated fault with its score; one that no rule knows is shown as unknown, never left out. */
export function problemsOf(input: Omit<Input, 'problem'>): ProblemScore[] {
  return input.estate.problems.map((problem): ProblemScore => {
    const measure = Object.hasOwn(MEASURE_OF, problem.id) ? (MEASURE_OF[problem.id] ?? null) : null;
    const counted = measure ? MEASURES[measure]({ ...input, problem }) : NOTHING;
    const { found, clear, unknown } = counted;
    const of = found.length + clear.length;
    const known = unknown.length === 0 && of > 0;
    return {
      id: problem.id,
      title: problem.title,
      // one case is enough to see it; that there is none takes all of them
      state: found.length > 0 ? 'seen' : known ? 'not-seen' : 'unknown',
      score: known ? Math.round((100 * found.length) / of) : null,
      found: found.length,
      of,
      measure,
      items: [...found],
      unknown: [...unknown],
      removedBy: problem.removedBy ?? null,
      provedBy: problem.provedBy ?? null,
    };
  });
}
const NOTHING: Counted = { found: [], clear: [], unknown: [] };
