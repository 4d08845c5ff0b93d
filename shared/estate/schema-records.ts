import { z } from 'zod';
import { Id, MaybeQuantity, Quantity, Source, Text } from './schema-values';

/** What is written about an estate rather than what it is made of. */

/** What must hold: a number ("availability", at least 99.9 %) or a rule ("separate-hosts") for what it applies to. */
export const Requirement = z.strictObject({
  id: Id,
  title: Text,
  metric: Id,
  bound: z.enum(['at-least', 'at-most']).optional(),
  target: Quantity.optional(),
  applies: z.array(Id).optional(),
  note: Text.optional(),
});

export const Problem = z.strictObject({
  id: Id,
  title: Text,
  /** What it touches. */
  affects: z.array(Id),
  /** What a target that claims to remove it is held against: its single points, its servers side by side, its price, its rolling update. */
  about: z.enum(['availability', 'scaling', 'cost', 'updates']).optional(),
  source: Source,
  /** The feature of a target that removes it, and the test that will prove it. */
  removedBy: Text.optional(),
  provedBy: Text.optional(),
  note: Text.optional(),
});

export const DocumentRef = z.strictObject({
  id: Id,
  title: Text,
  identifier: z.string().optional(),
  author: z.string().optional(),
  owner: z.string().optional(),
  /** As written in the document: "April 2023". */
  date: z.string().optional(),
  revisions: z.array(z.strictObject({ id: z.string(), date: z.string(), note: Text.optional() })).optional(),
  note: Text.optional(),
});

/** Costs are entered by a person or left out; there is no price the console knows. */
export const Cost = z.strictObject({
  id: Id,
  title: Text,
  amount: MaybeQuantity,
  per: z.enum(['once', 'month', 'year']),
  note: Text.optional(),
});
