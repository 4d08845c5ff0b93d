import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labGone, labUp } from './support/lab';

/**
 * A lab for this run alone, gone afterwards: these tests kill servers, and nobody's own lab should pay for that.
 * PATRONUS_E2E_LAB names the base of one to use and to keep instead.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const kept = process.env.PATRONUS_E2E_LAB;
  const base = kept ?? join(tmpdir(), `patronus-e2e-lab-${randomBytes(6).toString('hex')}`);
  const gone = async () => {
    if (kept === undefined) await labGone(base);
  };
  try {
    await labUp(base);
  } catch (error) {
    await gone();
    throw error;
  }
  process.env.PATRONUS_E2E_LAB = base;
  return gone;
}
