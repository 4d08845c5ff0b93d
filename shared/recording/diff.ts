/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * How to make one JSON value of another: `[value]` sets, `0` removes, an object goes one level deeper. Lists of
 * the same length are compared item by item, by their index; others are set whole.
 */
export type Patch = 0 | readonly [Json] | { readonly [key: string]: Patch };

/** What changed from `before` to `after`; null when nothing did. */
export function diff(before: Json | undefined, after: Json): Patch | null {
  if (before === after) return null;
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) return [after];
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) return [after];
  const changed: [string, Patch][] = [];
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) changed.push([key, 0]);
  for (const [key, value] of Object.entries(after)) {
    const patch = diff(Object.hasOwn(before, key) ? before[key] : undefined, value);
    if (patch !== null) changed.push([key, patch]);
  }
  // Entries, not assignments: a key that a server named "__proto__" is a key like any other.
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

/**
 * `before` with the patch applied; neither is changed. A patch that does not fit, from a damaged file, gives a
 * value that no schema accepts, never an exception.
 */
export function patched(before: Json | undefined, patch: Patch): Json {
  if (patch === 0) return null;
  if (isSet(patch)) return patch[0];
  const entries = new Map<string, Json>(isTree(before) ? Object.entries(before) : []);
  for (const [key, inner] of Object.entries(patch)) {
    if (inner === 0) entries.delete(key);
    else entries.set(key, patched(entries.get(key), inner));
  }
  return Array.isArray(before) ? [...entries.values()] : Object.fromEntries(entries);
}

type Tree = { readonly [key: string]: Json };
const isTree = (value: Json | undefined): value is Tree => typeof value === 'object' && value !== null;
const isSet = (patch: Exclude<Patch, 0>): patch is readonly [Json] => Array.isArray(patch);

/** Is this, from a file, of the form of a patch? */
export const isPatch = (value: unknown): value is Patch =>
  value === 0 ||
  (Array.isArray(value)
    ? value.length === 1
    : typeof value === 'object' && value !== null && Object.values(value).every(isPatch));
