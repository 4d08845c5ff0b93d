import { ok } from '../../errors';
import {
  asFraction,
  asSeconds,
  type Fraction,
  type PerSecond,
  type Seconds,
  YEAR,
} from '../../units/measure';
import { amount, checked, checkedThen, type Outcome, positive, refuse, whole } from '../../units/outcome';

/** How a failure is noticed: so many missed answers in a row, asked in intervals, each waited for. */
export interface Detection {
  misses: number;
  interval: Seconds;
  timeout: Seconds;
  /** Chance that a living server misses one answer. */
  falseMiss: Fraction;
}

export interface DetectionTime {
  /** `k · interval + timeout`. */
  time: Seconds;
  /** Chance that one series of questions raises a false alarm: `pᵏ`. */
  falseAlarm: Fraction;
}

/** More misses cost an interval each and make false alarms rarer by a power. */
export const detectionTime = ({ misses, interval, timeout, falseMiss }: Detection): Outcome<DetectionTime> =>
  checked(
    [
      whole('misses', misses, 1),
      positive('interval', interval, 'seconds'),
      amount('timeout', timeout, 'seconds'),
      amount('falseMiss', falseMiss, 'fraction'),
    ],
    () => ({ time: asSeconds(misses * interval + timeout), falseAlarm: asFraction(falseMiss ** misses) }),
  );

/** `T_fo = detect + decide + switch + client`; the client's part is a DNS TTL, or the timeout of its own choice. */
export const failoverTime = (parts: {
  detect: Seconds;
  decide: Seconds;
  act: Seconds;
  client: Seconds;
}): Outcome<Seconds> =>
  checked(
    Object.entries(parts).map(([name, part]) => amount(name, part, 'seconds')),
    () => asSeconds(parts.detect + parts.decide + parts.act + parts.client),
  );

/** A primary with a standby. */
export interface Pair {
  /** λ, failures of the primary. */
  failures: PerSecond;
  /** T_fo of a failover that succeeds. */
  failover: Seconds;
  /** c, the share of failovers that succeed. */
  success: Fraction;
  /** MTTR of a server, detection included. */
  repair: Seconds;
  /** β, the share of failures that hit both. */
  commonCause: Fraction;
}

export interface PairAvailability {
  availability: Fraction;
  /** Down because failing over takes its time or does not succeed, per year. */
  failoverPerYear: Seconds;
  /** Down because both are, per year. */
  bothPerYear: Seconds;
  downPerYear: Seconds;
}

/**
 * A pair with failover: `U = λ · [c · T_fo + (1 − c) · MTTR] + U_both`, with `U_both = β · U₁ + ((1 − β) · U₁)²`
 * and `U₁ = λ · MTTR`, as the reference reckons. Both terms are shown, because they are cured differently.
 */
export function pairAvailability(pair: Pair): Outcome<PairAvailability> {
  const { failures, failover, success, repair, commonCause } = pair;
  const checks = [
    amount('failures', failures, 'countRate'),
    amount('failover', failover, 'seconds'),
    amount('success', success, 'fraction'),
    amount('repair', repair, 'seconds'),
    amount('commonCause', commonCause, 'fraction'),
  ];
  return checkedThen(checks, () => {
    // One that fails over more slowly than it is repaired would be repaired: the answer would be the wrong one.
    if (failover > repair) {
      return refuse('failover', 'contradictory', { value: String(failover), against: 'repair' });
    }
    const single = failures * repair;
    if (single >= 1)
      return refuse('failures', 'contradictory', { value: String(failures), against: 'repair' });
    const byFailover = failures * (success * failover + (1 - success) * repair);
    const both = commonCause * single + ((1 - commonCause) * single) ** 2;
    const down = Math.min(1, byFailover + both);
    return ok({
      availability: asFraction(1 - down),
      failoverPerYear: asSeconds(byFailover * YEAR),
      bothPerYear: asSeconds(both * YEAR),
      downPerYear: asSeconds(down * YEAR),
    });
  });
}

/** The longest that one failure may last for a target to hold: `MTBF · (1 − A) ÷ A`. 263 minutes at 99.9 % and 4 380 h. */
export function longestPerFailure(target: Fraction, betweenFailures: Seconds): Outcome<Seconds> {
  const checks = [
    positive('target', target, 'fraction'),
    positive('betweenFailures', betweenFailures, 'seconds'),
  ];
  return checked(checks, () => asSeconds((betweenFailures * (1 - target)) / target));
}
