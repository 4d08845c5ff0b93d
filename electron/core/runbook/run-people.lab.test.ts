import type { RunEvent } from '@shared/runbook/events';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import { said } from '@shared/runbook/said';
import type { RunView } from '@shared/runbook/state-model';
import { describe, expect, it } from 'vitest';
import { digest } from '../journal/digest';
import { readJournal } from '../journal/read';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { codeOf, gate, heldUp, LONG, onStage, states, waiting } from './testing/on-stage';
import { factIs, planOf, setting, sql, step } from './testing/plans';
import { openDesk, PASSWORD } from './testing/run-stage';

const { signal } = new AbortController();

describe.skipIf(!haveSshd() || !haveMariadb())('who says how a run goes on', { timeout: LONG }, () => {
  const on = onStage();

  it('asks a person for each round where the plan says so, and gives up after the last', async () => {
    const round = step({
      id: 'r',
      kind: 'repeat',
      nature: 'reversible',
      body: [sql('a', `UPDATE t.facts SET times = times + 1 WHERE name = 'four'`)],
      until: factIs('until', 'a/three', '1'),
      verify: [factIs('verify', 'a/three', '0')],
      inARow: 1,
      everyMs: 0,
      maxRounds: 5,
      decides: 'person',
    });
    const id = await on.pull(planOf(on.stage, [round, setting('1', 'b/one', { needs: ['r'] })]));
    await on.becomes(id, 'waiting');
    expect(await codeOf(on.desk.runs.decide(id, 'r', 'go'))).toBe('E_NOT_ASKED');
    await on.desk.runs.decide(id, 'r', 'again');
    await on.until(id, ({ state }) => state.steps.r?.attempt === 2 && state.status === 'waiting');
    await on.desk.runs.decide(id, 'r', 'enough');
    expect(states(await on.desk.runs.ended(id))).toBe('1 done, r done');
    expect(await on.stage.facts('a')).toContain('four=0×2');
  });

  it('is seen from another desk, taken there when its own is gone, and undone', async () => {
    const question = said('GO');
    const gate = step({ id: 'gate', kind: 'gate', nature: 'reads', question, readings: [], people: 1 });
    const plan = planOf(on.stage, [setting('1', 'a/one'), { ...gate, needs: ['1'] }]);
    const id = await on.pull(plan);
    await on.becomes(id, 'waiting');
    const other = openDesk(on.stage.estate, on.stage.home.dir, on.folder(), { who: 'bob@desk-2' });
    const told: string[] = [];
    other.runs.onChange(({ state, elsewhere }) => told.push(`${state.id} ${elsewhere}`));
    expect(await codeOf(other.runs.view(id))).toBe('E_NO_RUN');
    await other.runs.onServers(signal, { background: true });
    expect(told).toEqual([`${id} ann@desk`]);
    expect(await other.runs.view(id)).toMatchObject({ elsewhere: 'ann@desk', ways: ['take-over'] });
    expect(await other.runs.list()).toEqual([]);
    expect(await codeOf(other.runs.takeOver(id))).toBe('E_LEASE_HELD');
    await on.desk.close();
    on.desk = other;
    await other.runs.takeOver(id);
    expect(told.at(-1)).toBe(`${id} null`);
    expect((await other.runs.view(id)).ways).toEqual(['resume', 'undo', 'hand-over']);
    await other.runs.undo(id);
    expect(states(await other.runs.ended(id))).toBe('1 undone, gate pending');
  });

  it('shows what a gate stands on, again and again, until it is passed', async () => {
    const asked = Date.now();
    const asks = gate([factIs('before', 'a/one', '1'), factIs('later', 'a/three', '1')], { needs: ['1'] });
    const id = await on.pull(planOf(on.stage, [setting('1', 'a/one'), asks]));
    const shown = ({ readings }: RunView) =>
      readings.gate?.map(({ id: one, value, mustBe, holds }) => `${one} ${value}/${mustBe} ${holds}`);
    const first = await on.until(id, (view) => shown(view) !== undefined);
    expect(shown(first)).toEqual(['before 1/1 true', 'later 0/1 false']);
    expect(first.readings.gate?.[0]).toMatchObject({ target: 'a', error: null });
    expect(first.readings.gate?.[0]?.at).toBeGreaterThanOrEqual(asked);
    await on.letGo();
    const again = await on.until(id, (view) => shown(view)?.[1] === 'later 1/1 true');
    expect(again.readings.gate?.[1]?.at).toBeGreaterThan(first.readings.gate?.[1]?.at ?? 0);
    // What is read over and over is a line each of what was sent.
    expect(again.sent.filter(({ step: one }) => one === 'gate')).toHaveLength(2);
    expect(again.state.status).toBe('waiting');
    await on.desk.runs.decide(id, 'gate', 'go');
    expect((await on.desk.runs.ended(id)).steps.gate?.evidence).toEqual({ before: '1', later: '1' });
    expect((await on.desk.runs.view(id)).readings).toEqual({});
  });

  it('waits at a gate for a person; their no takes everything back', async () => {
    const plan = planOf(on.stage, [
      setting('1', 'a/one'),
      gate([factIs('reading', 'a/one', '1')], { needs: ['1'] }),
      setting('2', 'b/one', { needs: ['gate'] }),
    ]);
    const first = await on.pull(plan);
    const { ways } = await on.becomes(first, 'waiting');
    expect(ways).toEqual(expect.arrayContaining(['go', 'no-go', 'undo']));
    await on.desk.runs.decide(first, 'gate', 'go');
    const state = await on.desk.runs.ended(first);
    expect(states(state)).toBe('1 done, 2 done, gate done');
    expect(state.steps.gate?.evidence).toEqual({ reading: '1' });

    await on.stage.reset();
    const second = await on.pull(plan);
    await on.becomes(second, 'waiting');
    await on.desk.runs.decide(second, 'gate', 'no-go');
    expect(states(await on.desk.runs.ended(second))).toBe('1 undone, 2 pending, gate failed');
  });

  it('holds between two steps, never within a group that is not to be broken, and takes back from there', async () => {
    const group = step({ id: 'group', kind: 'group', nature: 'reversible', unbroken: true });
    const plan = planOf(on.stage, [
      group,
      setting('1', 'a/one', { group: 'group' }),
      waiting('w', { group: 'group', needs: ['1'] }),
      setting('2', 'b/one', { group: 'group', needs: ['w'] }),
      setting('3', 'b/two', { needs: ['group'] }),
    ]);
    const id = await on.pull(plan);
    await on.until(id, ({ state }) => state.steps.w?.state === 'running');
    await on.desk.runs.hold(id, true);
    await on.letGo();
    const { state, ways } = await on.becomes(id, 'holding');
    expect(states(state)).toBe('1 done, 2 done, 3 pending, group done, w done');
    expect(ways).toEqual(['go-on', 'undo', 'hand-over']);
    await on.desk.runs.undo(id);
    const end = await on.desk.runs.ended(id);
    expect([end.status, states(end)]).toEqual([
      'undone',
      '1 undone, 2 undone, 3 pending, group undone, w done',
    ]);
    expect(await codeOf(on.desk.runs.resume(id))).toBe('E_RUN_CLOSED');
  });

  it('is held when the desk woke, and goes on when somebody says so', async () => {
    const id = await on.pull(heldUp(on.stage));
    await on.until(id, ({ state }) => state.steps.w?.state === 'running');
    await on.desk.runs.woke();
    await on.letGo();
    await on.becomes(id, 'holding');
    expect(await on.stage.facts('b')).toContain('one=0×0');
    await on.desk.runs.hold(id, false);
    expect((await on.desk.runs.ended(id)).status).toBe('done');
  });

  it('is taken back when the console ends while writers wait; else it stays as it is and can be resumed', async () => {
    const group = (unbroken: boolean) => step({ id: 'group', kind: 'group', nature: 'reversible', unbroken });
    const plan = (unbroken: boolean) =>
      planOf(on.stage, [
        group(unbroken),
        setting('1', 'a/one', { group: 'group' }),
        waiting('w', { group: 'group', needs: ['1'] }),
        setting('2', 'b/one', { group: 'group', needs: ['w'] }),
      ]);
    for (const [unbroken, status] of [
      [true, 'undone'],
      [false, 'stopped'],
    ] as const) {
      const own = openDesk(on.stage.estate, on.stage.home.dir, on.folder());
      const made = plan(unbroken);
      const fingerprint = fingerprintOf(made, digest);
      const id = await own.runs.start(made, { fingerprint, typed: made.confirm });
      await expect.poll(async () => (await own.runs.view(id)).state.steps.w?.state).toBe('running');
      await own.close();
      const again = openDesk(on.stage.estate, on.stage.home.dir, own.dataDir);
      expect((await again.runs.view(id)).state.status).toBe(status);
      if (!unbroken) {
        await on.letGo();
        await again.runs.resume(id);
        expect((await again.runs.ended(id)).status).toBe('done');
      }
      await again.close();
    }
  });

  it('takes back what it did when it may no longer act', async () => {
    const plan = planOf(on.stage, [setting('1', 'a/one'), waiting('w', { needs: ['1'] })]);
    const id = await on.pull(plan);
    await on.until(id, ({ state }) => state.steps.w?.state === 'running');
    const [holder] = await on.stage.sql('b', `SELECT IS_USED_LOCK('patronus/acting') AS id`);
    // Somebody who waits for the lock has it as soon as its connection is gone.
    const other = await on.stage.connectAs('b', 'acting', PASSWORD);
    try {
      const taken = other.query(`SELECT GET_LOCK('patronus/acting', 20)`);
      await expect
        .poll(() =>
          on.stage.sql(
            'b',
            `SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT GET_LOCK%, 20)'`,
          ),
        )
        .toHaveLength(1);
      await on.stage.sql('b', `KILL ${holder?.id}`);
      await taken;
      const state = await on.desk.runs.ended(id);
      expect(states(state)).toBe('1 undone, w pending');
      expect(await on.stage.facts('a')).toContain('one=0×2');
      const why: RunEvent[] = [];
      for await (const { what } of readJournal(on.desk.dataDir, { group: 'runs' }, signal))
        if (what.kind === 'run-decided' && what.decision === 'undo') why.push(what);
      expect(why).toEqual([expect.objectContaining({ text: expect.stringMatching(/lease|verrou|lock/i) })]);
    } finally {
      other.end();
    }
  });
});
