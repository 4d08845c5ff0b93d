import {
  asPerSecond,
  asRate,
  type BytesPerSecond,
  type Count,
  type Fraction,
  type PerSecond,
  type Seconds,
  seconds,
} from '../../units/measure';
import { amount, checked, type Outcome, positive } from '../../units/outcome';

const DAY = seconds(1, 'day');
const HOUR = seconds(1, 'h');

export interface Day {
  /** Users of a day. */
  users: Count;
  /** Requests of each of them, or sessions. */
  each: number;
  /** Share of the day that falls into its busiest hour. */
  peak: Fraction;
}

export interface Arrivals {
  mean: PerSecond;
  peak: PerSecond;
}

/** What arrives in the mean and in the busiest hour: 50 000 users of 30 requests, 12 % of them in one hour, are 50/s. */
export const arrivals = ({ users, each, peak }: Day): Outcome<Arrivals> =>
  checked(
    [
      amount('users', users, 'count'),
      amount('each', each, 'count'),
      positive('peak', peak, 'fraction'),
      // An hour cannot be quieter than the mean of 24 and still be the busiest.
      peak > 0 && peak < 1 / 24 - 1e-9
        ? [{ input: 'peak', problem: 'contradictory' as const, value: String(peak), against: '1/24' }]
        : [],
    ],
    () => ({
      mean: asPerSecond((users * each) / DAY),
      peak: asPerSecond((users * each * peak) / HOUR),
    }),
  );

/** Little's law: how many are there at once, `L = λ · W`. */
export const atOnce = (arriving: PerSecond, stay: Seconds): Outcome<Count> =>
  checked(
    [amount('arriving', arriving, 'countRate'), amount('stay', stay, 'seconds')],
    () => (arriving * stay) as Count,
  );

export interface StreamLoad {
  rate: BytesPerSecond;
  /** Share of the link's effective rate; over 1 it does not fit. */
  use: number;
  fits: boolean;
}

/** What so many streams at once take of a link: 200 of 720p are 1 Gbit/s, more than 1 GbE carries. */
export const streamLoad = (
  streams: Count,
  each: BytesPerSecond,
  link: BytesPerSecond,
  efficiency: Fraction,
): Outcome<StreamLoad> =>
  checked(
    [
      amount('streams', streams, 'count'),
      amount('each', each, 'rate'),
      positive('link', link, 'rate'),
      positive('efficiency', efficiency, 'fraction'),
    ],
    () => {
      const rate = asRate(streams * each);
      const use = rate / (link * efficiency);
      return { rate, use, fits: use <= 1 };
    },
  );

/** Load of each of `now` equal servers, when each of `before` of them carries `load`; over 1 it does not hold. */
export const loadOfEach = (load: Fraction, before: Count, now: Count): Outcome<number> =>
  checked(
    [amount('load', load, 'fraction'), positive('before', before, 'count'), positive('now', now, 'count')],
    () => (load * before) / now,
  );

/** Load of each of those that are left when some of `servers` equal ones are gone: what it carries ÷ what it can. */
export const survivorLoad = (load: Fraction, servers: Count, lost: Count): Outcome<number> =>
  checked(
    [
      amount('load', load, 'fraction'),
      positive('servers', servers, 'count'),
      amount('lost', lost, 'count'),
      lost >= servers
        ? [{ input: 'lost', problem: 'contradictory' as const, value: String(lost), against: 'servers' }]
        : [],
    ],
    () => (load * servers) / (servers - lost),
  );
