import { join } from 'node:path';
import type { RunPlan } from '@shared/runbook/plan';
import { describe, expect, it } from 'vitest';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { codeOf, LONG, onStage, states } from './testing/on-stage';
import { factIs, planOf, setFact, setting, sql, step } from './testing/plans';
import { filesBelow } from './testing/remote-host';

const UNTOUCHED = 'four=0×0 one=0×0 three=0×0 two=0×0';

describe.skipIf(!haveSshd() || !haveMariadb())('a run on real servers', { timeout: LONG }, () => {
  const on = onStage();
  /** Nobody has to type accents and capitals. */
  const pull = (plan: RunPlan, typed = 'server-e') => on.pull(plan, typed);
  const whole = async (plan: RunPlan) => on.desk.runs.ended(await pull(plan));
  const two = (more: object = {}) =>
    planOf(on.stage, [
      setting('1', 'a/one'),
      setting('2', 'b/one', { needs: ['1'], confirms: true, ...more }),
    ]);

  it('does each step, proves it, and leaves the same in the journal and on the servers', async () => {
    const state = await whole(two());
    expect(states(state)).toBe('1 done, 2 done');
    expect(state).toMatchObject({ status: 'done', closedAt: expect.any(Number) });
    expect(state.steps['2']?.evidence).toEqual({ 'b/one': '1' });
    expect([await on.stage.facts('a'), await on.stage.facts('b')]).toEqual([
      'four=0×0 one=1×1 three=0×0 two=0×0',
      'four=0×0 one=1×1 three=0×0 two=0×0',
    ]);
    expect((await on.desk.runs.list()).map(states)).toEqual([states(state)]);
    for (const { home } of on.stage.hosts) {
      const files = filesBelow(join(home, '.patronus/runs'));
      const events = [...files].find(([name]) => name.includes(`${state.id}/events.jsonl`))?.[1].text ?? '';
      expect(events.trim().split('\n')).toHaveLength(7);
    }
  });

  describe('is not begun, and nothing is changed or left open', () => {
    it.each<[string, (plan: RunPlan) => Promise<unknown>, string]>([
      ['a wrong name', (plan) => pull(plan, 'server-f'), 'E_RUN_NAME'],
      [
        'another fingerprint',
        (plan) => on.desk.runs.start(plan, { fingerprint: 'x', typed: plan.confirm }),
        'E_PLAN_CHANGED',
      ],
      [
        'a fact that changed since',
        async (plan) => {
          await on.stage.sql('b', `UPDATE t.facts SET value = 'x' WHERE name = 'two'`);
          return pull(plan);
        },
        'E_DRIFT',
      ],
      [
        'a precondition that does not hold',
        () =>
          pull(planOf(on.stage, [setting('1', 'a/one')], { preconditions: [factIs('p', 'a/three', '7')] })),
        'E_PRECONDITION',
      ],
      [
        'a plan with a mistake',
        (plan) => pull({ ...plan, steps: [...plan.steps, ...plan.steps] }),
        'E_PLAN_INVALID',
      ],
      [
        'another server',
        (plan) => {
          const { a } = plan.targets;
          if (!a?.identity.sql) throw new Error('no target');
          const identity = { ...a.identity, sql: { ...a.identity.sql, serverId: '77' } };
          return pull({ ...plan, targets: { ...plan.targets, a: { ...a, identity } } });
        },
        'E_WRONG_TARGET',
      ],
    ])('%s', async (_, begin, code) => {
      const before = await on.stage.facts('b');
      expect(await codeOf(begin(two()))).toBe(code);
      expect(await on.stage.facts('a')).toBe(UNTOUCHED);
      expect((await on.desk.runs.list()).filter(({ closedAt }) => closedAt === null)).toEqual([]);
      if (code !== 'E_DRIFT') expect(await on.stage.facts('b')).toBe(before);
      await on.stage.reset();
      // And the way is free for one that may.
      expect((await whole(two())).status).toBe('done');
    });

    it('names every fact with what it was and what it is', async () => {
      await on.stage.sql('b', `UPDATE t.facts SET value = 'x' WHERE name IN ('one', 'two')`);
      const thrown = await pull(two()).catch((error: unknown) => error);
      expect(thrown).toMatchObject({ error: { params: { what: 'b/one: 0 → x, b/two: 0 → x' } } });
    });
  });

  describe('when a step fails', () => {
    const three = (bad: string) =>
      planOf(
        on.stage,
        ['a/one', 'b/one', 'a/two'].map((key, index) => {
          const id = `${index + 1}`;
          const apply = [setFact(key, '1'), sql(key.slice(0, 1), 'SIGNAL SQLSTATE "45000"')];
          const needs = index > 0 ? [`${index}`] : [];
          return setting(id, key, id === bad ? { needs, apply } : { needs });
        }),
      );

    it.each(['1', '2', '3'])('%s of 3: all that was done is taken back at once', async (bad) => {
      const state = await whole(three(bad));
      expect(state.status).toBe('undone');
      const facts = [...Array(3).keys()].map((index) => state.steps[`${index + 1}`]?.state);
      expect(facts.slice(0, Number(bad)).every((one) => one === 'undone')).toBe(true);
      expect(await on.stage.sql('a', `SELECT name FROM t.facts WHERE value <> '0'`)).toEqual([]);
      expect(await on.stage.sql('b', `SELECT name FROM t.facts WHERE value <> '0'`)).toEqual([]);
    });

    it('whose servers show that nothing of it happened, nothing is sent to take it back', async () => {
      const apply = [sql('b', 'SIGNAL SQLSTATE "45000"')];
      const state = await whole(two({ apply }));
      expect(states(state)).toBe('1 undone, 2 failed');
      expect(await on.stage.facts('b')).toBe(UNTOUCHED);
    });

    it('it stops where the plan says so, and can be resumed', async () => {
      const apply = [
        sql('b', 'BEGIN NOT ATOMIC IF (SELECT n FROM t.once) = 0 THEN SIGNAL SQLSTATE "45000"; END IF; END'),
        setFact('b/one', '1'),
      ];
      const state = await whole(two({ apply, ifItFails: 'stop' }));
      expect([states(state), state.status]).toEqual(['1 done, 2 failed', 'stopped']);
      expect(await codeOf(pull(two()))).toBe('E_RUN_OPEN');
      await on.stage.sql('b', 'UPDATE t.once SET n = 1');
      await on.desk.runs.resume(state.id);
      expect((await on.desk.runs.ended(state.id)).status).toBe('done');
      expect(await on.stage.facts('a')).toBe('four=0×0 one=1×1 three=0×0 two=0×0');
    });

    it('after the point of no return nothing is taken back: what does not need it goes on', async () => {
      const plan = planOf(on.stage, [
        setting('1', 'a/one', { nature: 'point-of-no-return', undo: null, confirms: true }),
        setting('2', 'b/one', { needs: ['1'], undo: null, apply: [sql('b', 'SIGNAL SQLSTATE "45000"')] }),
        setting('3', 'b/two', { needs: ['1'], undo: null }),
        setting('4', 'a/two', { needs: ['2'], undo: null }),
      ]);
      const state = await whole(plan);
      expect(states(state)).toBe('1 done, 2 failed, 3 done, 4 pending');
      expect(state).toMatchObject({ status: 'stopped', pastNoReturn: true, undoStack: [] });
      expect(await codeOf(on.desk.runs.undo(state.id))).toBe('E_PAST_NO_RETURN');
    });

    it('because somebody changed what it stands on, it is not begun', async () => {
      const wait = step({
        id: 'w',
        kind: 'wait',
        nature: 'reads',
        needs: ['1'],
        until: { ...factIs('until', 'a/three', '1') },
        everyMs: 10,
        limitMs: 60_000,
      });
      const plan = planOf(on.stage, [setting('1', 'a/one'), wait, setting('2', 'b/one', { needs: ['w'] })]);
      const id = await pull(plan);
      await on.stage.sql('b', `UPDATE t.facts SET value = 'x' WHERE name = 'one'`);
      await on.stage.sql('a', `UPDATE t.facts SET value = '1' WHERE name = 'three'`);
      const state = await on.desk.runs.ended(id);
      expect(states(state)).toBe('1 undone, 2 failed, w done');
      expect(state.steps['2']?.error).toMatchObject({
        code: 'E_NOT_AS_PREDICTED',
        params: { what: 'b/one: 0 → x' },
      });
    });
  });

  describe('when nobody answers for a statement', () => {
    const withApply = (statement: string, timeoutMs: number) =>
      two({ apply: [sql('b', statement, { timeoutMs })] });
    const SET = `UPDATE t.facts SET times = times + 1, value = '1' WHERE name = 'one' AND value <> '1'`;
    const FIRST = 'IF (SELECT n FROM t.once) = 0 THEN UPDATE t.once SET n = 1; COMMIT;';

    it('it was done all the same: that is found out, and it is not sent again', async () => {
      const state = await whole(withApply(`BEGIN NOT ATOMIC ${SET}; COMMIT; DO SLEEP(100); END`, 500));
      expect(states(state)).toBe('1 done, 2 done');
      expect(state.steps['2']?.attempt).toBe(1);
      expect(await on.stage.facts('b')).toBe('four=0×0 one=1×1 three=0×0 two=0×0');
      expect(
        await on.stage.sql('b', `SELECT * FROM information_schema.processlist WHERE info LIKE '%SLEEP(1%'`),
      ).toHaveLength(1);
    });

    it('it was not done: it is ended on the server, and then sent again', async () => {
      const state = await whole(
        withApply(`BEGIN NOT ATOMIC ${FIRST} DO SLEEP(100); END IF; ${SET}; END`, 1_000),
      );
      expect(states(state)).toBe('1 done, 2 done');
      expect(state.steps['2']?.attempt).toBe(2);
      expect(await on.stage.facts('b')).toBe('four=0×0 one=1×1 three=0×0 two=0×0');
    });

    it('its connection was lost in the middle: a new one is made to the same server', async () => {
      const state = await whole(
        withApply(`BEGIN NOT ATOMIC ${FIRST} KILL CONNECTION_ID(); END IF; ${SET}; END`, 5_000),
      );
      expect(states(state)).toBe('1 done, 2 done');
      expect(await on.stage.facts('b')).toBe('four=0×0 one=1×1 three=0×0 two=0×0');
    });
  });
});
