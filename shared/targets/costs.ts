import { err, ok } from '../errors';
import {
  type BreakEven,
  breakEven,
  type Money,
  netPresentValue,
  oneCurrency,
  outageCost,
} from '../plan/cost/cost';
import { type Derived, derive, deriveWhenKnown, inputAt, moneyAt, reshaped } from '../plan/ledger/derived';
import type { Ledger } from '../plan/ledger/ledger';
import { asFraction, type Fraction } from '../units/measure';
import type { Outcome } from '../units/outcome';
import { COSTS } from './inputs';
import { AS_IS } from './variants';

/** Over how many years costs are compared: the first, a usual contract, a usual write-off. */
export const HORIZONS = [1, 3, 5] as const;

/** What a variant costs; each opens to its formula, or names the prices that nobody has entered. */
export interface CostFigures {
  perMonth: Derived<Money>;
  /** null for the estate as it is: nothing is paid to stay. */
  once: Derived<Money> | null;
  outagePerYear: Derived<Money>;
  overYears: readonly { years: number; paid: Derived<Money>; withOutages: Derived<Money> }[];
  breakEven: Derived<BreakEven> | null;
}

/** The costs of a variant; `availability` is that of its main path, shared causes counted. */
export function costsOf(variant: string, availability: Derived<Fraction>, ledger: Ledger): CostFigures {
  const perMonth = moneyAt(ledger, COSTS.perMonth(variant));
  const anHour = moneyAt(ledger, COSTS.outageHour);
  const outagePerYear = derive('outage-cost', { availability, anHour }, (at) =>
    outageCost(at.availability, at.anHour),
  );
  const rate = reshaped(inputAt(ledger, COSTS.discountRate), ({ likely }) => asFraction(likely));
  const isAsIs = variant === AS_IS;
  const move = isAsIs
    ? null
    : {
        once: moneyAt(ledger, COSTS.once(variant)),
        overlap: reshaped(inputAt(ledger, COSTS.overlap(variant)), ({ likely }) => likely),
      };
  return {
    perMonth,
    once: move?.once ?? null,
    outagePerYear,
    overYears: HORIZONS.map((years) => ({
      years,
      paid: presentValue(years, { perMonth, rate, ...move }),
      withOutages: presentValue(years, { perMonth, rate, ...move, outagePerYear }),
    })),
    breakEven: move
      ? derive(
          'break-even',
          { now: moneyAt(ledger, COSTS.perMonth(AS_IS)), target: perMonth, ...move },
          breakEven,
        )
      : null,
  };
}

interface Payments {
  perMonth: Derived<Money>;
  rate: Derived<Fraction>;
  once?: Derived<Money>;
  /** Months in which target and today are both paid. */
  overlap?: Derived<number>;
  outagePerYear?: Derived<Money>;
}

/**
 * Everything paid over so many years, at today's value, negative. What is paid once and the months of overlap, in which
 * the target is paid beside what it replaces, fall into year 0; twelve months fall to the end of each year after it.
 */
function presentValue(years: number, payments: Payments): Derived<Money> {
  const { perMonth, rate, once, overlap, outagePerYear } = payments;
  return deriveWhenKnown('net-present-value', { ...payments }, (): Outcome<Money> => {
    const month = knownOf(perMonth);
    const discount = knownOf(rate);
    if (!month || discount === undefined) return err([]);
    const paidOnce = knownOf(once);
    const outages = knownOf(outagePerYear);
    const mixed = oneCurrency(
      Object.entries({ perMonth: month, once: paidOnce, outagePerYear: outages }).flatMap(([name, money]) =>
        money ? [[name, money] as const] : [],
      ),
    );
    if (mixed.length > 0) return err(mixed);
    const start = (paidOnce?.amount ?? 0) + (knownOf(overlap) ?? 0) * month.amount;
    const each = 12 * month.amount + (outages?.amount ?? 0);
    const found = netPresentValue([-start, ...Array.from({ length: years }, () => -each)], discount);
    return found.ok ? ok({ amount: found.value, currency: month.currency }) : found;
  });
}

const knownOf = <T>(derived: Derived<T> | undefined): T | undefined =>
  derived?.known ? derived.value : undefined;
