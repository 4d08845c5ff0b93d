import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { manyHosts } from '@shared/topology/many.test-kit';
import { stringify } from 'yaml';
import { type Console, expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { folder, privateFile } from './support/estate';

/** The picture of a wide estate: groups, search, focus, keys; and the five estates without an overlap. */

const OFFLINE = { PATRONUS_EGRESS: 'offline' };
const ESTATES = ['patronus', 'embassy', 'longjump', 'parking', 'software-servers'];
let console_: Console;

const open = async (file: string): Promise<Page> => {
  console_ = await launch({ estate: file, env: OFFLINE });
  await console_.page.locator('.box').first().waitFor();
  return console_.page;
};
test.afterEach(() => console_?.close());

const many = (hosts: number, links: number): string =>
  privateFile(join(folder('estate'), 'many.yaml'), stringify(manyHosts({ hosts, links })));
const group = (page: Page, id: string) => page.getByTestId(`group-${id}`);
const violations = async (page: Page): Promise<string[]> => {
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.violations.map(({ id, nodes }) => `${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 160)}`);
};

/** Texts of links that lie on each other, on a card, or are cut. */
const overlaps = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const rects = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((element) => ({
        name: `${selector} ${element.textContent}`,
        cut: element.scrollWidth - element.clientWidth > 1,
        box: element.getBoundingClientRect(),
      }));
    const texts = rects('.plane .link-text');
    const others = [...rects('.plane .stop'), ...rects('.box')];
    const on = (a: DOMRect, b: DOMRect) =>
      a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
    return texts.flatMap((text, i) => [
      ...(text.cut ? [`${text.name} is cut`] : []),
      ...[...texts.slice(i + 1), ...others]
        .filter((other) => on(text.box, other.box))
        .map((other) => `${text.name} on ${other.name}`),
    ]);
  });

test('500 servers: tiles with counts, search goes to one and opens its group, Esc goes back', async () => {
  const page = await open(many(500, 800));
  await expect(page.locator('.box-group')).toHaveCount(24);
  await expect(page.locator('.box-row')).toHaveCount(0);
  await expect(group(page, 'site-1/web')).toContainText('33');

  await page.keyboard.press('/');
  await page.keyboard.type('web-125');
  await expect(page.locator('.filter-found')).toContainText('1 found');
  await page.keyboard.press('Enter');
  const row = page.getByTestId('node-web-125');
  await expect(row).toHaveClass(/box-selected/);
  await expect(row).toBeInViewport();
  await expect(page.getByTestId('drawer')).toBeVisible();
  // Its neighbourhood stays lit, the rest steps back.
  await expect(page.locator('.line-tail').first()).toBeAttached();
  await expect(page.getByTestId('node-web-121')).toHaveClass(/box-dimmed/);

  await page.getByRole('searchbox').press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('drawer')).toBeHidden();
  await expect(page.locator('.box-dimmed')).toHaveCount(0);
});

test('500 servers by keys alone: arrows between tiles, Enter opens and folds, and axe finds nothing', async () => {
  test.setTimeout(120_000);
  const page = await open(many(500, 800));
  await group(page, 'site-1/web').focus();
  await page.keyboard.press('ArrowDown');
  await expect(group(page, 'site-1/application')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(group(page, 'site-2/application')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(group(page, 'site-2/application')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('.box-row')).toHaveCount(38);
  await expect(group(page, 'site-2/application')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.box-row:focus')).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  await group(page, 'site-2/application').press('Enter');
  await expect(page.locator('.box-row')).toHaveCount(0);
});

test('a move of the picture moves nothing in it, and a change of a server moves no picture', async () => {
  const page = await open(many(120, 200));
  await expect(page.locator('.box-row')).toHaveCount(120);
  const places = () =>
    page.locator('.box').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('style')).join());
  const before = await places();
  await page.getByTestId('graph').hover();
  await page.mouse.wheel(80, 120);
  const look = () => page.locator('.plane').evaluate((plane) => (plane as HTMLElement).style.transform);
  await expect.poll(look).toContain('translate(');
  const moved = await look();
  await page.evaluate(() =>
    (
      window as unknown as { patronus: { call(name: string, input: unknown, id: string): Promise<unknown> } }
    ).patronus.call('watch.look', { host: 'host-7' }, 'graph test'),
  );
  await page.waitForTimeout(1_000);
  expect(await places()).toBe(before);
  expect(await look()).toBe(moved);
});

for (const estate of ESTATES)
  test(`${estate}: no label lies on anything, in any size of window`, async () => {
    const page = await open(join(ROOT, 'estates', `${estate}.yaml`));
    for (const [width, height] of [
      [1440, 900],
      [1180, 720],
      [1920, 1080],
      [720, 450],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(300);
      expect(await overlaps(page), `${width}×${height}`).toEqual([]);
      await expect(page.locator('.site').first()).toBeInViewport();
    }
  });

/** Texts of the frame of which a part cannot be seen: cut, or reaching over what stands beside them. */
const frameFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts = [
      ...document.querySelectorAll<HTMLElement>('.top *, .annunciator *, .bar *, .status-line *'),
    ]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE))
      .filter((element) => !element.closest('.visually-hidden') && element.getBoundingClientRect().width > 0);
    const boxes = texts.map((element) => ({
      name: `“${element.textContent}”`,
      element,
      box: element.getBoundingClientRect(),
      cut: element.clientWidth > 0 && element.scrollWidth - element.clientWidth > 1,
    }));
    return boxes.flatMap(({ name, element, box, cut }, i) => [
      ...(cut || box.right > window.innerWidth + 1 ? [`${name} is cut`] : []),
      ...boxes
        .slice(i + 1)
        .filter((other) => !element.contains(other.element) && !other.element.contains(element))
        .filter(
          ({ box: b }) =>
            box.left < b.right - 1 &&
            b.left < box.right - 1 &&
            box.top < b.bottom - 1 &&
            b.top < box.bottom - 1,
        )
        .map((other) => `${name} on ${other.name}`),
    ]);
  });

test('the size for a projector is a quarter larger, kept, and nothing of the frame is cut in it or at 200 %', async () => {
  const page = await open(join(ROOT, 'estates', 'patronus.yaml'));
  const width = () => page.evaluate(() => window.innerWidth);
  const desk = await width();
  await page.keyboard.press('Control+Shift+P');
  await expect.poll(async () => desk / (await width())).toBeCloseTo(1.25, 2);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('desk size');
  await page.keyboard.press('Enter');
  await expect.poll(width).toBe(desk);
  for (const language of ['en', 'fr']) {
    if (language === 'fr') await page.keyboard.press('Control+Shift+L');
    for (const [wide, high] of [
      [1152, 720],
      [720, 450],
    ] as const) {
      await page.setViewportSize({ width: wide, height: high });
      await page.waitForTimeout(300);
      expect(await frameFaults(page), `${language} ${wide}×${high}`).toEqual([]);
      await expect(page.locator('.top-estate b')).toHaveText('patronus');
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Control+Shift+P');
  await expect.poll(async () => desk / (await width())).toBeCloseTo(1.25, 2);
  const { dataDir } = console_;
  await console_.close();
  console_ = await launch({ dataDir, env: OFFLINE });
  await expect
    .poll(async () => desk / (await console_.page.evaluate(() => window.innerWidth)))
    .toBeCloseTo(1.25, 2);
});
