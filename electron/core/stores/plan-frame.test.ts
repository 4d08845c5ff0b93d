import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEstate } from '@shared/estate/parse';
import type { JournalEvent } from '@shared/journal/entry';
import { afterAll, expect, test } from 'vitest';
import { frameStore } from './frame-store';
import { ledgerStore } from './ledger-store';
import { planHandlers } from './plan-handlers';

const made: string[] = [];
afterAll(() => Promise.all(made.map((dir) => rm(dir, { recursive: true }))));

/** The plan of Patronus with files of its own. */
async function desk() {
  const dir = await mkdtemp(path.join(tmpdir(), 'patronus-frame-'));
  made.push(dir);
  const file = path.join(dir, 'patronus.yaml');
  await copyFile(path.resolve(import.meta.dirname, '../../../estates/patronus.yaml'), file);
  const parsed = parseEstate(await readFile(file, 'utf8'), file);
  if (!parsed.ok) throw new Error('not an estate');
  const noted: JournalEvent[] = [];
  const store = frameStore(file);
  const ledger = ledgerStore(file);
  const handlers = planHandlers({
    known: () => ({
      estate: parsed.value,
      snapshot: { estate: 'patronus', takenAt: 0, periodMs: 1000, hosts: {} },
      ledger: () => ledger.read(),
      frame: () => store.read(),
    }),
    store: () => store,
    operator: 'operator@desk',
    ports: {
      clock: { now: () => 5000 },
      journal: { note: (event: JournalEvent) => void noted.push(event) },
    } as unknown as Parameters<typeof planHandlers>[0]['ports'],
  });
  const { signal } = new AbortController();
  const ask = {
    get: () => handlers['plan.get'](undefined, { signal }),
    enter: (window: Parameters<(typeof handlers)['plan.window']>[0]['window']) =>
      handlers['plan.window']({ window }, { signal }),
    approve: (hash: string) => handlers['plan.approve']({ hash }, { signal }),
  };
  return { ask, store, ledger, noted };
}

const PARIS = { start: '2026-12-05 00:30', end: '2026-12-05 02:30', zone: 'Europe/Paris' };

test('the window is kept beside the estate file, and journaled; taken away, it is gone', async () => {
  const { ask, store, noted } = await desk();
  await ask.enter(PARIS);
  expect((await ask.get()).window).toMatchObject({ state: 'set', start: { utc: '23:30' } });
  expect(await readFile(store.file, 'utf8')).toContain('zone: Europe/Paris');
  await ask.enter(null);
  expect((await ask.get()).window).toEqual({ state: 'unset' });
  expect(noted).toMatchObject([
    { path: 'window', change: 'set', value: '2026-12-05 00:30 – 2026-12-05 02:30 Europe/Paris' },
    { path: 'window', change: 'cleared' },
  ]);
});

test('what is approved is the plan that was shown: another by now is refused, and nothing is kept', async () => {
  const { ask, store, ledger, noted } = await desk();
  const { hash } = await ask.get();
  await ledger.write([
    {
      path: 'assumptions/scanTime',
      at: 1,
      quantity: { value: 40, unit: 'min', source: 'assumed', by: 'operator' },
    },
  ]);
  await expect(ask.approve(hash ?? '')).rejects.toMatchObject({ error: { code: 'E_PLAN_OTHER' } });
  expect(await store.read()).toMatchObject({ approved: null });
  const now = await ask.get();
  await ask.approve(now.hash ?? '');
  expect((await ask.get()).changes).toEqual({
    approved: { hash: now.hash, at: 5000, by: 'operator@desk' },
    list: [],
  });
  await ledger.write([]);
  expect((await ask.get()).changes?.list).toMatchObject([
    { kind: 'step-changed', subject: 'scan-files' },
    { kind: 'input-changed', subject: 'assumptions/scanTime' },
  ]);
  expect(noted).toMatchObject([{ path: 'approved', value: expect.stringMatching(/^[0-9a-f]{4}·/) }]);
});

test('a file that cannot be read is an error, and is never written over', async () => {
  const { ask, store } = await desk();
  await writeFile(store.file, 'version: 9\n');
  await expect(ask.enter(PARIS)).rejects.toMatchObject({ error: { code: 'E_PLAN_FILE', stage: 'store' } });
  expect(await readFile(store.file, 'utf8')).toBe('version: 9\n');
});
