import type { InputProblem, Outcome } from '../../units/outcome';
import { inOrder, type Spread } from '../../units/spread';
import type { Money } from '../cost/cost';
import type { FormulaId } from './formulas';
import type { Ledger, LedgerRow } from './ledger';

/** An input that keeps a number from being known, and what is wrong with it. */
export interface Lack {
  path: string;
  problem: InputProblem;
}

/** Where a number comes from: a line of the ledger, or a formula of other numbers, each of which opens the same way. */
export type Origin =
  | { kind: 'input'; row: LedgerRow }
  /** The plan asks for something that the ledger has no line for. */
  | { kind: 'nowhere'; path: string }
  | { kind: 'formula'; formula: FormulaId; terms: Terms };
export type Terms = Readonly<Record<string, Derived<unknown>>>;

/** A number (or several, made together) that opens to its formula, inputs and sources; or the names of what it lacks. */
export type Derived<T> = { from: Origin } & (
  | { known: true; value: T }
  | { known: false; lacks: readonly Lack[] }
);

/** What stands at a path of the ledger, in base units. */
export function inputAt(ledger: Ledger, path: string): Derived<Spread> {
  const row = ledger.get(path);
  if (!row) return { from: { kind: 'nowhere', path }, known: false, lacks: [{ path, problem: 'missing' }] };
  const from: Origin = { kind: 'input', row };
  switch (row.state) {
    case 'known':
      return { from, known: true, value: row.spread };
    case 'unknown':
      return { from, known: false, lacks: [{ path, problem: 'missing' }] };
    default:
      return { from, known: false, lacks: row.bad.map(({ problem }) => ({ path, problem })) };
  }
}

/** A price at a path of the ledger, in the currency in which it was entered. */
export function moneyAt(ledger: Ledger, path: string): Derived<Money> {
  const found = inputAt(ledger, path);
  if (!found.known) return found;
  const row = ledger.get(path);
  if (row?.state !== 'known' || row.dimension !== 'money') {
    return { from: found.from, known: false, lacks: [{ path, problem: 'wrong-unit' }] };
  }
  return { ...found, value: { amount: found.value.likely, currency: row.quantity.unit } };
}

type Values<T extends Terms> = { [K in keyof T]: T[K] extends Derived<infer V> ? V : never };

/**
 * A number made of others by a formula. Unknown as soon as one of them is, and then it names every input that is
 * lacking. What `compute` refuses is led back to the inputs: the first part of the name of a bad input is a term,
 * further parts are terms of that term.
 */
export const derive = <T extends Terms, R>(
  formula: FormulaId,
  terms: T,
  compute: (values: Values<T>) => Outcome<R>,
): Derived<R> =>
  deriveWhenKnown(formula, terms, () => {
    const values: Record<string, unknown> = {};
    for (const [name, term] of Object.entries(terms)) values[name] = term.known ? term.value : undefined;
    return compute(values as Values<T>);
  });

/** As `derive`, for what does not look at its terms by name, because they are thousands or are read otherwise. */
export function deriveWhenKnown<R>(formula: FormulaId, terms: Terms, compute: () => Outcome<R>): Derived<R> {
  const from: Origin = { kind: 'formula', formula, terms };
  const unknown = Object.values(terms).flatMap((term) => (term.known ? NOTHING : term.lacks));
  if (unknown.length > 0) return { from, known: false, lacks: distinct(unknown) };
  const result = compute();
  if (result.ok) return { from, known: true, value: result.value };
  const blamed = result.error.flatMap(({ input, problem }) =>
    atFault(terms, input.split('/')).map((path) => ({ path, problem })),
  );
  return { from, known: false, lacks: distinct(blamed) };
}
const NOTHING: readonly Lack[] = [];

/**
 * The same over low, likely and high at once. `more` names the terms of which more makes the result larger; of all
 * others more makes it smaller. `compute` sees one number of each term.
 */
export function deriveSpread<T extends Readonly<Record<string, Derived<Spread>>>>(
  formula: FormulaId,
  terms: T,
  more: readonly (keyof T)[],
  compute: (values: Record<keyof T & string, number>) => Outcome<number>,
): Derived<Spread> {
  return deriveWhenKnown(formula, terms, (): Outcome<Spread> => {
    const at = (which: keyof Spread, opposite: keyof Spread) => compute(pick(terms, more, which, opposite));
    const likely = at('likely', 'likely');
    if (!likely.ok) return likely;
    const low = at('low', 'high');
    if (!low.ok) return low;
    const high = at('high', 'low');
    if (!high.ok) return high;
    return { ok: true, value: inOrder(low.value, likely.value, high.value) };
  });
}

/** The same number in another unit or shape: its origin is the same. */
export const reshaped = <T, R>(derived: Derived<T>, shape: (value: T) => R): Derived<R> =>
  derived.known ? { ...derived, value: shape(derived.value) } : derived;

/** One number of each known term: `which` of those of which more makes the result larger, `opposite` of the others. */
export function pick<T extends Readonly<Record<string, Derived<Spread>>>>(
  terms: T,
  more: readonly (keyof T)[],
  which: keyof Spread,
  opposite: keyof Spread,
): Record<keyof T & string, number> {
  const picked: Record<string, number> = {};
  for (const [name, term] of Object.entries(terms)) {
    picked[name] = term.known ? term.value[more.includes(name) ? which : opposite] : Number.NaN;
  }
  return picked as Record<keyof T & string, number>;
}

function atFault(terms: Terms, [head = '', ...rest]: readonly string[]): string[] {
  const term = terms[head];
  if (!term) return pathsOf(Object.values(terms));
  const next = rest[0];
  if (next !== undefined && term.from.kind === 'formula' && Object.hasOwn(term.from.terms, next)) {
    return atFault(term.from.terms, rest);
  }
  return pathsOf([term]);
}

/** Paths of the inputs beneath; those that a person can mend, if there are any beside built-in references. */
function pathsOf(derived: readonly Derived<unknown>[]): string[] {
  const rows = derived.flatMap(inputsBeneath);
  const theirs = rows.filter((row) => row.state !== 'known' || row.provenance.kind !== 'reference');
  return (theirs.length > 0 ? theirs : rows).map(({ path }) => path);
}

/** Every line of the ledger that a number was made of, once, in the order in which the formulas name them. */
export function inputsBeneath(derived: Derived<unknown>): LedgerRow[] {
  const rows = new Map<string, LedgerRow>();
  const seen = new Set<Derived<unknown>>();
  const walk = (each: Derived<unknown>) => {
    if (seen.has(each)) return;
    seen.add(each);
    if (each.from.kind === 'input') rows.set(each.from.row.path, each.from.row);
    if (each.from.kind === 'formula') Object.values(each.from.terms).forEach(walk);
  };
  walk(derived);
  return [...rows.values()];
}

function distinct(lacks: readonly Lack[]): Lack[] {
  const byPath = new Map<string, Lack>();
  for (const lack of lacks) if (!byPath.has(lack.path)) byPath.set(lack.path, lack);
  return [...byPath.values()];
}
