import type { Digest } from '../journal/chain';
import type { RunPlan } from './plan';

/**
 * The one text of a value: JSON with the keys of every object in the order of their code units, without what is
 * undefined. Two values that mean the same have the same text, whoever wrote them down (as RFC 8785 does).
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** Names a plan: whatever is another in it gives another hash. */
export const planHash = (plan: RunPlan, digest: Digest): string => digest(canonical(plan));

/**
 * Names what a plan stands on: exactly the keys and values of its facts, in whatever order they were read. Positions
 * and counts are preconditions with a tolerance and no part of it.
 */
export const fingerprintOf = (plan: Pick<RunPlan, 'facts'>, digest: Digest): string =>
  digest(canonical(Object.fromEntries(plan.facts.map(({ key, value }) => [key, value]))));
