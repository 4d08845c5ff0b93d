import { asFraction, asSeconds, type Count, type Fraction, type Seconds } from '../../units/measure';
import { amount, type BadInput, checked, type Outcome, positive, whole } from '../../units/outcome';

/**
 * Clients that choose between two servers by themselves, as those of `embassy` do: at random, half and half,
 * kept for an hour, and the other server after three seconds without an answer.
 */
export interface ClientChoice {
  /** How long a choice is kept. */
  stick: Seconds;
  /** Silence after which the other server is asked. */
  timeout: Seconds;
  /** Does a client that fell back stay there until its choice expires? Not said by the documents of `embassy`. */
  remembers: boolean;
}

/** Deviations of the normal distribution above which one in a thousand lies. */
const P999 = 3.0902;

export interface ChosenLoad {
  mean: number;
  /** Not more than this on one server, in 999 of 1 000 moments. */
  p999: Count;
  share: Fraction;
}

/** How many of `clients` are on one of two servers: `n ÷ 2 + 1.545 · √n`. 200 streams: 122. */
export const chosenLoad = (clients: Count): Outcome<ChosenLoad> =>
  checked([whole('clients', clients, 1)], () => loadOf(clients / 2, Math.sqrt(clients) / 2, clients));

/** The same for clients of unequal weight: `σ² = ¼ · Σw²`. Refused without any weight at all. */
export function weightedLoad(weights: readonly number[]): Outcome<ChosenLoad> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const none: BadInput[] = weights.length > 0 && total === 0 ? [{ input: 'weights', problem: 'zero' }] : [];
  const checks = [
    weights.length === 0
      ? [{ input: 'weights', problem: 'too-few' as const, value: '0', against: '1' }]
      : none,
    ...weights.map((weight, index) => amount(`weights/${index}`, weight, 'count')),
  ];
  return checked(checks, () => {
    const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
    return loadOf(total / 2, Math.sqrt(squares) / 2, total);
  });
}

function loadOf(mean: number, deviation: number, all: number): ChosenLoad {
  // Never more than all of them, which the approximation does not know for a handful.
  const p999 = Math.min(all, Math.ceil(mean + P999 * deviation));
  return { mean, p999: p999 as Count, share: asFraction(p999 / all) };
}

export interface DeadServer {
  /** Share of users who wait for the dead server at some time. */
  affected: Fraction;
  /** Seconds that each request of an affected user is delayed by while the choice lasts. */
  perRequest: Seconds;
  /** Mean delay per user and choice. */
  perChoice: Seconds;
  /** Does it get better by itself when choices expire? Never while the server is dead: half choose it again. */
  expiryCures: false;
  /** The survivor has all of it. */
  survivorLoad: Fraction;
}

/**
 * What users feel while one of two servers is dead. Remembered: one timeout per choice, for half of them. Not
 * remembered: one for each request of that half; `requests` are those of a user within one choice.
 */
export const deadServer = ({ timeout, remembers }: ClientChoice, requests: Count): Outcome<DeadServer> =>
  checked([amount('timeout', timeout, 'seconds'), positive('requests', requests, 'count')], () => ({
    affected: asFraction(0.5),
    perRequest: remembers ? asSeconds(timeout / requests) : timeout,
    perChoice: asSeconds(0.5 * timeout * (remembers ? 1 : requests)),
    expiryCures: false,
    survivorLoad: asFraction(1),
  }));

/** Share of the load on a server so long after it came back: `½ · min(1, t ÷ stick)`; an hour until half. */
export const returnedShare = ({ stick }: ClientChoice, after: Seconds): Outcome<Fraction> =>
  checked([positive('stick', stick, 'seconds'), amount('after', after, 'seconds')], () =>
    asFraction(0.5 * Math.min(1, after / stick)),
  );

/** How long a server that gets no new choices keeps old ones: draining it for a migration takes as long as a choice lasts. */
export const drainTime = ({ stick }: ClientChoice): Outcome<Seconds> =>
  checked([amount('stick', stick, 'seconds')], () => stick);

/** What is wrong with two servers at once. */
export interface HardFailure {
  /** Share of time in which neither answers: `U₁ · U₂`, or `β · U + ((1 − β) · U)²` with shared causes. */
  bothDown: Fraction;
  /** Share of requests that fail although both live, each too slow: `q₁ · q₂`. */
  bothSlow: Fraction;
  /** Longest wait before an error: a timeout on each. */
  worstWait: Seconds;
}

/** Hard failures of a client's choice; `down` and `slow` are the shares of each server, `beta` of shared causes. */
export function hardFailure(
  choice: ClientChoice,
  down: readonly [Fraction, Fraction],
  slow: readonly [Fraction, Fraction],
  beta: Fraction,
): Outcome<HardFailure> {
  const checks = [
    amount('timeout', choice.timeout, 'seconds'),
    ...[...down].map((share, index) => amount(`down/${index}`, share, 'fraction')),
    ...[...slow].map((share, index) => amount(`slow/${index}`, share, 'fraction')),
    amount('beta', beta, 'fraction'),
  ];
  return checked(checks, () => {
    const least = Math.min(...down);
    // Shared causes take down both, so no more often than the better of them fails.
    const both = beta * least + (1 - beta) * down[0] * ((1 - beta) * down[1]);
    return {
      bothDown: asFraction(both),
      bothSlow: asFraction(slow[0] * slow[1]),
      worstWait: asSeconds(2 * choice.timeout),
    };
  });
}

/** Share of reads that see old data: half go to the standby, where what is younger than the lag is not there yet. */
export const staleReads = (youngerThanLag: Fraction): Outcome<Fraction> =>
  checked([amount('youngerThanLag', youngerThanLag, 'fraction')], () => asFraction(youngerThanLag / 2));
