import type { Language } from '../contract';
import type { AppError } from '../errors';
import { applyScenario } from '../estate/apply-scenario';
import type { Estate, Scenario } from '../estate/schema';
import { structureOf } from './structure';
import type { PathPart, Structure } from './structure-model';

/** The id of the estate as it is, among its targets. */
export const AS_IS = 'as-is';

/** The estate as it is, or one of its targets, with what its overlay makes of it. */
export interface Variant {
  /** `as-is`, or the id of the scenario. */
  id: string;
  /** null: the estate as it is. */
  scenario: Scenario | null;
  made: { ok: true; estate: Estate; structure: Structure } | { ok: false; errors: readonly AppError[] };
}

/** An estate is a value: what was made of it once holds as long as it is there, and the ledger is read at every key. */
const known = new WeakMap<Estate, Map<Language, readonly Variant[]>>();

/** The estate as it is, and every scenario that is a target (`to-be`, `placement`), in the order of the file. */
export function variantsOf(estate: Estate, language: Language): readonly Variant[] {
  const byLanguage = known.get(estate) ?? new Map<Language, readonly Variant[]>();
  known.set(estate, byLanguage);
  const before = byLanguage.get(language);
  if (before) return before;
  const targets = estate.scenarios.filter(({ form }) => form === 'to-be' || form === 'placement');
  const variants: Variant[] = [
    { id: AS_IS, scenario: null, made: { ok: true, estate, structure: structureOf(estate, language) } },
    ...targets.map((scenario): Variant => {
      const applied = applyScenario(estate, scenario.id);
      return {
        id: scenario.id,
        scenario,
        made: applied.ok
          ? { ok: true, estate: applied.value, structure: structureOf(applied.value, language) }
          : { ok: false, errors: applied.error },
      };
    }),
  ];
  byLanguage.set(language, variants);
  return variants;
}

/** Every part of the paths of a structure, once. */
export const partsIn = ({ paths }: Structure): PathPart[] => [
  ...new Map(paths.flatMap(({ parts }) => parts).map((part) => [part.id, part])).values(),
];

/** How many servers of a part answer at the same time: of those that take over from each other, one. */
export const answering = ({ redundancy, servers }: PathPart): number =>
  redundancy.kind === 'failover' ? 1 : servers.length;
