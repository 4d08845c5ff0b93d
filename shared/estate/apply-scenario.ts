import { type AppError, err, ok, type Result } from '../errors';
import { checkEstate } from './check-estate';
import { noSuch } from './check-references';
import { type Mistake, mistakeToError, namedPath } from './mistake';
import { overlay } from './overlay';
import { Estate, type Scenario } from './schema';
import { schemaMistakes } from './schema-mistakes';

/** Where an overlay failed: its own text, or the estate that came of it. */
export interface Failed {
  scenario: Scenario;
  /** Paths inside the scenario. */
  mistakes: Mistake[];
}

/**
 * The estate as it would be in a scenario: its bases first, each step checked as a whole estate.
 * @returns an estate without scenarios (it is one itself), or what is wrong. Never throws.
 */
export function applyScenario(estate: Estate, scenarioId: string): Result<Estate, AppError[]> {
  const chain = chainOf(estate, scenarioId);
  if (!chain) {
    const ids = estate.scenarios.map(({ id }) => id);
    return err([mistakeToError(noSuch('scenario', scenarioId, [], ids), estate, estate.estate, undefined)]);
  }
  const applied = applyChain(estate, chain);
  if (applied.ok) return ok(applied.value);
  const { scenario, mistakes } = applied.error;
  const at = ['scenarios', estate.scenarios.indexOf(scenario)];
  return err(
    mistakes.map((p) => mistakeToError({ ...p, path: [...at, ...p.path] }, estate, estate.estate, undefined)),
  );
}

/** Bases first; undefined when the scenario or a base of it is not there, or leads back to itself. */
export function chainOf(estate: Estate, id: string): Scenario[] | undefined {
  const chain: Scenario[] = [];
  for (let next: string | undefined = id; next !== undefined; ) {
    const scenario = estate.scenarios.find((s) => s.id === next);
    if (!scenario || chain.includes(scenario)) return undefined;
    chain.unshift(scenario);
    next = scenario.base;
  }
  return chain;
}

/** Lays the scenarios over the estate one after the other; stops at the first that does not make an estate. */
export function applyChain(estate: Estate, chain: readonly Scenario[]): Result<Estate, Failed> {
  let here: Estate = { ...estate, scenarios: [] };
  for (const scenario of chain) {
    const { value, mistakes } = overlay(here, scenario);
    if (mistakes.length > 0) return err({ scenario, mistakes });
    const parsed = Estate.safeParse(value);
    const wrong = parsed.success
      ? checkEstate(parsed.data)
      : schemaMistakes(Estate, value, parsed.error.issues);
    if (wrong.length > 0)
      return err({ scenario, mistakes: wrong.map((p) => inScenario(value, scenario, p)) });
    if (parsed.success) here = parsed.data;
  }
  return ok(here);
}

/** A mistake of the result, told where the scenario made it: at the `set` that wrote it, else at the scenario. */
function inScenario(result: unknown, { set = {} }: Scenario, mistake: Mistake): Mistake {
  const where = namedPath(result, mistake.path);
  // A key that is missing stands nowhere: it was the one that `set` took away.
  const missing = mistake.code === 'E_ESTATE_MISSING_KEY' ? `${where}/${mistake.params?.name}` : where;
  const culprit = Object.keys(set).find((target) => missing === target || where.startsWith(`${target}/`));
  return {
    ...mistake,
    path: culprit === undefined ? [] : ['set', culprit],
    message: `in the estate that it makes, ${where}: ${mistake.message}`,
    params: { ...mistake.params, result: where },
  };
}
