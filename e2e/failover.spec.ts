import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { failover, rejoin } from './pages/failover';
import { frame } from './pages/frame';
import { leverIsThere, leverOf } from './pages/lever';
import { runs } from './pages/runs';
import { switchover } from './pages/switchover';
import { callFromPage } from './support/bridge';
import { type Console, expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { type Star, starUp } from './support/star';

/** The primary dies: what the window says of it, what is done about it, and how the old one comes back. */

/** Three servers are asked, replicas have to stand still, logs are read, a plan is made. */
const LOOKED_MS = 60_000;
const RUN_MS = 120_000;
const SCREENS = join(ROOT, 'test-results/e2e/screens');
const LOST = 3;

let star: Star;
/** Which the page said were lost. */
let lost = '';
let console_: Console;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  mkdirSync(SCREENS, { recursive: true });
  star = await starUp('failover');
  console_ = await launch({ estate: star.estate() });
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await console_?.close();
  await star?.gone();
});

const toReplication = (page: Page) =>
  page.evaluate(() => {
    location.hash = '#/replication/data';
  });
/** From the Replication place by its key, as a hand does it. */
async function opened() {
  const { page } = console_;
  await toReplication(page);
  await expect(page.getByTestId('replaced')).toBeVisible();
  await page.keyboard.press('Shift+F');
  return failover(page);
}
/** `COUNT(*)` on a server: what is really there. */
const rowsOn = async (node: string) =>
  Number((await star.sql(node, "SELECT COUNT(*) AS '' FROM shop.lost;")).trim().split('\n').at(-1));

/** Ends what writes in this lab all the time, and waits until the others have all of it: what is lost is then what a test lost. */
async function nobodyWrites() {
  await star.in('app', ['/opt/lab/writer.sh', 'stop']);
  const executed = async (node: string) =>
    (await star.sql(node, "SELECT REPLACE(@@gtid_executed, '\\n', '') AS '';")).trim().split('\n').at(-1);
  for (const other of ['db-b', 'db-c'])
    await expect
      .poll(async () => (await executed(other)) === (await executed('db-a')), { timeout: 30_000 })
      .toBe(true);
}
/** Of the GTIDs that were shown, how many a server has. */
const heldOf = async (node: string) => {
  const left = `REPLACE(GTID_SUBTRACT('${lost}', @@gtid_executed), '\\n', '')`;
  const said = await star.sql(
    node,
    `SELECT IF(${left} = '${lost}', 'none', IF(${left} = '', 'all', 'some')) AS '';`,
  );
  return said.trim().split('\n').at(-1);
};
/** Transactions in `uuid:1-3:5,uuid:7`. */
const countOf = (gtids: string): number =>
  gtids
    .split(',')
    .flatMap((part) => part.split(':').slice(1))
    .reduce((sum, interval) => {
      const [from = 0, to = from] = interval.split('-').map(Number);
      return sum + to - from + 1;
    }, 0);

test('disarmed it asks nobody, and says so; alive, it says that there is nothing to fail over from', async () => {
  const { page } = console_;
  expect(
    await callFromPage(page, 'failover.plan', { cluster: 'data', to: null, overrides: [] }),
  ).toMatchObject({
    ok: false,
    error: { code: 'E_DISARMED' },
  });
  const { look, page: body, title, refused, toLever } = await opened();
  await expect(body).toContainText('This console is disarmed.');
  await expect(look).toHaveCount(0);
  await switchover(page).arm(true);
  await expect(title).toHaveText('db-a answers. There is nothing to fail over from.', { timeout: LOOKED_MS });
  await expect(look).toHaveAttribute('data-isolation', 'lives');
  await expect(refused).toBeVisible();
  await expect(toLever).toHaveCount(0);
});

test('the primary is killed with transactions that nobody received: the page says what was lost, and no more', async () => {
  test.setTimeout(LOOKED_MS + 120_000);
  await star.sql(
    'db-a',
    'CREATE DATABASE shop; CREATE TABLE shop.lost (id INT PRIMARY KEY, what VARCHAR(40));',
  );
  await expect.poll(() => rowsOn('db-b').catch(() => -1)).toBe(0);
  await expect.poll(() => rowsOn('db-c').catch(() => -1)).toBe(0);
  await nobodyWrites();
  for (const other of ['db-b', 'db-c']) await star.fault('cut', 'db-a', other);
  for (let id = 1; id <= LOST; id += 1)
    await star.sql('db-a', `INSERT INTO shop.lost VALUES (${id}, 'order <b>${id}</b>');`);
  await star.fault('kill', 'db-a', 'mysql');

  const page = await opened();
  // Until the new look is there the page shows the one before, and says that it is old.
  await expect(page.age).toContainText('Looking again. Below is what was so at');
  await expect(page.loss).toHaveAttribute('data-kind', 'exact', { timeout: LOOKED_MS });
  await expect(page.figure).toHaveText(`${LOST} transactions would be lost`);
  await expect(page.loss).toContainText(`These ${LOST} transactions are lost unless db-a comes back.`);
  await expect(page.tables.locator('tr', { hasText: 'shop.lost' })).toHaveText(/^shop\.lost\s*3\s*0\s*0/);
  await page.rows.locator('summary').click();
  await expect(page.rows).toContainText("@1=2 @2='order <b>2</b>'");
  await expect(page.salvage).toContainText('mysqlbinlog --verbose');
  await expect(page.standing).toContainText('The console never fails over by itself');
  await expect(page.waiting).toHaveAttribute('data-brings', 'start-it');
  await expect(page.oldPrimary).toContainText('is gone');
  expect(await page.fences()).toEqual(
    expect.arrayContaining(['read-only done', 'stop-service can', 'person can']),
  );
  expect((await page.ranking()).map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual([
    'db-b 0',
    'db-c 0',
  ]);
  // What it says is what is there: nobody else has any of them, and they are as many as they are said to be.
  expect(await Promise.all(['db-b', 'db-c'].map(rowsOn))).toEqual([0, 0]);
  lost = (await page.gtids.locator('dd').last().textContent()) ?? '';
  expect(countOf(lost)).toBe(LOST);
  expect(await heldOf('db-b')).toBe('none');
});

/** Texts that are wider than what shows them. */
const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *')].flatMap((element) => {
      // The parts of the page scroll downwards, never sideways.
      const part = element.matches('.lever-column, .consent-text, .lever-side');
      const own =
        part || [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      const hides = getComputedStyle(element).overflowX;
      if (!own || element.closest('.visually-hidden, svg')) return [];
      if (/auto|scroll/.test(hides) && !part) return [];
      const inline = getComputedStyle(element).display === 'inline';
      const by = inline ? 0 : element.scrollWidth - element.clientWidth;
      return by > 1
        ? [`${element.className || element.tagName}: ${element.textContent?.slice(0, 40)} by ${by}`]
        : [];
    }),
  );

/** By the keys that a person has for it. */
async function shownIn(page: Page, language: string, theme: string) {
  const html = page.locator('html');
  if ((await html.getAttribute('lang')) !== language) await page.keyboard.press('Control+Shift+L');
  if ((await html.getAttribute('data-theme')) !== theme) await page.keyboard.press('Control+Shift+T');
  await expect(html).toHaveAttribute('lang', language);
  await expect(html).toHaveAttribute('data-theme', theme);
}

test('in both languages and themes, at two sizes: nothing clipped, nothing that axe finds', async () => {
  test.setTimeout(180_000);
  const { page } = console_;
  const found: string[] = [];
  for (const language of ['en', 'fr'] as const)
    for (const theme of ['dark', 'light'] as const) {
      await shownIn(page, language, theme);
      for (const [width, height] of [
        [1440, 900],
        [1180, 720],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({
          path: join(SCREENS, `failover-${language}-${theme}-${width}x${height}.png`),
        });
        found.push(...(await clipped(page)).map((fault) => `${language} ${width}: ${fault}`));
      }
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      found.push(
        ...violations.map(({ id, nodes }) => `${language} ${theme} ${id}: ${nodes[0]?.html.slice(0, 160)}`),
      );
    }
  await expect(failover(page).figure).toHaveText(`${LOST} transactions seraient perdues`);
  await shownIn(page, 'en', 'dark');
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(found).toEqual([]);
});

test('by keys alone: the picture stays with its age while it looks again, and the lever carries the number', async () => {
  test.setTimeout(2 * LOOKED_MS + 60_000);
  const { page, app } = console_;
  const { age, again, toLever, figure, look } = await opened();
  // What was known when the page was left is there at once, and is asked anew.
  await expect(age).toHaveAttribute('data-asking', 'true');
  await expect(figure).toHaveText(`${LOST} transactions would be lost`);
  await expect(again).toBeDisabled();
  await expect(age).toHaveAttribute('data-asking', 'false', { timeout: LOOKED_MS });
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(age).toContainText('Looking again.');
  await expect(age).toHaveAttribute('data-asking', 'false', { timeout: LOOKED_MS });
  await page.keyboard.press('Shift+E');
  await expect(page.getByTestId('plan-steps')).toBeVisible();
  await toLever.focus();
  await page.keyboard.press('Enter');
  const lever = await leverOf(app);
  await expect(lever.act).toHaveText(`Promote db-b and lose ${LOST} transactions`);
  await expect(lever.page.locator('body')).toContainText('Type the name of the server that is given up');
  await expect(lever.leave).toBeFocused();
  await page.screenshot({ path: join(SCREENS, 'failover-lever-en-dark.png') });
  await lever.page.screenshot({ path: join(SCREENS, 'failover-lever-surface-en-dark.png') });
  await lever.press('Escape');
  await expect.poll(() => leverIsThere(app)).toBe(false);
  // The lever is left first, then the look, then one is back where one came from.
  await page.keyboard.press('Escape');
  await expect(toLever).toBeVisible();
  await expect(look).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('replaced')).toBeVisible();
});

test('nothing lost this time: the lever is pulled, and the run is shown to its end', async () => {
  test.setTimeout(LOOKED_MS + RUN_MS + 240_000);
  const { page, app } = console_;
  await star.fault('start', 'db-a', 'mysql');
  for (const node of ['db-a', 'db-b', 'db-c']) await star.fault('heal', node);
  await star.sql('db-a', 'SET GLOBAL super_read_only = 0, read_only = 0;');
  // Their receivers wait for a whole minute on the connections that were cut.
  for (const other of ['db-b', 'db-c']) await star.sql(other, 'STOP REPLICA; START REPLICA;');
  await expect.poll(() => rowsOn('db-b'), { timeout: 60_000 }).toBe(LOST);
  await expect.poll(() => rowsOn('db-c'), { timeout: 60_000 }).toBe(LOST);
  expect(await heldOf('db-a')).toBe('all');
  await nobodyWrites();
  await star.fault('kill', 'db-a', 'mysql');
  const { figure, age, toLever } = await opened();
  await expect(figure).toHaveText('0 transactions would be lost', { timeout: LOOKED_MS });
  await expect(age).toHaveAttribute('data-asking', 'false', { timeout: LOOKED_MS });
  await toLever.click();
  const lever = await leverOf(app);
  await lever.name.pressSequentially('db-a');
  await expect.poll(lever.isOpen, { timeout: LOOKED_MS }).toBe(true);
  await lever.act.click();
  const { status } = runs(page);
  await expect(status).toContainText('done', { timeout: RUN_MS });
  await page.screenshot({ path: join(SCREENS, 'failover-run-done-en-dark.png') });
  await star.sql('db-b', "INSERT INTO shop.lost VALUES (100, 'after');");
  await expect.poll(() => rowsOn('db-c'), { timeout: 30_000 }).toBe(LOST + 1);
});

test('the old primary stands apart when it is back; the wizard attaches it', async () => {
  test.setTimeout(2 * LOOKED_MS + RUN_MS + 120_000);
  const { page, app } = console_;
  await star.fault('start', 'db-a', 'mysql');
  const { open, look, history, ways, way } = rejoin(page);
  await toReplication(page);
  await open('db-a').click({ timeout: LOOKED_MS });
  await expect(look).toHaveAttribute('data-history', 'subset', { timeout: LOOKED_MS });
  await expect(history).toContainText('Nothing is lost by its return.');
  expect(await ways()).toEqual(expect.arrayContaining(['attach can true']));
  await page.screenshot({ path: join(SCREENS, 'rejoin-look-en-dark.png') });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 160)])).toEqual([]);
  await way('attach').click();
  const lever = await leverOf(app);
  await expect(lever.act).toHaveText('Bring db-a back');
  await page.screenshot({ path: join(SCREENS, 'rejoin-plan-en-dark.png') });
  await lever.name.pressSequentially('db-a');
  await expect.poll(lever.isOpen, { timeout: LOOKED_MS }).toBe(true);
  await lever.act.click();
  await expect(runs(page).status).toContainText('done', { timeout: RUN_MS });
  await expect.poll(() => rowsOn('db-a'), { timeout: 30_000 }).toBe(LOST + 1);
  await frame(page).go('replication');
  await expect(open('db-a')).toHaveCount(0, { timeout: LOOKED_MS });
});
