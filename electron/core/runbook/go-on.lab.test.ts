import type { RunEvent } from '@shared/runbook/events';
import type { RunState } from '@shared/runbook/state-model';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../journal/read';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { gate, LONG, onStage, waiting } from './testing/on-stage';
import { factIs, planOf, setFact, setting, sql, step } from './testing/plans';
import { openDesk } from './testing/run-stage';

const { signal } = new AbortController();
const goOn = { ifItFails: 'go-on' } as const;

describe.skipIf(!haveSshd() || !haveMariadb())('what a run goes on without, and passes by itself', () => {
  const on = onStage();
  const told = (state: RunState) =>
    Object.entries(state.steps)
      .map(([id, { state: one, passedOver }]) => `${id} ${one}${passedOver ? ', gone on' : ''}`)
      .join('; ');
  const eventsOf = async (id: string) => {
    const events: RunEvent[] = [];
    for await (const { what } of readJournal(on.desk.dataDir, { group: 'runs' }, signal))
      if ('run' in what && what.run === id) events.push(what as RunEvent);
    return events;
  };
  const refused = sql('a', 'SELEC 1');

  describe('a step that it goes on without', { timeout: LONG }, () => {
    it('fails, is named, and what needs it is done; the same step by the plain rule undoes everything', async () => {
      const plan = (more: object) =>
        planOf(on.stage, [
          setting('1', 'a/one', { apply: [refused], ...more }),
          setting('2', 'a/two'),
          setting('3', 'b/one', { needs: ['1', '2'] }),
        ]);
      const state = await on.whole(plan(goOn));
      expect(told(state)).toBe('1 failed, gone on; 2 done; 3 done');
      expect([state.status, state.steps['1']?.error?.code]).toEqual(['done', 'E_SQL_FAILED']);
      expect(await on.stage.facts('b')).toContain('one=1×1');
      await on.stage.reset();
      expect((await on.whole(plan({}))).status).not.toBe('done');
      expect(await on.stage.facts('b')).toContain('one=0×0');
    });

    it('is not tried again when a run goes on at the next start', async () => {
      const plan = planOf(on.stage, [
        setting('1', 'a/one', { apply: [refused], ...goOn }),
        waiting('w', { needs: ['1'] }),
        setting('3', 'b/one', { needs: ['w'] }),
      ]);
      const id = await on.pull(plan);
      await on.until(id, ({ state }) => state.steps.w?.state === 'running');
      await on.desk.close();
      on.desk = openDesk(on.stage.estate, on.stage.home.dir, on.desk.dataDir);
      expect((await on.desk.runs.view(id)).state.steps['1']).toMatchObject({
        state: 'failed',
        passedOver: true,
      });
      await on.letGo();
      await on.desk.runs.resume(id);
      const state = await on.desk.runs.ended(id);
      expect([told(state), state.status]).toEqual(['1 failed, gone on; 3 done; w done', 'done']);
      const events = await eventsOf(id);
      const intents = events.flatMap((event) => (event.kind === 'intent' ? [event.step] : []));
      expect(intents.filter((one) => one === '1')).toHaveLength(1);
    });

    it('is asked for when nobody answered, and named as unknown when that tells nothing either', async () => {
      // Ends its own connection: what it then wrote was undone with it, or was not; and its proof cannot be read.
      const plan = (proof: object) =>
        planOf(on.stage, [
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
      const unknown = await on.whole(plan(unread));
      expect(told(unknown)).toBe('1 unknown, gone on; 3 done');
      expect(unknown.status).toBe('done');
      const [asked] = (await eventsOf(unknown.id)).filter(
        (event) => event.kind === 'outcome' && event.step === '1' && event.by === 'probe',
      );
      expect(asked).toMatchObject({ result: 'unknown' });
      await on.stage.reset();
      // The same, and the servers can tell: it has happened.
      const found = await on.whole(plan(factIs('proof', 'a/one', '1')));
      expect(told(found)).toBe('1 done; 3 done');
    });

    it('is taken back with the rest only when a part of it happened', async () => {
      const plan = (apply: object[]) =>
        planOf(on.stage, [
          setting('1', 'a/one', { apply, ...goOn }),
          setting('2', 'a/two', { needs: ['1'] }),
          setting('3', 'b/one', { needs: ['2'], apply: [sql('b', 'SELEC 1')] }),
        ]);
      const partly = await on.whole(plan([setFact('a/one', '1'), refused]));
      expect([told(partly), partly.status]).toEqual(['1 undone; 2 undone; 3 failed', 'undone']);
      expect(await on.stage.facts('a')).toContain('one=0×2');
      await on.stage.reset();
      const untouched = await on.whole(plan([refused, setFact('a/one', '1')]));
      expect([told(untouched), untouched.status]).toEqual([
        '1 failed, gone on; 2 undone; 3 failed',
        'undone',
      ]);
      expect(await on.stage.facts('a')).toContain('one=0×0');
    });
  });

  describe('a gate with checks of its own', { timeout: LONG }, () => {
    const gated = (unless: object[]) =>
      planOf(on.stage, [
        gate([factIs('seen', 'b/two', '0')], { id: 'ask', number: 'ask', unless }),
        setting('1', 'a/one', { needs: ['ask'] }),
      ]);

    it('passes by itself while they hold, and the journal says that no person did', async () => {
      const state = await on.whole(gated([factIs('loss', 'b/one', '0')]));
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
      const id = await on.pull(gated([factIs('other', 'b/one', '0'), check]));
      const view = await on.becomes(id, 'waiting');
      expect(view.state.steps.ask?.evidence).toEqual({ other: '0', ...evidence });
      expect(await on.stage.facts('a')).toContain('one=0×0');
      await on.desk.runs.decide(id, 'ask', 'go');
      const state = await on.desk.runs.ended(id);
      expect([state.status, state.steps.ask?.by]).toEqual(['done', 'answer']);
      expect(state.steps.ask?.evidence).toEqual({ other: '0', ...evidence, seen: '0' });
    });
  });
});
