import type { Language, LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import type { BreakEven, Money } from '../plan/cost/cost';
import { type Derived, inputAt, reshaped } from '../plan/ledger/derived';
import type { Ledger } from '../plan/ledger/ledger';
import type { Snapshot } from '../snapshot';
import type { Fraction } from '../units/measure';
import type { Spread } from '../units/spread';
import { downTimeOf, likelyOf, partAvailability, pathAvailability } from './availability';
import { demandLoad, loadOf } from './capacity';
import { costsOf } from './costs';
import { demandsOf } from './demands';
import { COSTS } from './inputs';
import { targetLedger } from './ledger';
import type { RequestPath } from './structure-model';
import { AS_IS, answering, partsIn, type Variant, variantsOf } from './variants';

/** A number of the comparison before it is put into words. */
export interface BasisFigure {
  derived: Derived<Spread>;
  /** `fraction`, `seconds`, `count`, `1/s`, `B/s`, `months`, or a currency. */
  unit: string;
}

/** What a comparison is made of: the ledger can be changed, and every figure opens. */
export interface TargetBasis {
  language: Language;
  variants: readonly Variant[];
  ledger: Ledger;
  /** By `targets/<variant>/<name>`. */
  figures: ReadonlyMap<string, BasisFigure>;
}

/** Inputs, ledger and every figure of the estate and its targets. Pure: another value in changes everything at once. */
export function targetBasisOf(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language,
): TargetBasis {
  const variants = variantsOf(estate, language);
  const ledger = targetLedger(estate, entries, snapshot, language);
  const [asIs] = variants;
  const today = new Map<string, number>();
  if (asIs?.made.ok) for (const part of partsIn(asIs.made.structure)) today.set(part.id, answering(part));
  const figures = new Map<string, BasisFigure>();
  for (const variant of variants)
    for (const [name, figure] of figuresOf(variant, today, ledger))
      figures.set(figureId(variant.id, name), figure);
  return { language, variants, ledger, figures };
}

export const figureId = (variant: string, name: string): string => `targets/${variant}/${name}`;

/** The number behind an id of the comparison, to be opened; undefined for an id that is none. */
export const targetFigure = (basis: TargetBasis, id: string): Derived<Spread> | undefined =>
  basis.figures.get(id)?.derived;

/** The path that the variant is judged by: the first that somebody waits for. */
export const mainPath = (paths: readonly RequestPath[]): RequestPath | undefined =>
  paths.find(({ actor }) => actor !== null) ?? paths[0];

function* figuresOf(
  { id, made }: Variant,
  today: ReadonlyMap<string, number>,
  ledger: Ledger,
): Generator<[string, BasisFigure]> {
  if (!made.ok) return;
  const { paths } = made.structure;
  const parts = partsIn(made.structure);
  for (const part of parts) {
    yield [`part/${part.id}`, share(partAvailability(part, ledger, 'shared'))];
    const { each, survivor } = loadOf(part, today.get(part.id) ?? answering(part), ledger);
    yield [`load/${part.id}`, share(each)];
    if (survivor) yield [`survivor/${part.id}`, share(survivor)];
  }
  for (const path of paths) {
    const shared = pathAvailability(path, ledger, 'shared');
    yield [`independent/${path.workflow}`, share(pathAvailability(path, ledger, 'independent'))];
    yield [`shared/${path.workflow}`, share(shared)];
    yield [`month/${path.workflow}`, { derived: downTimeOf(shared, 'month'), unit: 'seconds' }];
    yield [`year/${path.workflow}`, { derived: downTimeOf(shared, 'year'), unit: 'seconds' }];
  }
  for (const demand of demandsOf(made.estate, parts))
    for (const { name, unit, derived } of demandLoad(demand, ledger).figures)
      yield [`demand/${demand.requirement.id}/${name}`, { derived, unit }];
  yield* costFigures(id, mainPath(paths), ledger);
  if (id !== AS_IS) yield ['effort', { derived: inputAt(ledger, COSTS.effort(id)), unit: 'seconds' }];
}

/** Availability of the path that a variant is judged by. */
export const availabilityOf = (path: RequestPath | undefined, ledger: Ledger): Derived<Fraction> =>
  likelyOf(pathAvailability(path ?? { parts: [] }, ledger, 'shared'));

function* costFigures(
  variant: string,
  path: RequestPath | undefined,
  ledger: Ledger,
): Generator<[string, BasisFigure]> {
  const costs = costsOf(variant, availabilityOf(path, ledger), ledger);
  yield ['per-month', money(costs.perMonth)];
  if (costs.once) yield ['once', money(costs.once)];
  yield ['outage-per-year', money(costs.outagePerYear)];
  for (const { years, paid, withOutages } of costs.overYears) {
    yield [`paid/${years}`, money(paid)];
    yield [`with-outages/${years}`, money(withOutages)];
  }
  if (costs.breakEven)
    yield [
      'break-even',
      {
        unit: 'months',
        derived: monthsOf(costs.breakEven, COSTS.perMonth(variant)),
      },
    ];
}

/** Never has no number of months: what the target costs is named instead, and the comparison says it in words. */
function monthsOf(found: Derived<BreakEven>, price: string): Derived<Spread> {
  if (!found.known) return found;
  const { from, value } = found;
  return value.kind === 'after'
    ? reshaped({ from, known: true, value: value.months }, flat)
    : { from, known: false, lacks: [{ path: price, problem: 'never-ends' }] };
}

const flat = (value: number): Spread => ({ low: value, likely: value, high: value });

const share = (derived: Derived<Spread>): BasisFigure => ({ derived, unit: 'fraction' });

const money = (derived: Derived<Money>): BasisFigure => ({
  unit: derived.known ? derived.value.currency : 'EUR',
  derived: reshaped(derived, ({ amount }) => flat(amount)),
});
