import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JournalEvent, Sending } from '@shared/journal/entry';
import { FOLD_MS } from '@shared/journal/fold';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeClock } from '../ports-node';
import { createJournal, type JournalOptions, type JournalStore } from './journal';
import { searchJournal } from './read';
import { verifyJournal } from './verify';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'patronus-journal-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const DAY_MS = 86_400_000;
const NOON = Date.parse('2026-11-21T12:00:00Z');
let now = NOON;
const clock = { ...nodeClock, now: () => now };
beforeEach(() => {
  now = NOON;
});

const open = (more: Partial<JournalOptions> = {}): JournalStore =>
  createJournal({ dataDir, clock, who: 'ann@desk', program: 'window', version: '1', ...more });
const change = (path: string): JournalEvent => ({ kind: 'ledger-changed', path, change: 'cleared' });
const intent = (step: string): JournalEvent => ({
  kind: 'intent',
  run: 'r',
  step,
  phase: 'apply',
  attempt: 1,
  host: 'db',
  account: 'act',
  text: 'SET GLOBAL read_only = 1',
});
const statement = (text: string, more: Partial<Sending> = {}): JournalEvent => ({
  kind: 'statement',
  host: 'db',
  account: 'watch',
  route: 'r',
  name: 'n',
  text,
  background: true,
  durationMs: 1,
  result: { state: 'done', status: null, bytes: 1 },
  ...more,
});
const entries = async () =>
  (await searchJournal(dataDir, { filter: {}, offset: 0, limit: 200 }, new AbortController().signal)).entries
    .reverse()
    .map(({ what }) => what);
const kinds = async () => (await entries()).map(({ kind }) => kind);
const verdict = async () => {
  const { whole, lanes } = await verifyJournal(dataDir);
  return whole ? 'whole' : lanes.map(({ broken }) => broken && `${broken.seq} ${broken.why}`).join();
};
const lane = (...names: string[]) => path.join(dataDir, 'journal/1', ...names);
const today = () => lane('2026-11-21.jsonl');
const records = () => readFileSync(today(), 'utf8').split('\n').slice(0, -1);
/** As after a crash: its writer is gone and said nothing. */
const abandon = () => {
  const dead = spawnSync('true').pid;
  writeFileSync(lane('lock'), `${dead}\n`);
};
const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });

describe('what was noted', () => {
  it('is on disk within two seconds, and nothing before it was wanted', async () => {
    const journal = open();
    expect(readdirSync(dataDir)).toEqual([]);
    journal.note(change('a'));
    await expect.poll(kinds, { timeout: 2_000 }).toEqual(['console-started', 'ledger-changed']);
    await journal.close();
    expect(await kinds()).toEqual(['console-started', 'ledger-changed', 'console-stopped']);
    expect(await verdict()).toBe('whole');
    expect(statSync(today()).mode & 0o777).toBe(0o600);
    expect(statSync(lane()).mode & 0o777).toBe(0o700);
  });

  it('a text stands once in each file, and in full wherever it is found', async () => {
    const journal = open();
    const long = `SELECT ${'x'.repeat(500)}`;
    for (const host of ['a', 'b', 'c']) journal.note(statement(long, { host }));
    journal.note(statement(long, { background: false }));
    await journal.flush();
    expect(readFileSync(today(), 'utf8').split(long)).toHaveLength(2);
    now += DAY_MS;
    journal.note(statement(long, { host: 'd' }));
    await journal.close();
    expect(readFileSync(lane('2026-11-22.jsonl'), 'utf8').split(long)).toHaveLength(2);
    const texts = (await entries()).flatMap((what) => (what.kind === 'statement' ? [what.text] : []));
    expect(texts).toEqual(Array.from({ length: 5 }, () => long));
    expect(await verdict()).toBe('whole');
  });

  it('the routine is one record a minute, and none is lost at the end', async () => {
    const journal = open();
    for (let look = 0; look < 30; look += 1) {
      journal.note(statement('SHOW STATUS'), now);
      now += 3_000;
    }
    await journal.close();
    const sent = (await entries()).map((what) =>
      what.kind === 'polled' ? what.ways[0]?.texts[0]?.sent.length : what.kind,
    );
    expect(sent).toEqual(['console-started', 'statement', 29, 'console-stopped']);
    expect(FOLD_MS).toBe(60_000);
  });

  it('a hostile text is cleaned and stays one line', async () => {
    const journal = open();
    journal.note(statement('SELECT 1 -- \u001b[2J\u202e\r\n"x"', { background: false }));
    await journal.close();
    expect(records()).toHaveLength(4);
    expect((await entries())[1]).toMatchObject({ text: 'SELECT 1 -- \\x1b[2J\\u202e\n"x"' });
  });
});

describe('a commit', () => {
  it('resolves only after what it wrote was made to stay', async () => {
    const order: string[] = [];
    let release = () => {};
    const journal = open({
      sync: async () => {
        order.push(`sync of ${records().length}`);
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        order.push('synced');
      },
    });
    const committed = journal.commit(intent('1')).then(() => order.push('resolved'));
    await expect.poll(() => order).toEqual(['sync of 2']);
    await nodeClock.sleep(50);
    expect(order).toEqual(['sync of 2']);
    release();
    await committed;
    expect(order).toEqual(['sync of 2', 'synced', 'resolved']);
    const closing = journal.close();
    await expect.poll(() => order.length).toBe(4);
    release();
    await closing;
  });

  it('many at once each resolve, in one order, each on disk', async () => {
    const journal = open();
    await Promise.all(Array.from({ length: 100 }, (_, step) => journal.commit(intent(`${step}`))));
    const steps = records().flatMap((line) => /"step":"(\d+)"/.exec(line)?.[1] ?? []);
    expect(steps).toEqual(Array.from({ length: 100 }, (_, step) => `${step}`));
    await journal.close();
    expect(await verdict()).toBe('whole');
  });

  it('rejects when it cannot be made to stay, leaves nothing half, and the next one works', async () => {
    let broken = false;
    const journal = open({
      sync: async (handle) => {
        if (broken) throw full;
        await handle.datasync();
      },
    });
    await journal.commit(intent('1'));
    const before = records();
    broken = true;
    await expect(journal.commit(intent('2'))).rejects.toMatchObject({ error: { code: 'E_JOURNAL_WRITE' } });
    expect(records()).toEqual(before);
    expect(journal.status()).toMatchObject({ error: { code: 'E_JOURNAL_WRITE' } });
    broken = false;
    await journal.commit(intent('3'));
    expect(journal.status()).toMatchObject({ error: null });
    await journal.close();
    expect(records().join()).not.toContain('"step":"2"');
    expect(await verdict()).toBe('whole');
  });

  it('rejects after the end', async () => {
    const journal = open();
    await journal.close();
    await expect(journal.commit(intent('1'))).rejects.toMatchObject({ error: { code: 'E_JOURNAL_WRITE' } });
  });
});

describe('a disk that is full for a while', () => {
  it('keeps notes in their order, counts those that find no room, and says so in a gap', async () => {
    let broken = true;
    const journal = open({
      sync: async () => {
        if (broken) throw full;
      },
    });
    for (let i = 0; i < 10_050; i += 1) journal.note(change(`${i}`));
    await journal.flush();
    // With the record of the start.
    expect(journal.status()).toMatchObject({ waiting: 10_000, lost: 51, written: 0 });
    broken = false;
    await journal.close();
    const [first, second] = records().map((line) => JSON.parse(line).what);
    expect(first).toEqual({ kind: 'gap', reason: 'not-written', records: 51, since: NOON });
    expect(second).toEqual(change('50'));
    expect(records()).toHaveLength(10_002);
    expect(await verdict()).toBe('whole');
  });
});

describe('after a crash', () => {
  const crashed = async () => {
    const journal = open();
    await journal.commit(intent('1'));
    abandon();
  };
  it('the chain goes on in the same lane, and says that the end was not clean', async () => {
    await crashed();
    await open().close();
    expect(await kinds()).toEqual(['console-started', 'intent', 'gap', 'console-started', 'console-stopped']);
    expect(await verdict()).toBe('whole');
    expect(readdirSync(path.join(dataDir, 'journal'))).toEqual(['1']);
  });

  it.each(['{"seq":3,"prev":"', '{"seq":3}{', '\0\0\0\0'])(
    'a torn tail %j is cut off and counted',
    async (torn) => {
      await crashed();
      appendFileSync(today(), torn);
      expect(await verdict()).toBe('3 torn-tail');
      await open().close();
      expect(await entries()).toContainEqual({
        kind: 'gap',
        reason: 'torn-tail',
        file: '2026-11-21.jsonl',
        bytes: torn.length,
      });
      expect(await verdict()).toBe('whole');
    },
  );

  it('a tail that was cut off stays missing for ever', async () => {
    const journal = open();
    for (const step of ['1', '2', '3']) await journal.commit(intent(step));
    abandon();
    const kept = `${records().slice(0, 2).join('\n')}\n`;
    truncateSync(today(), kept.length);
    expect(await verdict()).toBe('3 cut-tail');
    await open().close();
    expect(await verdict()).toBe('3 missing');
  });

  it('a head that is older than the file is no matter, one that is gone is said', async () => {
    const journal = open();
    await journal.commit(intent('1'));
    const old = readFileSync(lane('head.json'));
    await journal.commit(intent('2'));
    writeFileSync(lane('head.json'), old);
    abandon();
    await open().close();
    expect(await verdict()).toBe('whole');
    rmSync(lane('head.json'));
    await open().close();
    expect(await entries()).toContainEqual({ kind: 'gap', reason: 'no-head' });
    expect(await verdict()).toBe('whole');
  });

  it('a line that was altered stays, and the chain goes on after it', async () => {
    await crashed();
    writeFileSync(today(), readFileSync(today(), 'utf8').replace('read_only = 1', 'read_only = 0'));
    await open().close();
    expect(await verdict()).toBe('2 altered');
  });
});

describe('two writers', () => {
  it('have a lane each; the page shows both in the order of time', async () => {
    const [one, two] = [open(), open({ who: 'bob@desk', program: 'command-line' })];
    for (const step of ['1', '2', '3', '4']) {
      now += 1_000;
      await (Number(step) % 2 ? one : two).commit(intent(step));
    }
    expect(await verdict()).toBe('whole');
    expect((await verifyJournal(dataDir)).lanes.map(({ lane }) => lane)).toEqual(['1', '2']);
    const steps = (await entries()).flatMap((what) => (what.kind === 'intent' ? [what.step] : []));
    expect(steps).toEqual(['1', '2', '3', '4']);
    await Promise.all([one.close(), two.close()]);
    await open().close();
    expect(readdirSync(path.join(dataDir, 'journal'))).toEqual(['1', '2']);
  });

  it('a lane whose lock cannot be judged is left alone', async () => {
    await open().close();
    writeFileSync(lane('lock'), 'what');
    await open().close();
    expect(readdirSync(path.join(dataDir, 'journal'))).toEqual(['1', '2']);
  });
});

describe('days', () => {
  const threeDays = async () => {
    for (const step of ['1', '2', '3']) {
      const journal = open({ keepDays: 10_000 });
      await journal.commit(intent(step));
      await journal.close();
      now += DAY_MS;
    }
  };
  it('each have a file, and one chain goes through them', async () => {
    await threeDays();
    expect(readdirSync(lane()).filter((name) => name.endsWith('l'))).toHaveLength(3);
    expect(await verdict()).toBe('whole');
    rmSync(lane('2026-11-22.jsonl'));
    expect(await verdict()).toBe('4 missing');
  });

  it('a clock that goes back does not', async () => {
    await threeDays();
    now = NOON;
    await open().close();
    expect(readdirSync(lane()).filter((name) => name.endsWith('l'))).toHaveLength(3);
    expect(await verdict()).toBe('whole');
  });

  it('that are too old go as whole files, with an anchor; without one it is a fault', async () => {
    await threeDays();
    await open({ keepDays: 2 }).close();
    expect(readdirSync(lane()).sort()).toEqual([
      '2026-11-22.jsonl',
      '2026-11-23.jsonl',
      '2026-11-24.jsonl',
      'head.json',
    ]);
    expect(await verdict()).toBe('whole');
    expect(await entries()).toContainEqual(
      expect.objectContaining({ kind: 'anchor', files: ['2026-11-21.jsonl'], lastSeq: 3 }),
    );
    rmSync(lane('2026-11-22.jsonl'));
    expect(await verdict()).toBe('1 no-start');
  });

  it('a hash that was kept elsewhere shows a chain that was written anew', async () => {
    await threeDays();
    const { lanes } = await verifyJournal(dataDir);
    const hash = lanes[0]?.last?.hash ?? '';
    expect(await verifyJournal(dataDir, hash)).toMatchObject({ whole: true, known: true });
    rmSync(path.join(dataDir, 'journal'), { recursive: true });
    await open({ who: 'eve@desk' }).close();
    expect(await verifyJournal(dataDir, hash)).toMatchObject({ whole: false, known: false });
  });
});
