import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEstate } from '@shared/estate/parse';
import { timedSteps } from '@shared/plan/figures';
import { everythingFor, manyServices } from '@shared/plan/many.test-kit';
import { planBasisOf, planOf } from '@shared/plan/plan-of';
import type { TimedStep } from '@shared/plan/schedule/outage';
import { SIMULATION_RUNS, simulate, startSimulation } from '@shared/plan/schedule/simulation';
import { checkout } from '../programs';
import type { Section } from '../report';
import { summarise } from '../stats';

const SERVICES = 1000;

const METHOD = `Method: in this process, after five rounds that are not counted. An estate of ${SERVICES} services, each with a database or a
tree of files, and a ledger with a value for everything that its plan asks for. "Plan" is planOf: inputs, steps, every duration, the longest paths and
PERT sums of outage and preparation, texts. "What-if" is the same for Patronus. "Simulation" draws ${SIMULATION_RUNS}
outages of Patronus, in the process itself; the console draws them in slices beside its window.`;

/** How long a plan takes to make. */
export function measurePlan(runs: number): Section {
  const file = path.join(checkout(), 'estates/patronus.yaml');
  const patronus = parseEstate(readFileSync(file, 'utf8'), file);
  if (!patronus.ok) throw new Error(`${file} is no estate`);
  const wide = manyServices(patronus.value, SERVICES);
  const wideLedger = everythingFor(wide);
  const ledger = everythingFor(patronus.value);
  const { steps, figures } = planBasisOf(patronus.value, ledger, null);
  const cutover = timedSteps(steps, figures.minutes, 'cutover');
  if (!cutover) throw new Error('a duration of the cutover is unknown');
  const plan = timed(runs, () => planOf(wide, wideLedger, null));
  const whatIf = timed(runs, () => planOf(patronus.value, ledger, null));
  const simulation = timed(Math.min(runs, 5), () => simulated(cutover));
  return {
    title: `The plan of ${SERVICES} services`,
    method: METHOD,
    missing: [],
    figures: [
      { name: `plan of ${SERVICES} services`, unit: 'ms', goal: '50', summary: summarise(plan.wall) },
      { name: 'its processor time', unit: 'ms', summary: summarise(plan.cpu) },
      { name: 'what-if on Patronus', unit: 'ms', goal: '16.7', summary: summarise(whatIf.wall) },
      { name: 'simulation of Patronus', unit: 'ms', summary: summarise(simulation.wall) },
    ],
  };
}

function simulated(steps: readonly TimedStep[]): void {
  const started = startSimulation(steps, 1);
  if (!started.ok || !simulate(started.value, SIMULATION_RUNS).ok)
    throw new Error('the simulation was refused');
}

/** Milliseconds by the clock, and of processor time in all threads of this process: on a busy machine the two differ. */
function timed(runs: number, work: () => unknown): { wall: number[]; cpu: number[] } {
  for (let n = 0; n < 5; n += 1) work();
  const rounds = Array.from({ length: runs }, () => {
    const start = performance.now();
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - start, cpu: (user + system) / 1000 };
  });
  return { wall: rounds.map(({ wall }) => wall), cpu: rounds.map(({ cpu }) => cpu) };
}
