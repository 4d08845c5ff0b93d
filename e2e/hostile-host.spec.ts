import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activeIn, activeTextsIn } from '@shared/testing/hostile';
import { type RogueHost, startRogueHost } from '../electron/core/faults/testing/rogue-host';
import { frame, PLACES } from './pages/frame';
import { topology } from './pages/topology';
import { callFromPage } from './support/bridge';
import { type Console, expect, launch, test } from './support/console';
import { giveToConsole } from './support/env';
import { folder } from './support/estate';

/** A host in other hands, whose sshd, web server, database and programs all lie: all of it arrives as text. */

// Each one goes on where the one before it stopped: after a failure the first is begun anew.
test.describe.configure({ mode: 'serial' });

let rogue: RogueHost;
let desk: Console;
test.beforeAll(async () => {
  const dir = folder('rogue');
  rogue = await startRogueHost(dir);
  giveToConsole(rogue.estateFile, join(dir, 'password'));
  desk = await launch({ estate: rogue.estateFile });
});
test.afterAll(async () => {
  await desk?.close();
  await rogue?.close();
});
const QUESTION = '<b onclick=alert(1)>';

const text = () => desk.page.evaluate(() => document.body.innerText);
const source = () => desk.page.evaluate(() => document.documentElement.outerHTML);

test('F12 its question is text, and so is all that it says, everywhere in the window', async () => {
  const { page } = desk;
  const looked = callFromPage(page, 'watch.look', { host: 'asking' });
  const { question } = frame(page);
  await expect(question).toContainText(`"'></title></text></svg></style></textarea><b onclick=alert(1)>`);
  expect([activeIn(await text()), activeIn(await source())]).toEqual([null, null]);
  await question.locator('input').first().fill('1234');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await looked;
  // Its first look has ended: what is shown of it is complete, and stands still.
  await callFromPage(page, 'watch.look', { host: 'rogue' });

  const view = topology(page);
  for (const id of ['app', 'sql', 'share', 'other']) {
    const open = await view.open(id);
    const list = open.sent.and(page.locator('[aria-expanded]'));
    await expect.poll(() => list.count()).toBeGreaterThan(3);
    const answers = await list.allTextContents();
    for (const answer of answers) {
      await open.root.getByRole('button', { name: answer, exact: true }).click();
      await expect(open.evidence).toHaveAttribute('data-evidence', answer);
      await expect(open.raw).toBeVisible();
      expect([answer, activeIn((await open.raw.textContent()) ?? '')]).toEqual([answer, null]);
    }
    // No look has moved what a person is about to click.
    expect([id, await list.allTextContents()]).toEqual([id, answers]);
    expect([id, activeIn(await text()), activeIn(await source())]).toEqual([id, null, null]);
  }
  await expect(page.getByTestId('drawer')).toContainText('onerror=alert(1)');
  for (const place of PLACES) {
    await frame(page).go(place);
    expect([place, activeIn(await text()), activeIn(await source())]).toEqual([place, null, null]);
  }
  await page.keyboard.press('/');
  await page.keyboard.type('onclick=alert(1)');
  // The question; a second time where the server hung up before it was answered, and what else was refused with its words.
  const rows = page.getByTestId('journal-table').locator('tbody tr');
  const isQuestion = async () => (await page.getByTestId('entry-facts').textContent())?.includes(QUESTION);
  await expect.poll(async () => [1, 2, 3].includes(await rows.count())).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('J');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('entry-facts')).toBeVisible();
  for (let further = 0; further < 2 && !(await isQuestion()); further += 1) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('J');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByTestId('entry-facts')).toContainText(QUESTION);
  expect([activeIn(await text()), activeIn(await source())]).toEqual([null, null]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  expect(await page.locator('img, [onerror], [onload], [onclick]').count()).toBe(0);
  expect(rogue.statements.length).toBeGreaterThan(8);
  expect(desk.trouble).toEqual({ refusals: [], errors: [], dialogs: [], requests: [] });
});

test('F12 its journal leaves the window as lines of text', async () => {
  const { app, page } = desk;
  await frame(page).go('journal');
  for (const [name, ending] of [
    ['Export JSON Lines', 'jsonl'],
    ['Export CSV', 'csv'],
  ] as const) {
    const file = join(folder('export'), `journal.${ending}`);
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await page.getByRole('button', { name }).click();
    await expect(page.getByTestId('journal-said')).toContainText(file);
    const exported = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    expect(exported).toContain('onclick=alert(1)');
    expect([ending, activeIn(exported)]).toEqual([ending, null]);
    if (ending === 'csv') expect(exported).not.toMatch(/(^|,)"\s*[=+\-@]/m);
    else
      expect(
        exported
          .trimEnd()
          .split('\n')
          .flatMap((line) => activeTextsIn(JSON.parse(line))),
      ).toEqual([]);
  }
});

test('F12 what the console keeps of it on the disk is text', async () => {
  const files = readdirSync(desk.dataDir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(json|jsonl)$/.test(entry.name),
  );
  expect(files.length).toBeGreaterThan(2);
  for (const { parentPath, name } of files)
    expect([name, activeIn(readFileSync(join(parentPath, name), 'utf8'))]).toEqual([name, null]);
  expect(activeIn(desk.said())).toBeNull();
});
