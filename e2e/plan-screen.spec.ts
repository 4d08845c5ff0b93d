import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { frame } from './pages/frame';
import { plan } from './pages/plan';
import { topology } from './pages/topology';
import { callFromPage } from './support/bridge';
import { type Console, expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { estateCopy } from './support/estate';
import { lab } from './support/lab';

/** The Plan place: its parts, what an edit would change, where a number comes from, the simulation, the drawing of what-if. */

const SCREENS = join(ROOT, 'test-results/e2e/screens');
const PARTS = ['overview', 'assumptions', 'targets', 'readiness', 'timeline', 'what-if'] as const;

let console_: Console;

test.beforeAll(async () => {
  await lab.mend();
  mkdirSync(SCREENS, { recursive: true });
  console_ = await launch({ estate: estateCopy() });
  await expect.poll(topology(console_.page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
});
test.afterAll(() => console_?.close());

const opened = (page: Page) => page.getByTestId('opened');

interface Answer<T> {
  ok: boolean;
  value: T;
}

/** Values by unit: what they are does not matter here, only that there are some. */
const VALUES: Readonly<Record<string, number>> = {
  'Mbit/s': 1000,
  'GB/day': 20,
  files: 2_000_000,
  'files/day': 30_000,
  'MB/s': 60,
};

/** A person has entered everything that the plan waits for. */
async function fill(page: Page): Promise<void> {
  const asked = (await callFromPage(page, 'plan.get')) as Answer<{
    assumptions: { path: string; value: number | null; unit: string }[];
  }>;
  for (const { path, value, unit } of asked.value.assumptions) {
    if (value !== null || !/^(assumptions|dataSets|steps|undo)\//.test(path)) continue;
    const share = unit === '%' ? 99.9 : 4;
    const quantity = { value: VALUES[unit] ?? share, unit, source: 'assumed', by: 'ana' };
    const range = unit === 'min' ? { range: { low: 2, high: 8 } } : {};
    await callFromPage(page, 'ledger.set', { path, quantity: { ...quantity, ...range } });
  }
}

test('its parts are walked through by key, and H and W go straight to theirs', async () => {
  const { page } = console_;
  await frame(page).go('plan');
  const tab = (name: string) => page.getByTestId(`tab-${name}`);
  await tab('overview').focus();
  for (const part of PARTS.slice(1)) {
    await page.keyboard.press('ArrowRight');
    await expect(tab(part)).toHaveAttribute('aria-selected', 'true');
    await expect(tab(part)).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(tab('overview')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('h');
  await expect(page.getByTestId('ledger')).toBeVisible();
  await page.keyboard.press('w');
  await expect(page.getByTestId('what-if')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('an edit shows what it would change before anything is kept', async () => {
  const { page } = console_;
  await frame(page).go('plan');
  const view = plan(page);
  await view.tab('assumptions');
  await view.type('assumptions/linkRate', '1000');
  const change = page.getByTestId('entered-change');
  await expect(change).toContainText(/unknown → 1.000.Mbit\/s/);
  await expect(change).toContainText('Verdict');
  // What cannot be meant is said at the field, and cannot be kept.
  await view.form.getByRole('textbox').first().fill('-5');
  await expect(view.form).toContainText('below zero');
  await expect(view.form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(view.form).toBeHidden();
  await expect(view.row('assumptions/linkRate')).toContainText('unknown');
});

test('the simulation replaces the estimate, with its runs and its seed; every card opens to its sources', async () => {
  test.setTimeout(120_000);
  const { page } = console_;
  await fill(page);
  await page.reload();
  await page.locator('main').waitFor();
  await frame(page).go('plan');
  await expect(page.getByTestId('method')).toHaveAttribute('data-method', 'simulation', { timeout: 60_000 });
  await expect(page.getByTestId('method')).toContainText(/40.000 simulated runs, seed 1/);
  await expect(page.getByTestId('heaviest').locator('.weight').first()).toBeVisible();
  expect(console_.trouble.refusals).toEqual([]);

  await page.locator('[data-figure="outage"]').first().focus();
  await page.keyboard.press('e');
  await expect(opened(page)).toContainText('PERT');
  await expect(opened(page).locator('[data-source="assumed"]').first()).toBeVisible();
  await expect(opened(page).locator('[data-source="reference"]').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened(page)).toBeHidden();
  await expect(page.locator('[data-figure="outage"]').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(opened(page)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('what-if is a drawing under a frame of its own, in which nothing acts', async () => {
  const { page } = console_;
  await frame(page).go('plan');
  await page.keyboard.press('w');
  const drawing = page.getByTestId('what-if');
  await expect(drawing).toContainText('A drawing. Nothing is sent to any server.');
  await drawing.locator('[data-node="db"]').focus();
  await page.keyboard.press('x');
  await expect(drawing.locator('[data-node="db"]')).toHaveAttribute('data-mark', 'stopped');
  await expect(page.getByTestId('changes').locator('li')).toHaveCount(1);
  // The live picture is as it was: the drawing has stopped nothing.
  expect((await lab.sql('SELECT 1')).trim()).toContain('1');
  await page.keyboard.press('Control+z');
  await expect(drawing.locator('[data-node="db"]')).toHaveAttribute('data-mark', 'unaffected');
  await page.keyboard.press('Escape');
  await expect(drawing).toBeHidden();
});

test('one file alone runs as a worker, and no second policy lets another through', async () => {
  const { page } = console_;
  await expect(page.locator('main')).toBeVisible();
  const tried = await page.evaluate(async () => {
    const nameOf = (work: () => unknown) => {
      try {
        work();
        return 'allowed';
      } catch (thrown) {
        return thrown instanceof Error ? thrown.name : 'thrown';
      }
    };
    const { trustedTypes } = window as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): void };
    };
    return {
      again: nameOf(() =>
        trustedTypes.createPolicy('plan-worker', { createScriptURL: (url: string) => url }),
      ),
      byName: nameOf(() => new Worker('/assets/plan-worker.js')),
      blob: nameOf(() => new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))),
    };
  });
  expect(tried).toEqual({ again: 'TypeError', byName: 'TypeError', blob: 'TypeError' });
  const policy = await console_.app.evaluate(async ({ session }) => {
    const reply = await session.defaultSession.fetch('app://console/assets/plan-worker.js');
    return reply.headers.get('content-security-policy');
  });
  expect(policy).toBe("default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
});

for (const language of ['en', 'fr'] as const)
  for (const theme of ['dark', 'light'] as const)
    test(`${language}, ${theme}: axe finds nothing in any part`, async () => {
      test.setTimeout(120_000);
      const { page } = console_;
      const html = page.locator('html');
      if ((await html.getAttribute('lang')) !== language) await page.keyboard.press('Control+Shift+L');
      if ((await html.getAttribute('data-theme')) !== theme) await page.keyboard.press('Control+Shift+T');
      await expect(html).toHaveAttribute('lang', language);
      await expect(html).toHaveAttribute('data-theme', theme);
      await frame(page).go('plan');
      const found: string[] = [];
      for (const [width, height] of [
        [1440, 900],
        [1180, 720],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const part of PARTS) {
          await plan(page).tab(part);
          await page.evaluate(async () => {
            await Promise.all(document.getAnimations().map((animation) => animation.finished));
          });
          await page.screenshot({ path: join(SCREENS, `plan-${part}-${language}-${theme}-${width}.png`) });
          if (width !== 1440) continue;
          const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
          for (const { id, nodes } of violations)
            found.push(`${part}: ${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 160)}`);
        }
      }
      expect(found).toEqual([]);
    });
