import { amount, type BadInput, checked, type Outcome } from '../../units/outcome';
import type { Minutes } from '../../views/plan';

/** Expectation and deviation of a duration, minutes. */
export interface Moments {
  mean: number;
  deviation: number;
}

/** What is wrong with three estimates of one duration: negative, absurd, or not in order. */
export function wrongWithMinutes(input: string, minutes: Minutes): readonly BadInput[] {
  const { optimistic, likely, pessimistic } = minutes;
  const of = (name: keyof Minutes, value: number) =>
    amount('', value * 60, 'seconds').map((bad) => ({
      ...bad,
      input: `${input}/${name}`,
      value: `${value}`,
    }));
  const bad: BadInput[] = [
    ...of('optimistic', optimistic),
    ...of('likely', likely),
    ...of('pessimistic', pessimistic),
  ];
  if (bad.length > 0) return bad;
  if (optimistic <= likely && likely <= pessimistic) return bad;
  const against = `${likely}`;
  if (optimistic > likely) {
    bad.push({ input: `${input}/optimistic`, problem: 'contradictory', value: `${optimistic}`, against });
  }
  if (likely > pessimistic) {
    bad.push({ input: `${input}/pessimistic`, problem: 'contradictory', value: `${pessimistic}`, against });
  }
  return bad;
}

/** PERT: `E = (o + 4m + p) ÷ 6`, `σ = (p − o) ÷ 6`, of three estimates that were checked. */
export const moments = ({ optimistic, likely, pessimistic }: Minutes): Moments => ({
  mean: (optimistic + 4 * likely + pessimistic) / 6,
  deviation: (pessimistic - optimistic) / 6,
});

export const pert = (minutes: Minutes): Outcome<Moments> =>
  checked([wrongWithMinutes('minutes', minutes)], () => moments(minutes));

/** Standard deviations above the mean below which a share of a normal distribution lies. */
export const DEVIATIONS = { p50: 0, p90: 1.28, p99: 2.33, p999: 3.09 } as const;
