import { assertNever, err, ok } from '../errors';
import {
  downTimes,
  fromTimes,
  inParallel,
  inSeries,
  someOf,
  someWithCommonCause,
  withCommonCause,
} from '../plan/availability/availability';
import { failoverTime, pairAvailability } from '../plan/availability/failover';
import { type Derived, deriveSpread, inputAt, reshaped } from '../plan/ledger/derived';
import type { Ledger } from '../plan/ledger/ledger';
import { asFraction, asPerSecond, asSeconds, type Fraction, type Seconds } from '../units/measure';
import type { Outcome } from '../units/outcome';
import type { Spread } from '../units/spread';
import { AVAILABILITY } from './inputs';
import type { PathPart, RequestPath } from './structure-model';

/** Are failures counted that hit all servers of a part at once, or is every cause taken for independent? */
export type Causes = 'independent' | 'shared';

/** Availability of one server of a part. */
const serverAvailability = ({ id }: PathPart, ledger: Ledger): Derived<Spread> =>
  deriveSpread(
    'availability',
    {
      betweenFailures: inputAt(ledger, AVAILABILITY.betweenFailures(id)),
      repair: inputAt(ledger, AVAILABILITY.repair(id)),
    },
    ['betweenFailures'],
    ({ betweenFailures, repair }) => fromTimes(asSeconds(betweenFailures), asSeconds(repair)),
  );

/** Availability of a part, of equal servers. A change-over that a balancer or the client makes is taken for free. */
export function partAvailability(part: PathPart, ledger: Ledger, causes: Causes): Derived<Spread> {
  const { redundancy, servers } = part;
  if (redundancy.kind === 'failover') return pairOf(part, ledger, causes);
  const each = serverAvailability(part, ledger);
  const count = servers.length;
  if (redundancy.kind === 'single') {
    return count === 1
      ? each
      : deriveSpread('series', { each }, ['each'], (at) => inSeries(all(count, at.each)));
  }
  const { needed } = redundancy;
  if (causes === 'independent') {
    return needed === 1
      ? deriveSpread('parallel', { each }, ['each'], (at) => inParallel(all(count, at.each)))
      : deriveSpread('some-of', { each }, ['each'], (at) => someOf(needed, count, asFraction(at.each)));
  }
  const terms = { each, commonCause: inputAt(ledger, AVAILABILITY.commonCause(part.id)) };
  return deriveSpread('common-cause', terms, ['each'], (at) => {
    const [server, beta] = [asFraction(at.each), asFraction(at.commonCause)];
    return needed === 1
      ? withCommonCause(server, beta, count)
      : someWithCommonCause(needed, count, server, beta);
  });
}

const all = (count: number, each: number): Fraction[] =>
  Array.from({ length: count }, () => asFraction(each));

/** One that answers and others that take over. More than one standby counts as one: they wait for the same failover. */
function pairOf({ id }: PathPart, ledger: Ledger, causes: Causes): Derived<Spread> {
  const terms = {
    failures: inputAt(ledger, AVAILABILITY.betweenFailures(id)),
    repair: inputAt(ledger, AVAILABILITY.repair(id)),
    success: inputAt(ledger, AVAILABILITY.success(id)),
    failover: failoverTimeOf(id, ledger),
  };
  const more = ['failures', 'success'] as const;
  const of = (at: Record<keyof typeof terms, number>, beta: number): Outcome<number> => {
    const found = pairAvailability({
      failures: asPerSecond(1 / at.failures),
      failover: asSeconds(at.failover),
      success: asFraction(at.success),
      repair: asSeconds(at.repair),
      commonCause: asFraction(beta),
    });
    return found.ok ? ok(found.value.availability) : found;
  };
  return causes === 'independent'
    ? deriveSpread('pair-with-failover', terms, more, (at) => of(at, 0))
    : deriveSpread(
        'pair-with-failover',
        { ...terms, commonCause: inputAt(ledger, AVAILABILITY.commonCause(id)) },
        more,
        (at) => of(at, at.commonCause),
      );
}

/** How long a failover of this part takes, from the failure until its clients are served again. */
export const failoverTimeOf = (part: string, ledger: Ledger): Derived<Spread> =>
  deriveSpread(
    'failover-time',
    {
      detect: inputAt(ledger, AVAILABILITY.detect(part)),
      decide: inputAt(ledger, AVAILABILITY.decide(part)),
      act: inputAt(ledger, AVAILABILITY.act(part)),
      client: inputAt(ledger, AVAILABILITY.client(part)),
    },
    ['detect', 'decide', 'act', 'client'],
    ({ detect, decide, act, client }) =>
      failoverTime({
        detect: asSeconds(detect),
        decide: asSeconds(decide),
        act: asSeconds(act),
        client: asSeconds(client),
      }),
  );

/** Availability of a path: all of its parts are needed. Parts that share machines are reckoned as if they did not. */
export function pathAvailability(
  { parts }: Pick<RequestPath, 'parts'>,
  ledger: Ledger,
  causes: Causes,
): Derived<Spread> {
  const terms = Object.fromEntries(parts.map((part) => [part.id, partAvailability(part, ledger, causes)]));
  return deriveSpread('series', terms, Object.keys(terms), (at) => {
    const found = inSeries(Object.values(at).map(asFraction));
    // A part is named by its id alone.
    return found.ok
      ? found
      : err(
          found.error.map((bad) => ({
            ...bad,
            input: parts[Number(bad.input.split('/')[1])]?.id ?? bad.input,
          })),
        );
  });
}

/** How long that is down, in the average month or year. */
export const downTimeOf = (availability: Derived<Spread>, per: 'month' | 'year'): Derived<Spread> =>
  deriveSpread('down-time', { availability }, [], (at): Outcome<Seconds> => {
    const found = downTimes(asFraction(at.availability));
    if (!found.ok) return found;
    switch (per) {
      case 'month':
        return ok(found.value.month);
      case 'year':
        return ok(found.value.year);
      default:
        return assertNever(per);
    }
  });

/** The likely value alone, for what is reckoned without a range. */
export const likelyOf = (derived: Derived<Spread>): Derived<Fraction> =>
  reshaped(derived, ({ likely }) => asFraction(likely));
