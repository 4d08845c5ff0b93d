import { ok } from '../../errors';
import { type BadInput, checkedThen, type Outcome, refuse, whole } from '../../units/outcome';
import { finishTimes } from './longest-path';
import type { TimedStep } from './outage';
import { betaPert, type GeneratorState, seeded } from './seeded';
import { graphOf, type StepGraph } from './step-graph';
import { wrongWithMinutes } from './three-point';

/** Runs of a simulation that the screen and paper show: its P90 is then right to about a fifth of a percent. */
export const SIMULATION_RUNS = 40_000;
/** What their random numbers begin from, on the screen as on paper, so that both show the same runs. */
export const SIMULATION_SEED = 1;

/** A simulation on its way: plain data, so that a worker can go on with it slice by slice and hand it over. */
export interface Simulation {
  graph: StepGraph<TimedStep>;
  generator: GeneratorState;
  /** Minutes of every run so far, in the order in which they were drawn. */
  outages: number[];
}

/** Begins one. The same steps and seed give the same runs on every machine, however they are sliced. */
export function startSimulation(steps: readonly TimedStep[], seed: number): Outcome<Simulation> {
  const bad: BadInput[] = Number.isSafeInteger(seed)
    ? []
    : [{ input: 'seed', problem: 'not-whole', value: String(seed) }];
  const checks = [bad, ...steps.map(({ id, minutes }) => wrongWithMinutes(`steps/${id}`, minutes))];
  return checkedThen(checks, () => {
    const graph = graphOf(steps);
    return graph.ok ? ok({ graph: graph.value, generator: seeded(seed), outages: [] }) : graph;
  });
}

/** Does so many runs more; the simulation given stays as it was. */
export function simulate(before: Simulation, runs: number): Outcome<Simulation> {
  return checkedThen([whole('runs', runs, 0)], () => {
    const { graph } = before;
    const generator: GeneratorState = [...before.generator];
    const outages = [...before.outages];
    const durations = new Float64Array(graph.steps.length);
    const ends = new Float64Array(graph.steps.length);
    for (let run = 0; run < runs; run += 1) {
      for (const [at, { minutes }] of graph.steps.entries()) {
        durations[at] = betaPert(minutes.optimistic, minutes.likely, minutes.pessimistic, generator);
      }
      finishTimes(graph, durations, ends);
      let total = 0;
      for (const end of ends) total = Math.max(total, end);
      outages.push(total);
    }
    return ok({ graph, generator, outages });
  });
}

/** What the runs say, minutes. */
export interface SimulatedOutage {
  runs: number;
  mean: number;
  p50: number;
  p90: number;
  p99: number;
}

/** Refused below a hundred runs: their 99th percentile would be an accident. */
export function simulatedOutage({ outages }: Simulation): Outcome<SimulatedOutage> {
  if (outages.length < 100) {
    return refuse('runs', 'too-few', { value: String(outages.length), against: '100' });
  }
  const sorted = Float64Array.from(outages).sort();
  const below = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length;
  return ok({ runs: sorted.length, mean, p50: below(0.5), p90: below(0.9), p99: below(0.99) });
}
