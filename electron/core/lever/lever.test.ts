import { readingAt, runOf, smallPlan } from '@shared/lever/lever.test-kit';
import type { SecondPerson } from '@shared/lever/open-lever';
import type { Reading, RunView } from '@shared/runbook/state-model';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure } from '../net/failure';
import { nodeClock } from '../ports-node';
import { LeverDesk, type LeverOptions } from './lever';

/**
 * The lever without a window and without servers: who may pull, when, and how often. What it moves is counted; the
 * runs themselves have their own tests on real servers.
 */
const reading = (more: Partial<Reading> = {}) => readingAt(Date.now(), more);
const runView = (more: Partial<RunView> = {}) => runOf('stopped', {}, more);

function desk(more: Partial<LeverOptions> = {}) {
  const acts: string[] = [];
  const given: string[] = [];
  const world = {
    armed: true,
    readings: async (): Promise<Reading[]> => [reading()],
    view: runView(),
    second: { state: 'not-wanted' } as SecondPerson,
    start: async (): Promise<string> => 'run-1',
    listeners: [] as ((view: RunView) => void)[],
  };
  const act = (name: string) => async (id: string) => void acts.push(`${name} ${id}`);
  const made = new LeverDesk({
    clock: nodeClock,
    armed: () => world.armed,
    plan: (hash) => {
      if (hash === 'hash') return smallPlan;
      throw failure('E_NO_PLAN', null);
    },
    runs: {
      readings: () => world.readings(),
      view: async () => world.view,
      onChange: (listener) => {
        world.listeners.push(listener);
        return () => {};
      },
      resume: act('resume'),
      undo: act('undo'),
      handOver: act('hand over'),
      takeOver: act('take over'),
      decide: async (id, step, decision, typed) =>
        void acts.push([decision, id, step, typed].filter(Boolean).join(' ')),
    },
    start: async (hash, typed) => {
      acts.push(`start ${hash} ${typed}`);
      return world.start();
    },
    secondPerson: async () => world.second,
    token: () => {
      given.push(`token ${given.length + 1}`);
      return given.at(-1) ?? '';
    },
    onChange: () => {},
    onTick: () => {},
    ...more,
  });
  const token = () => made.state()?.token ?? 'none';
  const because = () => {
    const view = made.view();
    return view.state === 'open' ? view.closedBecause.map(({ code }) => code) : ['closed'];
  };
  return { made, acts, world, token, because };
}
const START = { act: 'start', plan: 'hash' } as const;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** A lever that would act at the next pull. */
async function ready(more: Partial<LeverOptions> = {}) {
  const all = desk(more);
  await all.made.open(START);
  all.made.type('db-a');
  await pass(1_000);
  return all;
}

test('typed, fresh, armed and settled, it acts at the first pull, once, and tells where to look', async () => {
  const { made, acts, token } = await ready();
  const pulled = token();
  // The page never sees it.
  expect(JSON.stringify(made.view())).not.toContain(pulled);
  await made.pull(pulled);
  expect(acts).toEqual(['start hash db-a']);
  expect(made.view()).toMatchObject({ state: 'open', started: 'run-1' });
  expect(made.state()).toBeNull();
  await expect(made.pull(pulled)).rejects.toMatchObject({ error: { code: 'E_LEVER_CLOSED' } });
  expect(acts).toHaveLength(1);
});

test('two pulls at once act once', async () => {
  const { made, acts, token } = await ready();
  const pulled = token();
  const both = await Promise.allSettled([made.pull(pulled), made.pull(pulled)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(acts).toHaveLength(1);
});

test('no token, a wrong one, and one of an earlier opening do nothing', async () => {
  const { made, acts, token } = await ready();
  const earlier = token();
  for (const wrong of ['', 'none', 'token 9'])
    await expect(made.pull(wrong)).rejects.toMatchObject({ error: { code: 'E_LEVER_CLOSED' } });
  await made.open(START);
  made.type('db-a');
  await pass(1_000);
  await expect(made.pull(earlier)).rejects.toMatchObject({ error: { code: 'E_LEVER_CLOSED' } });
  expect(acts).toEqual([]);
  await made.pull(token());
  expect(acts).toHaveLength(1);
});

test.each(['', 'db', 'db-b', 'db-a2'])('typing “%s” opens nothing', async (typed) => {
  const { made, acts, token, because } = await ready();
  made.type(typed);
  expect(because()).toEqual(['name']);
  await expect(made.pull(token())).rejects.toThrow();
  expect(acts).toEqual([]);
});

test.each(['DB-A', ' db-a ', 'dB-á'])(
  '“%s” is the name: case, accents and outer blanks do not count',
  async (typed) => {
    const { made, because } = await ready();
    made.type(typed);
    expect(because()).toEqual([]);
  },
);

test('a reading that does not hold, is unknown or too old closes it; a good one opens it again', async () => {
  const { made, world, acts, token } = await ready();
  const refused = async () => {
    await pass(1_000);
    await expect(made.pull(token())).rejects.toMatchObject({ error: { code: 'E_LEVER_CLOSED' } });
  };
  world.readings = async () => [reading(), reading({ id: 'x', value: '1', holds: false })];
  await refused();
  world.readings = async () => [reading({ value: null, holds: null })];
  await refused();
  world.readings = async () => [reading({ at: Date.now() - 2_001 })];
  await refused();
  world.readings = async () => [reading({ at: Date.now() + 60_000 })];
  await refused();
  world.readings = async () => [];
  await refused();
  world.readings = async () => {
    throw failure('E_TCP_REFUSED', 'db-a');
  };
  await refused();
  expect(made.view()).toMatchObject({ error: { code: 'E_TCP_REFUSED' } });
  expect(acts).toEqual([]);
  world.readings = async () => [reading()];
  await pass(1_000);
  expect(made.view()).toMatchObject({ error: null });
  await made.pull(token());
  expect(acts).toHaveLength(1);
});

test('readings that come too slowly grow old while they are awaited', async () => {
  const { made, world, acts, token } = await ready();
  world.readings = () => new Promise(() => {});
  await pass(3_500);
  await expect(made.pull(token())).rejects.toThrow();
  expect(acts).toEqual([]);
});

test('nothing counts right after it appeared or moved under the pointer', async () => {
  const { made, token, acts, because } = desk();
  await made.open({ act: 'undo', run: 'run-1' });
  expect(because()).toEqual(['settling']);
  await expect(made.pull(token())).rejects.toThrow();
  await pass(700);
  expect(because()).toEqual([]);
  made.placed();
  expect(because()).toEqual(['settling']);
  await pass(700);
  await made.pull(token());
  expect(acts).toEqual(['undo run-1']);
});

test('disarmed, nothing opens; disarmed later, nothing acts', async () => {
  const { made, world, acts, token, because } = await ready();
  world.armed = false;
  expect(because()).toEqual(['disarmed']);
  await expect(made.pull(token())).rejects.toThrow();
  await expect(made.open(START)).rejects.toMatchObject({ error: { code: 'E_DISARMED' } });
  expect(acts).toEqual([]);
});

test('a plan that is gone has no lever', async () => {
  const { made, acts, token } = await ready();
  const before = token();
  made.planGone('another');
  expect(made.view().state).toBe('open');
  made.planGone('hash');
  expect(made.view()).toEqual({ state: 'closed' });
  await expect(made.pull(before)).rejects.toThrow();
  await expect(made.open({ act: 'start', plan: 'unknown' })).rejects.toMatchObject({
    error: { code: 'E_NO_PLAN' },
  });
  expect(acts).toEqual([]);
});

test('what the run refuses stands on it; the name is typed again, with another token', async () => {
  const { made, world, acts, token } = await ready();
  world.start = async () => {
    throw failure('E_LEASE_HELD', null, {});
  };
  const first = token();
  await made.pull(first);
  expect(made.view()).toMatchObject({ state: 'open', started: null, error: { code: 'E_LEASE_HELD' } });
  expect(made.state()?.lever).toMatchObject({ typed: '', attempt: 2 });
  await expect(made.pull(first)).rejects.toThrow();
  world.start = async () => 'run-2';
  made.type('db-a');
  await pass(1_000);
  await made.pull(token());
  expect(acts).toHaveLength(2);
  expect(made.view()).toMatchObject({ started: 'run-2', error: null });
});

test('closed while it acts, it is closed, and what was begun goes on', async () => {
  const { made, world, acts, token } = await ready();
  let begin = (_run: string): void => {};
  world.start = () => new Promise((resolve) => (begin = resolve));
  const pulling = made.pull(token());
  made.close();
  begin('run-1');
  await pulling;
  expect(acts).toHaveLength(1);
  expect(made.view()).toEqual({ state: 'closed' });
});

test('a second person who is wanted keeps it closed until they have approved', async () => {
  const all = desk();
  all.world.second = { state: 'missing', approvers: ['bob'] };
  await all.made.open(START);
  all.made.type('db-a');
  await pass(1_000);
  expect(all.because()).toEqual(['second-person']);
  await expect(all.made.pull(all.token())).rejects.toThrow();
  all.world.second = { state: 'given', by: 'bob' };
  await all.made.lookForSecondPerson();
  await all.made.pull(all.token());
  expect(all.acts).toHaveLength(1);
});

test.each([
  [{ act: 'resume', run: 'run-1' }, 'resume run-1'],
  [{ act: 'hand-over', run: 'run-1' }, 'hand over run-1'],
] as const)('%j needs the button alone', async (request, act) => {
  const { made, acts, token } = desk();
  await made.open(request);
  expect(made.view()).toMatchObject({ confirm: null, procedure: 'lever' });
  await pass(700);
  await made.pull(token());
  expect(acts).toEqual([act]);
  expect(made.view()).toMatchObject({ started: 'run-1' });
});

test('taking a run over needs the name of who holds it', async () => {
  const all = desk();
  all.world.view = runView({ elsewhere: 'bob@desk-2', ways: ['take-over'] });
  await all.made.open({ act: 'take-over', run: 'run-1' });
  await pass(700);
  expect(all.made.view()).toMatchObject({ confirm: 'bob@desk-2' });
  all.made.type('ann@desk-1');
  await expect(all.made.pull(all.token())).rejects.toThrow();
  all.made.type('bob@desk-2');
  await all.made.pull(all.token());
  expect(all.acts).toEqual(['take over run-1']);
});

test('a gate that was answered elsewhere meanwhile is closed', async () => {
  const all = desk();
  all.world.view = runView({ here: true, ways: ['go', 'no-go'] });
  await all.made.open({ act: 'go', run: 'run-1', step: 'gate-7' });
  await pass(700);
  expect(all.because()).toEqual([]);
  for (const listener of all.world.listeners) listener(runView({ here: true, ways: ['hold'] }));
  expect(all.because()).toEqual(['no-way']);
  await expect(all.made.pull(all.token())).rejects.toThrow();
  for (const listener of all.world.listeners) listener(all.world.view);
  await all.made.pull(all.token());
  expect(all.acts).toEqual(['go run-1 gate-7']);
});

test('a gate that wants a name is passed by that name alone', async () => {
  const all = desk();
  const view = runView({ here: true, ways: ['go', 'no-go'] });
  const steps = view.plan.steps.map((step) => (step.kind === 'gate' ? { ...step, typed: 'db-a' } : step));
  all.world.view = { ...view, plan: { ...view.plan, steps } };
  await all.made.open({ act: 'go', run: 'run-1', step: 'gate-7' });
  await pass(700);
  expect(all.made.view()).toMatchObject({ confirm: 'db-a' });
  expect(all.because()).toEqual(['name']);
  all.made.type('db-b');
  await expect(all.made.pull(all.token())).rejects.toThrow();
  all.made.type('DB-A');
  await all.made.pull(all.token());
  expect(all.acts).toEqual(['go run-1 gate-7 DB-A']);
  await all.made.open({ act: 'no-go', run: 'run-1', step: 'gate-7' });
  expect(all.made.view()).toMatchObject({ confirm: null });
});

test('of two that are asked for at once, the later one lies there', async () => {
  const { made } = desk();
  await Promise.all([made.open(START), made.open({ act: 'undo', run: 'run-1' })]);
  expect(made.view()).toMatchObject({ request: { act: 'undo' } });
});
