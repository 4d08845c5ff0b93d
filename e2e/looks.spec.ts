import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { frame, PLACES, type Place } from './pages/frame';
import { topology } from './pages/topology';
import { type Console, expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { estateCopy } from './support/estate';
import { lab } from './support/lab';

/** Every place in both languages and both themes: pictures for people, and rules that a machine can check. */

const SCREENS = join(ROOT, 'test-results/e2e/screens');
const LANGUAGES = ['en', 'fr'] as const;
const THEMES = ['dark', 'light'] as const;
const WIDE = { width: 1440, height: 900 };
const SMALLEST = { width: 1180, height: 720 };

let console_: Console;

test.beforeAll(async () => {
  await lab.mend();
  mkdirSync(SCREENS, { recursive: true });
  console_ = await launch({ estate: estateCopy() });
  await expect.poll(topology(console_.page).healths).toEqual({ web: 'up', db: 'up', files: 'up' });
  // A number per server needs two looks: a picture without numbers shows nothing.
  await expect(console_.page.locator('.card .num-unit', { hasText: 'no reading' })).toHaveCount(0, {
    timeout: 20_000,
  });
});
test.afterAll(() => console_?.close());

async function settle(language: string, theme: string, size = WIDE): Promise<Page> {
  const { page } = console_;
  await page.setViewportSize(size);
  const html = page.locator('html');
  if ((await html.getAttribute('lang')) !== language) await page.keyboard.press('Control+Shift+L');
  if ((await html.getAttribute('data-theme')) !== theme) await page.keyboard.press('Control+Shift+T');
  await expect(html).toHaveAttribute('lang', language);
  await expect(html).toHaveAttribute('data-theme', theme);
  return page;
}

/** Rules of accessibility that are broken, each with the first element that breaks it. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 160)}`);
}

/**
 * Texts of which a part cannot be seen: wider than their own box, or reaching out of a box that hides what is outside
 * of it. What can be scrolled to can be seen; the graph may be moved.
 */
const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isText = (element: Element) =>
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
    const hides = (element: Element) => /hidden|clip/.test(getComputedStyle(element).overflowX);
    const over = (element: HTMLElement): number => {
      const { display } = getComputedStyle(element);
      if (display !== 'inline' && element.clientWidth > 0) {
        const own = element.scrollWidth - element.clientWidth;
        if (own > 1) return own;
      }
      if (element.closest('.canvas')) return 0;
      const { right } = element.getBoundingClientRect();
      for (let box = element.parentElement; box; box = box.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return 0;
        if (hides(box)) return right - box.getBoundingClientRect().right;
      }
      return right - window.innerWidth;
    };
    return [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
      if (!isText(element) || element.closest('.visually-hidden, .skip, svg')) return [];
      if (/auto|scroll/.test(getComputedStyle(element).overflowX)) return [];
      const by = Math.round(over(element));
      const text = element.textContent?.slice(0, 60);
      return by > 1 ? [`${element.className || element.tagName}: “${text}” by ${by} px`] : [];
    });
  });

/** Not in the middle of a fade. */
const atRest = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished));
  });

const picture = async (page: Page, name: string) => {
  await atRest(page);
  await page.screenshot({ path: join(SCREENS, `${name}.png`) });
};

/** What is looked at, by name: a place, or something opened in one. */
const VIEWS: Record<string, (page: Page) => Promise<void>> = {
  ...Object.fromEntries(PLACES.map((place: Place) => [place, (page: Page) => frame(page).go(place)])),
  'topology-table': async (page) => {
    await frame(page).go('topology');
    await page.keyboard.press('T');
    await topology(page).tables.waitFor();
  },
  'topology-drawer': async (page) => {
    await frame(page).go('topology');
    const open = await topology(page).open('db');
    await open.finding('NO_REPLICA').click();
  },
  keys: async (page) => {
    await frame(page).go('topology');
    await page.keyboard.press('?');
  },
  palette: async (page) => {
    await frame(page).go('topology');
    await page.keyboard.press('Control+K');
  },
};

const leave = async (page: Page) => {
  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    window.location.hash = '#/topology';
  });
};

for (const language of LANGUAGES)
  for (const theme of THEMES)
    test(`${language}, ${theme}: nothing is clipped, and axe finds nothing`, async () => {
      test.setTimeout(90_000);
      const found: string[] = [];
      const look = async (name: string, open: (page: Page) => Promise<void>, size: typeof WIDE) => {
        const page = await settle(language, theme, size);
        await open(page);
        await picture(page, `${name}-${language}-${theme}-${size.width}x${size.height}`);
        const rules = size === WIDE ? await violations(page) : [];
        for (const fault of [...rules, ...(await clipped(page))])
          found.push(`${name} ${size.width}: ${fault}`);
        await leave(page);
      };
      for (const [name, open] of Object.entries(VIEWS)) await look(name, open, WIDE);
      for (const place of ['topology', 'topology-drawer', 'plan', 'replication'])
        await look(place, VIEWS[place] ?? (async () => {}), SMALLEST);
      expect(found).toEqual([]);
    });

test('states that are not well look as they are', async () => {
  test.setTimeout(120_000);
  const page = await settle('en', 'dark');
  await lab.fault('kill', 'web', 'apache');
  await lab.fault('cut-console', 'db');
  await lab.fault('freeze', 'files', 'samba');
  await expect
    .poll(topology(page).healths, { timeout: 50_000 })
    .toEqual({ web: 'down', db: 'unknown', files: 'degraded' });
  const found: string[] = [];
  const look = async (shown: Page, name: string) => {
    await picture(shown, name);
    for (const fault of [...(await violations(shown)), ...(await clipped(shown))])
      found.push(`${name}: ${fault}`);
  };
  for (const language of LANGUAGES)
    for (const theme of THEMES) {
      const shown = await settle(language, theme);
      await frame(shown).go('topology');
      await look(shown, `faults-${language}-${theme}`);
      await topology(shown).open('db');
      await look(shown, `faults-drawer-${language}-${theme}`);
      await frame(shown).go('replication');
      await look(shown, `faults-replication-${language}-${theme}`);
    }
  await settle('en', 'dark');
  await lab.mend();
  expect(found).toEqual([]);
});

test('without an estate, and with one that is refused', async () => {
  await console_.close();
  for (const [name, estate] of [
    ['empty', undefined],
    ['refused', estateCopy((document) => document.set('servicse', []))],
  ] as const) {
    console_ = await launch(estate === undefined ? {} : { estate });
    for (const language of LANGUAGES) {
      const page = await settle(language, 'dark');
      await page.getByTestId(name === 'empty' ? 'empty-state' : 'refused-estate').waitFor();
      await picture(page, `${name}-${language}-dark`);
      expect(await violations(page)).toEqual([]);
      expect(await clipped(page)).toEqual([]);
    }
    await console_.close();
  }
});
