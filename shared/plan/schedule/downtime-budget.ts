import { asSeconds, type Fraction, MONTH, type Seconds } from '../../units/measure';
import { amount, checked, type Outcome, positive } from '../../units/outcome';

/** What was or will be taken from a month's downtime. */
export interface Spending {
  id: string;
  kind: 'incident' | 'drill' | 'planned';
  time: Seconds;
}

export interface DowntimeBudget {
  /** What the target allows in the period. */
  allowed: Seconds;
  spent: Seconds;
  /** Negative: overdrawn. Planned work counts: users do not care why it is down. */
  left: number;
  /** The same without planned work, for contracts that leave it out. */
  leftWithoutPlanned: number;
  /** What is left after each spending, in order. */
  after: readonly { id: string; left: number }[];
}

/** Seconds of a period that may be lost at an availability: 43.8 minutes of the average month at 99.9 %. */
export const allowance = (target: Fraction, period: Seconds = MONTH): Outcome<Seconds> =>
  checked([positive('target', target, 'fraction'), positive('period', period, 'seconds')], () =>
    asSeconds((1 - target) * period),
  );

/** The month as a wallet: what is in it and what each outage takes. */
export function downtimeBudget(
  target: Fraction,
  spendings: readonly Spending[],
  period: Seconds = MONTH,
): Outcome<DowntimeBudget> {
  const checks = [
    positive('target', target, 'fraction'),
    positive('period', period, 'seconds'),
    ...spendings.map(({ id, time }) => amount(`spendings/${id}`, time, 'seconds')),
  ];
  return checked(checks, () => {
    const allowed = (1 - target) * period;
    const sum = (of: readonly Spending[]) => of.reduce((total, { time }) => total + time, 0);
    const spent = sum(spendings);
    let left = allowed;
    const after = spendings.map(({ id, time }) => {
      left -= time;
      return { id, left };
    });
    return {
      allowed: asSeconds(allowed),
      spent: asSeconds(spent),
      left: allowed - spent,
      leftWithoutPlanned: allowed - sum(spendings.filter(({ kind }) => kind !== 'planned')),
      after,
    };
  });
}
