import type { Command, Fact } from '@shared/runbook/command';
import { RunPlan, type Step } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import type { z } from 'zod';
import type { RunStage } from './run-stage';

type Given = Partial<z.input<typeof Step>> & { id: string };
type Sent = z.input<typeof Command>;

/** Small plans for the stage: facts are rows of t.facts, named "a/one". */

export const sql = (target: string, statement: string, more: object = {}): Sent => ({
  kind: 'sql',
  target,
  statement,
  timeoutMs: 10_000,
  ...more,
});
const text = (value: string) => ({ kind: 'text' as const, value });

/** Sets a fact, once however often it is sent, and counts how often it had an effect. */
export const setFact = (key: string, value: string): Sent => {
  const [target = '', name = ''] = key.split('/');
  const statement = 'UPDATE t.facts SET times = times + 1, value = ? WHERE name = ? AND value <> ?';
  return sql(target, statement, { values: [text(value), text(name), text(value)] });
};

export const readFact = (key: string): Sent => {
  const [target = '', name = ''] = key.split('/');
  return sql(target, 'SELECT value FROM t.facts WHERE name = ?', { values: [text(name)] });
};

const factOf = (key: string): z.input<typeof Fact> => ({
  key,
  title: said('FACT', { key }),
  command: readFact(key),
  column: 'value',
  value: '0',
});

/** A step that sets a fact to 1, and back to 0. */
export function setting(id: string, key: string, more: object = {}): z.input<typeof Step> {
  return step({
    id,
    kind: 'act',
    nature: 'reversible',
    target: key.split('/')[0] ?? null,
    changes: [{ fact: key, to: '1' }],
    apply: [setFact(key, '1')],
    undo: { apply: [setFact(key, '0')] },
    ...more,
  } as Given);
}

export function step(given: Given): z.input<typeof Step> {
  const common = { number: given.id, title: said('STEP', { id: given.id }), target: null, track: 'database' };
  return { ...common, ...given } as z.input<typeof Step>;
}

export const factIs = (id: string, key: string, value: string) => ({
  id,
  title: said('CHECK', { id }),
  command: readFact(key),
  expect: { kind: 'is' as const, column: 'value', value: text(value) },
});

const FACTS = ['a/one', 'a/two', 'b/one', 'b/two'];

/** A plan of these steps for the stage. */
export function planOf(
  stage: Pick<RunStage, 'identities'>,
  steps: readonly z.input<typeof Step>[],
  more: Partial<z.input<typeof RunPlan>> = {},
): RunPlan {
  return RunPlan.parse({
    version: 1,
    procedure: 'test',
    title: said('TITLE'),
    estate: 'test',
    subject: 'cluster stage',
    confirm: 'Server-É',
    madeAt: 1,
    targets: Object.fromEntries(
      Object.entries(stage.identities).map(([host, identity]) => [
        host,
        { host, service: `db-${host}`, identity, session: ['SET SESSION lock_wait_timeout = 5'] },
      ]),
    ),
    keptOn: ['a', 'b'],
    secrets: {},
    facts: FACTS.map(factOf),
    steps,
    ...more,
  });
}
