import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@shared/errors';
import type { RunEvent, TimedEvent } from '@shared/runbook/events';
import { planHash } from '@shared/runbook/fingerprint';
import { readLines } from '@shared/runbook/remote-record';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '../journal/digest';
import { createJournal, type JournalStore } from '../journal/journal';
import { nodeClock } from '../ports-node';
import { haveMariadb } from '../sql/testing/mariadb';
import { haveSshd } from '../ssh/testing/sshd';
import { keepRemotely } from './remote-record';
import { createStoredRuns } from './stored-runs';
import { takeOver } from './take-over';
import { type Desk, type LeaseStage, leaseStage, STAGE_PASSWORD } from './testing/lease-stage';
import { plainCrew } from './testing/plain-crew';
import { filesBelow, killSession } from './testing/remote-host';

const LONG = 120_000;
const { signal } = new AbortController();

describe.skipIf(!haveSshd() || !haveMariadb())('what the servers keep of a run', { timeout: LONG }, () => {
  let stage: LeaseStage;
  const journals: JournalStore[] = [];

  beforeAll(async () => {
    stage = await leaseStage();
  }, LONG);
  afterEach(async () => {
    for (const journal of journals.splice(0)) await journal.close();
  });
  afterAll(() => stage.stop(), LONG);

  const folderOf = (index: number) => {
    const runs = join(stage.hosts[index]?.home ?? '', '.patronus/runs');
    return join(runs, readdirSync(runs)[0] ?? '');
  };
  const recordOf = (index: number, run: string) =>
    readLines(readFileSync(join(folderOf(index), run, 'events.jsonl'), 'utf8'), digest);
  const by = (who: string, at: number, event: RunEvent): TimedEvent => ({ ...event, at, who });
  const begun = (run: string): TimedEvent[] => [
    by('ann@desk', 1, {
      kind: 'run-opened',
      run,
      procedure: 'test',
      estate: 'test',
      subject: stage.plan.subject,
      plan: planHash(stage.plan, digest),
      fingerprint: 'f',
    }),
    by('ann@desk', 2, { kind: 'run-decided', run, decision: 'start', text: 'a' }),
  ];
  const intent = (run: string, attempt: number): TimedEvent =>
    by('ann@desk', 10 + attempt, {
      kind: 'intent',
      run,
      step: 'first',
      phase: 'apply',
      attempt,
      host: 'a',
      account: 'acting',
      text: 'SET ⟨name⟩ é',
    });
  const keep = (desk: Desk, runId: string, events: readonly TimedEvent[]) => {
    const { log } = stage.home.ports();
    const undo = '# undo\na$ true\n';
    return keepRemotely({
      plan: stage.plan,
      runId,
      crew: desk.crew,
      events,
      undo,
      clock: nodeClock,
      log,
      signal,
    });
  };
  const closed = (run: string): TimedEvent => by('ann@desk', 99, { kind: 'run-closed', run, end: 'left' });
  /** A desk with a journal and a store of its own, as a console has them. */
  const withJournal = (desk: Desk) => {
    const options = { dataDir: desk.dataDir, clock: nodeClock, who: desk.who, version: 'test' };
    const journal = createJournal({ ...options, program: 'window' });
    journals.push(journal);
    const stored = createStoredRuns(desk.dataDir, 'test', () => nodeClock.now());
    const base = stage.home.ports();
    const env = { STAGE_SQL: STAGE_PASSWORD };
    const ports = { ...base, journal, paths: { ...base.paths, dataDir: desk.dataDir, env } };
    const take = (id: string) =>
      takeOver(
        id,
        {
          estate: stage.estate,
          dataDir: desk.dataDir,
          who: desk.who,
          sessions: desk.crew.sessions,
          stored,
          ports,
          crew: (plan) => plainCrew(stage.estate, stage.home.dir, plan, ports),
        },
        signal,
      );
    return { journal, stored, take };
  };
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'it went well',
      (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown)),
    );

  it('stands on both servers before the first effect, in order, 0600, and without a secret', async () => {
    const desk = stage.console('ann@desk');
    const keeper = await keep(desk, 'run-1', begun('run-1'));
    for (const index of [0, 1]) {
      expect(readFileSync(join(folderOf(index), 'run-1/undo.txt'), 'utf8')).toBe('# undo\na$ true\n');
      expect(JSON.parse(readFileSync(join(folderOf(index), 'run-1/plan.json'), 'utf8'))).toEqual(stage.plan);
      expect(recordOf(index, 'run-1').events).toEqual(begun('run-1'));
    }
    const later = Array.from({ length: 300 }, (_, index) => intent('run-1', index + 1));
    for (const event of later) keeper.append(event);
    await keeper.flush();
    for (const index of [0, 1]) {
      expect(recordOf(index, 'run-1')).toMatchObject({
        events: [...begun('run-1'), ...later],
        broken: false,
      });
      const files = [...filesBelow(folderOf(index)).values()];
      expect(files.every(({ mode }) => mode === 0o600)).toBe(true);
      expect(files.some(({ text }) => text.includes(STAGE_PASSWORD))).toBe(false);
    }
    keeper.append(closed('run-1'));
    await keeper.flush();
    expect(existsSync(join(folderOf(0), 'run-1/closed'))).toBe(true);
    keeper.close();
  });

  it('goes on after its connection was cut and after a torn line, and nothing stands there twice', async () => {
    const desk = stage.console('ann@desk');
    const keeper = await keep(desk, 'run-2', begun('run-2'));
    const events = [...begun('run-2')];
    for (let attempt = 1; attempt <= 60; attempt += 1) {
      const event = intent('run-2', attempt);
      events.push(event);
      keeper.append(event);
      if (attempt === 20) await killSession(await desk.crew.hands('a').lease(signal));
    }
    await expect.poll(() => recordOf(0, 'run-2').events.length, { timeout: 30_000 }).toBe(events.length);
    await keeper.flush();
    expect(recordOf(0, 'run-2').events).toEqual(events);
    expect(recordOf(1, 'run-2').events).toEqual(events);
    keeper.close();
    const file = join(folderOf(0), 'run-2/events.jsonl');
    appendFileSync(file, '{"seq":63,"prev":"torn');
    const again = await keep(desk, 'run-2', [...events, intent('run-2', 61)]);
    again.close();
    expect(recordOf(0, 'run-2')).toMatchObject({ torn: true, broken: false });
    expect(recordOf(0, 'run-2').events).toEqual([...events, intent('run-2', 61)]);
    // A line that somebody changed is not written over.
    writeFileSync(file, readFileSync(file, 'utf8').replace('"attempt":7,', '"attempt":8,'));
    expect(await codeOf(keep(desk, 'run-2', events))).toBe('E_KEPT_RUN');
    await (await keep(stage.console('ann@desk'), 'run-2b', [...begun('run-2b'), closed('run-2b')])).flush();
    expect(existsSync(join(folderOf(1), 'run-2b/closed'))).toBe(true);
    for (const index of [0, 1]) writeFileSync(join(folderOf(index), 'run-2/closed'), '');
  });

  it('keeps the twenty newest of those that are closed', async () => {
    for (let index = 0; index < 25; index += 1) {
      const folder = join(folderOf(0), `old-${index}`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'closed'), '');
      utimesSync(folder, 1_000 + index, 1_000 + index);
    }
    const keeper = await keep(stage.console('ann@desk'), 'run-3', begun('run-3'));
    keeper.append(closed('run-3'));
    await keeper.flush();
    keeper.close();
    const left = readdirSync(folderOf(0), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(left).toHaveLength(20);
    const names = left.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['run-3', 'run-1', 'old-24']));
    expect(names).not.toContain('old-0');
  });

  it('lets a desk that knows nothing take the run over, and tells the first that it did', async () => {
    const [ann, bob] = [stage.console('ann@desk'), stage.console('bob@laptop')];
    const atBob = withJournal(bob);
    const events = [...begun('run-4'), intent('run-4', 1)];
    const lease = await ann.take('run-4');
    const keeper = await keep(ann, 'run-4', events);
    expect(await codeOf(atBob.take('run-4'))).toBe('E_LEASE_HELD');
    expect(await codeOf(atBob.take('run-none'))).toBe('E_NO_RUN');
    keeper.close();
    await ann.crew.dispose();
    await expect.poll(() => codeOf(atBob.take('run-4')), { timeout: 30_000 }).toBe('it went well');
    const { plan, events: known, state } = await atBob.stored.get('run-4', signal);
    expect(plan).toEqual(stage.plan);
    expect(known.map(({ taken: _, ...event }) => event)).toEqual([
      ...events,
      expect.objectContaining({ decision: 'take-over', who: 'bob@laptop', text: 'ann@desk' }),
    ]);
    expect(state).toMatchObject({ by: 'ann@desk', closedAt: null, plan: planHash(stage.plan, digest) });
    for (const index of [0, 1]) {
      expect(recordOf(index, 'run-4').events.at(-1)).toMatchObject({ decision: 'take-over' });
      expect(existsSync(join(folderOf(index), 'lease.json'))).toBe(false);
    }
    // The first console comes back and believes that it is its own run still.
    const back = stage.console('ann@desk');
    expect(await codeOf(keep(back, 'run-4', events))).toBe('E_RUN_TAKEN');
    // It may take it back, and then has what happened meanwhile.
    const atAnn = withJournal(back);
    await atAnn.take('run-4');
    const again = await atAnn.stored.events('run-4', signal);
    expect(again.map(({ who, kind }) => `${who} ${kind}`)).toEqual([
      'ann@desk run-opened',
      'ann@desk run-decided',
      'ann@desk intent',
      'bob@laptop run-decided',
      'ann@desk run-decided',
    ]);
    await lease.release();
  });

  it('is not used when the plan there is not the one that was begun, or the record was changed', async () => {
    const atBob = withJournal(stage.console('bob@laptop'));
    const files = [0, 1].map((index) => join(folderOf(index), 'run-4/plan.json'));
    const [text = ''] = files.map((file) => readFileSync(file, 'utf8'));
    for (const file of files) writeFileSync(file, text.replace('"confirm":"a"', '"confirm":"b"'));
    expect(await codeOf(atBob.take('run-4'))).toBe('E_KEPT_RUN');
    for (const file of files) writeFileSync(file, text);
    const records = [0, 1].map((index) => join(folderOf(index), 'run-4/events.jsonl'));
    for (const file of records)
      writeFileSync(file, readFileSync(file, 'utf8').replace('"attempt":1,', '"attempt":2,'));
    expect(await codeOf(atBob.take('run-4'))).toBe('E_KEPT_RUN');
    expect(await atBob.stored.list(signal)).toEqual([]);
  });
});
