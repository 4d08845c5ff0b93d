import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunPlan } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import type { RunView } from '@shared/runbook/state-model';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Io } from '../cli/io';
import { throttleCommand } from '../cli/run-throttle';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { codeOf, LONG, onStage, states } from './testing/on-stage';
import { planOf, readFact, setFact, setting, sql, step } from './testing/plans';
import { openDesk } from './testing/run-stage';

/**
 * Steps that are slowed down, on real servers: row "three" of server a is the lag that they are judged by, row "four" of b
 * the pace that a server was told last, and `times` how often.
 */

const LAG = {
  id: 'lag',
  title: said('LAG'),
  command: readFact('a/three'),
  expect: { kind: 'at-most' as const, column: 'value', value: '5' },
};
const PACE = sql('b', `UPDATE t.facts SET value = ?, times = times + 1 WHERE name = 'four'`, {
  values: [{ kind: 'rate' }],
});
const RATE = { unit: 'MiB/s', levels: [1, 5, 25], begins: 25, command: PACE };
const PACE_FACT = {
  key: 'b/four',
  title: said('PACE'),
  command: readFact('b/four'),
  column: 'value',
  value: '0',
};
/** Copies until row "two" of server a says that it is enough; breaks off where it says anything else. */
const COPY = sql(
  'a',
  `BEGIN NOT ATOMIC
  WHILE (SELECT value FROM t.facts WHERE name = 'two') = '0' DO DO SLEEP(0.02); END WHILE;
  IF (SELECT value FROM t.facts WHERE name = 'two') <> 'enough' THEN SIGNAL SQLSTATE '45000'; END IF;
END`,
  { timeoutMs: 60_000 },
);

describe.skipIf(!haveSshd() || !haveMariadb())('a step that is slowed down', { timeout: LONG }, () => {
  const on = onStage();
  const lag = (seconds: number) =>
    on.stage.sql('a', `UPDATE t.facts SET value = '${seconds}' WHERE name = 'three'`);
  const copied = (says: '0' | 'enough' | 'broken') =>
    on.stage.sql('a', `UPDATE t.facts SET value = '${says}' WHERE name = 'two'`);
  /** What a server was told last, and how often. */
  const told = async () => / ?four=(\S+)/.exec(await on.stage.facts('b'))?.[1];

  /** Three rounds, each of which counts itself. */
  const rounds = (throttle: object | null) =>
    planOf(on.stage, [
      step({
        id: 'rounds',
        kind: 'repeat',
        nature: 'reversible',
        body: [sql('b', `UPDATE t.once SET n = n + 1`)],
        until: {
          id: 'three rounds',
          title: said('CHECK'),
          command: sql('b', 'SELECT n >= 3 AS enough FROM t.once'),
          expect: { kind: 'is', column: 'enough', value: { kind: 'text', value: '1' } },
        },
        inARow: 1,
        everyMs: 0,
        maxRounds: 9,
        decides: 'check',
        ...(throttle ? { throttle: { checks: [LAG], everyMs: 100, limitMs: 60_000, ...throttle } } : {}),
      }),
    ]);
  const copy = (rate: object = {}, more: object = {}) => {
    const plan = planOf(on.stage, [
      setting('copy', 'a/one', {
        apply: [COPY, setFact('a/one', '1')],
        changes: [
          { fact: 'a/one', to: '1' },
          { fact: 'b/four', to: '0' },
        ],
        undo: { apply: [setFact('a/one', '0'), setFact('b/four', '0')] },
        throttle: {
          checks: [LAG],
          everyMs: 100,
          limitMs: 0,
          rate: { ...RATE, lasts: { fact: 'b/four', back: setFact('b/four', '0') }, ...rate },
        },
        ...more,
      }),
    ]);
    return RunPlan.parse({ ...plan, facts: [...plan.facts, PACE_FACT] });
  };
  const paceIs = (id: string, rate: number) => on.until(id, ({ throttles }) => throttles.copy?.rate === rate);
  const n = async () => (await on.stage.sql('b', 'SELECT n FROM t.once'))[0]?.n;

  it('no round begins while its check does not hold, which shows; each goes on by itself once it does', async () => {
    await lag(12);
    const id = await on.pull(rounds({}));
    const waits = ({ throttles }: RunView) => throttles.rounds?.waitsSince != null;
    const view = await on.until(id, waits);
    expect(view.throttles.rounds?.behind).toMatchObject([{ id: 'lag', value: '12', mustBe: '≤ 5' }]);
    expect(await n()).toBe('0');
    await lag(5);
    expect(states(await on.desk.runs.ended(id))).toBe('rounds done');
    expect(await n()).toBe('3');
  });

  it('the same steps without a throttle do not wait', async () => {
    await lag(12);
    expect(states(await on.whole(rounds(null)))).toBe('rounds done');
  });

  it('a check that cannot be told does not hold; after its limit the step has failed, and what was done is undone', async () => {
    const unreadable = { ...LAG, command: sql('a', 'SELECT value FROM t.nowhere') };
    const state = await on.whole(rounds({ checks: [unreadable], limitMs: 300 }));
    expect(state.status).toBe('left');
    expect(state.steps.rounds).toMatchObject({ state: 'failed', error: { code: 'E_WAIT_OVER' } });
    expect(state.steps.rounds?.error?.params?.what).toBe('lag: ≤ 5 → ?');
    expect(await n()).toBe('0');
  });

  it('an act goes slower level by level while its check does not hold, and faster again, each turn in the journal', async () => {
    const id = await on.pull(copy());
    await paceIs(id, 25);
    await lag(12);
    await paceIs(id, 1);
    expect(await told()).toBe('1×3');
    await lag(0);
    await paceIs(id, 25);
    expect(await told()).toBe('25×5');
    await copied('enough');
    const state = await on.desk.runs.ended(id);
    expect(states(state)).toBe('copy done');
    // It is put back by the step itself, and that is part of its proof.
    expect(state.steps.copy?.evidence).toMatchObject({ 'b/four': '0' });
    expect(await told()).toBe('0×6');
    const { sent } = await on.desk.runs.view(id);
    expect(sent.map(({ text }) => text).join('\n')).toContain(`SET value = ⟨rate⟩, times`);
  });

  it('a person turns the number while it acts: at once, no further than they say, and nothing that it does not know', async () => {
    const id = await on.pull(copy({}, {}));
    await paceIs(id, 25);
    expect(await codeOf(on.desk.runs.throttle(id, 'copy', 7))).toBe('E_THROTTLE');
    await on.desk.runs.throttle(id, 'copy', 5);
    const view = await paceIs(id, 5);
    expect(view.throttles.copy).toMatchObject({ most: 5, behind: [] });
    await copied('enough');
    expect(states(await on.desk.runs.ended(id))).toBe('copy done');
    expect(await codeOf(on.desk.runs.throttle(id, 'copy', 25))).toBe('E_NO_RUN');
  });

  it('what a person said last holds after a resume at another console, and a pace that was left behind stops nobody', async () => {
    const plan = copy();
    const id = await on.pull(plan);
    await paceIs(id, 25);
    await on.desk.runs.throttle(id, 'copy', 1);
    await paceIs(id, 1);
    const { dataDir } = on.desk;
    // It leaves half-way: the copy breaks off, and the pace stays as it was.
    const stopping = on.desk.runs.dispose();
    await copied('broken');
    await stopping;
    await on.desk.close();
    expect(await told()).toMatch(/^1×/);
    await copied('0');
    on.desk = openDesk(on.stage.estate, on.stage.home.dir, dataDir);
    const left = await on.desk.runs.view(id);
    expect(left.throttles.copy).toMatchObject({ most: 1, rate: null });
    await on.desk.runs.resume(id);
    await paceIs(id, 1);
    await copied('enough');
    expect(states(await on.desk.runs.ended(id))).toBe('copy done');
    expect(await told()).toMatch(/^0×/);
  });

  it('run throttle asks whoever acts on it at this desk, who writes it down', async () => {
    const id = await on.pull(copy());
    await paceIs(id, 25);
    const file = join(on.stage.home.dir, 'estate.yaml');
    writeFileSync(file, stringify(on.stage.estate));
    const printed: string[] = [];
    const print = (words: string) => {
      printed.push(words);
    };
    const io: Io = { cwd: '/', env: {}, interactive: false, out: print, err: print };
    const asked = {
      command: 'run',
      verb: 'throttle',
      estate: file,
      id,
      step: null,
      language: 'en',
      json: false,
    } as const;
    const rest = { servers: false, dataDir: null, egress: null, confirm: null };
    const desk = { dataDir: on.desk.dataDir, who: 'bob@terminal', io };
    expect(await codeOf(throttleCommand({ ...asked, ...rest, level: 7 }, desk))).toBe('E_THROTTLE');
    await throttleCommand({ ...asked, ...rest, level: 5 }, desk);
    expect(printed.join('')).toContain('copy goes at 5 at most from now on.');
    await paceIs(id, 5);
    await copied('enough');
    expect(states(await on.desk.runs.ended(id))).toBe('copy done');
    await throttleCommand({ ...asked, ...rest, level: 1 }, desk).catch((thrown) => {
      expect(thrown.error.code).toBe('E_RUN_CLOSED');
    });
  });
});
