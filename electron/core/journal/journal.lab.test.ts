import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isSending, type JournalEvent, repeatedIn, type SendingKind } from '@shared/journal/entry';
import { answerOf } from '@shared/snapshot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { nodeClock } from '../ports-node';
import { openConsole, type TestConsole } from '../testing/console';
import { createJournal } from './journal';
import { searchJournal } from './read';
import { verifyJournal } from './verify';

const GATE_PORT = 2340;

describe('what the console did on the lab', () => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
    const sql =
      "SET GLOBAL log_output='FILE'; SET GLOBAL general_log_file='/var/log/mysql/general.log'; SET GLOBAL general_log=ON";
    await lab.exec('db', [`/opt/lab/${lab.engine}.sh`, 'sql', '-e', sql]);
    desk = await openConsole(lab.estateFile);
  });
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  const dataDir = () => path.join(desk.home, 'data');
  const journal = async (): Promise<JournalEvent[]> => {
    const page = await desk.client.call('journal.search', { filter: {}, offset: 0, limit: 1_000 });
    expect(page.total).toBe(page.entries.length);
    return page.entries.reverse().map(({ what }) => what);
  };
  const sent = async (kind: SendingKind) => sentIn(kind, await journal());
  const count = (texts: readonly string[]) =>
    Object.fromEntries(
      [...new Set(texts)].sort().map((text) => [text, texts.filter((one) => one === text).length]),
    );

  it('every command and request of the evidence is in it, as sent', async () => {
    const [commands, requests] = [await sent('command'), await sent('request')];
    const { hosts } = await desk.snapshot();
    const heads = Object.values(hosts).flatMap((reading) => answerOf(reading)?.evidence ?? []);
    const missing = heads.filter(
      ({ via, sent: text }) =>
        (via === 'ssh' && !commands.includes(text)) || (via === 'http' && !requests.includes(text)),
    );
    expect(missing).toEqual([]);
    expect(heads.filter(({ via }) => via === 'ssh').length).toBeGreaterThan(5);
    const log = (await lab.exec('web', ['cat', '/var/log/apache2/access.log'])).stdout;
    const asked = [...log.matchAll(/^127\.0\.0\.1 .*"GET (\S*server-status\S*) /gm)].map(([, url]) => url);
    expect(asked.length > 0).toBe(requests.some((text) => text.includes('server-status')));
  });

  it('says how each connection came about, by which key and along which way', async () => {
    const connected = (await journal()).filter((what) => what.kind === 'connected');
    for (const host of ['web', 'db', 'files'])
      expect(connected).toContainEqual(
        expect.objectContaining({
          via: 'ssh',
          host,
          account: 'patronus-watch',
          method: 'publickey',
          hostKey: expect.objectContaining({ type: 'ssh-ed25519', by: 'estate' }),
        }),
      );
    expect(connected).toContainEqual(
      expect.objectContaining({ via: 'sql', host: 'db', account: 'patronus_watch', method: 'password' }),
    );
    const kinds = (await journal()).map(({ kind }) => kind);
    expect(kinds).toContain('connecting');
    expect(kinds.slice(0, 2)).toEqual(['console-started', 'estate-opened']);
  });

  it('what fails is written at once, with its reason', async () => {
    await lab.fault('cut-console', 'files');
    try {
      await desk.look('files');
      // The look that was under way ends with the lost connection; the next one is refused.
      const seen = async () => {
        const filter = { failed: true, host: 'files' };
        const failed = await desk.client.call('journal.search', { filter, offset: 0, limit: 50 });
        return failed.entries.map(({ what }) => what.kind);
      };
      await expect.poll(seen, { timeout: 15_000 }).toEqual(expect.arrayContaining(['lost', 'refused']));
    } finally {
      await lab.mend();
    }
  });

  it('holds no secret of the estate, and is whole', async () => {
    const secrets = readdirSync(path.join(base, 'secrets')).map((name) =>
      readFileSync(path.join(base, 'secrets', name), 'utf8').trim(),
    );
    expect(secrets.length).toBeGreaterThan(1);
    await desk.client.call('journal.status', undefined);
    const lane = path.join(dataDir(), 'journal/1');
    const text = readdirSync(lane)
      .map((name) => readFileSync(path.join(lane, name), 'utf8'))
      .join('');
    expect(text.length).toBeGreaterThan(5_000);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(await desk.client.call('journal.verify', undefined)).toMatchObject({ whole: true, gaps: 0 });
  });

  it('counts every single one: what the server was sent by one console is what its journal holds', async () => {
    await desk.app.dispose();
    const before = (await seenByServer(lab)).length;
    const own = await openConsole(lab.estateFile);
    await own.look();
    await nodeClock.sleep(7_000); // two or three routine looks, which are gathered
    await own.app.dispose();
    await own.journal.close();
    const query = { filter: {}, offset: 0, limit: 1_000 };
    const page = await searchJournal(own.journal.dataDir, query, new AbortController().signal);
    const mine = sentIn(
      'statement',
      page.entries.map(({ what }) => what),
    );
    const seen = (await seenByServer(lab)).slice(before);
    expect(count(mine)).toEqual(count(seen));
    expect(page.entries.map(({ what }) => what.kind)).toContain('polled');
    expect(mine.length).toBeGreaterThan(30);
    expect(await verifyJournal(own.journal.dataDir)).toMatchObject({ whole: true, gaps: 0 });
    await own.close();
  });
});

/** Every single sending of a kind, the routine ones too. */
const sentIn = (kind: SendingKind, events: readonly JournalEvent[]): string[] =>
  events.flatMap((what) => {
    if (isSending(what)) return what.kind === kind ? [what.text] : [];
    if (what.kind !== 'polled') return [];
    return repeatedIn(what).flatMap((group) => (group.kind === kind ? group.sent.map(() => group.text) : []));
  });

/** Every statement that the looking account sent, from the server's own log of all it was asked. */
async function seenByServer(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.exec('db', ['cat', '/var/log/mysql/general.log']);
  const ids = new Set<string>();
  const statements: string[] = [];
  for (const line of stdout.split('\n')) {
    const [, id = '', command = '', text = ''] = /\t\s*(\d+) ([A-Z][A-Za-z ]*?)(?:\t(.*))?$/.exec(line) ?? [];
    if (command === 'Connect' && text.startsWith('patronus_watch@')) ids.add(id);
    if (ids.has(id) && command === 'Query') statements.push(text.trim());
  }
  return statements;
}

describe('a disk that is really full', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'patronus-full-'));
  beforeAll(() => execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]));
  afterAll(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });

  it('a commit is refused and leaves nothing half; with room again it is taken, and the chain is whole', async () => {
    const journal = createJournal({
      dataDir: folder,
      clock: nodeClock,
      who: 'ann@desk',
      program: 'window',
      version: '1',
    });
    const intent = (step: string, text = '') =>
      journal.commit({
        kind: 'intent',
        run: 'r',
        step,
        phase: 'apply',
        attempt: 1,
        host: 'db',
        account: 'act',
        text,
      });
    await intent('first');
    const filler = path.join(folder, 'filler');
    for (let free = true; free; ) {
      try {
        writeFileSync(filler, 'x'.repeat(1_000), { flag: 'a' });
      } catch {
        free = false;
      }
    }
    await expect(intent('too much', 'y'.repeat(8_000))).rejects.toMatchObject({
      error: { code: 'E_JOURNAL_WRITE', params: { text: 'ENOSPC' } },
    });
    expect(await verifyJournal(folder)).toMatchObject({ whole: true, records: 2 });
    rmSync(filler);
    await intent('again');
    await journal.close();
    expect(await verifyJournal(folder)).toMatchObject({ whole: true, records: 4, gaps: 0 });
  });
});
