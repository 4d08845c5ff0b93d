import type { LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import { MEASURED_COPY } from './paths';
import { planOf } from './plan-of';

/** An estate of so many services, each with data of its own: a database and a tree of files in turn. */
export function manyServices(patronus: Estate, count: number): Estate {
  const ids = Array.from({ length: count }, (_, n) => `service-${n}`);
  return {
    ...patronus,
    services: ids.map((id) => ({ id, kind: 'mysql', role: 'database' })),
    links: [],
    workflows: [],
    dataSets: ids.map((id, n) => ({
      id: `data-${n}`,
      title: id,
      service: id,
      store: n % 2 === 0 ? 'database' : 'files',
      size: { value: 1 + n, unit: 'GB', source: 'stated' },
    })),
  };
}

/** A value for everything that its plan asks for. */
export function everythingFor(estate: Estate): LedgerEntry[] {
  return planOf(estate, [], null).assumptions.flatMap(({ path, unit, source }) =>
    // A timed copy would stand in for the rate of the line, and this is about the line.
    source === 'reference' || source === 'stated' || path === MEASURED_COPY
      ? []
      : [{ path, quantity: { value: 10, unit, source: 'assumed', by: 'bench' }, at: 1000 }],
  );
}
