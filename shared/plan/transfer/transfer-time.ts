import {
  asSeconds,
  type Bytes,
  type BytesPerSecond,
  type Count,
  type Fraction,
  type PerSecond,
  type Seconds,
} from '../../units/measure';
import { amount, type BadInput, checked, type Outcome, positive } from '../../units/outcome';

/** How fast a tree of files is carried. */
export interface Carrier {
  rate: BytesPerSecond;
  /** What each file costs beside its bytes: 2 to 5 ms. */
  perFile: Seconds;
  /** Files on their way at the same time. */
  streams: Count;
}

const carrierChecks = ({ rate, perFile, streams }: Carrier): (readonly BadInput[])[] => [
  positive('rate', rate, 'rate'),
  amount('perFile', perFile, 'seconds'),
  positive('streams', streams, 'count'),
];

/** Time to move a tree once: `T = S + V ÷ B + N · t_file ÷ k`. `scan` is the walk through both ends. */
export function transferTime(
  tree: { scan: Seconds; size: Bytes; files: Count },
  carrier: Carrier,
): Outcome<Seconds> {
  const checks = [
    amount('scan', tree.scan, 'seconds'),
    amount('size', tree.size, 'bytes'),
    amount('files', tree.files, 'count'),
    ...carrierChecks(carrier),
  ];
  return checked(checks, () => {
    const { rate, perFile, streams } = carrier;
    return asSeconds(tree.scan + tree.size / rate + (tree.files * perFile) / streams);
  });
}

/** What changes in a tree while it is copied. */
export interface Changes {
  /** Unique changed bytes: what is written twice between two passes counts once. */
  change: BytesPerSecond;
  changedFiles: PerSecond;
}

/**
 * ρ: seconds of copying that one second of changes makes, `d ÷ B + f · t_file ÷ k`. From 1 on nothing ever
 * converges. Larger than 1 is an answer, not an error.
 */
export function changeRatio({ change, changedFiles }: Changes, carrier: Carrier): Outcome<number> {
  const checks = [
    amount('change', change, 'rate'),
    amount('changedFiles', changedFiles, 'countRate'),
    ...carrierChecks(carrier),
  ];
  return checked(checks, () => {
    const { rate, perFile, streams } = carrier;
    return change / rate + (changedFiles * perFile) / streams;
  });
}

/**
 * Bytes that differ after a while when everything is written in the same hot set, again and again:
 * `H · (1 − e^(−w · t ÷ H))`. `written` is the raw rate, not the unique one.
 */
export function dirtyBytes(hotSet: Bytes, written: BytesPerSecond, after: Seconds): Outcome<Bytes> {
  const checks = [
    positive('hotSet', hotSet, 'bytes'),
    amount('written', written, 'rate'),
    amount('after', after, 'seconds'),
  ];
  return checked(checks, () => (-hotSet * Math.expm1((-written * after) / hotSet)) as Bytes);
}

/** Share of a line's rate that a copy really gets, for stating what was measured: never over 1. */
export const shareOf = (got: BytesPerSecond, sold: BytesPerSecond): Outcome<Fraction> =>
  checked(
    [
      positive('sold', sold, 'rate'),
      amount('got', got, 'rate'),
      got > sold ? [{ input: 'got', problem: 'contradictory', value: String(got), against: 'sold' }] : [],
    ],
    () => (got / sold) as Fraction,
  );
