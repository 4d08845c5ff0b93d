import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '@shared/errors';
import type { JournalEntry } from '@shared/journal/entry';
import type { RunEvent } from '@shared/runbook/events';
import { planHash } from '@shared/runbook/fingerprint';
import { afterAll, describe, expect, it } from 'vitest';
import { digest } from '../journal/digest';
import { createJournal } from '../journal/journal';
import { nodeClock } from '../ports-node';
import { inOrder } from './read-run';
import { createRunStore } from './run-store';
import { createStoredRuns } from './stored-runs';
import { planOf, setting } from './testing/plans';

const folder = mkdtempSync(join(tmpdir(), 'patronus-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();

const identity = { host: 'a', hostKey: 'ssh-ed25519 SHA256:x', name: 'a', machine: null, sql: null };
const plan = planOf({ identities: { a: identity, b: { ...identity, host: 'b' } } }, [setting('1', 'a/one')]);
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'it went well',
    (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown)),
  );

describe('the plans of runs', () => {
  const store = createRunStore(folder);
  const hash = planHash(plan, digest);

  it('are given back as they were, and are nobody else’s business', async () => {
    await store.save('r1', plan);
    expect(await store.load('r1', hash)).toEqual(plan);
    expect(statSync(join(folder, 'runs/r1/plan.json')).mode & 0o777).toBe(0o600);
  });

  it('are not used when somebody changed them, or they are gone', async () => {
    const file = join(folder, 'runs/r1/plan.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/"to":"1"/, '"to":"2"'));
    expect(await codeOf(store.load('r1', hash))).toBe('E_PLAN_CHANGED');
    writeFileSync(file, text.slice(0, -10));
    expect(await codeOf(store.load('r1', hash))).toBe('E_PLAN_CHANGED');
    expect(await codeOf(store.load('r2', hash))).toBe('E_PLAN_CHANGED');
    expect(await codeOf(store.load('../r1', hash))).toBe('E_NO_RUN');
  });
});

describe('the events of a run', () => {
  const decided = (decision: 'hold' | 'go-on' | 'resume'): RunEvent => ({
    kind: 'run-decided',
    run: 'r1',
    decision,
  });
  const entry = (lane: string, seq: number, at: number, what: RunEvent): JournalEntry => ({
    ...{ lane, seq, at, what, prev: '', hash: '', who: 'ann@desk' },
  });
  const told = (entries: JournalEntry[]) =>
    inOrder(entries).map((event) => event.kind === 'run-decided' && event.decision);

  it('stand in the order of their chain, though the clock was put back', () => {
    expect(told([entry('1', 2, 100, decided('go-on')), entry('1', 1, 500, decided('hold'))])).toEqual([
      'hold',
      'go-on',
    ]);
  });
  it('of two lanes stand in the order of time', () => {
    const lanes = [entry('2', 1, 200, decided('resume')), entry('1', 1, 100, decided('hold'))];
    expect(told(lanes)).toEqual(['hold', 'resume']);
  });
  it('that were taken over have the time and the name of who wrote them', () => {
    const taken = { at: 7, who: 'bob@laptop' };
    expect(inOrder([entry('1', 1, 100, { ...decided('hold'), taken })])).toMatchObject([taken]);
  });
});

it('knows the runs of its own estate, also what is written after it was first asked', async () => {
  const dataDir = join(folder, 'desk');
  const journal = createJournal({
    dataDir,
    clock: nodeClock,
    who: 'ann@desk',
    program: 'window',
    version: '1',
  });
  const stored = createStoredRuns(dataDir, 'test', () => nodeClock.now());
  const opened = (run: string, estate: string): RunEvent => ({
    ...{ kind: 'run-opened', run, procedure: 'test', estate, subject: 's', fingerprint: 'f' },
    plan: planHash(plan, digest),
  });
  await journal.commit(opened('r1', 'test'));
  await journal.commit(opened('r2', 'other'));
  await stored.plans.save('r1', plan);
  const list = async () => (await stored.list(signal)).map(({ id, status }) => `${id} ${status}`);
  expect(await list()).toEqual(['r1 stopped']);
  await journal.commit({ kind: 'run-closed', run: 'r1', end: 'left' });
  expect(await list()).toEqual(['r1 left']);
  expect(await codeOf(stored.get('r2', signal))).toBe('E_NO_RUN');
  // A run whose plan was removed is still known to have been.
  await journal.commit(opened('r3', 'test'));
  expect((await list()).sort()).toEqual(['r1 left', 'r3 stopped']);
  expect(await codeOf(stored.get('r3', signal))).toBe('E_PLAN_CHANGED');
  await journal.close();
});
