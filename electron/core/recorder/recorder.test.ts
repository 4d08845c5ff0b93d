import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeLock } from '../stores/file-lock';
import { exportRecording } from './export-recording';
import { lastLook } from './last-look';
import { openFolder, openRecording } from './recording';
import { listSegments, recordingDir } from './segment-files';
import { TestWatch } from './testing/test-watch';

const made: string[] = [];
const folder = async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'patronus-recorder-'));
  made.push(dir);
  return dir;
};
afterAll(() => Promise.all(made.map((dir) => rm(dir, { recursive: true }))));

test('what was recorded is played at every moment as it was, also from one exported file', async () => {
  const dir = await folder();
  const watch = new TestWatch();
  const recorder = watch.recorder(dir);
  await recorder.start();
  const truth: { at: number; hosts: unknown }[] = [];
  for (let look = 0; look < 400; look++) {
    watch.look(recorder, look % 2 ? 'web' : 'db', 7_000, `output ${look}`, look);
    truth.push({ at: watch.now, hosts: structuredClone(watch.snapshot().hosts) });
  }
  await recorder.close();
  const file = path.join(dir, 'x.patronus-recording');
  await exportRecording(dir, file);
  for (const name of [dir, file]) {
    const recording = await openRecording(name);
    expect(recording.damage()).toBeNull();
    for (const { at, hosts } of truth.filter((_, index) => index % 37 === 0 || index === 399)) {
      const moment = await recording.at(at);
      expect(moment.snapshot).toEqual({ estate: 'patronus', takenAt: at, periodMs: 3000, hosts });
      expect(moment.estate.hosts.map(({ id }) => id)).toEqual(['web', 'db']);
    }
    expect(await recording.timeLine()).toMatchObject({ to: truth.at(-1)?.at, gaps: [] });
  }
});

test('an output that changes at every look is kept once a minute, and says its own time', async () => {
  const dir = await folder();
  const watch = new TestWatch();
  const recorder = watch.recorder(dir);
  await recorder.start();
  const began = watch.now;
  for (let look = 0; look < 60; look++) watch.look(recorder, 'db', 3_000, `output ${look}`, look);
  await recorder.close();
  const text = await readFile((await listSegments(dir))[0]?.file ?? '', 'utf8');
  expect(text.match(/"k":"raw"/g)).toHaveLength(3);
  const { at, raw } = (await openFolder(dir).at(began + 50_000)).evidenceOf('db', 'host.poll') ?? {};
  expect([at, raw]).toEqual([began + 3_000, 'output 0']);
});

test('a full day: raw outputs go first, then looks are thinned out, then nothing; each is a gap', async () => {
  const dir = await folder();
  const watch = new TestWatch();
  const recorder = watch.recorder(dir, { budget: { dayBytes: 20_000, days: 14 } });
  await recorder.start();
  for (let look = 0; look < 1500; look++)
    watch.look(recorder, 'db', 1_500, `${look} `.padEnd(2_000, 'x'), look);
  await recorder.close();
  const line = await openFolder(dir).timeLine();
  const whys = line?.gaps.map(({ why }) => why);
  expect(whys).toEqual(expect.arrayContaining(['no-raw', 'coarse', 'nothing']));
  const bytes = (await listSegments(dir)).reduce((sum, one) => sum + one.bytes, 0);
  expect(bytes).toBeLessThan(24_000);
});

test('hours are compressed, and what is older than its days is removed', async () => {
  const dir = await folder();
  const watch = new TestWatch();
  const recorder = watch.recorder(dir, { budget: { dayBytes: 50_000_000, days: 1 } });
  await recorder.start();
  for (let hour = 0; hour < 30; hour++) watch.look(recorder, 'db', 3_600_000);
  await recorder.close();
  const files = await listSegments(dir);
  expect(files.filter((one) => !one.sealed)).toHaveLength(1);
  expect(files.length).toBeLessThanOrEqual(26);
  expect(files[0]?.started).toBeGreaterThan(watch.now - 26 * 3_600_000);
  expect((await stat(files[0]?.file ?? '')).mode & 0o777).toBe(0o600);
});

test('one writes, the other waits; a lock of a process that is gone holds nobody', async () => {
  const dir = await folder();
  const watch = new TestWatch();
  const [one, two] = [watch.recorder(dir), watch.recorder(dir)];
  await one.start();
  await two.start();
  expect([one.writing, two.writing]).toEqual([true, false]);
  watch.look(two, 'db', 3_000);
  await two.close();
  expect(await listSegments(dir)).toEqual([]);
  await one.close();
  const lock = path.join(dir, 'lock');
  await writeFile(lock, '4194999 1\n');
  const taken = await takeLock(lock);
  expect(taken).not.toBeNull();
  expect(await takeLock(lock)).toBeNull();
  await taken?.release();
  expect(await readdir(dir)).toEqual([]);
});

test('a torn line is cut when the recording goes on, and the hour goes on in the same file', async () => {
  const dir = await folder();
  const watch = new TestWatch();
  const first = watch.recorder(dir);
  await first.start();
  watch.look(first, 'db', 3_000, 'a', 1);
  watch.look(first, 'db', 3_000, 'a', 2);
  await first.close();
  const [segment] = await listSegments(dir);
  const file = segment?.file ?? '';
  await appendFile(file, '{"k":"change","t":');
  const second = watch.recorder(dir);
  await second.start();
  watch.look(second, 'web', 3_000, 'b', 3);
  await second.close();
  expect(await listSegments(dir)).toHaveLength(1);
  const moment = await openFolder(dir).at(watch.now);
  expect(Object.values(moment.snapshot.hosts).map(({ state }) => state)).toEqual(['answered', 'answered']);
});

test('a damaged file plays as far as it can be read, and says where it stops', async () => {
  const dir = await folder();
  const watch = new TestWatch();
  const recorder = watch.recorder(dir);
  await recorder.start();
  for (let look = 0; look < 600; look++) watch.look(recorder, 'db', 3_000, `${Math.random()}`, look);
  await recorder.close();
  const file = path.join(dir, 'x.patronus-recording');
  const bytes = await exportRecording(dir, file);
  await truncate(file, Math.floor(bytes * 0.7));
  const cut = await openRecording(file);
  expect(cut.damage()).toMatchObject({ code: 'E_RECORDING_DAMAGED', params: { file } });
  expect((await cut.at(watch.now)).snapshot.hosts.db?.state).toBe('answered');
  await writeFile(file, 'no recording at all');
  await expect(openRecording(file)).rejects.toMatchObject({ error: { code: 'E_RECORDING_FILE' } });
  await writeFile(file, '{"k":"head","t":1,"format":99,"product":"9","estate":"x","yaml":"","periodMs":1}\n');
  await expect(openRecording(file)).rejects.toMatchObject({ error: { code: 'E_RECORDING_FORMAT' } });
  await expect(openRecording(path.join(dir, 'none'))).rejects.toMatchObject({
    error: { code: 'E_RECORDING_FILE' },
  });
});

test('the last look fills in what the newest recording had not asked yet, per estate file', async () => {
  const dataDir = await folder();
  expect(await lastLook(dataDir, '/x/a.yaml')).toBeNull();
  const watch = new TestWatch();
  const dir = recordingDir(dataDir, '/x/a.yaml');
  const first = watch.recorder(dir);
  await first.start();
  watch.look(first, 'web', 3_000, 'a', 1);
  watch.look(first, 'db', 3_000, 'a', 2);
  await first.close();
  const before = watch.now;
  const again = new TestWatch();
  again.now = before + 2 * 3_600_000;
  const second = again.recorder(dir);
  await second.start();
  again.look(second, 'db', 3_000, 'a', 9);
  await second.close();
  const look = await lastLook(dataDir, '/x/a.yaml');
  expect(look?.takenAt).toBe(again.now);
  const loads = Object.entries(look?.hosts ?? {}).map(([id, reading]) => [
    id,
    reading.state === 'answered' && reading.answer.facts['host.load']?.value,
  ]);
  expect(loads).toEqual([
    ['web', 1],
    ['db', 9],
  ]);
  expect(await lastLook(dataDir, '/y/a.yaml')).toBeNull();
});
