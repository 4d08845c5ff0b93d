import type { TimedEvent } from '@shared/runbook/events';
import { RunPlan, type Step } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import { runStateOf } from '@shared/runbook/state';
import type { Reading, RunState } from '@shared/runbook/state-model';

/** A small runbook for tests of the screens: two steps that can be undone, one that cannot, one after it. */

const read = (name: string) => ({
  kind: 'sql' as const,
  target: 'a',
  statement: `SELECT '${name}' AS v`,
  timeoutMs: 1000,
});
const fact = (key: string, value: string) => ({
  key,
  title: said('fact', { key }),
  command: read(key),
  column: 'v',
  value,
});
const estimate = (p50Ms: number, p90Ms: number, basis: 'measured' | 'assumed' = 'assumed') => ({
  p50Ms,
  p90Ms,
  basis,
});
type Given = { id: string; needs?: string[]; group?: string; changes?: [string, string][] } & Partial<
  Pick<Step, 'nature' | 'estimate'>
>;
const act = ({ id, changes = [], nature = 'reversible', ...more }: Given) => ({
  kind: 'act' as const,
  id,
  number: id,
  title: said(id),
  target: 'a',
  track: 'database',
  nature,
  apply: [read(id)],
  changes: changes.map(([key, to]) => ({ fact: key, to })),
  ...(nature === 'reversible' && changes.length > 0 ? { undo: { apply: [read(`undo ${id}`)] } } : {}),
  ...more,
});

export const plan: RunPlan = RunPlan.parse({
  version: 1,
  procedure: 'test',
  title: said('title'),
  estate: 'e',
  subject: 's',
  confirm: 'a',
  madeAt: 0,
  targets: {},
  keptOn: ['a'],
  secrets: {},
  facts: [fact('events', 'on'), fact('closed', '0'), fact('open', '0'), fact('source', 'a')],
  steps: [
    act({ id: 'events', changes: [['events', 'off']], estimate: estimate(100, 200) }),
    {
      kind: 'group',
      id: 'stop',
      number: 'W',
      title: said('stop'),
      target: null,
      track: 'database',
      nature: 'reversible',
      needs: ['events'],
      unbroken: true,
    },
    act({ id: 'close', group: 'stop', changes: [['closed', '1']], estimate: estimate(10, 40) }),
    act({
      id: 'open',
      group: 'stop',
      needs: ['close'],
      nature: 'point-of-no-return',
      changes: [['open', '1']],
      estimate: estimate(20, 30, 'measured'),
    }),
    act({ id: 'follow', needs: ['stop'], nature: 'hard', changes: [['source', 'b']], estimate: null }),
  ],
});

const RUN = { run: 'r', who: 'somebody@desk' };
export const opened: TimedEvent = {
  kind: 'run-opened',
  ...RUN,
  at: 1000,
  procedure: 'test',
  estate: 'e',
  subject: 's',
  plan: 'p',
  fingerprint: 'f',
};
/** A step was sent at that time. */
export const sent = (step: string, at: number, phase: 'apply' | 'undo' = 'apply'): TimedEvent => ({
  kind: 'intent',
  ...RUN,
  at,
  step,
  phase,
  attempt: 1,
  host: 'a',
  account: 'act',
  text: '',
});
/** What came of it. */
export const ended = (
  step: string,
  at: number,
  result: 'done' | 'failed' = 'done',
  phase: 'apply' | 'undo' = 'apply',
): TimedEvent => ({
  kind: 'outcome',
  ...RUN,
  at,
  step,
  phase,
  attempt: 1,
  host: 'a',
  account: 'act',
  result,
  by: 'answer',
  durationMs: 50,
});
export const stateAfter = (events: readonly TimedEvent[], acts = true): RunState =>
  runStateOf(plan, [opened, ...events], acts);

export const reading = (id: string, value: string | null): Reading => ({
  id,
  title: said('fact', { key: id }),
  target: 'a',
  value,
  mustBe: '',
  holds: value === null ? null : true,
  at: 0,
  error: null,
});
