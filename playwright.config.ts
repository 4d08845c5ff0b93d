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
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
