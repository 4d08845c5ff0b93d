import type { Quantity } from '../estate/schema';
import { texts } from '../text';

/** A figure of technique that is built in and cited, for what nobody has measured yet. Never a price. */
export interface Reference {
  quantity: Quantity;
  /** Name of its citation in the texts of the plan. */
  origin: 'linkEfficiency' | 'linkContention' | 'perFileTime';
  /** The citation in English, for logs and files. */
  cite: string;
}

const reference = (
  path: string,
  origin: Reference['origin'],
  quantity: Omit<Quantity, 'source'>,
): [string, Reference] => [
  path,
  { quantity: { ...quantity, source: 'reference' }, origin, cite: texts('en').plan.origin[origin] },
];

export const REFERENCES: ReadonlyMap<string, Reference> = new Map([
  reference('reference/linkEfficiency', 'linkEfficiency', { value: 93, unit: '%' }),
  reference('reference/linkContention', 'linkContention', {
    value: 70,
    unit: '%',
    range: { low: 60, high: 80 },
  }),
  reference('reference/perFileTime', 'perFileTime', { value: 3, unit: 'ms', range: { low: 2, high: 5 } }),
]);
