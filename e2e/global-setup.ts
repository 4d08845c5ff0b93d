import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleArgvs } from './support/argv-sampler';
import { scanForCanaries } from './support/canary-scan';
import { lab, labGone, labUp } from './support/lab';

/**
 * A lab for this run alone, gone afterwards: these tests kill servers, and nobody's own lab should pay for that.
 * PATRONUS_E2E_LAB names the base of one to use and to keep instead. The last thing before it goes is the scan for
 * secrets that got out.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const kept = process.env.PATRONUS_E2E_LAB;
  const unique = randomBytes(6).toString('hex');
  const base = kept ?? join(tmpdir(), `patronus-e2e-lab-${unique}`);
  const canaries = join(tmpdir(), `patronus-e2e-canaries-${unique}`);
  const gone = async () => {
    rmSync(canaries, { force: true });
    if (kept === undefined) await labGone(base);
  };
  const since = Date.now();
  writeFileSync(canaries, '', { mode: 0o600 });
  process.env.PATRONUS_E2E_CANARIES = canaries;
  const argvs = sampleArgvs();
  try {
    await labUp(base);
    process.env.PATRONUS_E2E_LAB = base;
    // What a server writes down of each statement is where a password would show. Persistent: tests kill the server.
    await lab.sql(
      "SET PERSIST general_log_file = '/var/log/mysql/general.log'; SET PERSIST general_log = ON;",
    );
  } catch (error) {
    argvs();
    await gone();
    throw error;
  }
  return async () => {
    try {
      await lab.mend();
      await scanForCanaries({ since, argvs });
    } finally {
      argvs();
      await gone();
    }
  };
}
