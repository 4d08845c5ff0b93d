import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { frame } from './pages/frame';
import { topology } from './pages/topology';
import { callFromPage } from './support/bridge';
import { expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { estateCopy, folder } from './support/estate';
import { lab } from './support/lab';

/** A recording opens without any server and can be walked through; so can the console's own, while it watches. */

const SHIPPED = join(ROOT, 'estates/recordings/patronus-lab.patronus-recording');
const past = (page: Page) => page.getByTestId('past-line');
const track = (page: Page) => page.getByTestId('track');

test('the recording that ships: through its faults by keys, and nothing can be asked from it', async () => {
  const recording = join(folder('recording'), 'patronus-lab.patronus-recording');
  copyFileSync(SHIPPED, recording);
  const console = await launch({ switches: [`--recording=${recording}`] });
  const { page } = console;
  const { node } = topology(page);
  await expect(page.getByTestId('recording-chip')).toContainText('Recording of patronus');
  await expect(page).toHaveTitle(/Recording of patronus/);
  await expect(past(page)).toContainText(/as known at \d\d:\d\d:\d\d/);
  expect(await page.getByTestId('track-mark').count()).toBeGreaterThanOrEqual(10);

  await track(page).focus();
  await page.keyboard.press('Home');
  await expect(node('web').locator('.card')).not.toHaveAttribute('data-health', 'down');
  const atStart = await past(page).textContent();
  await page.keyboard.press(']');
  await expect(node('web').locator('.card')).toHaveAttribute('data-health', 'down');
  await expect(page.getByTestId('scrubber')).toContainText('web is down');
  await expect(past(page)).not.toHaveText(atStart ?? '');
  await expect(track(page)).toHaveAttribute('aria-valuetext', /web is down/);
  await page.keyboard.press(']');
  await expect(node('web').locator('.card')).toHaveAttribute('data-health', 'up');
  await page.keyboard.press('[');
  await expect(node('web').locator('.card')).toHaveAttribute('data-health', 'down');

  // Evidence of that moment, with its age as it was then.
  const drawer = await topology(page).open('web');
  await expect(drawer.finding('SERVICE_DOWN')).toBeVisible();
  await topology(page).whole();

  await page.keyboard.press('Control+K');
  const options = frame(page).palette.getByRole('option');
  await frame(page).palette.getByRole('combobox').fill('Look at');
  await expect(options).toHaveCount(0);
  await page.keyboard.press('Escape');
  await frame(page).palette.waitFor({ state: 'hidden' });
  expect(await callFromPage(page, 'watch.look', {})).toMatchObject({
    ok: false,
    error: { code: 'E_NOT_LIVE' },
  });
  expect(await callFromPage(page, 'app.info')).toMatchObject({ ok: true, value: { egress: 'offline' } });

  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  await page.keyboard.press('\\');
  await expect(node('web').locator('.card')).toHaveAttribute('data-health', 'up');
  await page.keyboard.press('Control+Shift+L');
  await expect(past(page)).toContainText('tel que connu à');
  expect(console.trouble).toEqual({ refusals: [], errors: [], dialogs: [], requests: [] });
  await console.close();
});

test('back to before a fault and live again, while the console goes on watching', async () => {
  const console = await launch({ estate: estateCopy() });
  const { page } = console;
  const { node } = topology(page);
  const health = (of: string) =>
    expect(node('web').locator('.card')).toHaveAttribute('data-health', of, { timeout: 30_000 });
  await health('up');
  await page.waitForTimeout(4_000);
  try {
    await lab.fault('kill', 'web', 'apache');
    await health('down');
    await expect(page.getByTestId('track-mark')).not.toHaveCount(0);
    await track(page).focus();
    await page.keyboard.press('Home');
    await expect(past(page)).toContainText('as known at');
    await expect(past(page)).toContainText('Nothing is sent to any server.');
    await expect(node('web').locator('.card')).not.toHaveAttribute('data-health', 'down');
    // The mouse reaches every moment too: to the right end is live.
    const box = await track(page).boundingBox();
    if (!box) throw new Error('the track is not drawn');
    await page.mouse.click(box.x + box.width - 1, box.y + 30);
    await page
      .getByTestId('back-to-live')
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await expect(past(page)).toHaveCount(0);
    await health('down');
  } finally {
    await lab.fault('start', 'web', 'apache');
  }
  await health('up');
  await console.close();
});
