import { asFraction, type Fraction, type Seconds } from '../../units/measure';
import { amount, type BadInput, checked, type Outcome, positive } from '../../units/outcome';

/** A change of an address in DNS. Moments are epoch milliseconds. */
export interface DnsChange {
  flip: number;
  /** TTL before it was lowered, and after. */
  oldTtl: Seconds;
  lowTtl: Seconds;
}

export interface DnsTail {
  /** The TTL must be lowered by then: one old TTL before the flip, while answers that last so long are still about. */
  lowerBy: number;
  /** Resolvers that keep to the TTL ask anew by then. Others exist: the old front forwards until its hits are near 0. */
  bridgeUntil: number;
}

/** When the TTL must be lowered, and until when the old address is asked for. */
export function dnsTail({ flip, oldTtl, lowTtl }: DnsChange): Outcome<DnsTail> {
  const bad: BadInput[] =
    Number.isFinite(flip) && Math.abs(flip) < 8e15
      ? []
      : [{ input: 'flip', problem: 'impossible-time', value: String(flip) }];
  const higher: BadInput[] =
    lowTtl > oldTtl
      ? [{ input: 'lowTtl', problem: 'contradictory', value: String(lowTtl), against: 'oldTtl' }]
      : [];
  const checks = [bad, amount('oldTtl', oldTtl, 'seconds'), amount('lowTtl', lowTtl, 'seconds'), higher];
  return checked(checks, () => ({ lowerBy: flip - oldTtl * 1000, bridgeUntil: flip + lowTtl * 1000 }));
}

/** Share of requests that at most still come to the old address so long after the flip: `1 − t ÷ TTL`, never below 0. */
export const staleShare = (ttl: Seconds, after: Seconds): Outcome<Fraction> =>
  checked([positive('ttl', ttl, 'seconds'), amount('after', after, 'seconds')], () =>
    asFraction(Math.max(0, 1 - after / ttl)),
  );
