import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repositoryRoot } from '../../lab/engine/paths';
import { run } from '../../lab/engine/run';
import { type Fleet, startFleet } from './fleet';
import { consoleSweep } from './sweep';

const PORT = 2541;
/** The proportions of the thousand; `npm run soak -- sweep` does them all, twenty times. */
const HOSTS = 600;
const [HUNG, REFUSING, GOOD] = [HOSTS / 10, HOSTS / 10, (HOSTS / 10) * 8];
/** Ten times the goal for so many hosts: a busy machine is no failure of the console. */
const SWEEP_SECONDS = 60;
/** More silent hosts than may log in at once are asked first: were they waited for, nobody would be seen before. */
const SEEN_BEFORE = GOOD / 20;

let folder: string;
let fleet: Fleet;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'patronus-f16-'));
  fleet = await startFleet(folder, HOSTS, { program: await bundle(), port: PORT, hungFirst: true });
});
afterAll(async () => {
  await fleet?.close();
  await rm(folder, { recursive: true, force: true });
});

it(`F16 ${HOSTS} hosts, a tenth hung, a tenth refusing: all told, in bounded time and memory, the hung hold up nobody`, async () => {
  const sweep = await consoleSweep(fleet);
  const { seconds, goodSeconds, goodBeforeHung, counts, codes, delay } = sweep;
  const memory = Math.round(delay.rss / 1e6);
  console.log(
    `F16: all ${seconds.toFixed(1)} s, good ${goodSeconds.toFixed(1)} s, ${goodBeforeHung} before a hung one, ${memory} MB`,
  );
  expect(counts).toEqual({
    good: { answered: GOOD, unreachable: 0 },
    hung: { answered: 0, unreachable: HUNG },
    refusing: { answered: 0, unreachable: REFUSING },
  });
  expect(codes).toEqual({ E_SSH_NO_BANNER: HUNG, E_TCP_REFUSED: REFUSING });
  expect(goodBeforeHung).toBeGreaterThan(SEEN_BEFORE);
  expect(seconds).toBeLessThan(SWEEP_SECONDS);
  expect(memory).toBeLessThan(1_000);
}, 240_000);

/** Today's sources, beside the ordinary build: servers run in processes of their own, as the bench has them. */
async function bundle(): Promise<string> {
  const root = repositoryRoot();
  const out = path.join(folder, 'bench');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const config = path.join(root, 'vite.node.config.ts');
  const where = ['--outDir', out, '--emptyOutDir', '--logLevel', 'error', root];
  await run([process.execPath, vite, 'build', '-c', config, '--mode', 'bench', ...where]);
  return path.join(out, 'bench.mjs');
}
