import type { TopologyNode } from '@shared/views/topology';

/** One node in one line, with its error: a comparison that fails then says why. */
export const shown = ({ id, health, error }: TopologyNode): string =>
  [id, health, error].filter(Boolean).join(' ');

/** Controls, escapes, and characters that turn or hide text: what no text from a server may keep. */
export const UNSAFE = /(?![\n\t])[\p{Cc}\p{Cf}]/u;

/** Every text in a value, names of keys too. JSON would not do: it escapes what is looked for. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}
