import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunPlan } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { CRASH_POINTS, type Kill } from './testing/mortal';
import { factIs, planOf, setFact, setting, sql, step } from './testing/plans';
import { openDesk, type RunStage, runStage, writeOrder } from './testing/run-stage';

const LONG = 180_000;

/**
 * A console that is killed by SIGKILL at each point of each step. Another process goes on from what it left, onward or
 * back: all is then as after, or as before, and nothing was done twice.
 */
describe.skipIf(!haveSshd() || !haveMariadb())('a console that is killed', { timeout: LONG }, () => {
  let stage: RunStage;
  let program: string;
  let runs = 0;
  let line: string;

  beforeAll(async () => {
    stage = await runStage();
    const outDir = resolve(import.meta.dirname, '../../../out/test/crashing-program');
    await build({
      configFile: false,
      logLevel: 'error',
      resolve: { alias: { '@shared': resolve(import.meta.dirname, '../../../shared') } },
      // Only what is ours: packages are found where they are installed.
      ssr: { external: true, target: 'node' },
      build: {
        ssr: join(import.meta.dirname, 'testing/crashing-program.ts'),
        target: 'node20',
        outDir,
        emptyOutDir: false,
        rollupOptions: { output: { entryFileNames: 'program.mjs' } },
      },
    });
    program = join(outDir, 'program.mjs');
  }, LONG);
  beforeEach(async () => {
    await stage.reset();
    runs += 1;
    line = join(stage.home.dir, `line-${runs}`);
  });
  afterAll(() => stage?.stop(), LONG);

  /** An act on each server, a command line that is not idempotent, rounds, a wait, and a step that tells an output. */
  const plan = (fails: boolean): RunPlan => {
    const command = (script: string) => ({
      kind: 'ssh' as const,
      target: 'a',
      argv: ['sh', '-c', script, 'sh', line],
      timeoutMs: 20_000,
    });
    const fact = {
      key: 'a/line',
      title: said('LINE'),
      command: command('head -n 1 "$1" 2>/dev/null || :'),
      column: null,
      value: '',
    };
    const facts = [fact, ...planOf(stage, [setting('x', 'a/one')]).facts];
    return planOf(
      stage,
      [
        setting('tell', 'b/one', {
          apply: [
            sql('b', `UPDATE t.facts SET times = times + 1, value = '1' WHERE name = 'one' AND value <> '1'`),
            sql('b', `SELECT 'told' AS word`, { saves: [{ output: 'word', column: 'word' }] }),
          ],
        }),
        setting('line', 'a/one', {
          needs: ['tell'],
          changes: [{ fact: 'a/line', to: 'once' }],
          apply: [command('echo once >>"$1"')],
          undo: { apply: [command('rm -f -- "$1"')] },
        }),
        step({
          id: 'rounds',
          kind: 'repeat',
          nature: 'reversible',
          needs: ['line'],
          confirms: true,
          changes: [{ fact: 'b/two', to: '1' }],
          undo: { apply: [setFact('b/two', '0')] },
          body: [
            sql(
              'b',
              `UPDATE t.facts SET times = times + 1, value = IF(? = 'told', '1', 'x') WHERE name = 'two' AND value <> '1'`,
              { values: [{ kind: 'output', name: 'word' }] },
            ),
          ],
          until: factIs('until', 'b/two', '1'),
          inARow: 2,
          everyMs: 1,
          maxRounds: 50,
          decides: 'check',
        }),
        step({
          id: 'wait',
          kind: 'wait',
          nature: 'reads',
          needs: ['rounds'],
          until: factIs('so', 'b/two', '1'),
          everyMs: 5,
          limitMs: 10_000,
        }),
        setting('last', 'a/two', {
          needs: ['wait'],
          ...(fails ? { apply: [setFact('a/two', '1'), sql('a', 'SIGNAL SQLSTATE "45000"')] } : {}),
        }),
      ],
      { facts },
    );
  };
  const AFTER = ['four=0×0 one=0×0 three=0×0 two=1×1', 'four=0×0 one=1×1 three=0×0 two=1×1'];

  /** Begins the run in another process and lets it be killed there. Gives the data folder that it leaves. */
  async function killedAt(kill: Kill): Promise<string> {
    const dataDir = join(stage.home.dir, `killed-${runs}`);
    const file = join(stage.home.dir, `order-${runs}.json`);
    writeOrder(file, {
      estate: stage.estate,
      estateDir: stage.home.dir,
      dataDir,
      plan: plan(kill.phase === 'undo'),
      kill,
    });
    const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'inherit', 'inherit'] });
    const signal = await new Promise((done) => child.once('exit', (_, name) => done(name)));
    expect(signal).toBe('SIGKILL');
    return dataDir;
  }

  /** Goes on from there in this process; gives how the run ended. */
  async function goOn(dataDir: string, way: 'resume' | 'undo'): Promise<string> {
    const desk = openDesk(stage.estate, stage.home.dir, dataDir);
    try {
      const [open] = await desk.runs.list();
      if (!open) throw new Error('the run is not known any more');
      expect(open.status).toBe('stopped');
      await desk.runs[way](open.id);
      return (await desk.runs.ended(open.id)).status;
    } finally {
      await desk.close();
    }
  }

  async function expectAfter(): Promise<void> {
    expect([await stage.facts('a'), await stage.facts('b')]).toEqual(AFTER);
    expect(readFileSync(line, 'utf8')).toBe('once\n');
  }
  async function expectBefore(): Promise<void> {
    const changed = `SELECT name, value FROM t.facts WHERE value <> '0'`;
    expect([await stage.sql('a', changed), await stage.sql('b', changed)]).toEqual([[], []]);
    expect(existsSync(line)).toBe(false);
    // Each was set at most once and set back at most once.
    const often = 'SELECT name, times FROM t.facts WHERE times NOT IN (0, 2)';
    expect([await stage.sql('a', often), await stage.sql('b', often)]).toEqual([[], []]);
  }

  const each = (ids: readonly string[]) =>
    ids.flatMap((id) => CRASH_POINTS.map((point) => [id, point] as const));
  const STEPS = ['tell', 'line', 'rounds', 'wait', 'last'];
  // A wait has no effect.
  const there = each(STEPS).filter(([id, point]) => !(id === 'wait' && point === 'after-effect'));
  /** PATRONUS_CRASHES=all runs every case; else these, which differ most, and every one on the way back. */
  const SAMPLE = ['tell after-effect', 'line before-intent', 'line after-intent', 'line after-effect'];
  const MORE = ['line after-proof', 'rounds after-intent', 'rounds after-effect', 'wait after-intent'];
  const isChosen = ([id, point]: readonly [string, string]) =>
    process.env.PATRONUS_CRASHES === 'all' || [...SAMPLE, ...MORE].includes(`${id} ${point}`);

  it.each(there.filter(isChosen))('at %s, %s: goes on to the end', async (id, point) => {
    const dataDir = await killedAt({ step: id, phase: 'apply', point });
    expect(await goOn(dataDir, 'resume')).toBe('done');
    await expectAfter();
  });

  it.each(there.filter(isChosen))('at %s, %s: goes all the way back', async (id, point) => {
    const dataDir = await killedAt({ step: id, phase: 'apply', point });
    const end = await goOn(dataDir, 'undo');
    // Before the first intent there is nothing to take back.
    expect(end).toBe(id === 'tell' && point === 'before-intent' ? 'left' : 'undone');
    await expectBefore();
  });

  it.each(each(['last', 'rounds', 'line', 'tell']))(
    'while %s is taken back, %s: goes on with that',
    async (id, point) => {
      const dataDir = await killedAt({ step: id, phase: 'undo', point });
      expect(await goOn(dataDir, 'undo')).toBe('undone');
      await expectBefore();
    },
  );
});
