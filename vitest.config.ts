import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { longestFirst } from './scripts/lib/test-order.mjs';

/** No test opens a socket to anything but this machine, also when vitest is started by hand. */
const env = { PATRONUS_EGRESS: 'loopback' };
const alias = { '@shared': resolve(import.meta.dirname, 'shared') };

/** As vitest would, but for the files that take minutes: they begin first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return longestFirst(await super.sort(files), ({ moduleId }) => moduleId);
  }
}

/**
 * unit: pure and local, in seconds. lab: against real servers, run by `npm test`. A lab test waits for servers most
 * of its time, so two files run at once: each has a lab of its own, with a folder and a port that nobody else has.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          env,
          // some ask a real sshd or a real program, which a busy machine starts late
          testTimeout: 20_000,
          include: ['{shared,electron,renderer,lab,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.lab.test.ts', 'node_modules/**', 'out/**'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'lab',
          env,
          include: ['{electron,lab,bench}/**/*.lab.test.ts'],
          globalSetup: ['lab/test-setup.ts'],
          // four times what the slowest takes on a machine of its own
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // As with the end-to-end tests: where nobody watches, a test against servers is tried once more, and says so.
          retry: process.env.PATRONUS_UNATTENDED === '1' ? 1 : 0,
        },
      },
    ],
  },
});
