import { join } from 'node:path';
import type { Document } from 'yaml';
import { leverIsThere, leverOf } from './pages/lever';
import { runs } from './pages/runs';
import { switchover } from './pages/switchover';
import { type Console, expect, launch, test } from './support/console';
import { ROOT } from './support/env';
import { type Star, starUp } from './support/star';

/** A planned switchover as a person does it: arm, plan, read, type the name, press, and look how it ends. */

/** A plan is made by looking at three servers; a run takes them one after the other. */
const PLANNED_MS = 30_000;
const RUN_MS = 60_000;
const SCREENS = join(ROOT, 'test-results/e2e/screens');
const NODES = ['db-a', 'db-b', 'db-c'] as const;

let star: Star;
let console_: Console;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  star = await starUp('switchover');
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await console_?.close();
  await star?.gone();
});

/** Of each server whether it is read-only, and whom it follows. */
const servers = () =>
  Promise.all(
    NODES.map(async (node) => {
      const said = await star.sql(
        node,
        "SELECT CONCAT_WS(' ', @@GLOBAL.read_only, @@GLOBAL.super_read_only, IFNULL((SELECT HOST FROM performance_schema.replication_connection_configuration), '-')) AS '';",
      );
      return said.trim().split('\n').at(-1) ?? '';
    }),
  );

/** Another console, with an estate of its own, armed and in front of the lever of db-a to db-b, the name typed. */
async function ready(change: (document: Document) => void) {
  await console_?.close();
  console_ = await launch({ estate: star.estate(change) });
  const { page, app } = console_;
  await switchover(page).arm(true);
  await page.evaluate(() => {
    location.hash = '#/replication/data';
  });
  await switchover(page).open('db-b');
  await expect(switchover(page).steps).toBeVisible({ timeout: PLANNED_MS });
  const lever = await leverOf(app);
  await lever.name.pressSequentially('db-a');
  await expect.poll(lever.isOpen, { timeout: PLANNED_MS }).toBe(true);
  return lever;
}
const hooks = ['clusters', 0, 'acting', 'traffic'];

test('a step that fails before the point of no return: all is undone by itself, and is as it was', async () => {
  test.setTimeout(PLANNED_MS + RUN_MS + 60_000);
  // A balancer that answers every question and does nothing that it is told.
  const deaf = '/tmp/deaf.sock';
  const answer =
    'read -r line; case $line in set*) ;; *) printf "%s\\n" "$line" | socat - UNIX-CONNECT:/run/haproxy/admin.sock;; esac';
  await star.in('lb', ['sh', '-c', `printf '%s' '${answer}' > /tmp/deaf.sh`]);
  const listen = `socat UNIX-LISTEN:${deaf},fork,mode=666 EXEC:"sh /tmp/deaf.sh"`;
  await star.in('lb', ['sh', '-c', `setsid -f ${listen} </dev/null >/dev/null 2>&1`]);
  const before = await servers();
  const lever = await ready((document) => document.setIn([...hooks, 0, 'socket'], deaf));
  await lever.act.click();
  const { status, states } = runs(console_.page);
  await expect(status).toContainText('undone', { timeout: RUN_MS });
  expect(await states()).toEqual(
    expect.arrayContaining(['7 undone', '8 failed', '10 pending', '16 pending', '18 pending']),
  );
  expect(await servers()).toEqual(before);
  expect(leverIsThere(console_.app)).toBe(false);
  await console_.page.screenshot({ path: join(SCREENS, 'run-undone-en-dark.png') });
});

test('from armed to done; meanwhile the page may be loaded anew, and the console does not quit', async () => {
  test.setTimeout(PLANNED_MS + RUN_MS + 90_000);
  // What leads clients is slow: time to do everything that a person does meanwhile.
  await star.in('lb', ['sh', '-c', 'printf db-a > /tmp/leads; chmod 666 /tmp/leads']);
  const lever = await ready((document) =>
    document.addIn(hooks, {
      kind: 'command',
      id: 'slow',
      host: 'lb',
      run: Object.fromEntries(
        NODES.map((node) => [node, ['sh', '-c', `sleep 8; printf ${node} > /tmp/leads`]]),
      ),
      verify: ['cat', '/tmp/leads'],
      values: Object.fromEntries(NODES.map((node) => [node, node])),
    }),
  );
  const { page, app } = console_;
  await app.evaluate(({ dialog }) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    dialog.showMessageBox = (async (...args: unknown[]) => {
      said.push((args.at(-1) as { message: string; detail: string }).detail);
      return { response: 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  });
  await lever.act.click();
  const { status, steps, list } = runs(page);
  await expect(status).toContainText('running', { timeout: RUN_MS });
  expect(leverIsThere(app)).toBe(false);
  await app.evaluate(({ app: electron }) => electron.quit());
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { said: string[] }).said.join()))
    .toMatch(/^This console acts on data\./);
  await page.reload();
  await expect(steps).toBeVisible();
  await page.screenshot({ path: join(SCREENS, 'run-running-en-dark.png') });
  await expect(status).toContainText('done', { timeout: RUN_MS });
  const [a, b, c] = await servers();
  expect([a?.slice(0, 3), b?.slice(0, 3), c?.slice(0, 3)]).toEqual(['1 1', '0 0', '1 1']);
  expect([a, b, c].map((said) => said?.slice(4))).toEqual(['10.0.20.12', '-', '10.0.20.12']);
  await page.keyboard.press('4');
  await expect(list).toBeVisible();
  await expect(list.locator('tr[data-run]')).toHaveCount(1);
  await page.screenshot({ path: join(SCREENS, 'run-done-en-dark.png') });
});
