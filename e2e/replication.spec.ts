import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { frame } from './pages/frame';
import { replication } from './pages/replication';
import { patronus } from './support/cli';
import { type Console, expect, launch, test } from './support/console';
import { env, ROOT } from './support/env';
import { folder, privateFile } from './support/estate';
import { mustRun } from './support/run';

/** Real servers that follow each other: the tree, its lag, who could take over, and a replica that stops. */

const BASE = join(tmpdir(), `patronus-e2e-chain-${process.pid}`);
const PORT = '2440';
const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
const program = [...root, process.execPath, join(ROOT, 'out/lab/lab.mjs')];
const SCREENS = join(ROOT, 'test-results/e2e/screens');
const BEGUN_MS = 30_000;

let console_: Console;
let file: string;

const sql = (node: string, statements: string) =>
  mustRun([...program, 'in', '--base', BASE, node, '/opt/lab/mysql.sh', 'sql'], { input: statements });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  mkdirSync(SCREENS, { recursive: true });
  const owner = env.uid === null ? [] : ['--owner', `${env.uid}:${env.gid}`];
  const up = ['up', 'replication/chain', '--base', BASE, '--gate-port', PORT, '--db-size', '2MB', ...owner];
  const said = await mustRun([...program, ...up], { timeoutMs: 180_000 });
  const estate = readFileSync(said.trim().split('\n').at(-1) ?? '', 'utf8');
  file = privateFile(join(folder('estate'), 'chain.yaml'), estate);
  console_ = await launch({ estate: file });
  await frame(console_.page).go('replication');
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await console_?.close();
  await mustRun([...program, 'down', '--purge', '--base', BASE], { timeoutMs: 100_000 });
  rmSync(BASE, { recursive: true, force: true });
});

test('a healthy chain: the tree, who could take over, and what the primary is', async () => {
  const { page } = console_;
  const view = replication(page);
  await expect.poll(view.links, { timeout: BEGUN_MS }).toEqual(['flows', 'flows']);
  await expect(view.member('db-a')).toHaveAccessibleName(/^db-a, primary, writable, ok, not a replica$/);
  await expect(view.member('db-b')).toHaveAccessibleName(
    /^db-b, intermediate replica, read-only, ok, .* behind, by/,
  );
  await expect(view.member('db-c')).toHaveAccessibleName(/^db-c, replica, read-only, ok, .* behind, by/);
  await expect.poll(view.candidates).toEqual(['db-b can', 'db-c refused']);
  await expect(view.verdict('db-a')).toHaveAttribute('data-verdict', 'alive');
  await expect(view.verdict('db-a')).toContainText('this console');
  await expect(page.getByTestId('main-replication')).toContainText('Nothing needs attention.');
  await expect(view.lag.getByRole('img')).toHaveAccessibleName(/^Oldest: db-[bc], .* behind\./, {
    timeout: BEGUN_MS,
  });
});

test('the command line says the same', async () => {
  const { stdout } = await patronus('replication', '--estate', file, '--json');
  const { clusters } = JSON.parse(stdout);
  expect(clusters).toMatchObject([{ shape: 'chain', primaries: ['db-a'], verdicts: [{ verdict: 'alive' }] }]);
  const { stdout: text } = await patronus('replication', '--estate', file);
  expect(text).toMatch(/^ {2}db-a .*\n {2}└─ db-b .*\n {5}└─ db-c /m);
});

test('by keyboard: arrows walk the tree, Enter shows what a server says', async () => {
  const { page } = console_;
  const view = replication(page);
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  await page.keyboard.press('ArrowDown');
  await expect(view.member('db-a')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(view.member('db-c')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(view.member('db-b')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(view.says('db-b')).toContainText(/server_uuid[0-9a-f]{8}-/);
});

test('two servers side by side: what differs, and what could not be read', async () => {
  const { page } = console_;
  const view = replication(page);
  await page.getByRole('button', { name: 'Compare two servers' }).click();
  await expect(view.compare).toContainText('db-a and db-b side by side');
  await expect(view.drift('variables')).toContainText(/\d+ (is|are) alike/);
  await expect(view.drift('events')).toContainText('Could not be read on db-a, db-b');
  await view.compare.getByLabel('Second server').selectOption('db-c');
  expect(await page.evaluate(() => window.location.hash)).toContain('compare=db-a%2Cdb-c');
  await view.compare.getByLabel('Second server').blur();
  await page.keyboard.press('Escape');
  await expect(view.compare).toBeHidden();
});

test('an applier that stops: seen on its arrow, its card, its finding with the statement, and refused', async () => {
  test.setTimeout(90_000);
  const { page } = console_;
  const view = replication(page);
  await sql('db-b', 'STOP REPLICA SQL_THREAD;');
  await expect.poll(view.links, { timeout: BEGUN_MS }).toEqual(['stopped', 'flows']);
  await expect(view.finding).toHaveAttribute('data-code', 'APPLIER_STOPPED');
  await expect(view.finding.getByTestId('raw').first()).toContainText(/SELECT|SHOW/);
  await expect.poll(view.candidates).toEqual(['db-b refused', 'db-c refused']);
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  await page.keyboard.press('E');
  await expect(view.finding.getByTestId('raw').first()).toBeFocused();
});

test('in both languages and both themes axe finds nothing', async () => {
  test.setTimeout(90_000);
  const { page } = console_;
  const found: string[] = [];
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1180, height: 720 },
  ])
    for (const change of ['Control+Shift+L', 'Control+Shift+T', 'Control+Shift+L', 'Control+Shift+T']) {
      await page.setViewportSize(size);
      await page.keyboard.press(change);
      const html = page.locator('html');
      const name = `${await html.getAttribute('lang')}-${await html.getAttribute('data-theme')}-${size.width}`;
      await page.screenshot({ path: join(SCREENS, `replication-chain-${name}.png`) });
      // The smaller size is for the picture: what axe judges is the same.
      if (size.width < 1440) continue;
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      for (const { id, nodes } of violations) found.push(`${name} ${id}: ${nodes[0]?.html.slice(0, 160)}`);
    }
  expect(found).toEqual([]);
});

test('started again: it flows, and nothing is left of it', async () => {
  test.setTimeout(60_000);
  const view = replication(console_.page);
  await sql('db-b', 'START REPLICA SQL_THREAD;');
  await expect.poll(view.links, { timeout: BEGUN_MS }).toEqual(['flows', 'flows']);
  await expect(view.finding).toHaveCount(0, { timeout: BEGUN_MS });
  expect(console_.trouble.errors).toEqual([]);
});
