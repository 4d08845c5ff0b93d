import { ok } from '../../errors';
import { type Fraction, type Seconds, seconds, YEAR } from '../../units/measure';
import { amount, type BadInput, checked, checkedThen, type Outcome, refuse } from '../../units/outcome';
import { isCurrency } from '../../units/unit-names';

/** Money of one currency, as entered by a person: the console knows no price. */
export interface Money {
  amount: number;
  /** "EUR". */
  currency: string;
}

/** What is paid, once or again and again. */
export interface Cost {
  id: string;
  money: Money;
  per: 'once' | 'month' | 'year';
}

const MOST = 1e15;

/** What is wrong with an amount of money; costs may be zero and never negative. */
export function money(input: string, value: Money | undefined): BadInput[] {
  if (value === undefined) return [{ input, problem: 'missing' }];
  const unit: BadInput[] = isCurrency(value.currency)
    ? []
    : [{ input, problem: 'unknown-unit', value: value.currency }];
  return [...amount(input, value.amount, 'money'), ...unit];
}

/** One currency for all, or which differs: nothing is converted, because a rate of exchange is a price too. */
export function oneCurrency(all: readonly (readonly [input: string, money: Money])[]): BadInput[] {
  const [first] = all;
  return all
    .filter(([, { currency }]) => currency !== first?.[1].currency)
    .map(([input, { currency }]) => ({
      input,
      problem: 'contradictory' as const,
      value: currency,
      against: first?.[1].currency ?? '',
    }));
}

export interface CostTotal {
  currency: string;
  once: number;
  month: number;
  /** Twelve months, without what is paid once. */
  year: number;
}

/** Sum of costs. Refused when there are none: a missing price must not look like 0. */
export function totalCost(costs: readonly Cost[]): Outcome<CostTotal> {
  const checks = [
    ...costs.map((cost) => money(`costs/${cost.id}`, cost.money)),
    oneCurrency(costs.map((cost) => [`costs/${cost.id}`, cost.money])),
  ];
  return checkedThen(checks, () => {
    const [first] = costs;
    if (!first) return refuse('costs', 'missing');
    const sum = (per: Cost['per']) =>
      costs.filter((cost) => cost.per === per).reduce((total, cost) => total + cost.money.amount, 0);
    const month = sum('month') + sum('year') / 12;
    return ok({ currency: first.money.currency, once: sum('once'), month, year: month * 12 });
  });
}

/** `NPV = Σ CF_n ÷ (1 + r)ⁿ`, flows of year 0, 1, 2 …; what is paid is negative. 7 % is the usual rate. */
export function netPresentValue(flows: readonly number[], rate: Fraction): Outcome<number> {
  const bad = flows.flatMap((flow, year): BadInput[] =>
    Number.isFinite(flow) && Math.abs(flow) <= MOST
      ? []
      : [
          {
            input: `flows/${year}`,
            problem: Number.isNaN(flow) ? 'not-a-number' : 'absurd',
            value: String(flow),
          },
        ],
  );
  const length: BadInput[] =
    flows.length > 100 ? [{ input: 'flows', problem: 'absurd', value: String(flows.length) }] : [];
  return checked([bad, length, amount('rate', rate, 'fraction')], () =>
    flows.reduce((sum, flow, year) => sum + flow / (1 + rate) ** year, 0),
  );
}

/** When moving has paid for itself. */
export type BreakEven =
  | {
      kind: 'after';
      /** Months from the end of the overlap. */
      months: number;
      /** Months from the first double payment. */
      monthsFromStart: number;
    }
  /** The target costs as much as what it replaces, or more: moving must be worth it for another reason. */
  | { kind: 'never'; moreEachMonth: number };

/** `(C_mig + m_overlap · c_target) ÷ (c_now − c_target)`: 8.6 months in the worked case. */
export function breakEven(moves: {
  now: Money;
  target: Money;
  once: Money;
  /** Months in which both are paid. */
  overlap: number;
}): Outcome<BreakEven> {
  const { now, target, once, overlap } = moves;
  const checks = [
    money('now', now),
    money('target', target),
    money('once', once),
    amount('overlap', overlap, 'count'),
    oneCurrency([
      ['now', now],
      ['target', target],
      ['once', once],
    ]),
  ];
  return checked(checks, (): BreakEven => {
    const saved = now.amount - target.amount;
    if (saved <= 0) return { kind: 'never', moreEachMonth: 0 - saved };
    const months = (once.amount + overlap * target.amount) / saved;
    return { kind: 'after', months, monthsFromStart: months + overlap };
  });
}

/** What being down costs in a year, so that dearer and safer compares with cheaper: `hours of a year · U · cost of an hour`. */
export const outageCost = (availability: Fraction, anHour: Money): Outcome<Money> =>
  checked([amount('availability', availability, 'fraction'), money('anHour', anHour)], () => ({
    amount: (1 - availability) * hoursOf(YEAR) * anHour.amount,
    currency: anHour.currency,
  }));

const hoursOf = (time: Seconds): number => time / seconds(1, 'h');
