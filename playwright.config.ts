import { defineConfig } from '@playwright/test';

/**
 * The built console in the real Electron against a real lab: `npm test -- --suite e2e`. One worker, because there
 * is one lab and its faults are everybody's; no retries, because a test that passes at the second try has failed.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/global-setup.ts',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
