import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JournalVerdict } from '@shared/journal/journal';
import { JournalPage } from '@shared/journal/search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJournal } from '../journal/journal';
import { nodeClock } from '../ports-node';
import { readAuditArguments } from './audit-arguments';
import { runCli } from './run-cli';

const dataDir = mkdtempSync(path.join(tmpdir(), 'patronus-audit-'));
const DAY = Date.parse('2026-11-21T12:00:00Z');

beforeAll(async () => {
  const clock = { ...nodeClock, now: () => DAY };
  const journal = createJournal({ dataDir, clock, who: 'ann@desk', program: 'window', version: '1' });
  journal.note({ kind: 'connecting', host: 'db', address: '127.0.20.2', port: 22 });
  journal.note({ kind: 'egress-refused', host: 'web', address: '10.0.10.1', port: 22, policy: 'loopback' });
  journal.note({ kind: 'ledger-changed', path: 'assumptions/rate', change: 'set', value: '=1 Mbit/s' });
  await journal.close();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function audit(...words: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCli(['audit', ...words], {
    io: {
      out: (text) => {
        stdout += text;
      },
      err: (text) => {
        stderr += text;
      },
      env: { LANG: 'C', HOME: dataDir },
      cwd: dataDir,
      interactive: false,
    },
    ask: null,
    version: '1',
    bundledEstatesDir: dataDir,
  });
  return { code, stdout, stderr };
}
const here = ['--data-dir', dataDir];

describe('audit', () => {
  it('verify: exit 0 and the newest hash; --json is the document of the contract', async () => {
    const text = await audit('verify', ...here);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/Chain whole: 5 records since .*\nLane 1 ends at record 5: [\w-]{43}\n$/);
    const json = await audit('verify', ...here, '--json');
    const verdict = JournalVerdict.parse(JSON.parse(json.stdout));
    expect(verdict).toMatchObject({ whole: true, records: 5 });
    const hash = verdict.lanes[0]?.last?.hash ?? '';
    expect(await audit('verify', ...here, '--hash', hash)).toMatchObject({ code: 0 });
    expect(await audit('verify', ...here, '--hash', hash.replace(/^./, '!'))).toMatchObject({ code: 1 });
  });

  it('verify: exit 1 and the place when one character was changed, 4 when there is nothing', async () => {
    const lane = path.join(dataDir, 'journal/1');
    const file = path.join(lane, readdirSync(lane).find((name) => name.endsWith('.jsonl')) ?? '');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('127.0.20.2', '127.0.20.3'));
    const broken = await audit('verify', ...here, '--lang', 'fr');
    writeFileSync(file, text);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain('Chaîne rompue à l’enregistrement 1/2 (1/2026-11-21.jsonl, ligne 2)');
    expect((await audit('verify', '--data-dir', path.join(dataDir, 'none'))).code).toBe(4);
  });

  it.each<[string[], string[]]>([
    [[], ['console-stopped', 'ledger-changed', 'egress-refused', 'connecting', 'console-started']],
    [['--host', 'db'], ['connecting']],
    [['--text', 'MBIT'], ['ledger-changed']],
    [['--failed'], ['egress-refused']],
    [['--kind', 'connections', '--limit', '1'], ['egress-refused']],
    [['--since', '2026-11-22'], []],
    [['--until', '2026-11-21T11:00Z'], []],
    [['--who', 'eve'], []],
  ])('search %j finds %j', async (words, kinds) => {
    const { code, stdout } = await audit('search', ...here, '--json', ...words);
    expect(code).toBe(0);
    expect(JournalPage.parse(JSON.parse(stdout)).entries.map(({ what }) => what.kind)).toEqual(kinds);
  });

  it('search prints a line for each, newest first, and export a row', async () => {
    const { stdout } = await audit('search', ...here);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[2]).toMatch(/ann@desk {2}web {2}policy {2}Connection to 10\.0\.10\.1:22 not begun/);
    expect(lines.at(-1)).toBe('5 of 5');
    const csv = (await audit('export', ...here, '--format', 'csv')).stdout.split('\r\n');
    expect(csv).toHaveLength(7);
    expect(csv[4]).toContain('"assumptions/rate =1 Mbit/s"');
    const jsonl = (await audit('export', ...here, '--host', 'db')).stdout.trimEnd().split('\n');
    expect(jsonl.map((line) => JSON.parse(line).what.kind)).toEqual(['connecting']);
  });
});

describe('its words', () => {
  it.each([
    [[], 'verify, search or export'],
    [['look'], '"look"'],
    [['verify', 'x'], '"x"'],
    [['search', '--since', 'soon'], '"soon"'],
    [['search', '--kind', 'x'], '"x"'],
    [['search', '--limit', '0'], '"0"'],
    [['export', '--format', 'pdf'], '"pdf"'],
    [['search', '--what'], '--what'],
  ])('%j is bad usage', async (words, named) => {
    const { code, stderr } = await audit(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(named);
  });

  it.each([
    ['30min', DAY - 1_800_000],
    ['2h', DAY - 7_200_000],
    ['7d', DAY - 604_800_000],
    ['2026-11-20T00:00:00Z', Date.parse('2026-11-20T00:00:00Z')],
  ])('--since %s', (text, since) => {
    const read = readAuditArguments(['search', '--since', text], 'C', DAY);
    expect(read.ok && read.value.filter).toEqual({ since });
  });
});
