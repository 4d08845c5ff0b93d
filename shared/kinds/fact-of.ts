import type { Fact, HostAnswer } from '../snapshot';

/**
 * A fact by its id: of the service, else of its host. So a kind may show what only the host knows, such as the
 * bytes it sends.
 */
export function factOf(answer: HostAnswer | null, service: string | null, id: string): Fact | undefined {
  if (!answer) return undefined;
  const own = service === null ? undefined : answer.services[service]?.facts[id];
  return own ?? answer.facts[id];
}

export const textOf = (fact: Fact | undefined): string | null =>
  typeof fact?.value === 'string' ? fact.value : null;
export const numberOf = (fact: Fact | undefined): number | null =>
  typeof fact?.value === 'number' ? fact.value : null;
export const truthOf = (fact: Fact | undefined): boolean | null =>
  typeof fact?.value === 'boolean' ? fact.value : null;
export const listOf = (fact: Fact | undefined): readonly string[] | null =>
  Array.isArray(fact?.value) ? fact.value : null;
