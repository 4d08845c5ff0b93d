import { readFileSync } from 'node:fs';
import { frame, PLACES } from './pages/frame';
import { plan } from './pages/plan';
import { drawer, topology } from './pages/topology';
import { patronus } from './support/cli';
import { type Console, expect, launch, test } from './support/console';
import { estateCopy } from './support/estate';

/** A fresh machine, and the first picture of Patronus on it. */

let console_: Console;
let file: string;

test.beforeAll(async () => {
  file = estateCopy();
  console_ = await launch({ estate: file });
});
test.afterAll(() => console_?.close());

interface Seen {
  nodes: { id: string; health: string; version: string | null }[];
  links: { from: string; to: string; protocol: string; port: number; declared: boolean; observed: boolean }[];
  findings: { code: string; nodes: string[] }[];
}

test('every server and link is in the picture, and nothing else', async () => {
  const { page } = console_;
  const view = topology(page);
  await expect.poll(view.healths).toEqual({ web: 'up', db: 'up', files: 'up' });
  await expect.poll(view.linkStates).toEqual(['seen', 'seen', 'seen']);
  await page.keyboard.press('T');
  const nodes = (await view.nodeRows()).map(([id = '', , , kind = '', , health = '']) => ({
    id,
    kind,
    health,
  }));
  const links = (await view.linkRows()).map(([from = '', to = '', port = '', state = '']) => ({
    from,
    to,
    port,
    state,
  }));
  await page.keyboard.press('T');

  const { code, stdout, stderr } = await patronus('topology', '--estate', file, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const other: Seen = JSON.parse(stdout);
  const kinds: Record<string, string> = { web: 'Apache', db: 'MySQL', files: 'Samba' };
  expect(nodes).toEqual(
    other.nodes.map(({ id, version }) => ({ id, kind: `${kinds[id]} ${version}`, health: 'ok' })),
  );
  expect(links).toEqual(
    other.links.map(({ from, to, protocol, port }) => ({
      from,
      to,
      port: `${protocol} ${port}`,
      state: 'declared and observed',
    })),
  );
  expect(links.map(({ from, to, port }) => `${from} → ${to} ${port}`)).toEqual([
    'users → web http 80',
    'web → db mysql 3306',
    'web → files cifs 445',
  ]);
});

test('the request path is lit with its five stops, and goes out', async () => {
  const { page } = console_;
  const view = topology(page);
  expect(await view.stops()).toEqual(['1', '2', '3', '4', '5']);
  await page.keyboard.press('R');
  await expect.poll(view.stops).toEqual([]);
  await page.keyboard.press('R');
  await expect.poll(view.stops).toEqual(['1', '2', '3', '4', '5']);
});

test('the drawer shows what was read, how, when and by which account', async () => {
  const { page } = console_;
  const view = topology(page);
  const open = await view.open('db');
  await expect(open.factRow('mysql.version')).toContainText(/9\.\d+\.\d+.*SQL · \d+\ss/);
  await expect(open.factRow('host.os')).toContainText(/Debian GNU\/Linux.*SSH · \d+\s(s|min)/);
  await open.fact('mysql.version').click();
  await expect(open.raw).toContainText('SHOW GLOBAL VARIABLES');
  await expect(open.raw).toContainText('version_comment');
  await expect(open.evidence).toContainText('patronus_watch');
  await expect(open.evidence).toContainText('127.0.20.2:');
  await expect(open.root).toContainText(/SHA256:[\w+/]{43}/);
  const age = async () =>
    Number(/(\d+)\ss/.exec(await open.factRow('mysql.version').locator('.fact-source').innerText())?.[1]);
  // An age that counts, and that starts again with every look.
  const ages = new Set<number>();
  await expect
    .poll(
      async () => {
        ages.add(await age());
        return ages.size;
      },
      { intervals: [400] },
    )
    .toBeGreaterThan(1);
  expect(Math.max(...ages)).toBeLessThan(12);
  await view.whole();
});

test('each server is a single point of failure, and the database has no replica', async () => {
  const { page } = console_;
  const view = topology(page);
  for (const id of ['web', 'db', 'files']) {
    const open = await view.open(id);
    await expect(open.finding('SINGLE_POINT_OF_FAILURE')).toContainText(
      `${id} is a single point of failure.`,
    );
  }
  const open = await view.open('db');
  await expect(open.finding('NO_REPLICA')).toContainText('db has no replica.');
  await open.finding('NO_REPLICA').click();
  await expect(open.finding('NO_REPLICA').getByTestId('raw').first()).toContainText('SELECT');
  await expect(frame(page).count('critical')).toHaveText('0 critical');
  await view.whole();
});

test('Replication says what the one server says: alone, and writable', async () => {
  const { page } = console_;
  await frame(page).go('replication');
  const says = page.getByTestId('says-db');
  await expect(says).toContainText('Rolestandalone');
  await expect(says).toContainText('Writablewritable');
  await expect(says).toContainText('Lagnot a replica');
  await expect(says).toContainText(/server_uuid[0-9a-f]{8}-[0-9a-f-]{27}/);
  await expect(page.getByTestId('finding')).toHaveAttribute('data-code', 'NO_REPLICA');
  await expect(page.getByTestId('replaced')).toContainText('Nothing could take over.');
});

test('the whole console by keyboard alone, in French and in the light', async () => {
  const { page } = console_;
  const { heading, palette, keys } = frame(page);
  const titles = ['Topology', 'Replication', 'Plan', 'Runs', 'Journal'];
  for (const [index, place] of PLACES.entries()) {
    await frame(page).go(place);
    await expect(heading).toHaveText(titles[index] ?? '');
  }
  await frame(page).go('topology');
  await page.keyboard.press('?');
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await frame(page).take('db: evidence');
  const open = drawer(page);
  await expect(open.root.getByRole('heading', { level: 2 }).first()).toHaveText('db');
  await page.keyboard.press('E');
  await expect(open.root).toBeHidden();
  await page.keyboard.press('E');
  await expect(open.root).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(open.root).toBeHidden();
  await page.keyboard.press('T');
  await expect(topology(page).tables).toBeVisible();
  await page.keyboard.press('T');
  await expect(topology(page).graph).toBeVisible();
  await page.keyboard.press('N');
  await expect(open.root).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('samba');
  await expect(page.locator('.box-dimmed')).toHaveCount(3);
  await page.keyboard.press('Escape');
  await expect(page.locator('.box-dimmed')).toHaveCount(0);
  // Tab reaches the graph; arrows walk it; Enter opens what has the focus.
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-box') ?? null);
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Tab');
        return focused();
      },
      { intervals: [20] },
    )
    .toBe('users');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('web');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('db');
  await page.keyboard.press('Enter');
  await expect(open.root.getByRole('heading', { level: 2 }).first()).toHaveText('db');
  await page.keyboard.press('Escape');
  expect(await focused()).toBe('db');

  await page.keyboard.press('Control+Shift+L');
  await expect(heading).toHaveText('Topologie');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.keyboard.press('Control+Shift+T');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.keyboard.press('Control+K');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('the plan answers a new value at once, and keeps it beside the estate file', async () => {
  const { page } = console_;
  await page.keyboard.press('Control+Shift+L'); // back to English
  await frame(page).go('plan');
  const view = plan(page);
  const copy = view.step('copy-files');
  await view.tab('timeline');
  await expect(copy).toContainText('missing: Rate of the link to the target');
  await view.tab('assumptions');
  await view.type('assumptions/linkRate', '1000');
  await expect(view.form).toContainText(/unknown → 1.000.Mbit\/s/);
  await view.save();
  await view.tab('timeline');
  // 1 TB over 1 000 Mbit/s, of which 93 % is data and 70 % is ours: 12 288 s.
  await expect(copy).toContainText('3 h 25 min', { timeout: 1_000 });
  await view.tab('assumptions');
  await view.type('assumptions/linkRate', '500');
  await view.save();
  await view.tab('timeline');
  await expect(copy).toContainText('6 h 50 min', { timeout: 1_000 });
  await view.tab('assumptions');
  await expect(view.row('assumptions/linkRate')).toContainText(/500.Mbit\/s\s*assumed/);

  const { dataDir } = console_;
  await console_.close();
  console_ = await launch({ estate: file, dataDir });
  await frame(console_.page).go('plan');
  const again = plan(console_.page);
  await again.tab('assumptions');
  await expect(again.row('assumptions/linkRate')).toContainText(/500.Mbit\/s\s*assumed/);
  await again.tab('timeline');
  await expect(again.step('copy-files')).toContainText('6 h 50 min');
  // Language and theme were kept as well.
  await expect(console_.page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(readFileSync(file.replace(/yaml$/, 'ledger.yaml'), 'utf8')).toContain('assumptions/linkRate');
});
