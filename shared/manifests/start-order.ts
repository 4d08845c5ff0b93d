import type { Estate } from '../estate/schema';

export type StartOrder =
  /** Services to be started together, wave after wave. */
  | { kind: 'waves'; waves: readonly (readonly string[])[] }
  /** These wait for each other. */
  | { kind: 'ring'; services: readonly string[] };

/** In which order services start: whoever starts another (links of purpose `start`) is there before it. */
export function startOrder({ services, links }: Pick<Estate, 'services' | 'links'>): StartOrder {
  const waves: string[][] = [];
  const waiting = new Map(
    services.map(({ id }) => [
      id,
      new Set(
        links
          .filter(({ to, from, purpose }) => purpose === 'start' && to === id && from !== id)
          .map((l) => l.from),
      ),
    ]),
  );
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, starters]) => ![...starters].some((id) => waiting.has(id)));
    if (ready.length === 0) return { kind: 'ring', services: [...waiting.keys()] };
    waves.push(ready.map(([id]) => id));
    for (const [id] of ready) waiting.delete(id);
  }
  return { kind: 'waves', waves };
}
