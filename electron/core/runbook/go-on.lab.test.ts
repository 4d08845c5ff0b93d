import { join } from 'node:path';
import type { RunEvent } from '@shared/runbook/events';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import type { RunState, RunView } from '@shared/runbook/state-model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digest } from '../journal/digest';
import { readJournal } from '../journal/read';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { factIs, planOf, setFact, setting, sql, step } from './testing/plans';
import { openDesk, type RunDesk, type RunStage, runStage } from './testing/run-stage';

const LONG = 120_000;
const { signal } = new AbortController();
const goOn = { ifItFails: 'go-on' } as const;

describe.skipIf(!haveSshd() || !haveMariadb())('what a run goes on without, and passes by itself', () => {
  let stage: RunStage;
  let desk: RunDesk;
  let desks = 0;

  beforeAll(async () => {
    stage = await runStage();
  }, LONG);
  beforeEach(async () => {
    await stage.reset();
    desks += 1;
    desk = openDesk(stage.estate, stage.home.dir, join(stage.home.dir, `passing-${desks}`));
  });
  afterEach(async () => {
    for (const { id, closedAt } of await desk.runs.list())
      if (closedAt === null) await desk.runs.handOver(id).catch(() => {});
    await desk.close();
  }, LONG);
  afterAll(() => stage?.stop(), LONG);

  const pull = (plan: RunPlan, on = desk) =>
    on.runs.start(plan, { fingerprint: fingerprintOf(plan, digest), typed: plan.confirm });
  const whole = async (plan: RunPlan): Promise<RunState> => desk.runs.ended(await pull(plan));
  const states = (state: RunState) =>
    Object.entries(state.steps)
      .map(([id, { state: one, passedOver }]) => `${id} ${one}${passedOver ? ', gone on' : ''}`)
      .join('; ');
  const until = (id: string, isSo: (view: RunView) => boolean) =>
    expect.poll(async () => isSo(await desk.runs.view(id)), { timeout: LONG }).toBe(true);
  const eventsOf = async (id: string) => {
    const events: RunEvent[] = [];
    for await (const { what } of readJournal(desk.dataDir, { group: 'runs' }, signal))
      if ('run' in what && what.run === id) events.push(what as RunEvent);
    return events;
  };
  const refused = sql('a', 'SELEC 1');
  /** Waits for row "three" of server a to be 1. */
  const waiting = (needs: string[]) =>
    step({
      id: 'w',
      kind: 'wait',
      nature: 'reads',
      needs,
      until: factIs('w until', 'a/three', '1'),
      everyMs: 5,
      limitMs: 60_000,
    });
  const letGo = () => stage.sql('a', `UPDATE t.facts SET value = '1' WHERE name = 'three'`);

  describe('a step that it goes on without', { timeout: LONG }, () => {
    it('fails, is named, and what needs it is done; the same step by the plain rule undoes everything', async () => {
      const plan = (more: object) =>
        planOf(stage, [
          setting('1', 'a/one', { apply: [refused], ...more }),
          setting('2', 'a/two'),
          setting('3', 'b/one', { needs: ['1', '2'] }),
        ]);
      const state = await whole(plan(goOn));
      expect(states(state)).toBe('1 failed, gone on; 2 done; 3 done');
      expect([state.status, state.steps['1']?.error?.code]).toEqual(['done', 'E_SQL_FAILED']);
      expect(await stage.facts('b')).toContain('one=1×1');
      await stage.reset();
      expect((await whole(plan({}))).status).not.toBe('done');
      expect(await stage.facts('b')).toContain('one=0×0');
    });

    it('is not tried again when a run goes on at the next start', async () => {
      const plan = planOf(stage, [
        setting('1', 'a/one', { apply: [refused], ...goOn }),
        waiting(['1']),
        setting('3', 'b/one', { needs: ['w'] }),
      ]);
      const id = await pull(plan);
      await until(id, ({ state }) => state.steps.w?.state === 'running');
      await desk.close();
      desk = openDesk(stage.estate, stage.home.dir, desk.dataDir);
      expect((await desk.runs.view(id)).state.steps['1']).toMatchObject({
        state: 'failed',
        passedOver: true,
      });
      await letGo();
      await desk.runs.resume(id);
      const state = await desk.runs.ended(id);
      expect([states(state), state.status]).toEqual(['1 failed, gone on; 3 done; w done', 'done']);
      const events = await eventsOf(id);
      const intents = events.flatMap((event) => (event.kind === 'intent' ? [event.step] : []));
      expect(intents.filter((one) => one === '1')).toHaveLength(1);
    });

    it('is asked for when nobody answered, and named as unknown when that tells nothing either', async () => {
      // Ends its own connection: what it then wrote was undone with it, or was not; and its proof cannot be read.
      const plan = (proof: object) =>
        planOf(stage, [
          step({
            id: '1',
            kind: 'act',
            nature: 'reversible',
            target: 'a',
            ...goOn,
            apply: [setFact('a/one', '1'), sql('a', 'KILL CONNECTION_ID()')],
            verify: [proof as ReturnType<typeof factIs>],
            undo: { apply: [setFact('a/one', '0')] },
          }),
          setting('3', 'b/one', { needs: ['1'] }),
        ]);
      const unread = { ...factIs('proof', 'a/one', '1'), command: sql('a', 'SELECT value FROM t.missing') };
      const unknown = await whole(plan(unread));
      expect(states(unknown)).toBe('1 unknown, gone on; 3 done');
      expect(unknown.status).toBe('done');
      const [asked] = (await eventsOf(unknown.id)).filter(
        (event) => event.kind === 'outcome' && event.step === '1' && event.by === 'probe',
      );
      expect(asked).toMatchObject({ result: 'unknown' });
      await stage.reset();
      // The same, and the servers can tell: it has happened.
      const found = await whole(plan(factIs('proof', 'a/one', '1')));
      expect(states(found)).toBe('1 done; 3 done');
    });

    it('is taken back with the rest only when a part of it happened', async () => {
      const plan = (apply: object[]) =>
        planOf(stage, [
          setting('1', 'a/one', { apply, ...goOn }),
          setting('2', 'a/two', { needs: ['1'] }),
          setting('3', 'b/one', { needs: ['2'], apply: [sql('b', 'SELEC 1')] }),
        ]);
      const partly = await whole(plan([setFact('a/one', '1'), refused]));
      expect([states(partly), partly.status]).toEqual(['1 undone; 2 undone; 3 failed', 'undone']);
      expect(await stage.facts('a')).toContain('one=0×2');
      await stage.reset();
      const untouched = await whole(plan([refused, setFact('a/one', '1')]));
      expect([states(untouched), untouched.status]).toEqual([
        '1 failed, gone on; 2 undone; 3 failed',
        'undone',
      ]);
      expect(await stage.facts('a')).toContain('one=0×0');
    });
  });

  describe('a gate with checks of its own', { timeout: LONG }, () => {
    const gated = (unless: object[]) =>
      planOf(stage, [
        step({
          id: 'ask',
          kind: 'gate',
          nature: 'reads',
          question: { code: 'LARGER', params: {} },
          readings: [factIs('seen', 'b/two', '0')],
          unless: unless as ReturnType<typeof factIs>[],
          people: 1,
        }),
        setting('1', 'a/one', { needs: ['ask'] }),
      ]);

    it('passes by itself while they hold, and the journal says that no person did', async () => {
      const state = await whole(gated([factIs('loss', 'b/one', '0')]));
      expect([state.status, state.steps.ask?.by]).toEqual(['done', 'checks']);
      expect(state.steps.ask?.evidence).toEqual({ loss: '0' });
      const events = await eventsOf(state.id);
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'outcome', step: 'ask', by: 'checks', evidence: { loss: '0' } }),
      );
      const decisions = events.flatMap((event) => (event.kind === 'run-decided' ? [event.decision] : []));
      expect(decisions).toEqual(['start']);
    });

    it.each<[string, object, Record<string, string>]>([
      ['one does not hold', factIs('loss', 'b/one', '7'), { loss: '0' }],
      [
        'one cannot be read',
        { ...factIs('loss', 'b/one', '0'), command: sql('b', 'SELECT value FROM t.missing') },
        { loss: '' },
      ],
    ])('asks a person when %s, and shows what was read', async (_, check, evidence) => {
      const id = await pull(gated([factIs('other', 'b/one', '0'), check]));
      await until(id, ({ state }) => state.status === 'waiting');
      const view = await desk.runs.view(id);
      expect(view.state.steps.ask?.evidence).toEqual({ other: '0', ...evidence });
      expect(await stage.facts('a')).toContain('one=0×0');
      await desk.runs.decide(id, 'ask', 'go');
      const state = await desk.runs.ended(id);
      expect([state.status, state.steps.ask?.by]).toEqual(['done', 'answer']);
      expect(state.steps.ask?.evidence).toEqual({ other: '0', ...evidence, seen: '0' });
    });
  });
});
