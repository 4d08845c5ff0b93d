import { type Figures, figuresOf, timedSteps } from '@shared/plan/figures';
import { type Derived, reshaped } from '@shared/plan/ledger/derived';
import type { Ledger } from '@shared/plan/ledger/ledger';
import { type Tornado, tornado } from '@shared/plan/ledger/tornado';
import {
  type SimulatedOutage,
  simulate,
  simulatedOutage,
  startSimulation,
} from '@shared/plan/schedule/simulation';
import type { StepDraft } from '@shared/plan/steps';

/** What takes too long for a frame: the runs of the simulation, and trying every input on its own. Plain data. */
export interface SumsTask {
  /** Of the question, so that an answer to an older one is known as such. */
  key: string;
  steps: readonly StepDraft[];
  ledger: Ledger;
  seed: number;
  runs: number;
}

export type SumsAnswer =
  | { kind: 'simulated'; key: string; seed: number; outage: SimulatedOutage }
  /** Minutes by which each input moves the P90 of the outage. */
  | { kind: 'weighed'; key: string; weights: Tornado };

/** The answers of a task, the quicker one first. An outage that is unknown is not simulated and weighs nothing. */
export function* sumsOf({ key, steps, ledger, seed, runs }: SumsTask): Generator<SumsAnswer> {
  const { minutes, outage } = figuresOf(steps, ledger);
  const timed = outage.known ? timedSteps(steps, minutes, 'cutover') : null;
  if (!timed || timed.length === 0) return;
  const begun = startSimulation(timed, seed);
  const ran = begun.ok ? simulate(begun.value, runs) : begun;
  const simulated = ran.ok ? simulatedOutage(ran.value) : ran;
  if (simulated.ok) yield { kind: 'simulated', key, seed, outage: simulated.value };
  // Nothing before the cutover is part of the outage: leaving it out makes each trial many times quicker.
  const cutover = steps.filter(({ phase }) => phase === 'cutover');
  yield { kind: 'weighed', key, weights: tornado(ledger, (tried) => p90Of(figuresOf(cutover, tried))) };
}

/** Minutes within which nine of ten outages end, by PERT. */
const p90Of = ({ outage }: Figures): Derived<number> => reshaped(outage, ({ p90 }) => p90);

/** Two tasks of one key have the same answers: what was read again and is as it was asks for no new sums. */
export const keyOf = (steps: readonly StepDraft[], ledger: Ledger): string =>
  JSON.stringify([
    steps.map(({ id, needs, phase, work }) => [id, needs, phase, work]),
    [...ledger.values()].map((row) => [row.path, row.state, row.state === 'known' ? row.spread : null]),
  ]);
