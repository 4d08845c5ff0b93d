import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readJournal } from './read';
import { verifyJournal } from './verify';

const KILLS = 50;
const folder = mkdtempSync(path.join(tmpdir(), 'patronus-crash-'));
const dataDir = path.join(folder, 'data');
const program = path.join(folder, 'program.mjs');

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': path.resolve(import.meta.dirname, '../../../shared') } },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: path.join(import.meta.dirname, 'testing/committing-program.ts'),
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs one round and kills it `afterMs` after its first commit. Gives the last step that it was allowed to act on. */
function round(number: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [program, dataDir, `${number}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    said += text;
  });
  return new Promise((resolve) => {
    child.once('close', () => resolve(Number(said.trim().split('\n').at(-1))));
  });
}

it(`killed ${KILLS} times at any moment, it loses no record that an effect may have followed`, async () => {
  const acted: number[] = [];
  for (let number = 0; number < KILLS; number += 1) {
    // From the first commit to well into the routine of writing, in uneven steps.
    acted.push(await round(number, (number * 13) % 90));
    const { lanes } = await verifyJournal(dataDir);
    expect(['torn-tail', undefined]).toContain(lanes[0]?.broken?.why);
  }
  const found = new Map<string, Set<string>>();
  let unclean = 0;
  for await (const { what } of readJournal(dataDir, {}, new AbortController().signal)) {
    if (what.kind === 'intent') found.set(what.run, (found.get(what.run) ?? new Set()).add(what.step));
    if (what.kind === 'gap' && what.reason === 'unclean-end') unclean += 1;
  }
  const lost = acted.flatMap((last, number) =>
    Array.from({ length: last + 1 }, (_, step) => `${step}`)
      .filter((step) => !found.get(`${number}`)?.has(step))
      .map((step) => `${number}.${step}`),
  );
  expect(lost).toEqual([]);
  expect(acted.reduce((all, last) => all + last, 0)).toBeGreaterThan(KILLS);
  // Each start but the first found the lane of the one before, and said how that had ended.
  expect(unclean).toBe(KILLS - 1);
  expect(readdirSync(path.join(dataDir, 'journal'))).toEqual(['1']);
  // The last round's tail may be torn: the next start would cut it off and say so.
  const [lane] = (await verifyJournal(dataDir)).lanes;
  expect(['torn-tail', undefined]).toContain(lane?.broken?.why);
}, 120_000);
