import { noSuch } from './check-references';
import { indexByName, type Mistake, printable, type RawPath } from './mistake';
import { plainCopy } from './plain-copy';
import { COLLECTION_NAMES, type CollectionName, type Estate, type Scenario } from './schema';

/** What an overlay may not touch: it describes the same estate, in the same version of the schema. */
const FIXED = new Set(['version', 'estate', 'scenarios', '__proto__', 'constructor', 'prototype']);

const isCollection = (name: string): name is CollectionName =>
  COLLECTION_NAMES.some((known) => known === name);

export interface Overlaid {
  /** Not yet checked: `set` may have written anything. */
  value: unknown;
  /** What could not be done, with paths inside the scenario. */
  mistakes: Mistake[];
}

/** One scenario laid over an estate, its base not looked at: removes, then adds, then sets. Pure. */
export function overlay(estate: Estate, scenario: Scenario): Overlaid {
  const value = plainCopy(estate);
  return {
    mistakes: [...removeAll(value, scenario), ...addAll(value, scenario), ...setAll(value, scenario)],
    value,
  };
}

function removeAll(estate: Estate, { remove = [] }: Scenario): Mistake[] {
  return remove.flatMap((entry, i) => {
    const path: RawPath = ['remove', i];
    const [collection = '', id = ''] = entry.split('/');
    if (!isCollection(collection)) return [noSuch('collection', collection, path, COLLECTION_NAMES)];
    const list: { id: string }[] = estate[collection];
    const index = indexByName(list, id);
    if (index < 0)
      return [
        noSuch(
          `element in ${collection}`,
          id,
          path,
          list.map((element) => element.id),
        ),
      ];
    list.splice(index, 1);
    return [];
  });
}

/** An id that is there already is told by the check of the result. */
function addAll(estate: Estate, { add = {} }: Scenario): Mistake[] {
  for (const name of COLLECTION_NAMES) {
    const list: object[] = estate[name];
    list.push(...plainCopy(add[name] ?? []));
  }
  return [];
}

function setAll(estate: Estate, { set = {} }: Scenario): Mistake[] {
  return Object.entries(set).flatMap(([target, value]) => {
    const path: RawPath = ['set', target];
    const parts = target.split('/');
    const last = parts.pop() ?? '';
    const [root = last] = parts;
    const refused =
      FIXED.has(root) || FIXED.has(last) || last === '' || (isCollection(root) && parts.length < 2);
    if (refused) return [notSettable(target, path)];
    const parent = descend(estate, parts, path);
    if ('code' in parent) return [parent];
    if (Array.isArray(parent.here)) return [notSettable(target, path)];
    if (value === null) Reflect.deleteProperty(parent.here, last);
    else Reflect.set(parent.here, last, plainCopy(value));
    return [];
  });
}

/** Follows names, never positions. */
function descend(root: object, parts: readonly string[], path: RawPath): { here: object } | Mistake {
  let here: object = root;
  for (const [i, part] of parts.entries()) {
    const list = Array.isArray(here) ? here : undefined;
    const next: unknown = list
      ? list[indexByName(list, part)]
      : Object.hasOwn(here, part)
        ? Reflect.get(here, part)
        : undefined;
    if (typeof next !== 'object' || next === null) {
      const names = list ? list.map((e: unknown) => String(Reflect.get(Object(e), 'id'))) : Object.keys(here);
      const mistake = noSuch(
        i === 0 ? 'key' : `element in ${parts.slice(0, i).join('/')}`,
        part,
        path,
        names,
      );
      return { ...mistake, at: 'key' };
    }
    here = next;
  }
  return { here };
}

const notSettable = (target: string, path: RawPath): Mistake => ({
  code: 'E_ESTATE_SCENARIO',
  path,
  at: 'key',
  message: `\`${printable(target)}\` cannot be set by a scenario`,
  remedy: 'Name collection/id/key, for example services/web/port; whole elements are added or removed.',
  params: { name: printable(target) },
});
