import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { frame } from './pages/frame';
import { topology } from './pages/topology';
import { callFromPage } from './support/bridge';
import { canary, heapOf } from './support/canary';
import { type Console, expect, freshDataDir, launch, test } from './support/console';
import { entry, estateCopy } from './support/estate';
import { lab } from './support/lab';

/**
 * C9, C10: what a person types is kept for as long as that person chose. On `files` somebody logs in by password;
 * the estate says that the console asks for it.
 */

const passphrase = canary('vault');
let password: string;
let estate: string;
let dataDir: string;
let console_: Console | undefined;

test.describe.configure({ timeout: 120_000 });

test.beforeAll(async () => {
  await lab.mend();
  password = readFileSync(lab.secret('ssh-password'), 'utf8').trim();
  estate = estateCopy((document) => {
    const files = entry(document, 'hosts', 'files');
    files.setIn(['ssh', 'user'], 'patronus-pw');
    files.deleteIn(['ssh', 'identity']);
    files.setIn(['ssh', 'secret'], 'keyring');
  });
  dataDir = freshDataDir();
});
test.afterEach(async () => {
  await console_?.close();
  console_ = undefined;
});

const UP = { web: 'up', db: 'up', files: 'up' };
const SLOWLY = { timeout: 30_000 };
const ASKING = { web: 'up', db: 'up', files: 'unknown' };

/** By keys: what is put in by a script would stay in the page's memory. */
const type = (page: Page, text: string) => page.keyboard.type(text);

/** Looks at `files` as a person asks for it, and waits until the console asks that. */
async function lookAndBeAsked(page: Page, what: string): Promise<void> {
  await topology(page).look('files');
  await expect(frame(page).question).toContainText(what);
}
const PASSWORD = 'Password of patronus-pw on files';
const VAULT = 'The vault is needed for files';

async function start(how: { dataDir: string; switches?: string[] } = { dataDir }): Promise<Page> {
  console_ = await launch({ estate, ...how });
  await expect.poll(topology(console_.page).healths, SLOWLY).toEqual(ASKING);
  return console_.page;
}

/** The connection to `files` breaks, and the console makes another one. */
async function reconnect(page: Page): Promise<void> {
  await lab.fault('cut-console', 'files');
  await expect.poll(topology(page).healths, SLOWLY).toEqual(ASKING);
  await lab.fault('heal', 'files');
}

const choice = (page: Page, keep: string) => frame(page).question.locator(`input[value="${keep}"]`);
const secrets = (page: Page) => page.getByTestId('secrets');
const kept = (page: Page) => secrets(page).getByTestId('kept').locator('tbody tr');
const openSecrets = (page: Page) => frame(page).take('Secrets');

test('by default an answer lives until the console quits: typed once, also for the next connection', async () => {
  const page = await start();
  await lookAndBeAsked(page, PASSWORD);
  await expect(choice(page, 'session')).toBeChecked();
  await expect(choice(page, 'vault')).toBeDisabled();
  await type(page, password);
  await page.keyboard.press('Enter');
  await expect.poll(topology(page).healths, SLOWLY).toEqual(UP);
  await reconnect(page);
  await topology(page).look('files');
  await expect.poll(topology(page).healths, SLOWLY).toEqual(UP);
  await expect(frame(page).question).toBeHidden();
  await openSecrets(page);
  await expect(kept(page)).toContainText(['patronus/files/patronus-pw/password']);
  await expect(kept(page)).toContainText(['in memory']);
  await secrets(page).getByRole('button', { name: 'Delete patronus/files/patronus-pw/password' }).click();
  await expect(secrets(page)).toContainText('Nothing is kept.');
});

test('only this once: the next connection asks again', async () => {
  const page = await start();
  await lookAndBeAsked(page, PASSWORD);
  await type(page, password);
  await choice(page, 'once').check();
  await page.keyboard.press('Enter');
  await expect.poll(topology(page).healths, SLOWLY).toEqual(UP);
  await reconnect(page);
  await lookAndBeAsked(page, PASSWORD);
});

test('C9: with --password-store=basic the keyring is refused, and says why', async () => {
  const page = await start({ dataDir, switches: ['--password-store=basic'] });
  await lookAndBeAsked(page, PASSWORD);
  await expect(choice(page, 'keyring')).toBeDisabled();
  await expect(frame(page).question).toContainText('a key that everybody knows');
  const questions = await callFromPage(page, 'question.list');
  const [{ id }] = (questions as unknown as { value: [{ id: string }] }).value;
  const answer = { text: password, keep: 'keyring' };
  expect(await callFromPage(page, 'question.answer', { id, answer })).toMatchObject({
    ok: false,
    error: { code: 'E_SECRET_KEYRING', params: { what: 'basic_text' } },
  });
  // The question is still open: nothing was kept, nothing was used.
  await expect(frame(page).question).toBeVisible();
  expect(() => statSync(join(dataDir, 'secrets'))).toThrow();
});

test('a vault: set up while a question waits, used by the next console, locked and unlocked', async () => {
  let page = await start();
  await lookAndBeAsked(page, PASSWORD);
  const { question } = frame(page);
  await question.getByText('Set up a vault').first().click();
  const form = question.getByTestId('vault-create');
  await form.locator('input').first().focus();
  await type(page, passphrase);
  await page.keyboard.press('Tab');
  await type(page, `${passphrase}x`);
  await page.keyboard.press('Enter');
  await expect(question).toContainText('The two are not the same.');
  await form.locator('input').first().focus();
  await type(page, passphrase);
  await page.keyboard.press('Tab');
  await type(page, passphrase);
  await page.keyboard.press('Enter');
  await expect(choice(page, 'vault')).toBeEnabled({ ...SLOWLY });
  await expect(choice(page, 'session'), 'never chosen for anybody').toBeChecked();
  await choice(page, 'vault').check();
  await question.locator('input[type="password"]').first().focus();
  await type(page, password);
  await page.keyboard.press('Enter');
  await expect.poll(topology(page).healths, SLOWLY).toEqual(UP);
  const file = join(dataDir, 'secrets/vault.json');
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  expect((statSync(join(dataDir, 'secrets')).mode & 0o777).toString(8)).toBe('700');

  await console_?.close();
  page = await start();
  await lookAndBeAsked(page, VAULT);
  await type(page, 'not this passphrase');
  await page.keyboard.press('Enter');
  await expect(frame(page).question).toBeHidden();
  expect(await topology(page).healths()).toEqual(ASKING);
  await lookAndBeAsked(page, VAULT);
  await type(page, passphrase);
  await page.keyboard.press('Enter');
  await expect.poll(topology(page).healths, SLOWLY).toEqual(UP);

  await openSecrets(page);
  await expect(secrets(page).getByTestId('vault-state')).toHaveAttribute('data-state', 'open');
  await expect(kept(page)).toContainText(['in the vault']);
  await secrets(page).getByRole('button', { name: 'Lock the vault' }).click();
  await expect(secrets(page).getByTestId('vault-state')).toHaveAttribute('data-state', 'locked');
  await page.keyboard.press('Escape');
  await reconnect(page);
  // A look in the background neither asks nor opens it.
  await expect(frame(page).question).toBeHidden();
  await lookAndBeAsked(page, VAULT);
});

test('C10: neither is on the page’s heap once its dialog is closed', async () => {
  const page = await start({ dataDir: freshDataDir() });
  await openSecrets(page);
  const create = secrets(page).getByTestId('vault-create');
  for (const n of [0, 1]) {
    await create.locator('input').nth(n).focus();
    await type(page, passphrase);
  }
  await page.keyboard.press('Enter');
  await expect(secrets(page).getByTestId('vault-state')).toHaveAttribute('data-state', 'open', SLOWLY);
  await secrets(page).getByRole('button', { name: 'Lock the vault' }).click();
  await secrets(page).getByTestId('vault-unlock').locator('input').focus();
  await type(page, passphrase);
  await page.keyboard.press('Enter');
  await expect(secrets(page).getByTestId('vault-state')).toHaveAttribute('data-state', 'open', SLOWLY);
  await page.keyboard.press('Escape');
  await lookAndBeAsked(page, PASSWORD);
  await type(page, password);
  await page.keyboard.press('Enter');
  await expect.poll(topology(page).healths, SLOWLY).toEqual(UP);
  await page.evaluate((marker) => Object.assign(window, { marker: `${marker}-found` }), 'needle');
  const heap = await heapOf(page);
  expect(heap.includes('needle-found'), 'the search finds what is there').toBe(true);
  expect(heap.includes(password), 'password').toBe(false);
  expect(heap.includes(passphrase), 'passphrase').toBe(false);
});

for (const language of ['en', 'fr'] as const)
  for (const theme of ['dark', 'light'] as const)
    test(`the dialog keeps the rules of accessibility: ${language}, ${theme}`, async () => {
      console_ = await launch({ estate, settings: { language, theme } });
      const { page } = console_;
      await expect.poll(topology(page).healths).toEqual(ASKING);
      await openSecrets(page);
      await expect(secrets(page)).toContainText(language === 'fr' ? 'Coffre' : 'Vault');
      const rules = async () =>
        (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`,
        );
      expect(await rules()).toEqual([]);
      await page.keyboard.press('Escape');
      await frame(page).take(language === 'fr' ? 'Relever files maintenant' : 'Look at files now');
      await expect(frame(page).question).toBeVisible();
      expect(await rules()).toEqual([]);
    });
