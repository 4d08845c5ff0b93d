import { applyChain, chainOf } from './apply-scenario';
import { noSuch } from './check-references';
import type { Mistake, RawPath } from './mistake';
import type { Estate, Scenario } from './schema';

/**
 * Every scenario tried: its base is there, what it removes and sets is there, and what comes of it is an estate.
 * A scenario whose base is wrong is not tried; the base is told.
 */
export function checkScenarios(estate: Estate): Mistake[] {
  const ids = estate.scenarios.map(({ id }) => id);
  return estate.scenarios.flatMap((scenario, i): Mistake[] => {
    const { id, base } = scenario;
    if (base !== undefined && !ids.includes(base))
      return [noSuch('scenario', base, ['scenarios', i, 'base'], ids)];
    const chain = chainOf(estate, id);
    if (!chain) return isInRing(estate, id) ? [ring(id, i)] : [];
    const applied = applyChain(estate, chain);
    if (applied.ok) return claimsOf(scenario, estate, applied.value, i);
    if (applied.error.scenario !== scenario) return [];
    return applied.error.mistakes.map((p) => ({ ...p, path: ['scenarios', i, ...p.path] }));
  });
}

/** What a target says of itself names problems of the estate, and hosts that are there once it stands. */
function claimsOf(
  { removes = [], rollingUpdate = [] }: Scenario,
  { problems }: Estate,
  { hosts }: Estate,
  index: number,
): Mistake[] {
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  const check = (what: string, name: string, known: readonly string[], path: RawPath): Mistake[] =>
    known.includes(name) ? [] : [noSuch(what, name, ['scenarios', index, ...path], known)];
  return [
    ...removes.flatMap((name, k) => check('problem', name, ids(problems), ['removes', k])),
    ...rollingUpdate.flatMap((step, k) =>
      step.hosts.flatMap((name, n) => check('host', name, ids(hosts), ['rollingUpdate', k, 'hosts', n])),
    ),
  ];
}

/** Does following `base` lead back to this very scenario? */
function isInRing(estate: Estate, id: string): boolean {
  const seen = new Set<string>();
  let next = estate.scenarios.find((s) => s.id === id)?.base;
  while (next !== undefined && next !== id && !seen.has(next)) {
    seen.add(next);
    const base = next;
    next = estate.scenarios.find((s) => s.id === base)?.base;
  }
  return next === id;
}

const ring = (id: string, index: number): Mistake => ({
  code: 'E_ESTATE_SCENARIO',
  path: ['scenarios', index, 'base'],
  at: 'value',
  message: `the bases of \`${id}\` lead back to itself`,
  remedy: 'Let the chain of bases end at a scenario without base.',
  params: { name: id },
});
