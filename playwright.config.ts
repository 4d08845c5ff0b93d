import { defineConfig } from '@playwright/test';

/**
 * The built console in the real Electron against a real lab: `npm test -- --suite e2e`. One worker, because there
 * is one lab and its faults are everybody's. No retries where somebody watches; an unattended run tries once more,
 * and the summary names what passed at the second try only.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/global-setup.ts',
  workers: 1,
  retries: process.env.PATRONUS_UNATTENDED === '1' ? 1 : 0,
  forbidOnly: process.env.CI !== undefined,
  // ten times what the slowest takes on a machine of its own: the lab's tests run beside these
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
