import type { Language } from '../contract';
import type { Estate } from '../estate/schema';
import { say, texts } from '../text';
import type { TargetMistake } from '../views/targets';
import type { Structure, StructureGap } from './structure-model';
import { AS_IS, type Variant } from './variants';

/** What keeps a target from doing what the estate does, each told where it was written. */
export function mistakesOf({ id, made }: Variant, asIs: Structure, language: Language): TargetMistake[] {
  const { mistakes } = texts(language).targets;
  const at = id === AS_IS ? '' : `scenarios/${id}`;
  if (!made.ok) {
    return made.errors.map(({ message }) => ({
      code: 'does-not-apply',
      at,
      title: mistakes['does-not-apply'](message),
    }));
  }
  const { structure, estate } = made;
  return [...lostWork(structure, asIs, at, language), ...gapsOf(structure.gaps, estate, id, language)];
}

/** Workflows that are gone, and roles without which one that is still there cannot be done. */
function lostWork({ paths }: Structure, asIs: Structure, at: string, language: Language): TargetMistake[] {
  const { mistakes } = texts(language).targets;
  return asIs.paths.flatMap(({ workflow, title, parts }): TargetMistake[] => {
    const name = say(title, language);
    const same = paths.find((path) => path.workflow === workflow);
    if (!same) {
      const gone = `${at}/remove`;
      return [{ code: 'workflow-gone', at: gone, title: mistakes['workflow-gone'](name) }];
    }
    const roles = new Set(same.parts.flatMap((part) => part.roles));
    const lacking = new Set(
      parts.flatMap((part) => part.roles).filter((role) => MUST_STAY.has(role) && !roles.has(role)),
    );
    return [...lacking].map((role) => ({
      code: 'lacks-role',
      at: `${at}/set/workflows/${workflow}/steps`,
      title: mistakes['lacks-role'](role, name),
    }));
  });
}

/** Roles that hold or make what is asked for. A balancer, or a session store, may go for good. */
const MUST_STAY: ReadonlySet<string> = new Set(['web', 'application', 'database', 'files']);

const gapsOf = (
  gaps: readonly StructureGap[],
  { services }: Estate,
  variant: string,
  language: Language,
): TargetMistake[] =>
  gaps.map(({ kind, service }) => {
    const title = services.find(({ id }) => id === service)?.title ?? service;
    return {
      code: kind,
      at: variant === AS_IS ? `services/${service}` : `scenarios/${variant}/set/services/${service}/hosts`,
      title: texts(language).targets.mistakes[kind](say(title, language)),
    };
  });
