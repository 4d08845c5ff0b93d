import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { topologyToText } from '@shared/paper/look-text';
import { replicationToText } from '@shared/paper/replication-text';
import { planToText } from '@shared/plan/plan-text';
import { answerOf } from '@shared/snapshot';
import { activeIn, activeTextsIn } from '@shared/testing/hostile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../cli/run-cli';
import { exportToFile } from '../journal/export';
import { exportRecording } from '../recorder/export-recording';
import { scriptedAsk } from '../ssh/testing/home';
import { openConsole, type TestConsole } from '../testing/console';
import { type RogueHost, startRogueHost } from './testing/rogue-host';

/** All that a console gives out about a host whose every program, server and question is a trick. */

const folder = mkdtempSync(path.join(tmpdir(), 'patronus-rogue-'));
const { signal } = new AbortController();
const person = scriptedAsk(['1234', '1234', '1234']);
let rogue: RogueHost;
let desk: TestConsole;

beforeAll(async () => {
  rogue = await startRogueHost(folder);
  desk = await openConsole(rogue.estateFile, { ask: person });
  await desk.look('asking');
  await desk.look();
}, 60_000);
afterAll(async () => {
  await desk?.close();
  await rogue?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a terminal obeys begins with a control character; a line feed ends a line. */
const CONTROL = /(?!\n)\p{Cc}/u;

async function terminal(...words: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCli(words, {
    io: {
      out: (text) => {
        stdout += text;
      },
      err: (text) => {
        stderr += text;
      },
      env: { LANG: 'C', HOME: path.join(folder, 'home'), PATRONUS_LOG: 'info' },
      cwd: folder,
      interactive: false,
    },
    ask: null,
    version: '1',
    bundledEstatesDir: folder,
  });
  return { code, stdout, stderr };
}

test('F12 every server was asked, and its tricks did arrive', async () => {
  const { hosts } = await desk.snapshot();
  const answer = answerOf(hosts.rogue);
  expect(answer?.processes).toMatchObject({ '\\x5f_proto__': 1, constructor: 1, '\\x1b]0;owned\\x07': 1 });
  const { facts = {}, tables = {} } = answer?.services.sql ?? {};
  expect(facts['mysql.version']?.value).toMatch(/^9\.7\.0/);
  expect(JSON.stringify(tables)).toContain('\\\\x1b]0;owned\\\\x07');
  expect(answer?.services.app?.facts['apache.workers.busy']?.value).toBe(1);
  expect(rogue.statements.length).toBeGreaterThan(8);
  expect(answerOf(hosts.asking)?.facts['host.os']).toBeDefined();
});

test('F12 a question of a server is one line of text for a person', () => {
  const [asked] = person.asked;
  expect(asked).toMatchObject({ host: 'asking', what: 'one-time-code', account: 'asked' });
  expect(asked?.prompt).toContain('<b onclick=alert(1)>');
  expect([activeIn(asked?.prompt ?? ''), asked?.prompt.includes('\n')]).toEqual([null, false]);
});

test('F12 all that the window is given is text', async () => {
  const { client } = desk;
  const snapshot = await desk.snapshot();
  const raw = await Promise.all(
    Object.entries(snapshot.hosts).flatMap(([host, reading]) =>
      (answerOf(reading)?.evidence ?? []).map(({ id }) => client.call('evidence.get', { host, id })),
    ),
  );
  expect(raw.length).toBeGreaterThan(12);
  const topology = await desk.topology();
  const replication = await client.call('replication.get', undefined);
  const plan = await client.call('plan.get', undefined);
  const journal = await client.call('journal.search', { filter: {}, offset: 0, limit: 1_000 });
  expect(activeTextsIn([snapshot, raw, topology, replication, plan, journal])).toEqual([]);
  for (const language of ['en', 'fr'] as const)
    for (const text of [
      topologyToText(topology, language),
      replicationToText(replication, language),
      planToText(plan, language),
    ])
      expect(activeIn(text)).toBeNull();
});

test('F12 the journal finds it by text, and what it exports is one line each and no formula', async () => {
  const { client, home } = desk;
  const found = await client.call('journal.search', {
    filter: { text: 'onclick=alert(1)' },
    offset: 0,
    limit: 10,
  });
  expect(found.total).toBeGreaterThan(0);
  const dataDir = path.join(home, 'data');
  for (const format of ['jsonl', 'csv'] as const) {
    const file = path.join(folder, `journal.${format}`);
    const entries = await exportToFile(dataDir, { filter: {}, format }, file, signal);
    const text = readFileSync(file, 'utf8');
    expect([format, activeIn(text.replaceAll('\r\n', '\n'))]).toEqual([format, null]);
    if (format === 'jsonl') {
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(entries);
      expect(lines.flatMap((line) => activeTextsIn(JSON.parse(line)))).toEqual([]);
    } else expect(text).not.toMatch(/(^|,)"\s*[=+\-@]/m);
  }
  const audit = await terminal('audit', 'search', '--data-dir', dataDir);
  expect([audit.code, CONTROL.exec(audit.stdout + audit.stderr)]).toEqual([0, null]);
});

test('F12 a recording of it holds text, and replays as text', async () => {
  const recordings = path.join(desk.home, 'data/recordings');
  const [estate = ''] = readdirSync(recordings);
  const file = path.join(folder, 'x.patronus-recording');
  await exportRecording(path.join(recordings, estate), file);
  for (const words of [[], ['--marks'], ['--json'], ['--marks', '--json'], ['--lang', 'fr']]) {
    const { code, stdout, stderr } = await terminal('replay', file, ...words);
    expect([words, code, CONTROL.exec(stdout + stderr)]).toEqual([words, 0, null]);
    expect(activeIn(stdout)).toBeNull();
    if (words.includes('--json')) expect(activeTextsIn(JSON.parse(stdout))).toEqual([]);
  }
});

test.each([
  'status',
  'status --json',
  'topology --lang fr',
  'topology --json',
  'replication',
  'replication --json',
  'plan',
  'plan --json',
])('F12 on a terminal it is text: %s', async (command) => {
  const data = path.join(folder, 'cli-data');
  const { stdout, stderr } = await terminal(
    ...command.split(' '),
    '--estate',
    rogue.estateFile,
    '--data-dir',
    data,
  );
  expect(stdout).not.toBe('');
  expect([CONTROL.exec(stdout), CONTROL.exec(stderr)]).toEqual([null, null]);
  expect([activeIn(stdout), activeIn(stderr)]).toEqual([null, null]);
  // "one\ntwo\nthree" of a server must never start a line of ours: a forged line would be believed.
  expect(stdout.split('\n').filter((line) => /^(two|four|six)\b/.test(line))).toEqual([]);
  if (command.endsWith('--json')) expect(activeTextsIn(JSON.parse(stdout))).toEqual([]);
});
