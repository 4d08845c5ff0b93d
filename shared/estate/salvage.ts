import { plainCopy } from './plain-copy';
import { Estate } from './schema';

/** Each round takes at least one key away; no mistake reaches further up than this. */
const ROUNDS = 8;

/**
 * The estate as it would be without its optional mistakes: unknown keys, wrong values of optional keys and optional
 * mappings that miss a key are left out, so that references and addresses can be checked in the same run.
 * Undefined when more is wrong than that: a missing list would make everything that names its elements look wrong.
 */
export function salvage(value: unknown): Estate | undefined {
  const copy = plainCopy(value ?? null);
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = Estate.safeParse(copy);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const paths =
        issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      if (!paths.every((path) => removeAt(copy, path))) return undefined;
    }
  }
  return undefined;
}

/**
 * Removes a key of a mapping; for one that is missing, the mapping that misses it. Nothing at the top of the file,
 * and no element of a list: the others would move, and be named wrongly.
 */
function removeAt(root: unknown, path: readonly PropertyKey[]): boolean {
  if (path.length < 2) return false;
  let parent = root;
  for (const part of path.slice(0, -1)) parent = isObject(parent) ? Reflect.get(parent, part) : undefined;
  const key = path.at(-1);
  // Two mistakes of one mapping: the first may have taken the mapping away already.
  if (parent === undefined) return true;
  if (!isObject(parent) || Array.isArray(parent) || key === undefined) return false;
  return Object.hasOwn(parent, key) ? Reflect.deleteProperty(parent, key) : removeAt(root, path.slice(0, -1));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
