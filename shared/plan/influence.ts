import type { Plan, PlanAssumption, PlanInfluence } from '../views/plan';
import { figuresOf } from './figures';
import { reshaped } from './ledger/derived';
import { type TornadoBar, tornado } from './ledger/tornado';
import type { PlanBasis } from './plan-of';

/** Which inputs move the P90 of the outage, the most influential first. Empty where the outage is unknown. */
export function outageInfluence(
  { steps, ledger }: Pick<PlanBasis, 'steps' | 'ledger'>,
  assumptions: Plan['assumptions'],
): PlanInfluence[] {
  // Nothing before the cutover is part of the outage: leaving it out makes each trial many times quicker.
  const cutover = steps.filter(({ phase }) => phase === 'cutover');
  const { bars } = tornado(ledger, (tried) => reshaped(figuresOf(cutover, tried).outage, ({ p90 }) => p90));
  return influenceOf(bars, assumptions);
}

/** The bars of a tornado with the titles and sources of their inputs. */
export function influenceOf(
  bars: readonly TornadoBar[],
  assumptions: readonly PlanAssumption[],
): PlanInfluence[] {
  const inputs = new Map(assumptions.map((input) => [input.path, input]));
  return bars.map(({ path, atLow, atHigh, swing, basis }) => ({
    path,
    title: inputs.get(path)?.title ?? path,
    source: inputs.get(path)?.source ?? 'unknown',
    atLow,
    atHigh,
    swing,
    basis,
  }));
}
