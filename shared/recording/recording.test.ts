import { expect, test } from 'vitest';
import type { HostReading, Snapshot } from '../snapshot';
import { answered, failure, healthyDb, snapshotOf, unreachable } from '../testing/patronus';
import { stageOf } from './budget';
import { compactOf, readingOf } from './compact';
import { diff, isPatch, type Json, patched } from './diff';
import { FORMAT, type Frame, printFrame, readFrames } from './frame';
import { looksIn } from './looks';
import { evidenceAt, play, snapshotAt } from './play';
import { nextReading, numbers, randomJson } from './random-readings.test-kit';
import { joined, timeLineOf } from './time-line';

const head = (t: number, yaml = 'y'): Frame => ({
  k: 'head',
  t,
  format: FORMAT,
  product: '0',
  estate: 'patronus',
  yaml,
  periodMs: 3000,
});

test('a patch makes of any value any other one, through JSON, and says nothing when nothing changed', () => {
  for (let seed = 1; seed <= 5_000; seed++) {
    const next = numbers(seed);
    const [before, after] = [randomJson(next), randomJson(next)];
    const patch = diff(before, after);
    if (patch === null) expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    else {
      const carried = JSON.parse(JSON.stringify(patch));
      expect(isPatch(carried)).toBe(true);
      expect(patched(before, carried), `seed ${seed}`).toEqual(after);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }
    expect(diff(before, structuredClone(before) as Json)).toBeNull();
  }
});

test('a reading kept in brief is the same reading when it is read again', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const next = numbers(seed);
    let reading: HostReading = { state: 'unasked' };
    for (let step = 0; step < 5; step++) {
      expect(readingOf(JSON.parse(JSON.stringify(compactOf(reading)))), `seed ${seed}`).toEqual(reading);
      reading = nextReading(reading, 1_000_000 + step * 3000, next);
    }
  }
});

test.each([[undefined], [null], [3], [{ state: 'answered' }], [{ state: 'gone' }]])(
  'what is no reading (%j) is told from one',
  (kept) => expect(readingOf(kept as Json)).toBeNull(),
);

/** Records readings as the recorder does, and what the truth was at each moment. */
function recorded(seed: number, looks: number) {
  const next = numbers(seed);
  const readings: Record<string, HostReading> = { db: { state: 'unasked' }, web: { state: 'unasked' } };
  const kept = new Map<string, Json>();
  const frames: Frame[] = [head(1000)];
  const truth: { t: number; hosts: Snapshot['hosts'] }[] = [];
  const key = (t: number, seq: number) => {
    const hosts = Object.fromEntries(
      Object.entries(readings).map(([host, reading]) => {
        const compact = compactOf(reading);
        kept.set(host, compact);
        return [host, compact];
      }),
    );
    frames.push({ k: 'key', t, seq, hosts });
  };
  for (let seq = 1; seq <= looks; seq++) {
    const t = 1000 + seq * 1500;
    const host = next() < 0.5 ? 'db' : 'web';
    const reading = nextReading(readings[host] ?? { state: 'unasked' }, t, next);
    readings[host] = reading;
    if (seq % 17 === 1) key(t, seq);
    const compact = compactOf(reading);
    const patch = diff(kept.get(host), compact);
    kept.set(host, compact);
    if (patch) frames.push({ k: 'change', t, seq, host, patch });
    truth.push({ t, hosts: structuredClone(readings) });
  }
  return { text: frames.map(printFrame).join(''), truth };
}

test('what is played at any moment is what was known then', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const { text, truth } = recorded(seed, 30);
    const { frames, stoppedAt } = readFrames(text);
    expect(stoppedAt).toBeNull();
    for (const { t, hosts } of truth) {
      for (const at of [t, t + 1499]) {
        const snapshot = snapshotAt(play(frames, at), at);
        expect(snapshot, `seed ${seed} at ${at}`).toEqual({
          estate: 'patronus',
          takenAt: at,
          periodMs: 3000,
          hosts,
        });
      }
    }
  }
});

test('looks are given again one by one, as they were and with all that was known then', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const { text, truth } = recorded(seed, 60);
    const { frames } = readFrames(text);
    const [from, to] = [1000 + 20 * 1500, 1000 + 50 * 1500];
    const looks = [...looksIn(frames, from, to, 0)];
    expect(looks.length).toBeGreaterThan(15);
    for (const { t, host, reading, snapshot } of looks) {
      const then = truth.find((one) => one.t === t)?.hosts;
      expect([t >= from, t <= to]).toEqual([true, true]);
      expect(reading, `seed ${seed} at ${t}`).toEqual(then?.[host]);
      expect(snapshot.hosts, `seed ${seed} at ${t}`).toEqual(then);
    }
    const rare = [...looksIn(frames, from, to, 10_000)].filter(({ host }) => host === 'db');
    for (const [index, { t }] of rare.entries())
      expect(t - (rare[index - 1]?.t ?? 0)).toBeGreaterThanOrEqual(10_000);
  }
});

test('a recording cut off anywhere plays as far as it goes', () => {
  const { text, truth } = recorded(7, 20);
  let earlier = 0;
  for (let cut = 0; cut < text.length; cut += 211) {
    const { frames } = readFrames(text.slice(0, cut));
    expect(frames.length).toBeGreaterThanOrEqual(earlier);
    earlier = frames.length;
    const last = frames.at(-1);
    if (last?.k !== 'change') continue;
    expect(snapshotAt(play(frames, last.t), last.t)?.hosts).toEqual(
      truth.find(({ t }) => t === last.t)?.hosts,
    );
  }
  expect(earlier).toBeGreaterThanOrEqual(20);
});

test('text from a foreign file is cleaned, whatever it hides behind', () => {
  const raw = '\\u001b[31m \\\\u001b red \\u202e';
  const line = `{"k":"raw","hash":"h","raw":"${raw}","truncated":false}\n`;
  expect(readFrames(line).frames).toEqual([
    { k: 'raw', hash: 'h', raw: '\\x1b[31m \\u001b red \\u202e', truncated: false },
  ]);
  const { frames } = readFrames(`${JSON.stringify({ ...head(1), yaml: 'a\u202eb' })}\n`);
  expect(frames).toMatchObject([{ yaml: 'a\\u202eb' }]);
});

test.each([
  ['not json\n', 1],
  ['{"k":"end","t":1}\n{"k":"end"', 2],
  ['{"k":"end","t":1}\n{"k":"other","t":1}\n{"k":"end","t":2}\n', 2],
  ['{"k":"change","t":1,"seq":1,"host":"a","patch":{"x":[1,2]}}\n', 1],
])('%j stops at line %i', (text, line) => expect(readFrames(text).stoppedAt).toBe(line));

test('raw output is what was kept last by then, with its own time', () => {
  const WAY = { via: 'ssh', sent: 's', account: 'a', route: 'r' } as const;
  const seen = (t: number, hash: string): Frame => ({
    k: 'seen',
    t,
    host: 'db',
    id: 'host.poll',
    run: { at: t, durationMs: 1, exit: 0, bytes: 3 },
    ...(t === 10 ? { way: WAY } : {}),
    hash,
  });
  const raw = (hash: string): Frame => ({ k: 'raw', hash, raw: `output ${hash}`, truncated: false });
  const frames = [head(0), raw('a'), seen(10, 'a'), raw('b'), seen(20, 'b')];
  expect(evidenceAt(play(frames, 9), 'db', 'host.poll')).toBeNull();
  expect(evidenceAt(play(frames, 19), 'db', 'host.poll')).toMatchObject({ at: 10, raw: 'output a' });
  expect(evidenceAt(play(frames, 25), 'db', 'host.poll')).toMatchObject({ ...WAY, at: 20, raw: 'output b' });
  expect(evidenceAt(play(frames, 25), 'web', 'host.poll')).toBeNull();
});

test('silence and used-up space are gaps, and so is what lies between two files', () => {
  const key = (t: number): Frame => ({ k: 'key', t, seq: 1, hosts: {} });
  const stage = (t: number, to: 'whole' | 'coarse' | 'nothing'): Frame => ({ k: 'stage', t, stage: to });
  const one = timeLineOf([
    head(0),
    key(1000),
    key(80_000),
    stage(90_000, 'coarse'),
    stage(99_000, 'whole'),
    key(400_000),
  ]);
  const two = timeLineOf([head(0, 'other'), key(900_000), stage(900_001, 'nothing'), key(901_000)]);
  expect(joined([one, two].flatMap((line) => line ?? []))).toEqual({
    from: 1000,
    to: 901_000,
    marks: [{ t: 900_000, what: 'estate-changed' }],
    gaps: [
      { from: 90_000, to: 99_000, why: 'coarse' },
      { from: 99_000, to: 400_000, why: 'not-recorded' },
      { from: 400_000, to: 900_000, why: 'not-recorded' },
      { from: 900_001, to: 901_000, why: 'nothing' },
    ],
  });
  expect(joined([])).toBeNull();
});

test.each([
  [0, 'whole'],
  [59, 'whole'],
  [60, 'no-raw'],
  [80, 'coarse'],
  [100, 'nothing'],
  [250, 'nothing'],
])('with %i of 100 bytes used, what is kept is: %s', (used, stage) =>
  expect(stageOf(used, { dayBytes: 100, days: 14 })).toBe(stage),
);

test('a look that changed nothing but its time is a few numbers', () => {
  const heads = (at: number) => [
    {
      id: 'host.poll',
      via: 'ssh' as const,
      sent: 's',
      account: 'a',
      route: 'r',
      at,
      durationMs: 3,
      exit: 0,
      bytes: 9,
    },
  ];
  const at = (t: number) => {
    const facts = Object.fromEntries(
      Object.entries(healthyDb().facts).map(([id, fact]) => [id, { ...fact, at: t }]),
    );
    return answered(healthyDb({ at: t, evidence: heads(t), facts }));
  };
  const patch = diff(compactOf(at(1)), compactOf(at(2)));
  // host.sockets has no entry of its own here, so its one fact carries its time.
  expect(patch).toEqual({
    answer: { at: [2], evidence: { 0: { at: [2] } }, facts: { 'host.sockets.sampled': { at: [2] } } },
  });
});

test('a host that is lost does not write its answer again', () => {
  const before = answered(healthyDb());
  const lost = unreachable(failure('E_LOST', 'lost'), healthyDb());
  expect(Object.keys(diff(compactOf(before), compactOf(lost)) ?? {}).sort()).toEqual([
    'at',
    'error',
    'since',
    'state',
  ]);
  expect(snapshotOf({}).hosts.db).toEqual(before);
});
