import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { builtCommandLine, runProgram } from '../testing/command-line';
import { openConsole, type TestConsole } from '../testing/console';

const GATE_PORT = 2350;
let base: string;
let lab: Lab;

beforeAll(async () => {
  base = await freshBase();
  lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
});
afterAll(async () => {
  await lab?.down({ purge: true });
  await removeBase(base);
});

const health = async (console: TestConsole, id: string) =>
  (await console.topology()).nodes.find((node) => node.id === id)?.health;
const until = async (what: () => Promise<boolean>, seconds = 40) => {
  for (let tries = 0; tries < seconds * 2; tries++) {
    if (await what()) return;
    await pause(500);
  }
  throw new Error(`not within ${seconds} s`);
};

test('the window goes back to before a fault, refuses to look from there, and comes back', async () => {
  const console = await openConsole(lab.estateFile);
  try {
    await until(async () => (await health(console, 'web')) === 'up');
    const before = Date.now();
    await pause(1_500);
    await lab.fault('kill', 'web', 'apache');
    await until(async () => (await health(console, 'web')) === 'down');
    await until(async () => {
      const recording = await console.client.call('recording.get', undefined);
      return recording.state === 'there' && (recording.line?.marks.length ?? 0) > 0;
    });
    const state = await console.client.call('recording.seek', { at: before });
    expect(state).toMatchObject({ state: 'there', source: 'live', at: before, writing: true });
    expect(await health(console, 'web')).toBe('up');
    expect((await console.snapshot()).takenAt).toBe(before);
    const id = 'host.poll';
    const evidence = await console.client.call('evidence.get', { host: 'web', id });
    expect(evidence.at).toBeLessThanOrEqual(before);
    expect(evidence.raw).toContain('apache2');
    await expect(console.look()).rejects.toMatchObject({ error: { code: 'E_NOT_LIVE' } });
    await expect(console.client.call('ledger.clear', { path: 'dataSets/x/size' })).rejects.toMatchObject({
      error: { code: 'E_NOT_LIVE' },
    });
    await console.client.call('recording.seek', { at: null });
    expect(await health(console, 'web')).toBe('down');
  } finally {
    await lab.fault('start', 'web', 'apache');
    await console.close();
  }
}, 120_000);

test('the command line records a fault into one file, without a secret, and replays it', async () => {
  const cli = builtCommandLine();
  const data = path.join(base, 'data');
  const file = path.join(base, 'x.patronus-recording');
  const node = [process.execPath, cli];
  const common = ['--estate', lab.estateFile, '--data-dir', data, '--egress', 'loopback'];
  const recording = runProgram([...node, 'record', ...common, '--for', '25s', '--out', file]);
  await pause(9_000);
  await lab.fault('freeze', 'db', 'mysql');
  const ended = await recording;
  await lab.fault('resume', 'db', 'mysql');
  expect(ended).toMatchObject({ code: 0, stdout: `${file}\n` });
  expect(ended.stderr).toMatch(/^\d\d:\d\d:\d\d {2}.*db/m);
  const marks = await runProgram([...node, 'replay', file, '--marks', '--json']);
  expect(JSON.parse(marks.stdout).marks).toMatchObject([{ what: 'finding-came' }]);
  const atEnd = await runProgram([...node, 'replay', file, '--json']);
  const nodes: { id: string; health: string }[] = JSON.parse(atEnd.stdout).nodes;
  expect(nodes.find(({ id }) => id === 'db')?.health).toBe('degraded');
  const text = gunzipSync(await readFile(file)).toString();
  const secrets = await secretsOf(lab);
  expect(secrets.length).toBeGreaterThan(2);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}, 120_000);

/** Everything the lab made up that nobody else may know: passwords, and the bodies of private keys. */
async function secretsOf({ base }: Lab): Promise<string[]> {
  const { stdout } = await runProgram([
    'find',
    `${base}/secrets`,
    `${base}/keys`,
    '-type',
    'f',
    '-not',
    '-name',
    '*.pub',
  ]);
  const texts = await Promise.all(
    stdout
      .trim()
      .split('\n')
      .map((file) => readFile(file, 'utf8')),
  );
  return texts.map(
    (text) => text.split('\n').find((line) => line !== '' && !line.startsWith('-----')) ?? text.trim(),
  );
}
