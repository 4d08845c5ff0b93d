import type { Quantity } from '../estate/schema';
import { COSTS } from './inputs';

/** Built in and cited, shown as such. Never a price, and nothing about how often a server of this estate fails. */
export const TARGET_REFERENCES: ReadonlyMap<string, Quantity & { cite: string }> = new Map([
  [
    COSTS.discountRate,
    {
      value: 7,
      unit: '%',
      source: 'reference',
      cite: 'Azure Migrate, business case: weighted average cost of capital 7 %',
    },
  ],
]);
