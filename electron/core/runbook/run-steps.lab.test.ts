import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@shared/errors';
import type { JournalEvent } from '@shared/journal/entry';
import type { RunEvent } from '@shared/runbook/events';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import type { RunState, RunStatus, RunView } from '@shared/runbook/state-model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digest } from '../journal/digest';
import { readJournal } from '../journal/read';
import { failure } from '../net/failure';
import type { Journal } from '../ports';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { factIs, planOf, readFact, setting, sql, step } from './testing/plans';
import { filesBelow } from './testing/remote-host';
import { CANARY, openDesk, PASSWORD, type RunDesk, type RunStage, runStage } from './testing/run-stage';

const LONG = 120_000;
const { signal } = new AbortController();

describe.skipIf(!haveSshd() || !haveMariadb())('the steps of a run', { timeout: LONG }, () => {
  let stage: RunStage;
  let desk: RunDesk;
  let desks = 0;
  let wrap: (journal: Journal) => Journal = (journal) => journal;

  beforeAll(async () => {
    stage = await runStage();
  }, LONG);
  beforeEach(async () => {
    await stage.reset();
    desks += 1;
    wrap = (journal) => journal;
    const dir = join(stage.home.dir, `desk-${desks}`);
    const late = (journal: Journal): Journal => ({
      note: (event, at) => journal.note(event, at),
      commit: (event) => wrap(journal).commit(event),
    });
    desk = openDesk(stage.estate, stage.home.dir, dir, { wrap: late });
  });
  afterEach(async () => {
    wrap = (journal) => journal;
    for (const { id, closedAt } of await desk.runs.list())
      if (closedAt === null) await desk.runs.handOver(id).catch(() => {});
    await desk.close();
  }, LONG);
  afterAll(() => stage?.stop(), LONG);

  const pull = (plan: RunPlan) =>
    desk.runs.start(plan, { fingerprint: fingerprintOf(plan, digest), typed: plan.confirm });
  const whole = async (plan: RunPlan): Promise<RunState> => desk.runs.ended(await pull(plan));
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'it went well',
      (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown)),
    );
  const states = (state: RunState) =>
    Object.entries(state.steps)
      .map(([id, { state: one }]) => `${id} ${one}`)
      .join(', ');
  /** Resolves with the first view in which it is so. */
  const until = (id: string, isSo: (view: RunView) => boolean) =>
    new Promise<RunView>((resolve) => {
      const stop = desk.runs.onChange((view) => {
        if (view.state.id !== id || !isSo(view)) return;
        stop();
        resolve(view);
      });
      void desk.runs.view(id).then((view) => isSo(view) && resolve(view));
    });
  const becomes = (id: string, status: RunStatus) => until(id, ({ state }) => state.status === status);
  /** Waits for row "three" of server a to be 1. */
  const waiting = (id: string, more: object = {}) =>
    step({
      id,
      kind: 'wait',
      nature: 'reads',
      until: factIs(`${id} until`, 'a/three', '1'),
      everyMs: 5,
      limitMs: 60_000,
      ...more,
    });
  const letGo = () => stage.sql('a', `UPDATE t.facts SET value = '1' WHERE name = 'three'`);

  it('hands outputs on, and shows a secret neither to the journal nor to anybody else', async () => {
    const secret = { kind: 'secret', name: 'replication' };
    const plan = planOf(
      stage,
      [
        step({
          id: 'where',
          kind: 'act',
          nature: 'reads',
          apply: [
            sql('a', `SELECT 'it''s \\\\ "here"' AS place`, {
              saves: [{ output: 'place', column: 'place' }],
            }),
          ],
        }),
        setting('1', 'b/one', {
          needs: ['where'],
          apply: [
            sql('b', 'SET @secret = ?', { values: [secret] }),
            sql(
              'b',
              `UPDATE t.facts SET value = IF(@secret = ? AND LENGTH(@secret) = 22, '1', 'no') WHERE name = 'one'`,
              {
                values: [secret],
              },
            ),
            sql('b', `UPDATE t.facts SET times = ? = 'it''s \\\\ "here"' WHERE name = 'one'`, {
              values: [{ kind: 'output', name: 'place' }],
            }),
          ],
        }),
        setting('2', 'a/one', {
          needs: ['1'],
          ifItFails: 'stop',
          apply: [sql('a', 'SELEC ? FROM DUAL', { values: [secret] })],
        }),
      ],
      { secrets: { replication: { service: 'db-b', account: 'replication' } } },
    );
    expect(CANARY).toHaveLength(22);
    const state = await whole(plan);
    expect(states(state)).toBe('1 done, 2 failed, where done');
    expect(await stage.facts('b')).toContain('one=1×1');
    expect(state.outputs).toEqual({ place: `it's \\ "here"` });
    expect(state.steps['2']?.error).toMatchObject({ code: 'E_SQL_FAILED', params: { errno: '1064' } });
    expect(state.steps['2']?.error?.message).toContain('•••');
    await desk.runs.handOver(state.id);
    await desk.close();
    const texts = [
      JSON.stringify(state),
      ...[desk.dataDir, ...stage.hosts.map(({ home }) => home)].flatMap((folder) =>
        [...filesBelow(folder).values()].map(({ text }) => text),
      ),
    ];
    expect(texts.some((text) => text.includes('⟨secret replication⟩'))).toBe(true);
    for (let at = 0; at + 6 <= CANARY.length; at += 1)
      expect(texts.filter((text) => text.includes(CANARY.slice(at, at + 6)))).toEqual([]);
    expect(texts.filter((text) => text.includes(PASSWORD))).toEqual([]);
  });

  it('sends nothing that does not stand in an intent before, word for word', async () => {
    await stage.sql('a', 'TRUNCATE mysql.general_log');
    await stage.sql('a', `SET GLOBAL log_output = 'TABLE', GLOBAL general_log = 1`);
    const plan = planOf(stage, [
      setting('1', 'a/one'),
      setting('2', 'a/two', {
        needs: ['1'],
        apply: [
          sql('a', 'UPDATE t.facts SET value = 1 WHERE name = ?', {
            values: [{ kind: 'text', value: `two` }],
          }),
        ],
      }),
      setting('3', 'b/one', { needs: ['2'], apply: [sql('b', 'SIGNAL SQLSTATE "45000"')] }),
    ]);
    expect((await whole(plan)).status).toBe('undone');
    await stage.sql('a', 'SET GLOBAL general_log = 0');
    const log = await stage.sql('a', 'SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log');
    const changing = log.flatMap(({ text }) => (/^UPDATE/.test(text ?? '') ? [text] : []));
    const said: string[] = [];
    for await (const { what } of readJournal(desk.dataDir, {}, signal))
      if (what.kind === 'intent') said.push(...what.text.split('\n'));
    expect(changing).toHaveLength(4);
    expect(changing.map((text) => said.includes(`a> ${text}`))).toEqual([true, true, true, true]);
    expect(said).not.toContain('a> UPDATE t.facts SET value = 2');
  });

  it('begins no step whose intent cannot be written, and none after it', async () => {
    const refuse = (event: JournalEvent) => event.kind === 'intent' && event.step === '2';
    wrap = (journal) => ({
      ...journal,
      commit: (event) =>
        refuse(event)
          ? Promise.reject(failure('E_JOURNAL_WRITE', null, { file: 'journal', text: 'ENOSPC' }))
          : journal.commit(event),
    });
    const plan = planOf(stage, [setting('1', 'a/one'), setting('2', 'b/one', { needs: ['1'] })]);
    const state = await whole(plan);
    expect([states(state), state.status]).toEqual(['1 done, 2 pending', 'stopped']);
    expect(await stage.facts('b')).toContain('one=0×0');
    wrap = (journal) => journal;
    await desk.runs.undo(state.id);
    expect((await desk.runs.ended(state.id)).status).toBe('undone');
  });

  it('runs command lines under sh, with what they are given on standard input, once', async () => {
    const file = join(stage.home.dir, `line-${desks}`);
    const fact = {
      key: 'a/file',
      title: said('FILE'),
      command: {
        kind: 'ssh' as const,
        target: 'a',
        argv: ['sh', '-c', `cat "$1" 2>/dev/null || :`, 'sh', file],
        timeoutMs: 5_000,
      },
      column: null,
      value: '',
    };
    const line = (script: string, stdin: string[] | null, target = 'a') => ({
      kind: 'ssh' as const,
      target,
      argv: ['sh', '-c', script, 'sh', file],
      stdin,
      timeoutMs: 10_000,
    });
    const plan = planOf(
      stage,
      [
        step({
          id: '1',
          kind: 'act',
          nature: 'reversible',
          changes: [{ fact: 'a/file', to: `it's here` }],
          apply: [line('cat >>"$1"', [`it's`, ' here\n'])],
          undo: { apply: [line('rm -f -- "$1"', null)] },
        }),
        setting('2', 'b/one', {
          needs: ['1'],
          apply: [line('echo no >&2; exit 3', null, 'b')],
          ifItFails: 'stop',
        }),
      ],
      { facts: [fact, ...planOf(stage, [setting('1', 'a/one')]).facts] },
    );
    const state = await whole(plan);
    expect(readFileSync(file, 'utf8')).toBe(`it's here\n`);
    expect(state.steps['2']?.error).toMatchObject({
      code: 'E_COMMAND_FAILED',
      params: { status: '3', text: 'no' },
    });
    await desk.runs.undo(state.id);
    expect((await desk.runs.ended(state.id)).status).toBe('undone');
    expect(existsSync(file)).toBe(false);
  });

  it('repeats until the check holds as often as it must: every other connection is ended but its own', async () => {
    const others = `FROM information_schema.processlist WHERE user = 'writer' AND NOT FIND_IN_SET(id, ?)`;
    const own = [{ kind: 'output', name: 'own:a' }];
    const kills = step({
      id: 'kill',
      kind: 'repeat',
      nature: 'hard',
      needs: ['1'],
      body: [
        sql('a', `SELECT id ${others}`, {
          values: own,
          tolerates: [1094],
          each: {
            statement: 'KILL SOFT CONNECTION ?',
            values: [{ kind: 'column', name: 'id', as: 'number' }],
          },
        }),
      ],
      until: {
        id: 'none',
        title: said('NONE'),
        command: sql('a', `SELECT id ${others}`, { values: own }),
        expect: { kind: 'no-rows' },
      },
      inARow: 2,
      everyMs: 5,
      maxRounds: 500,
      decides: 'check',
      undo: { apply: [sql('a', 'DO 0')] },
    });
    await stage.sql('a', `CREATE OR REPLACE USER writer@'%' IDENTIFIED BY 'w'`);
    const writers = Array.from({ length: 8 }, () => stage.connectAs('a', 'writer', 'w'));
    const open = await Promise.all(writers);
    const plan = planOf(stage, [setting('1', 'a/one'), kills]);
    const state = await whole(plan);
    expect(states(state)).toBe('1 done, kill done');
    await expect.poll(() => open.filter(({ closed }) => closed()).length).toBe(8);
    expect(
      await stage.sql('a', `SELECT 1 FROM information_schema.processlist WHERE user = 'writer'`),
    ).toEqual([]);
  });

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
    const id = await pull(planOf(stage, [round, setting('1', 'b/one', { needs: ['r'] })]));
    await becomes(id, 'waiting');
    expect(await codeOf(desk.runs.decide(id, 'r', 'go'))).toBe('E_NOT_ASKED');
    await desk.runs.decide(id, 'r', 'again');
    await until(id, ({ state }) => state.steps.r?.attempt === 2 && state.status === 'waiting');
    await desk.runs.decide(id, 'r', 'enough');
    expect(states(await desk.runs.ended(id))).toBe('1 done, r done');
    expect(await stage.facts('a')).toContain('four=0×2');
  });

  it('is seen from another desk, taken there when its own is gone, and undone', async () => {
    const question = said('GO');
    const gate = step({ id: 'gate', kind: 'gate', nature: 'reads', question, readings: [], people: 1 });
    const plan = planOf(stage, [setting('1', 'a/one'), { ...gate, needs: ['1'] }]);
    const id = await pull(plan);
    await becomes(id, 'waiting');
    const dir = join(stage.home.dir, `other-desk-${desks}`);
    const other = openDesk(stage.estate, stage.home.dir, dir, { who: 'bob@desk-2' });
    const told: string[] = [];
    other.runs.onChange(({ state, elsewhere }) => told.push(`${state.id} ${elsewhere}`));
    expect(await codeOf(other.runs.view(id))).toBe('E_NO_RUN');
    await other.runs.onServers(signal, { background: true });
    expect(told).toEqual([`${id} ann@desk`]);
    expect(await other.runs.view(id)).toMatchObject({ elsewhere: 'ann@desk', ways: ['take-over'] });
    expect(await other.runs.list()).toEqual([]);
    expect(await codeOf(other.runs.takeOver(id))).toBe('E_LEASE_HELD');
    await desk.close();
    desk = other;
    await other.runs.takeOver(id);
    expect(told.at(-1)).toBe(`${id} null`);
    expect((await other.runs.view(id)).ways).toEqual(['resume', 'undo', 'hand-over']);
    await other.runs.undo(id);
    expect(states(await other.runs.ended(id))).toBe('1 undone, gate pending');
  });

  it('waits at a gate for a person; their no takes everything back', async () => {
    const gate = step({
      id: 'gate',
      kind: 'gate',
      nature: 'reads',
      needs: ['1'],
      question: said('GO'),
      readings: [factIs('reading', 'a/one', '1')],
      people: 1,
    });
    const plan = planOf(stage, [setting('1', 'a/one'), gate, setting('2', 'b/one', { needs: ['gate'] })]);
    const first = await pull(plan);
    const { ways } = await becomes(first, 'waiting');
    expect(ways).toEqual(expect.arrayContaining(['go', 'no-go', 'undo']));
    await desk.runs.decide(first, 'gate', 'go');
    const state = await desk.runs.ended(first);
    expect(states(state)).toBe('1 done, 2 done, gate done');
    expect(state.steps.gate?.evidence).toEqual({ reading: '1' });

    await stage.reset();
    const second = await pull(plan);
    await becomes(second, 'waiting');
    await desk.runs.decide(second, 'gate', 'no-go');
    expect(states(await desk.runs.ended(second))).toBe('1 undone, 2 pending, gate failed');
  });

  it('holds between two steps, never within a group that is not to be broken, and takes back from there', async () => {
    const group = step({ id: 'group', kind: 'group', nature: 'reversible', unbroken: true });
    const plan = planOf(stage, [
      group,
      setting('1', 'a/one', { group: 'group' }),
      waiting('w', { group: 'group', needs: ['1'] }),
      setting('2', 'b/one', { group: 'group', needs: ['w'] }),
      setting('3', 'b/two', { needs: ['group'] }),
    ]);
    const id = await pull(plan);
    await until(id, ({ state }) => state.steps.w?.state === 'running');
    await desk.runs.hold(id, true);
    await letGo();
    const { state, ways } = await becomes(id, 'holding');
    expect(states(state)).toBe('1 done, 2 done, 3 pending, group done, w done');
    expect(ways).toEqual(['go-on', 'undo', 'hand-over']);
    await desk.runs.undo(id);
    const end = await desk.runs.ended(id);
    expect([end.status, states(end)]).toEqual([
      'undone',
      '1 undone, 2 undone, 3 pending, group undone, w done',
    ]);
    expect(await codeOf(desk.runs.resume(id))).toBe('E_RUN_CLOSED');
  });

  it('is held when the desk woke, and goes on when somebody says so', async () => {
    const plan = planOf(stage, [
      setting('1', 'a/one'),
      waiting('w', { needs: ['1'] }),
      setting('2', 'b/one', { needs: ['w'] }),
    ]);
    const id = await pull(plan);
    await until(id, ({ state }) => state.steps.w?.state === 'running');
    await desk.runs.woke();
    await letGo();
    await becomes(id, 'holding');
    expect(await stage.facts('b')).toContain('one=0×0');
    await desk.runs.hold(id, false);
    expect((await desk.runs.ended(id)).status).toBe('done');
  });

  it('is taken back when the console ends while writers wait; else it stays as it is and can be resumed', async () => {
    const group = (unbroken: boolean) => step({ id: 'group', kind: 'group', nature: 'reversible', unbroken });
    const plan = (unbroken: boolean) =>
      planOf(stage, [
        group(unbroken),
        setting('1', 'a/one', { group: 'group' }),
        waiting('w', { group: 'group', needs: ['1'] }),
        setting('2', 'b/one', { group: 'group', needs: ['w'] }),
      ]);
    for (const [unbroken, status] of [
      [true, 'undone'],
      [false, 'stopped'],
    ] as const) {
      const own = openDesk(stage.estate, stage.home.dir, join(stage.home.dir, `quit-${unbroken}`));
      const made = plan(unbroken);
      const fingerprint = fingerprintOf(made, digest);
      const id = await own.runs.start(made, { fingerprint, typed: made.confirm });
      await expect.poll(async () => (await own.runs.view(id)).state.steps.w?.state).toBe('running');
      await own.close();
      const again = openDesk(stage.estate, stage.home.dir, own.dataDir);
      expect((await again.runs.view(id)).state.status).toBe(status);
      if (!unbroken) {
        await letGo();
        await again.runs.resume(id);
        expect((await again.runs.ended(id)).status).toBe('done');
      }
      await again.close();
    }
  });

  it('takes back what it did when it may no longer act', async () => {
    const plan = planOf(stage, [setting('1', 'a/one'), waiting('w', { needs: ['1'] })]);
    const id = await pull(plan);
    await until(id, ({ state }) => state.steps.w?.state === 'running');
    const [holder] = await stage.sql('b', `SELECT IS_USED_LOCK('patronus/acting') AS id`);
    // Somebody who waits for the lock has it as soon as its connection is gone.
    const other = await stage.connectAs('b', 'acting', PASSWORD);
    try {
      const taken = other.query(`SELECT GET_LOCK('patronus/acting', 20)`);
      await expect
        .poll(() =>
          stage.sql(
            'b',
            `SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT GET_LOCK%, 20)'`,
          ),
        )
        .toHaveLength(1);
      await stage.sql('b', `KILL ${holder?.id}`);
      await taken;
      const state = await desk.runs.ended(id);
      expect(states(state)).toBe('1 undone, w pending');
      expect(await stage.facts('a')).toContain('one=0×2');
      const why: RunEvent[] = [];
      for await (const { what } of readJournal(desk.dataDir, { group: 'runs' }, signal))
        if (what.kind === 'run-decided' && what.decision === 'undo') why.push(what);
      expect(why).toEqual([expect.objectContaining({ text: expect.stringMatching(/lease|verrou|lock/i) })]);
    } finally {
      other.end();
    }
  });

  it('tells what was sent and what came back, newest last', async () => {
    const id = await pull(planOf(stage, [setting('1', 'a/one'), waiting('w', { needs: ['1'] })]));
    const view = await until(id, ({ state }) => state.steps.w?.state === 'running');
    expect(view.here).toBe(true);
    await letGo();
    const { sent } = await until(id, ({ state }) => state.status === 'done');
    const line = sent.find(({ text }) => text.startsWith('UPDATE'));
    expect(line).toMatchObject({ target: 'a', step: '1', answer: 'OK', failed: false });
    // A reading that was repeated is one line.
    expect(sent.filter(({ step: one }) => one === 'w')).toHaveLength(1);
    expect(readFact('a/three')).toMatchObject({ target: 'a' });
  });
});
