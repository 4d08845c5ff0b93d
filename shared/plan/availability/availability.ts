import { ok } from '../../errors';
import { asFraction, asSeconds, type Fraction, MONTH, type Seconds, YEAR } from '../../units/measure';
import {
  amount,
  type BadInput,
  checked,
  checkedThen,
  type Outcome,
  positive,
  whole,
} from '../../units/outcome';

/** Availability from the time between failures and the time to repair, detection included: `MTBF ÷ (MTBF + MTTR)`. */
export const fromTimes = (betweenFailures: Seconds, repair: Seconds): Outcome<Fraction> =>
  checked(
    [positive('betweenFailures', betweenFailures, 'seconds'), amount('repair', repair, 'seconds')],
    () => asFraction(betweenFailures / (betweenFailures + repair)),
  );

const shares = (parts: readonly Fraction[]): (readonly BadInput[])[] => [
  parts.length === 0 ? [{ input: 'parts', problem: 'too-few', value: '0', against: '1' }] : [],
  ...parts.map((part, index) => amount(`parts/${index}`, part, 'fraction')),
];

/** All are needed: the product. */
export const inSeries = (parts: readonly Fraction[]): Outcome<Fraction> =>
  checked(shares(parts), () => asFraction(parts.reduce<number>((product, part) => product * part, 1)));

/** One is enough, causes independent and the change-over free: `1 − ∏(1 − A)`. */
export const inParallel = (parts: readonly Fraction[]): Outcome<Fraction> =>
  checked(shares(parts), () =>
    asFraction(1 - parts.reduce<number>((product, part) => product * (1 - part), 1)),
  );

/** At least `needed` of `of` equal ones: `Σ C(n,i) · Aⁱ · (1 − A)ⁿ⁻ⁱ`. */
export function someOf(needed: number, of: number, each: Fraction): Outcome<Fraction> {
  const checks = [whole('needed', needed, 1), whole('of', of, 1), amount('each', each, 'fraction')];
  if (needed > of)
    checks.push([{ input: 'needed', problem: 'contradictory', value: String(needed), against: 'of' }]);
  if (of > MOST) checks.push([{ input: 'of', problem: 'absurd', value: String(of) }]);
  return checked(checks, () => {
    // Chances of how many are up, one server after the other: no binomial grows out of bounds on the way.
    let chances = [1];
    for (let server = 0; server < of; server += 1) {
      chances = Array.from(
        { length: chances.length + 1 },
        (_, up) => (chances[up] ?? 0) * (1 - each) + (chances[up - 1] ?? 0) * each,
      );
    }
    return asFraction(
      Math.min(
        1,
        chances.slice(needed).reduce((sum, chance) => sum + chance, 0),
      ),
    );
  });
}
const MOST = 1000;

/** What each of `count` equal parts in series must reach for the whole to reach the target: its root. */
export const neededEach = (target: Fraction, count: number): Outcome<Fraction> =>
  checked([positive('target', target, 'fraction'), whole('count', count, 1)], () =>
    asFraction(target ** (1 / count)),
  );

/**
 * Equal ones (two, where nothing else is said) of which one is enough, and that share some causes:
 * `U = β · (1 − A) + ((1 − β) · (1 − A))ⁿ`. β = 0.1 alone puts two boxes of 99 % below 99.9 %.
 */
export const withCommonCause = (each: Fraction, beta: Fraction, of = 2): Outcome<Fraction> =>
  checked([amount('each', each, 'fraction'), amount('beta', beta, 'fraction'), whole('of', of, 1)], () => {
    const down = 1 - each;
    return asFraction(1 - (beta * down + ((1 - beta) * down) ** of));
  });

/** The same where `needed` of them are: shared causes take all, the others as in `someOf`. */
export function someWithCommonCause(
  needed: number,
  of: number,
  each: Fraction,
  beta: Fraction,
): Outcome<Fraction> {
  const checks = [amount('each', each, 'fraction'), amount('beta', beta, 'fraction')];
  return checkedThen(checks, () => {
    const apart = someOf(needed, of, asFraction(1 - (1 - beta) * (1 - each)));
    return apart.ok ? ok(asFraction(Math.max(0, apart.value - beta * (1 - each)))) : apart;
  });
}

/** How long something of this availability is down, in the average month and in the year. */
export interface DownTimes {
  month: Seconds;
  year: Seconds;
}

export const downTimes = (availability: Fraction): Outcome<DownTimes> =>
  checked([amount('availability', availability, 'fraction')], () => ({
    month: asSeconds((1 - availability) * MONTH),
    year: asSeconds((1 - availability) * YEAR),
  }));
