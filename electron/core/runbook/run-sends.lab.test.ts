import { existsSync, readFileSync } from 'node:fs';
import type { JournalEvent } from '@shared/journal/entry';
import { said } from '@shared/runbook/said';
import type { RunView } from '@shared/runbook/state-model';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../journal/read';
import { failure } from '../net/failure';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { heldUp, LONG, onStage, states, waiting } from './testing/on-stage';
import { planOf, readFact, setting, sql, step } from './testing/plans';
import { filesBelow } from './testing/remote-host';
import { CANARY, openDesk, PASSWORD } from './testing/run-stage';

const { signal } = new AbortController();

describe.skipIf(!haveSshd() || !haveMariadb())('what a run sends', { timeout: LONG }, () => {
  const on = onStage();

  it('hands outputs on, and shows a secret neither to the journal nor to anybody else', async () => {
    const secret = { kind: 'secret', name: 'replication' };
    const plan = planOf(
      on.stage,
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
    const state = await on.whole(plan);
    expect(states(state)).toBe('1 done, 2 failed, where done');
    expect(await on.stage.facts('b')).toContain('one=1×1');
    expect(state.outputs).toEqual({ place: `it's \\ "here"` });
    expect(state.steps['2']?.error).toMatchObject({ code: 'E_SQL_FAILED', params: { errno: '1064' } });
    expect(state.steps['2']?.error?.message).toContain('•••');
    await on.desk.runs.handOver(state.id);
    await on.desk.close();
    const texts = [
      JSON.stringify(state),
      ...[on.desk.dataDir, ...on.stage.hosts.map(({ home }) => home)].flatMap((folder) =>
        [...filesBelow(folder).values()].map(({ text }) => text),
      ),
    ];
    expect(texts.some((text) => text.includes('⟨secret replication⟩'))).toBe(true);
    for (let at = 0; at + 6 <= CANARY.length; at += 1)
      expect(texts.filter((text) => text.includes(CANARY.slice(at, at + 6)))).toEqual([]);
    expect(texts.filter((text) => text.includes(PASSWORD))).toEqual([]);
  });

  it('sends nothing that does not stand in an intent before, word for word', async () => {
    await on.stage.sql('a', 'TRUNCATE mysql.general_log');
    await on.stage.sql('a', `SET GLOBAL log_output = 'TABLE', GLOBAL general_log = 1`);
    const plan = planOf(on.stage, [
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
    expect((await on.whole(plan)).status).toBe('undone');
    await on.stage.sql('a', 'SET GLOBAL general_log = 0');
    const log = await on.stage.sql(
      'a',
      'SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log',
    );
    const changing = log.flatMap(({ text }) => (/^UPDATE/.test(text ?? '') ? [text] : []));
    const said: string[] = [];
    for await (const { what } of readJournal(on.desk.dataDir, {}, signal))
      if (what.kind === 'intent') said.push(...what.text.split('\n'));
    expect(changing).toHaveLength(4);
    expect(changing.map((text) => said.includes(`a> ${text}`))).toEqual([true, true, true, true]);
    expect(said).not.toContain('a> UPDATE t.facts SET value = 2');
  });

  it('begins no step whose intent cannot be written, and none after it', async () => {
    const refuse = (event: JournalEvent) => event.kind === 'intent' && event.step === '2';
    on.wrap = (journal) => ({
      ...journal,
      commit: (event) =>
        refuse(event)
          ? Promise.reject(failure('E_JOURNAL_WRITE', null, { file: 'journal', text: 'ENOSPC' }))
          : journal.commit(event),
    });
    const plan = planOf(on.stage, [setting('1', 'a/one'), setting('2', 'b/one', { needs: ['1'] })]);
    const state = await on.whole(plan);
    expect([states(state), state.status]).toEqual(['1 done, 2 pending', 'stopped']);
    expect(await on.stage.facts('b')).toContain('one=0×0');
    on.wrap = (journal) => journal;
    await on.desk.runs.undo(state.id);
    expect((await on.desk.runs.ended(state.id)).status).toBe('undone');
  });

  it('runs command lines under sh, with what they are given on standard input, once', async () => {
    const file = `${on.folder()}.line`;
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
      on.stage,
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
      { facts: [fact, ...planOf(on.stage, [setting('1', 'a/one')]).facts] },
    );
    const state = await on.whole(plan);
    expect(readFileSync(file, 'utf8')).toBe(`it's here\n`);
    expect(state.steps['2']?.error).toMatchObject({
      code: 'E_COMMAND_FAILED',
      params: { status: '3', text: 'no' },
    });
    await on.desk.runs.undo(state.id);
    expect((await on.desk.runs.ended(state.id)).status).toBe('undone');
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
    await on.stage.sql('a', `CREATE OR REPLACE USER writer@'%' IDENTIFIED BY 'w'`);
    const writers = Array.from({ length: 8 }, () => on.stage.connectAs('a', 'writer', 'w'));
    const open = await Promise.all(writers);
    const plan = planOf(on.stage, [setting('1', 'a/one'), kills]);
    const state = await on.whole(plan);
    expect(states(state)).toBe('1 done, kill done');
    await expect.poll(() => open.filter(({ closed }) => closed()).length).toBe(8);
    expect(
      await on.stage.sql('a', `SELECT 1 FROM information_schema.processlist WHERE user = 'writer'`),
    ).toEqual([]);
  });

  it('tells what was sent and what came back, newest last', async () => {
    const id = await on.pull(planOf(on.stage, [setting('1', 'a/one'), waiting('w', { needs: ['1'] })]));
    const view = await on.until(id, ({ state }) => state.steps.w?.state === 'running');
    expect(view.here).toBe(true);
    await on.letGo();
    const { sent } = await on.until(id, ({ state }) => state.status === 'done');
    const line = sent.find(({ text }) => text.startsWith('UPDATE'));
    expect(line).toMatchObject({ target: 'a', step: '1', answer: 'OK', failed: false });
    // A reading that was repeated is one line.
    expect(sent.filter(({ step: one }) => one === 'w')).toHaveLength(1);
    expect(readFact('a/three')).toMatchObject({ target: 'a' });
  });

  it('after the console has restarted, tells what its journal says, and then goes on telling', async () => {
    const id = await on.pull(heldUp(on.stage));
    await on.until(id, ({ state }) => state.steps.w?.state === 'running');
    const { dataDir } = on.desk;
    await on.desk.close();
    on.desk = openDesk(on.stage.estate, on.stage.home.dir, dataDir);
    const told = (view: RunView) =>
      view.sent.map(({ from, step: one, answer }) => `${from} ${one} ${answer}`);
    const before = await on.desk.runs.view(id);
    expect(told(before)).toEqual(['journal 1 a/one = 1', 'journal w null']);
    expect(before.sent[0]).toMatchObject({
      target: 'a',
      failed: false,
      at: before.state.steps['1']?.startedAt,
    });
    expect(before.sent[0]?.text).toMatch(/^a> UPDATE t\.facts .*'1'/);
    await on.desk.runs.resume(id);
    await on.letGo();
    const { sent } = await on.becomes(id, 'done');
    expect(sent.slice(0, 2)).toEqual(before.sent);
    expect(new Set(sent.slice(2).map(({ from }) => from))).toEqual(new Set(['connection']));
    expect(sent.slice(2).some(({ text, answer }) => text.startsWith('UPDATE') && answer === 'OK')).toBe(true);
  });
});
