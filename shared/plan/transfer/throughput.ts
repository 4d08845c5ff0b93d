import {
  asRate,
  type Bytes,
  type BytesPerSecond,
  type Count,
  type Fraction,
  type Seconds,
} from '../../units/measure';
import { type BadInput, checked, type Outcome, positive } from '../../units/outcome';

/** What can limit a copy. */
export type LimitName = 'link' | 'window' | 'loss' | 'diskRead' | 'diskWrite' | 'cipher' | 'cap';

/** What is known of the way that data takes; what is left out limits nothing, because nobody measured it. */
export interface Way {
  /** Rate of the link as sold. */
  link: BytesPerSecond;
  /** Share of it that TCP/IP leaves to data: 0.93 at an MTU of 1500 (Dell BP1012). */
  efficiency: Fraction;
  /** Share of it that others leave to the copy: 0.6 to 0.8 by field rule. */
  contention: Fraction;
  /** Parallel streams; 1 when left out. They multiply what window and loss allow, never what the link carries. */
  streams?: Count;
  roundTrip?: Seconds;
  /** TCP window of one stream. */
  window?: Bytes;
  /** Probability that a packet is lost, and the bytes in one. */
  loss?: Fraction;
  segment?: Bytes;
  diskRead?: BytesPerSecond;
  diskWrite?: BytesPerSecond;
  cipher?: BytesPerSecond;
  /** What a person allows the copy to take. */
  cap?: BytesPerSecond;
}

export interface Throughput {
  rate: BytesPerSecond;
  /** What it is limited by: widening anything else gains nothing. */
  limit: LimitName;
  limits: readonly { name: LimitName; rate: BytesPerSecond }[];
}

/** What TCP sustains over a long way: streams · window ÷ round trip. */
export const windowLimit = (streams: Count, window: Bytes, roundTrip: Seconds): BytesPerSecond =>
  asRate((streams * window) / roundTrip);

/** What TCP sustains under loss: streams · MSS ÷ (RTT · √p) (Mathis, Semke, Mahdavi, Ott 1997). Bytes, not bits. */
export const lossLimit = (
  streams: Count,
  segment: Bytes,
  roundTrip: Seconds,
  loss: Fraction,
): BytesPerSecond => asRate((streams * segment) / (roundTrip * Math.sqrt(loss)));

/**
 * Effective throughput: the least of `link · efficiency · contention`, window, loss, disks, cipher and cap.
 * Refuses a window or loss without the round trip that gives them a meaning.
 */
export function effectiveThroughput(way: Way): Outcome<Throughput> {
  const { link, efficiency, contention, roundTrip, window, loss, segment } = way;
  const streams = way.streams ?? (1 as Count);
  const rates = (['diskRead', 'diskWrite', 'cipher', 'cap'] as const).flatMap((name) => {
    const rate = way[name];
    return rate === undefined ? [] : [{ name, rate }];
  });
  const checks: (readonly BadInput[])[] = [
    positive('link', link, 'rate'),
    positive('efficiency', efficiency, 'fraction'),
    positive('contention', contention, 'fraction'),
    positive('streams', streams, 'count'),
    ...rates.map(({ name, rate }) => positive(name, rate, 'rate')),
  ];
  if (window !== undefined || loss !== undefined) checks.push(positive('roundTrip', roundTrip, 'seconds'));
  if (window !== undefined) checks.push(positive('window', window, 'bytes'));
  // Without loss there is no bound by it; with loss the bytes of a packet must be known.
  const lossy = loss !== undefined && loss !== 0;
  if (lossy) checks.push(positive('loss', loss, 'fraction'), positive('segment', segment, 'bytes'));
  return checked(checks, () => {
    const limits: Throughput['limits'] = [
      { name: 'link', rate: asRate(link * efficiency * contention) },
      ...(window === undefined || roundTrip === undefined
        ? []
        : [{ name: 'window' as const, rate: windowLimit(streams, window, roundTrip) }]),
      ...(!lossy || segment === undefined || roundTrip === undefined
        ? []
        : [{ name: 'loss' as const, rate: lossLimit(streams, segment, roundTrip, loss) }]),
      ...rates,
    ];
    const least = limits.reduce((a, b) => (b.rate < a.rate ? b : a));
    return { rate: least.rate, limit: least.name, limits };
  });
}
