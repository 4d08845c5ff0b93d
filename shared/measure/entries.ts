import type { LedgerEntry } from '../contract';
import type { Quantity } from '../estate/schema-values';
import { texts } from '../text';
import { factsText } from './facts-text';
import type { EnteredValue, MeasuredValue, MeasureFacts, MeasureKind } from './model';

/** Where and when something was measured, and by whom. */
export interface Measured {
  kind: MeasureKind;
  /** Id of the host, or of the service on it. */
  where: string;
  /** Epoch milliseconds. */
  at: number;
  facts: MeasureFacts;
}

/** A measured value as the ledger keeps it: source, place, date and spread, and in a note what it was read from. */
export function quantityOf({ value, unit, range }: MeasuredValue, measured: Measured): Quantity {
  const { kind, where, at, facts } = measured;
  return {
    value,
    unit,
    source: 'measured',
    ...(range ? { range } : {}),
    where,
    when: new Date(at).toISOString(),
    note: { en: noteOf('en', kind, facts), fr: noteOf('fr', kind, facts) },
  };
}

const noteOf = (language: 'en' | 'fr', kind: MeasureKind, facts: MeasureFacts): string =>
  [texts(language).measure.titles[kind], ...factsText(facts, language)].join(' · ');

/** Values as entries, each with what the ledger held at its path before. */
export function enteredOf(
  values: readonly MeasuredValue[],
  measured: Measured,
  ledger: readonly LedgerEntry[],
): EnteredValue[] {
  return values.map((value) => ({
    path: value.path,
    quantity: quantityOf(value, measured),
    before: ledger.find(({ path }) => path === value.path)?.quantity ?? null,
  }));
}
