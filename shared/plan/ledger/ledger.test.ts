import { expect, test } from 'vitest';
import { ok } from '../../errors';
import type { Quantity } from '../../estate/schema-values';
import { refuse } from '../../units/outcome';
import { type Derived, derive, deriveSpread, inputAt, inputsBeneath, moneyAt } from './derived';
import { FORMULAS } from './formulas';
import { type Asked, type Found, type Ledger, ledgerOf, type Provenance, rowOf, withValue } from './ledger';
import { openDerived, starsOf, unanswered } from './open-derived';
import { tornado } from './tornado';

const asked = (path: string, dimension: Asked['dimension']): Asked => ({ path, dimension });
const found = (quantity: Omit<Quantity, 'source'>, provenance: Provenance): Found => ({
  quantity: { ...quantity, source: provenance.kind },
  provenance,
});
const STATED: Provenance = { kind: 'stated', where: 'page 2' };
const MEASURED: Provenance = { kind: 'measured', where: 'web', at: 1e12 };

const LEDGER: Ledger = ledgerOf([
  rowOf(asked('size', 'bytes'), found({ value: 1, unit: 'TB' }, STATED)),
  rowOf(asked('rate', 'rate'), found({ value: 80, unit: 'MB/s', range: { low: 60, high: 100 } }, MEASURED)),
  rowOf(asked('share', 'fraction'), found({ value: 90, unit: '%' }, { kind: 'reference', cite: 'a paper' })),
  rowOf(asked('price', 'money'), found({ value: 1100, unit: 'EUR' }, { kind: 'assumed', by: 'anna' })),
  rowOf(asked('unknown', 'seconds'), null),
  rowOf(asked('wrong', 'seconds'), found({ value: -4, unit: 'min' }, { kind: 'assumed', by: 'anna' })),
]);

/** Seconds to move it all; a model of a plan with one formula in another. */
const timeOf = (ledger: Ledger): Derived<number> => {
  const rate = deriveSpread(
    'throughput',
    { link: inputAt(ledger, 'rate'), share: inputAt(ledger, 'share') },
    ['link', 'share'],
    ({ link, share }) => ok(link * share),
  );
  return derive('bytes-at-rate', { size: inputAt(ledger, 'size'), rate }, ({ size, rate: each }) =>
    each.likely > 0 ? ok(size.likely / each.likely) : refuse('rate/link', 'zero'),
  );
};

test('a number opens to its formula, its terms, their formulas, and the lines of the ledger at the end', () => {
  const time = timeOf(LEDGER);
  expect(time.known && time.value).toBeCloseTo(1e12 / 72e6, 6);
  const lines = openDerived(time).map(({ depth, term, origin }) => [
    depth,
    term,
    origin.kind === 'formula' ? origin.symbols : origin.kind === 'input' ? origin.row.path : origin.path,
  ]);
  expect(lines).toEqual([
    [0, '', FORMULAS['bytes-at-rate'].symbols],
    [1, 'size', 'size'],
    [1, 'rate', FORMULAS.throughput.symbols],
    [2, 'link', 'rate'],
    [2, 'share', 'share'],
  ]);
  expect(inputsBeneath(time).map(({ path }) => path)).toEqual(['size', 'rate', 'share']);
});

test('a spread goes the way of its terms: less rate is more time', () => {
  const rate = inputAt(LEDGER, 'rate');
  const spread = deriveSpread('bytes-at-rate', { size: inputAt(LEDGER, 'size'), rate }, ['size'], (at) =>
    ok(at.size / at.rate),
  );
  expect(spread.known && spread.value).toEqual({ low: 1e4, likely: 12_500, high: 1e12 / 60e6 });
});

test('what is lacking is named: nobody said, not meant, never asked for, refused by the formula', () => {
  const of = (...paths: string[]) => {
    const terms = Object.fromEntries(paths.map((path) => [path, inputAt(LEDGER, path)]));
    return derive('bytes-at-rate', terms, () => ok(1));
  };
  const lacks = (derived: Derived<unknown>) => (derived.known ? [] : derived.lacks);
  expect(lacks(of('size', 'unknown', 'wrong', 'nowhere'))).toEqual([
    { path: 'unknown', problem: 'missing' },
    { path: 'wrong', problem: 'negative' },
    { path: 'nowhere', problem: 'missing' },
  ]);
  // The formula named a term of a term; a built-in reference is not what a person can mend.
  expect(lacks(timeOf(withValue(LEDGER, 'rate', 0)))).toEqual([{ path: 'rate', problem: 'zero' }]);
  expect(lacks(timeOf(withValue(LEDGER, 'share', 0)))).toEqual([{ path: 'rate', problem: 'zero' }]);
  const figures = { time: timeOf(LEDGER), other: of('unknown') };
  expect(unanswered(figures)).toEqual([
    { figure: 'other', lacks: [{ path: 'unknown', problem: 'missing' }] },
  ]);
});

test('a price is never built in, a reference never uncited, and money stays in its currency', () => {
  const refused = (dimension: Asked['dimension'], unit: string, provenance: Provenance) => {
    const row = rowOf(asked('x', dimension), found({ value: 1, unit }, provenance));
    return row.state === 'refused' ? row.bad.map(({ problem }) => problem) : [];
  };
  expect(refused('money', 'USD', { kind: 'reference', cite: 'a vendor' })).toEqual(['price-by-reference']);
  expect(refused('seconds', 's', { kind: 'reference', cite: ' ' })).toEqual(['uncited']);
  expect(refused('seconds', 's', { kind: 'reference', cite: 'a paper' })).toEqual([]);
  const price = moneyAt(LEDGER, 'price');
  expect(price.known && price.value).toEqual({ amount: 1100, currency: 'EUR' });
  expect(moneyAt(LEDGER, 'size')).toMatchObject({ known: false, lacks: [{ problem: 'wrong-unit' }] });
});

test('the tornado tries each input alone, over its range or by half, and sorts by what it moves', () => {
  const { result, bars, lacks } = tornado(LEDGER, timeOf);
  expect(lacks).toEqual([]);
  expect(result).toBeCloseTo(1e12 / 72e6, 6);
  expect(bars.map(({ path, basis }) => [path, basis])).toEqual([
    ['share', 'half'],
    ['size', 'half'],
    ['rate', 'range'],
  ]);
  const [share, size, rate] = bars;
  expect([size?.low, size?.high]).toEqual([0.5e12, 1.5e12]);
  expect([share?.low, share?.high]).toEqual([0.45, 1]);
  expect([rate?.low, rate?.high]).toEqual([60e6, 100e6]);
  expect(rate?.atLow).toBeCloseTo(1e12 / 54e6, 6);
  expect(size?.swing).toBeCloseTo(1e12 / 72e6, 6);
});

test('an input without which there is no answer comes first; an unknown result names what it waits for', () => {
  const fragile = (ledger: Ledger): Derived<number> =>
    derive(
      'final-pass',
      { rate: inputAt(ledger, 'rate'), size: inputAt(ledger, 'size') },
      ({ rate, size }) => (rate.likely < 70e6 ? refuse('rate', 'never-ends') : ok(size.likely)),
    );
  const { bars } = tornado(LEDGER, fragile);
  expect(bars.map(({ path, swing }) => [path, swing])).toEqual([
    ['rate', null],
    ['size', 1e12],
  ]);
  expect(bars[0]).toMatchObject({ atLow: null, atHigh: 1e12 });
  const waits = tornado(LEDGER, (ledger) =>
    derive('turn-back', { a: inputAt(ledger, 'unknown') }, () => ok(1)),
  );
  expect(waits).toEqual({ result: null, bars: [], lacks: [{ path: 'unknown', problem: 'missing' }] });
});

test('stars count what was measured of what could be: one of two is three, none is one, references do not count', () => {
  const of = (...paths: string[]) =>
    starsOf(derive('series', Object.fromEntries(paths.map((p) => [p, inputAt(LEDGER, p)])), () => ok(1)));
  expect(starsOf(timeOf(LEDGER))).toBe(3);
  expect(of('rate')).toBe(5);
  expect(of('rate', 'share')).toBe(5);
  expect(of('size')).toBe(1);
  expect(of('share')).toBeNull();
  expect(of('unknown')).toBeNull();
});
