import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFolder } from './recording';
import { listSegments } from './segment-files';

const HERE = import.meta.dirname;
/** A soak asks for more. */
const ROUNDS = Number(process.env.PATRONUS_KILLS ?? 15);
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'patronus-killed-'));
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': path.resolve(HERE, '../../../shared') } },
    ssr: { noExternal: true },
    build: {
      ssr: path.join(HERE, 'testing/record-until-killed.ts'),
      outDir: path.join(dir, 'program'),
      target: 'node20',
    },
  });
}, 30_000);
afterAll(() => rm(dir, { recursive: true }));

test(`killed ${ROUNDS} times at any moment, the recording opens and goes on`, {
  timeout: ROUNDS * 4_000,
}, async () => {
  const recording = path.join(dir, 'recording');
  let earlier = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const program = path.join(dir, 'program/record-until-killed.js');
    const child = spawn(process.execPath, [program, recording, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await pause(5 + ((round * 37) % 90));
    child.kill('SIGKILL');
    await once(child, 'close');
    const opened = openFolder(recording);
    const line = await opened.timeLine();
    const moment = await opened.at(Number.MAX_SAFE_INTEGER);
    expect(opened.damage(), `round ${round}`).toBeNull();
    // What went to disk before the kill is there, and nothing of the rounds before is lost but by its age.
    expect(line?.to, `round ${round}`).toBeGreaterThan(earlier);
    expect(moment.at).toBe(line?.to);
    expect(Object.keys(moment.snapshot.hosts)).toEqual(['web', 'db']);
    earlier = line?.to ?? 0;
  }
  expect((await listSegments(recording)).length).toBeGreaterThan(0);
});
