import { describe, expect, it } from 'vitest';
import { randomOf } from '../gtid/gtid.test-kit';
import type { Command } from './command';
import { actsOf } from './commands-of';
import type { Phase } from './events';
import { type Leaf, orderOf } from './order';
import type { RunPlan } from './plan';
import { act, Log, planOf, randomPlan } from './plan.test-kit';
import { afterState, predictedBefore, provesUntouched } from './predict';
import { readySteps, undoOrder } from './schedule';
import { nextAttempt, runStateOf } from './state';
import type { RunState } from './state-model';
import { problemsOf } from './validate';
import { waysOf } from './ways';

/**
 * The promise of the engine, without any server: whatever plan, wherever the console dies and however often, going on
 * or taking back ends in one of two states, everything done or everything as before, and nothing that happened is
 * sent again.
 *
 * Servers are a map of facts. A console is a generator of turns: it commits an intent, sends one command after the
 * other, writes an outcome. It dies by not being asked for its next turn. What it knows is the plan and the journal,
 * and what it decides comes from the functions under test.
 */

class Servers {
  readonly facts: Map<string, string>;
  /** How often each command took effect that was sent: "s1 apply s1.0" → count. */
  readonly effects = new Map<string, number>();

  constructor(plan: RunPlan) {
    this.facts = new Map(plan.facts.map(({ key, value }) => [key, value]));
  }
  run(step: Leaf, phase: Phase, command: Command) {
    const [key = '', value = ''] = command.kind === 'sql' ? command.values.map(plain) : [];
    const name = `${step.id} ${phase} ${key}`;
    this.effects.set(name, (this.effects.get(name) ?? 0) + 1);
    this.facts.set(key, value);
  }
}
const plain = (value: { kind: string; value?: string }): string => value.value ?? '';

interface Desk {
  plan: RunPlan;
  log: Log;
  servers: Servers;
  below: (limit: number) => number;
  /** Sends what nobody knows of without asking first: what the engine must never do. */
  blind?: boolean;
  /** One command in so many is refused by its server, for good; what came before it has happened. */
  refuses?: number;
  /** Sends first and writes down afterwards: the same. */
  writesLate?: boolean;
}

/** What is to be seen of a step on the servers. */
function probe({ plan, servers }: Desk, step: Leaf): 'done' | 'not' | 'partly' {
  if (step.changes.every(({ fact, to }) => servers.facts.get(fact) === to)) return 'done';
  return provesUntouched(plan, step.id, Object.fromEntries(servers.facts)) ? 'not' : 'partly';
}

/** One attempt, a turn after each record and each command. */
function* attempt(desk: Desk, step: Leaf, phase: Phase): Generator<void> {
  const { log, servers } = desk;
  const number = nextAttempt(log.events, step.id, phase);
  if (!desk.writesLate) {
    log.intent(step.id, phase, number);
    yield;
  }
  for (const command of phase === 'undo' ? (step.undo?.apply ?? []) : actsOf(step)) {
    if (phase === 'apply' && desk.refuses && desk.below(desk.refuses) === 0) {
      log.outcome(step.id, 'failed', { attempt: number, evidence: Object.fromEntries(servers.facts) });
      return;
    }
    servers.run(step, phase, command);
    yield;
  }
  if (desk.writesLate) log.intent(step.id, phase, number);
  log.outcome(step.id, 'done', { phase, attempt: number, evidence: Object.fromEntries(servers.facts) });
}

/** Takes one step to its end, first finding out about what was left in doubt. */
function* apply(desk: Desk, step: Leaf, wasUnknown: boolean): Generator<void> {
  const { plan, log, servers } = desk;
  const number = nextAttempt(log.events, step.id, 'apply');
  const known = { attempt: number - 1, by: 'probe' } as const;
  if (wasUnknown && !desk.blind) {
    const found = probe(desk, step);
    const evidence = Object.fromEntries(servers.facts);
    if (found === 'done') {
      log.outcome(step.id, 'done', { ...known, evidence });
      return;
    }
    if (found === 'not') log.outcome(step.id, 'failed', { ...known, evidence });
    yield;
  } else if (!wasUnknown && number === 1) {
    // The state predicted after what it needs is the state that is there, whatever ran beside it.
    const before = predictedBefore(plan, step.id);
    for (const key of [...step.relies, ...step.changes.map(({ fact }) => fact)])
      expect(servers.facts.get(key), `${step.id} relies on ${key}`).toBe(before.get(key));
  }
  yield* attempt(desk, step, 'apply');
}

/** Forward: everything that is ready, its turns mixed by chance. */
function* forward(desk: Desk): Generator<void> {
  const { plan, log, below } = desk;
  const under = new Map<string, Generator<void>>();
  for (;;) {
    const state = runStateOf(plan, log.events);
    const unknown = orderOf(plan).leaves.filter(({ id }) => state.steps[id]?.state === 'unknown');
    for (const step of [...unknown, ...readySteps(plan, state)]) {
      if (!under.has(step.id)) under.set(step.id, apply(desk, step, unknown.includes(step)));
    }
    const ids = [...under.keys()];
    if (ids.length === 0) break;
    const id = ids[below(ids.length)] ?? '';
    if (under.get(id)?.next().done) under.delete(id);
    yield;
  }
  const state = runStateOf(plan, log.events);
  if (plan.steps.every(({ id }) => state.steps[id]?.state === 'done')) {
    log.add({ kind: 'run-closed', end: 'done' });
  } else if (!state.pastNoReturn) {
    log.decided('undo');
    yield* backward(desk);
  }
  // Else it stops, and a person has to say how it goes on.
}

/** Back: the undo stack from its top, each step proved to be again as it was. */
function* backward(desk: Desk): Generator<void> {
  const { plan, log, servers } = desk;
  for (;;) {
    const [top] = undoOrder(plan, runStateOf(plan, log.events));
    const step = orderOf(plan).leaves.find(({ id }) => id === top);
    if (!step) break;
    yield* attempt(desk, step, 'undo');
    const before = predictedBefore(plan, step.id);
    for (const { fact } of step.changes) expect(servers.facts.get(fact)).toBe(before.get(fact));
  }
  log.add({ kind: 'run-closed', end: 'undone' });
}

/** What must hold at every moment, whoever is alive. */
function invariants({ plan, log, servers }: Desk): RunState {
  const state = runStateOf(plan, log.events, false);
  const point = plan.steps.find(({ nature }) => nature === 'point-of-no-return');
  const isOpen = point?.changes.some(({ fact, to }) => servers.facts.get(fact) === to) ?? false;
  if (isOpen && !state.pastNoReturn)
    throw new Error('past the point of no return, and the run does not know');
  if (isOpen && undoOrder(plan, state).length > 0)
    throw new Error('undo is offered past the point of no return');
  return state;
}

/** Longer than any run of these plans takes. */
const FOREVER = 500;

/** Dies after so many turns, then again and again; then lives. Gives how the run ended, and after how many turns. */
function story(desk: Desk, deaths: readonly number[], decide: (ways: readonly string[]) => string) {
  const { plan, log } = desk;
  log.opened().decided('start');
  let going = forward(desk);
  for (const turns of [...deaths, FOREVER]) {
    for (let turn = 0; turn < turns; turn += 1) {
      const { done } = going.next();
      const state = invariants(desk);
      if (done && state.closedAt !== null) return { end: state.status, turns: turn };
      if (done) break;
    }
    const state = invariants(desk);
    const ways = waysOf(plan, state, { here: false, elsewhere: null });
    const way = decide(ways.filter((one) => one === 'resume' || one === 'undo'));
    log.decided(way === 'undo' ? 'undo' : 'resume');
    going = way === 'undo' ? backward(desk) : forward(desk);
  }
  throw new Error('it does not end');
}

const undoIfPossible = (ways: readonly string[]) => (ways.includes('undo') ? 'undo' : 'resume');

/** What is wrong with how it ended. */
function faults({ plan, servers }: Desk, end: string): string[] {
  const wanted =
    end === 'done' ? afterState(plan) : new Map(plan.facts.map(({ key, value }) => [key, value]));
  const differing = [...wanted]
    .filter(([key, value]) => servers.facts.get(key) !== value)
    .map(([key]) => `${end}, and ${key} is ${servers.facts.get(key)}`);
  return end === 'done' || end === 'undone' ? differing : [`it ended ${end}`];
}

const deskOf = (plan: RunPlan, seed: number, more: Partial<Desk> = {}): Desk => ({
  plan,
  log: new Log(),
  servers: new Servers(plan),
  below: randomOf(seed),
  ...more,
});

const PLANS = 60;
const DEATHS = 8;

describe('a console that dies', { timeout: 60_000 }, () => {
  it('plans out of chance are plans that may run', () => {
    const problems = Array.from({ length: PLANS }, (_, seed) => problemsOf(randomPlan(seed))).flat();
    expect(problems).toEqual([]);
  });

  it('any number of times, anywhere: by resume or undo it comes to one of two states', () => {
    const ends = { done: 0, undone: 0 };
    for (let seed = 0; seed < PLANS; seed += 1) {
      const plan = randomPlan(seed);
      for (let round = 0; round < 8; round += 1) {
        // Every other time, servers refuse some of it on top.
        const desk = deskOf(plan, seed * 31 + round, { refuses: round % 2 === 0 ? 0 : 12 });
        const deaths = Array.from({ length: desk.below(DEATHS) }, () => desk.below(12));
        if (desk.refuses) deaths.push(...Array.from({ length: DEATHS * 4 }, () => FOREVER));
        const { end } = story(desk, deaths, (ways) => ways[desk.below(ways.length)] ?? '');
        expect(faults(desk, end), `plan ${seed}, round ${round}`).toEqual([]);
        ends[end === 'done' ? 'done' : 'undone'] += 1;
      }
    }
    // Both ends were really reached, often.
    expect(Math.min(ends.done, ends.undone)).toBeGreaterThan(PLANS);
  });

  it('after every single turn: resume sends nothing a second time that happened, undo leaves nothing behind', () => {
    for (let seed = 0; seed < PLANS / 3; seed += 1) {
      const plan = randomPlan(seed);
      const { turns } = story(deskOf(plan, seed), [], () => 'resume');
      for (let turn = 0; turn < turns; turn += 1) {
        const onward = deskOf(plan, seed);
        expect(story(onward, [turn], () => 'resume').end).toBe('done');
        expect([...faults(onward, 'done'), ...resent(onward)], `plan ${seed}, turn ${turn}`).toEqual([]);
        const back = deskOf(plan, seed);
        const { end } = story(back, [turn], undoIfPossible);
        expect(faults(back, end), `plan ${seed}, turn ${turn}`).toEqual([]);
      }
    }
  });

  it('is seen to fail when what is unknown is sent again without asking', () => {
    const plan = planOf([act('s0', { a: '1' }), act('s1', { b: '1' }, { needs: ['s0'] })]);
    const found = [1, 2, 3, 4, 5, 6].flatMap((turn) => {
      const desk = deskOf(plan, 1, { blind: true });
      story(desk, [turn], () => 'resume');
      return resent(desk);
    });
    expect(found).toContain('s0 apply a');
  });

  it('is seen to fail when the intent is written after the effect', () => {
    const found = Array.from({ length: 30 }, (_, turn) => {
      const plan = planOf([act('s0', { a: '1' }), act('s1', { b: '1' }, { needs: ['s0'] })]);
      const desk = deskOf(plan, 1, { writesLate: true });
      const { end } = story(desk, [turn], undoIfPossible);
      return faults(desk, end);
    }).flat();
    expect(found).not.toEqual([]);
  });
});

/**
 * Commands that were sent more than once though their step changes nothing else: for those, whether it happened is one
 * question, and the answer was there. Of a step with several commands, the first may be sent again with the others.
 */
function resent({ plan, servers }: Desk): string[] {
  const single = new Set(plan.steps.filter(({ changes }) => changes.length === 1).map(({ id }) => id));
  return [...servers.effects]
    .filter(([name, count]) => count > 1 && single.has(name.split(' ')[0] ?? ''))
    .map(([name]) => name);
}
