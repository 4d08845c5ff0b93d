import { randomOf } from '../gtid/gtid.test-kit';
import { Command } from './command';
import type { RunEvent, TimedEvent } from './events';
import { RunPlan, Step } from './plan';
import { said } from './said';

/** Small plans for tests: every step changes facts of one server, named after them. */

type Given<T> = { [K in keyof T]?: unknown };
type StepGiven = Given<Step> & { id: string; kind?: Step['kind'] };
type ActGiven = Omit<Given<Extract<Step, { kind: 'act' }>>, 'id' | 'kind'>;

const IDENTITY = { host: 'db-a', hostKey: 'ssh-ed25519 SHA256:x', name: 'db-a', machine: null, sql: null };

export const sql = (statement: string, more: object = {}): Command =>
  Command.parse({ kind: 'sql', target: 'db-a', statement, timeoutMs: 5_000, ...more });
export const ssh = (argv: readonly unknown[], more: object = {}): Command =>
  Command.parse({ kind: 'ssh', target: 'db-a', argv, timeoutMs: 5_000, ...more });
export const check = (id: string, more: object = {}) => ({
  id,
  title: said('CHECK'),
  command: sql('SELECT 1 AS v'),
  expect: { kind: 'is', column: 'v', value: { kind: 'text', value: '1' } },
  ...more,
});
export const fact = (key: string, value = '0', more: object = {}) => ({
  key,
  title: said('FACT', { key }),
  command: sql(`SELECT ${key}`),
  column: key,
  value,
  ...more,
});

/** What sets a fact back or forth, in a language of our own. */
export const set = (key: string, value: string): Command =>
  sql('SET ? = ?', {
    values: [
      { kind: 'text', value: key },
      { kind: 'text', value },
    ],
  });

/** An act that sets facts; `undo: '0'` gives one that sets them back to that. */
export function act(id: string, changes: Record<string, string>, more: ActGiven = {}): Step {
  const entries = Object.entries(changes);
  return step({
    changes: entries.map(([key, to]) => ({ fact: key, to })),
    apply: entries.length > 0 ? entries.map(([key, to]) => set(key, to)) : [sql('DO 0')],
    undo: entries.length > 0 ? { apply: entries.map(([key]) => set(key, '0')) } : null,
    ...more,
    id,
  });
}

export function step(given: StepGiven): Step {
  const kind = given.kind ?? 'act';
  const own = {
    act: { apply: [sql('DO 0')] },
    wait: { until: check(`${given.id} until`), everyMs: 10, limitMs: 1_000 },
    gate: { question: said('QUESTION'), readings: [], people: 1 },
    repeat: {
      body: [sql('DO 0')],
      until: check(`${given.id} until`),
      inARow: 2,
      everyMs: 5,
      maxRounds: 10,
      decides: 'check',
    },
    group: {},
  }[kind];
  const nature = kind === 'act' || kind === 'repeat' ? 'reversible' : 'reads';
  const common = {
    number: given.id,
    title: said('STEP', { id: given.id }),
    target: 'db-a',
    track: 'database',
  };
  return Step.parse({ ...common, nature, ...own, ...given, kind });
}

/** A plan whose facts all begin at "0" unless `more` gives others. */
export function planOf(steps: readonly Step[], more: Given<RunPlan> = {}): RunPlan {
  const keys = new Set(steps.flatMap((one) => [...one.changes.map((change) => change.fact), ...one.relies]));
  return RunPlan.parse({
    version: 1,
    procedure: 'test',
    title: said('TITLE'),
    estate: 'estate',
    subject: 'cluster',
    confirm: 'db-a',
    madeAt: 1_700_000_000_000,
    targets: {
      'db-a': { host: 'db-a', service: 'mysql-a', identity: IDENTITY },
      'db-b': { host: 'db-b', service: 'mysql-b', identity: { ...IDENTITY, host: 'db-b' } },
      web: { host: 'web', service: null, identity: { ...IDENTITY, host: 'web' } },
    },
    keptOn: ['db-a', 'db-b'],
    secrets: { repl: { service: 'mysql-a', account: 'replication' } },
    facts: [...keys].map((key) => fact(key)),
    steps,
    ...more,
  });
}

type Without<T> = T extends unknown ? Omit<T, 'run'> : never;

/** Events of run "r", one millisecond after the other. */
export class Log {
  readonly events: TimedEvent[] = [];
  private now = 1_000;

  add(event: Without<RunEvent>, who = 'ann@desk'): this {
    this.now += 1;
    this.events.push({ ...event, run: 'r', at: this.now, who } as TimedEvent);
    return this;
  }
  opened(): this {
    return this.add({
      kind: 'run-opened',
      procedure: 'test',
      estate: 'estate',
      subject: 'cluster',
      plan: 'hash',
      fingerprint: 'print',
    });
  }
  decided(decision: Extract<RunEvent, { kind: 'run-decided' }>['decision'], step?: string): this {
    return this.add({ kind: 'run-decided', decision, ...(step === undefined ? {} : { step }) });
  }
  intent(step: string, phase: 'apply' | 'undo' = 'apply', attempt = 1): this {
    return this.add({ kind: 'intent', step, phase, attempt, host: 'db-a', account: 'act', text: 'x' });
  }
  outcome(
    step: string,
    result: 'done' | 'failed' | 'unknown',
    more: Partial<Extract<RunEvent, { kind: 'outcome' }>> = {},
  ): this {
    const common = { host: 'db-a', account: 'act', durationMs: 1 };
    return this.add({
      kind: 'outcome',
      step,
      phase: 'apply',
      attempt: 1,
      result,
      by: 'answer',
      ...common,
      ...more,
    });
  }
  /** Announced and done. */
  done(...steps: string[]): this {
    for (const id of steps) this.intent(id).outcome(id, 'done');
    return this;
  }
  undone(...steps: string[]): this {
    for (const id of steps) this.intent(id, 'undo').outcome(id, 'done', { phase: 'undo' });
    return this;
  }
}

/** A plan out of chance, the same for the same seed: a DAG with side tracks, groups, and often a point of no return. */
export function randomPlan(seed: number): RunPlan {
  const below = randomOf(seed);
  const some = <T>(list: readonly T[], oneIn: number): T[] => list.filter(() => below(oneIn) === 0);
  const count = 2 + below(7);
  const point = below(3) > 0 ? below(count) : -1;
  const ids = Array.from({ length: count }, (_, index) => `s${index}`);
  const members = new Set(below(2) === 0 ? ids.slice(1, 2 + below(3)) : []);
  const before = new Map<string, Set<string>>();
  const changesOf = new Map<string, Record<string, string>>();
  /** Who changes a fact or relies on it: whoever changes it again has to come after all of them. */
  const usedBy = new Map<string, string[]>();
  const steps = ids.map((id, index) => {
    const earlier = ids.slice(0, index);
    const needs = some(earlier, 2);
    const all = new Set(needs.flatMap((need) => [need, ...(before.get(need) ?? [])]));
    const known = Object.assign(
      {},
      ...earlier.filter((one) => all.has(one)).map((one) => changesOf.get(one)),
    );
    const free = Object.keys(known).filter((key) => usedBy.get(key)?.every((one) => all.has(one)));
    const again = some(free, 3);
    const relies = some(free, 3).filter((key) => !again.includes(key));
    const fresh = Array.from({ length: 1 + below(2) }, (_, number) => `${id}.${number}`);
    const changes = Object.fromEntries([...again, ...fresh].map((key) => [key, `${key} by ${id}`]));
    const isPoint = index === point;
    const isAfter = all.has(`s${point}`);
    before.set(id, all);
    changesOf.set(id, changes);
    for (const key of [...Object.keys(changes), ...relies]) usedBy.set(key, [...(usedBy.get(key) ?? []), id]);
    return act(id, changes, {
      needs,
      relies,
      group: members.has(id) ? 'group' : null,
      nature: isPoint ? 'point-of-no-return' : 'reversible',
      confirms: isPoint,
      undo:
        isPoint || isAfter ? null : { apply: Object.keys(changes).map((key) => set(key, known[key] ?? '0')) },
    });
  });
  const group = step({ id: 'group', kind: 'group', unbroken: below(2) === 0 });
  return planOf(members.size > 0 ? [...steps, group] : steps);
}
