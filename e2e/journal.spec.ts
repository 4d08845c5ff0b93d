import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { frame } from './pages/frame';
import { type Console, expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { estateCopy, folder } from './support/estate';

/** The journal of a console that looks at Patronus: what it did is there, and whoever changes it is found out. */

const SCREENS = join(ROOT, 'test-results/e2e/screens');

let console_: Console;
test.beforeAll(async () => {
  console_ = await launch({ estate: estateCopy() });
});
test.afterAll(() => console_?.close());

const journal = () => {
  const { page } = console_;
  const rows = page.getByTestId('journal-table').locator('tbody tr');
  return {
    rows,
    count: page.getByTestId('journal-count'),
    said: page.getByTestId('journal-said'),
    drawer: page.getByTestId('drawer'),
    text: page.getByTestId('entry-text'),
    facts: page.getByTestId('entry-facts'),
    kind: (name: string) =>
      page.getByRole('group', { name: 'Kind' }).getByRole('button', { name, exact: true }),
    kinds: () =>
      rows.evaluateAll((all) => [...new Set(all.map((row) => row.getAttribute('data-kind')))].sort()),
  };
};

test('what was done is in it: who connected how, what was sent, and how long it took', async () => {
  const { page } = console_;
  await frame(page).go('journal');
  const view = journal();
  await expect(view.rows.filter({ hasText: 'Logged in as patronus-watch by publickey (SSH).' })).toHaveCount(
    3,
  );
  await expect(
    view.rows.filter({ hasText: 'Logged in as patronus_watch by password (SQL).' }).first(),
  ).toBeVisible();
  await view.kind('Sent').click();
  await expect.poll(view.kinds).toEqual(['command', 'request', 'statement']);
  await expect(view.rows.filter({ hasText: 'SHOW GLOBAL STATUS' }).first()).toContainText(
    /db.*statement.*done/,
  );
  await view.kind('All but routine').click();
});

test('is found by typing, walked with J and K, and opened in full with Enter', async () => {
  const { page } = console_;
  const view = journal();
  await page.keyboard.press('/');
  await page.keyboard.type('show global variables');
  await expect(view.rows.first()).toContainText('SHOW GLOBAL VARIABLES');
  await page.keyboard.press('Tab');
  await page.keyboard.press('J');
  await page.keyboard.press('Enter');
  await expect(view.text).toContainText('SHOW GLOBAL VARIABLES');
  await expect(view.facts).toContainText(/patronus_watch.*127\.0\.20\.2:\d+ → /s);
  await expect(view.facts).toContainText(/Hash[\w-]{43}/);
  await page.keyboard.press('Escape');
  await expect(view.drawer).toBeHidden();
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
});

test('goes where the person says, without a formula in it', async () => {
  const { app, page } = console_;
  const file = join(folder('export'), 'journal.csv');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(journal().said).toContainText(file);
  const lines = readFileSync(file, 'utf8').split('\r\n');
  expect(lines[0]).toContain('"time","who","host","kind"');
  expect(lines.some((line) => line.includes('"statement"'))).toBe(true);
  await expect(journal().rows.first()).toContainText('Journal exported');
});

for (const [language, theme] of [
  ['en', 'dark'],
  ['fr', 'light'],
] as const)
  test(`has nothing that axe finds, in ${language} and ${theme}`, async () => {
    const { page } = console_;
    if (language === 'fr') {
      await page.keyboard.press('Control+Shift+L');
      await page.keyboard.press('Control+Shift+T');
      await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    }
    await page.keyboard.press('J');
    await page.keyboard.press('Enter');
    await expect(journal().drawer).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
    await page.screenshot({ path: join(SCREENS, `journal-entry-${language}-${theme}.png`) });
    await page.keyboard.press('Escape');
    if (language === 'fr') {
      await page.keyboard.press('Control+Shift+L');
      await page.keyboard.press('Control+Shift+T');
    }
  });

test('is whole; and one changed character in one record is named', async () => {
  const { page, dataDir } = console_;
  const view = journal();
  await page.keyboard.press('V');
  await expect(view.said).toContainText(/Chain whole: \d+ records since/);
  const lane = join(dataDir, 'journal/1');
  const name = readdirSync(lane).find((each) => each.endsWith('.jsonl')) ?? '';
  const text = readFileSync(join(lane, name), 'utf8');
  writeFileSync(join(lane, name), text.replace('"console-started"', '"console-starteD"'));
  await page.keyboard.press('V');
  await expect(view.said).toContainText(
    `Chain broken at record 1/1 (1/${name}, line 1): the record was altered after it was written.`,
  );
  writeFileSync(join(lane, name), text);
});
