import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { contract } from '@shared/contract';
import { leverIsThere, leverOf } from './pages/lever';
import { switchover } from './pages/switchover';
import { type Bridge, callFromPage } from './support/bridge';
import { type Console, expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { type Star, starUp } from './support/star';

/** C4, C22: only what a person does on main's own surface acts. In this file nothing ever begins: that is the test. */

const PLANNED_MS = 30_000;
const SCREENS = join(ROOT, 'test-results/e2e/screens');
/** Statements after which a server is not what it was. What a session sets for itself is none. */
const CHANGES =
  /\b(SET\s+(@@)?(GLOBAL|PERSIST)|STOP|START\s+(REPLICA|SLAVE)|CHANGE|RESET|KILL|ALTER|INSERT|UPDATE|DELETE|CREATE|DROP|GRANT|REVOKE|FLUSH|PURGE)\b/i;
const NODES = ['db-a', 'db-b', 'db-c'] as const;
const LOG = '/var/log/mysql/general.log';

let star: Star;
let console_: Console;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  mkdirSync(SCREENS, { recursive: true });
  star = await starUp('lever');
  for (const node of NODES)
    await star.sql(node, `SET GLOBAL general_log_file = '${LOG}'; SET GLOBAL general_log = ON;`);
  console_ = await launch({ estate: star.estate() });
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await console_?.close();
  await star?.gone();
});

/** What the acting account sent, to all three servers, and what of it changes something. */
async function actingSent(): Promise<{ count: number; changes: string[] }> {
  const logs = await Promise.all(NODES.map((node) => star.in(node, ['cat', LOG])));
  const sent = logs.flatMap((log) => sentBy(log, /patronus_act/));
  return { count: sent.length, changes: sent.filter((statement) => CHANGES.test(statement)) };
}
/** Statements in a general log of the accounts that match: "time  id Connect user@…", then "time id Query …". */
function sentBy(log: string, account: RegExp): string[] {
  const ours = new Set<string>();
  return log.split('\n').flatMap((line) => {
    const [, id = '', command = '', text = ''] = /^\S+\s+(\d+) (\w+)\s*(.*)$/.exec(line) ?? [];
    if (command === 'Connect' && account.test(text)) ours.add(id);
    return ours.has(id) && (command === 'Query' || command === 'Execute') ? [text] : [];
  });
}
const runsBegun = async () => {
  const reply = await callFromPage(console_.page, 'run.list');
  return reply.ok ? (reply.value as unknown[]).length : reply.error.code;
};
/** A plan of db-a to db-b, and main's surface in front of it. */
async function planned() {
  const { page, app } = console_;
  const { chip, steps, arm, open } = switchover(page);
  if ((await chip.getAttribute('data-armed')) !== 'true') await arm(true);
  await page.evaluate(() => {
    location.hash = '#/replication/data';
  });
  await open('db-b');
  await expect(steps).toBeVisible({ timeout: PLANNED_MS });
  return leverOf(app);
}

test('disarmed, as at every start, nothing that asks an acting account is done', async () => {
  const { page, app } = console_;
  const request = { cluster: 'data', to: 'db-b', overrides: [] };
  const place = { x: 0, y: 0, width: 400, height: 400 };
  for (const [name, input] of [
    ['switchover.plan', request],
    ['runbook.readings', { plan: 'x' }],
    ['lever.open', { request: { act: 'start', plan: 'x' }, place }],
    ['lever.open', { request: { act: 'undo', run: 'x' }, place }],
  ] as const)
    expect(await callFromPage(page, name, input), name).toMatchObject({
      ok: false,
      error: { code: 'E_DISARMED' },
    });
  expect(leverIsThere(app)).toBe(false);
  await expect(switchover(page).chip).toHaveAttribute('data-armed', 'false');
});

test('the window says in its title that it is armed, in the person’s language', async () => {
  const { page, app } = console_;
  const title = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  expect(await title()).toBe('Patronus Console');
  await switchover(page).arm(true);
  await expect.poll(title).toMatch(/^ARMED · .+ · Patronus Console$/);
  await page.evaluate(() => {
    document.title = 'nothing to see';
  });
  expect(await title()).toMatch(/^ARMED/);
});

test('on arrival the focus is on leaving; Esc leaves', async () => {
  const lever = await planned();
  await expect(lever.title).toHaveText('db-a stops taking writes. db-b starts.');
  await expect(lever.leave).toBeFocused();
  await expect(lever.accounts).toContainText('patronus_act');
  await expect(lever.act).toHaveText('Stop writes on db-a and switch');
  await lever.press('Escape');
  await expect.poll(() => leverIsThere(console_.app)).toBe(false);
});

test('the button opens with the right name and facts that hold, and with nothing else', async () => {
  const lever = await planned();
  await expect(lever.readings).toContainText(/^All \d+ hold/, { timeout: PLANNED_MS });
  expect(await lever.isOpen()).toBe(false);
  for (const [typed, hint] of [
    ['db', /2 more characters/],
    ['db-b', /another name/],
    ['DB-Á', /matches/],
    ['db-a', /matches/],
  ] as const) {
    await lever.name.fill('');
    await lever.name.pressSequentially(typed);
    await expect(lever.hint).toContainText(hint);
  }
  await expect.poll(lever.isOpen).toBe(true);
  await lever.page.screenshot({ path: join(SCREENS, 'lever-open-en-dark.png') });
  await lever.name.fill('db-b');
  await expect.poll(lever.isOpen).toBe(false);
  await lever.act.click({ force: true });
  await lever.goAway();
  expect(await runsBegun()).toBe(0);
});

test('pasting is refused, with a word about it', async () => {
  const lever = await planned();
  await lever.name.focus();
  await lever.page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'db-a');
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(paste);
  });
  await expect(lever.hint).toContainText('Pasting is refused');
  await expect(lever.name).toHaveValue('');
});

test('C22: Enter, fifty times, wherever the focus is, begins nothing', async () => {
  const lever = await planned();
  await lever.name.pressSequentially('db-a');
  await expect.poll(lever.isOpen, { timeout: PLANNED_MS }).toBe(true);
  for (const place of [lever.name, lever.act]) {
    await place.focus();
    for (let press = 0; press < 50; press += 1) await lever.page.keyboard.press('Enter');
    expect(await lever.isOpen()).toBe(true);
  }
  await lever.leave.focus();
  await lever.press('Enter');
  await expect.poll(() => leverIsThere(console_.app)).toBe(false);
  for (let press = 0; press < 50; press += 1) await console_.page.keyboard.press('Enter');
  expect(await runsBegun()).toBe(0);
});

test('a fact that changes closes the button while everybody looks', async () => {
  const lever = await planned();
  await lever.name.pressSequentially('db-a');
  await expect.poll(lever.isOpen, { timeout: PLANNED_MS }).toBe(true);
  await star.sql('db-b', 'SET GLOBAL super_read_only = OFF;');
  await expect.poll(lever.isOpen).toBe(false);
  await expect(lever.page.locator('.readings li')).toContainText('db-b');
  await lever.page.screenshot({ path: join(SCREENS, 'lever-drift-en-dark.png') });
  await star.sql('db-b', 'SET GLOBAL super_read_only = ON;');
  await expect.poll(lever.isOpen).toBe(true);
  await lever.goAway();
});

test('in French and in light, with nothing that axe finds', async () => {
  const { page } = console_;
  await callFromPage(page, 'settings.set', { language: 'fr', theme: 'light', projector: true });
  const lever = await planned();
  await expect(lever.title).toHaveText('db-a cesse de prendre les écritures. db-b commence.');
  await expect(lever.leave).toContainText('Laisser tout en l’état');
  await expect(lever.readings).toContainText('tiennent', { timeout: PLANNED_MS });
  await lever.name.pressSequentially('db-');
  await expect(lever.hint).toContainText('encore 1 caractère');
  await lever.page.screenshot({ path: join(SCREENS, 'lever-fr-light-projector.png') });
  for (const theme of ['light', 'dark'] as const) {
    await callFromPage(page, 'settings.set', { language: 'fr', theme, projector: false });
    await expect(lever.page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page: lever.page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await callFromPage(page, 'settings.set', { language: 'en', theme: 'dark', projector: false });
  await lever.goAway();
});

test('the surface is isolated: no Node, its own bridge and nothing of the page’s', async () => {
  const lever = await planned();
  const found = await lever.page.evaluate(() => ({
    missing: ['require', 'process', 'module', 'ipcRenderer', 'electron', 'patronus'].filter(
      (name) => name in window,
    ),
    bridge: Object.keys((window as unknown as { lever: object }).lever).sort(),
    origin: location.origin,
  }));
  expect(found).toEqual({
    missing: [],
    bridge: ['approval', 'leave', 'on', 'pull', 'type'],
    origin: 'app://lever',
  });
  const served = await console_.app.evaluate(async ({ session }) => {
    const policy = (reply: Response) => reply.headers.get('content-security-policy') ?? '';
    const own = session.fromPartition('lever');
    const [here, page] = [
      await own.fetch('app://lever/'),
      await session.defaultSession.fetch('app://console/'),
    ];
    const elsewhere = [
      await own.fetch('app://console/'),
      await session.defaultSession.fetch('app://lever/'),
      await own.fetch('app://lever/../main/main.js'),
    ];
    // The page's, but for the one worker that only the page has.
    const plain = (text: string) =>
      text
        .replace(/'nonce-[\w-]+'/, 'nonce')
        .replace(/worker-src [^;]+/, "worker-src 'none'")
        .replace(/trusted-types [^;]+$/, "trusted-types 'none'");
    const ours = policy(here);
    return {
      same: plain(ours) === plain(policy(page)),
      lax: ["default-src 'none'", "worker-src 'none'", "trusted-types 'none'"].filter(
        (rule) => !ours.includes(rule),
      ),
      elsewhere: elsewhere.map(({ status }) => status),
    };
  });
  expect(served).toEqual({ same: true, lax: [], elsewhere: [404, 404, 404] });
  const processes = await console_.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
  );
  expect(new Set(processes).size).toBe(processes.length);
  await lever.goAway();
});

test('C4: a script in the page, calling everything in any order, changes nothing at any server', async () => {
  test.setTimeout(180_000);
  const { page, app } = console_;
  const lever = await planned();
  await expect(lever.readings).toContainText('hold', { timeout: PLANNED_MS });
  const open = await callFromPage(page, 'lever.get');
  const hash = open.ok ? (open.value as { request: { plan: string } }).request.plan : '';
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
  });
  const names = Object.entries(contract).flatMap(([name, { kind }]) => (kind === 'event' ? [] : [name]));
  const tried = await page.evaluate(
    async ({ names: all, hash: plan }) => {
      const { patronus } = window as unknown as { patronus: Bridge };
      const place = { x: 0, y: 0, width: 1400, height: 880 };
      const request = { act: 'start', plan };
      const inputs: Record<string, unknown[]> = {
        'arm.set': [{ armed: true }],
        'switchover.plan': [{ cluster: 'data', to: 'db-b', overrides: [] }],
        'runbook.readings': [{ plan }],
        'lever.open': [
          { request, place },
          { request: { ...request, token: 'x', typed: 'db-a' }, place },
          ...['resume', 'undo', 'hand-over', 'take-over'].map((act) => ({
            request: { act, run: 'x' },
            place,
          })),
        ],
        'lever.place': [place],
        'run.get': [{ id: 'x' }],
        'run.hold': [
          { id: 'x', on: true },
          { id: 'x', on: false },
        ],
      };
      const secrets: string[] = [];
      let calls = 0;
      const again = Array.from({ length: 4 }, () => [...all]).flat();
      for (const name of again.sort((one, other) => ((one.length * 7 + other.length * 13) % 3) - 1)) {
        // Looks at all hosts, and asks the person for files, are their own tests.
        if (
          ['watch.look', 'estate.choose', 'recording.choose', 'journal.export', 'plan.export'].includes(name)
        )
          continue;
        for (const input of inputs[name] ?? [undefined, {}]) {
          calls += 1;
          const reply = await patronus.call(name, input, `xss ${calls}`);
          if (reply.ok && /token/i.test(JSON.stringify(reply.value))) secrets.push(name);
        }
        const over = document.elementFromPoint(innerWidth - 60, innerHeight / 2);
        over?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        over?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      }
      const other = window.open('app://lever/');
      return { calls, secrets, opened: other !== null };
    },
    { names, hash },
  );
  expect(tried).toMatchObject({ secrets: [], opened: false });
  expect(tried.calls).toBeGreaterThan(names.length * 2);
  expect(await runsBegun()).toBe(0);
  const { count, changes } = await actingSent();
  expect(changes).toEqual([]);
  expect(count).toBeGreaterThan(20); // it was there, and read
});

test('C4: another window, with the surface’s own bridge, is not heard', async () => {
  const { app } = console_;
  const lever = await planned();
  await lever.name.pressSequentially('db-a');
  await expect.poll(lever.isOpen, { timeout: PLANNED_MS }).toBe(true);
  await app.evaluate(async ({ app: electron, BrowserWindow, session }) => {
    const preload = `${electron.getAppPath()}/out/preload/preload-lever.cjs`;
    for (const partition of ['', 'lever']) {
      const own = partition === '' ? session.defaultSession : session.fromPartition(partition);
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, session: own },
      });
      for (const event of ['will-frame-navigate', 'did-navigate'])
        window.webContents.removeAllListeners(event);
      await window.loadURL(partition === '' ? 'app://console/' : 'app://lever/');
      await window.webContents.executeJavaScript(
        'window.lever.on(() => {}); window.lever.type("db-a"); window.lever.pull(); window.lever.leave();',
      );
      window.destroy();
    }
  });
  expect(leverIsThere(app)).toBe(true);
  await lever.goAway();
  expect(await runsBegun()).toBe(0);
  const { count, changes } = await actingSent();
  expect(changes).toEqual([]);
  expect(count).toBeGreaterThan(20); // it was there, and read
});

test('the surface goes when its page is loaded anew, and when the console is disarmed', async () => {
  const { app, page } = console_;
  await planned();
  await page.reload();
  await expect.poll(() => leverIsThere(app)).toBe(false);
  await planned();
  await switchover(page).arm(false);
  await expect.poll(() => leverIsThere(app)).toBe(false);
  expect(await runsBegun()).toBe(0);
});

test('what counts as a change is found where there was one', async () => {
  const log = [
    '2026-01-01T00:00:00.000000Z\t   8 Connect\tpatronus_act@127.0.0.1 on  using TCP/IP',
    "2026-01-01T00:00:01.000000Z\t   8 Query\tSET SESSION lock_wait_timeout = 5, sql_mode = 'ANSI'",
    '2026-01-01T00:00:02.000000Z\t   8 Query\tSET PERSIST super_read_only = ON',
    '2026-01-01T00:00:03.000000Z\t   9 Query\tSET GLOBAL read_only = ON',
  ].join('\n');
  expect(sentBy(log, /patronus/).filter((statement) => CHANGES.test(statement))).toEqual([
    'SET PERSIST super_read_only = ON',
  ]);
});
