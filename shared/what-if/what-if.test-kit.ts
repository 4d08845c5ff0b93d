import type { Language, LedgerEntry } from '../contract';
import { parseEstate } from '../estate/parse';
import type { Estate } from '../estate/schema';
import type { Statement, WhatIf, WhatIfFigure } from '../views/what-if';
import type { Change } from './change';
import { simulateOf } from './simulate-of';

export const ESTATES = ['patronus', 'embassy', 'longjump', 'parking', 'software-servers'] as const;
export type EstateName = (typeof ESTATES)[number];

const known = new Map<EstateName, Estate>();

/** Each test file reads the estates by itself: this folder reads no files. */
export function readEstates(textOf: (name: EstateName) => string): void {
  for (const name of ESTATES) {
    const parsed = parseEstate(textOf(name), name);
    if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'));
    known.set(name, parsed.value);
  }
}

/** One of the five estates. */
export function estateNamed(name: EstateName): Estate {
  const estate = known.get(name);
  if (!estate) throw new Error(`${name} was not read`);
  return estate;
}

/** A what-if that is expected to be answered. */
export function whatIfOf(
  estate: EstateName | Estate,
  changes: readonly Change[],
  entries: readonly LedgerEntry[] = [],
  language: Language = 'en',
): WhatIf {
  const on = typeof estate === 'string' ? estateNamed(estate) : estate;
  const made = simulateOf(on, entries, null, changes, language);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join('\n'));
  return made.value;
}

export const fail = (node: string): Change => ({ kind: 'fail', node });
export const inScenario = (id: string): Change => ({ kind: 'scenario', id });

/** What a person entered. */
export const entered = (path: string, value: number, unit: string): LedgerEntry => ({
  path,
  quantity: { value, unit, source: 'assumed', by: 'ann' },
  at: 1,
});

/** Steps of a workflow as `1 works`, `3 fails`. */
export const stepsOf = (whatIf: WhatIf, workflow: string): string[] =>
  whatIf.workflows.find(({ id }) => id === workflow)?.steps.map(({ n, state }) => `${n} ${state}`) ?? [];

export const codesOf = (statements: readonly Statement[]): string[] => statements.map(({ code }) => code);

/** Every number of a what-if. */
export const figuresIn = (whatIf: WhatIf): WhatIfFigure[] => [
  ...[...whatIf.breaks, ...whatIf.takeovers, ...whatIf.losses, ...whatIf.loads].flatMap(
    ({ figures }) => figures,
  ),
  ...whatIf.outages.flatMap(({ parts, total }) => [...parts.map(({ figure }) => figure), total]),
  ...(whatIf.outage ? [whatIf.outage] : []),
  ...whatIf.availability.flatMap(({ rows }) => rows.flatMap((row) => [row.availability, row.perMonth])),
  ...whatIf.allowances.flatMap(({ allowed, left }) => (left ? [allowed, left] : [allowed])),
  ...(whatIf.plan ? [whatIf.plan.before, whatIf.plan.after] : []),
];
