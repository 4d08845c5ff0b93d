import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeHome, scriptedAsk } from '../ssh/testing/home';
import { runCli } from './run-cli';

const home = makeHome();
afterAll(() => home.remove());
const estate = path.resolve(import.meta.dirname, '../../../estates/patronus.yaml');
const NAME = 'patronus/database/watch/sql-password';
const PASSPHRASE = 'four words in a row';
const SECRET = 'canary-51c0';

async function secrets(words: string[], answers: string[] | null = null) {
  let out = '';
  let err = '';
  const ask = answers && scriptedAsk(answers);
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    env: { LANG: 'C' },
    cwd: home.dir,
    interactive: answers !== null,
  };
  const argv = ['secrets', ...words, '--estate', estate, '--data-dir', home.paths.dataDir];
  const code = await runCli(argv, { io, ask, version: 'test', bundledEstatesDir: '/nowhere' });
  expect(out + err).not.toContain(SECRET);
  expect(out + err).not.toContain(PASSPHRASE);
  return { code, out, err, asked: ask?.asked.length ?? 0 };
}

it('keeps a secret in a vault, names it, and deletes it', { timeout: 60_000 }, async () => {
  const file = path.join(home.paths.dataDir, 'secrets/vault.json');
  expect(await secrets(['list'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Nothing is kept.'),
  });
  expect(await secrets(['lock'])).toMatchObject({ code: 1, err: expect.stringContaining('E_VAULT_NONE') });
  expect(await secrets(['set', NAME])).toMatchObject({
    code: 1,
    err: expect.stringContaining('E_NEEDS_TERMINAL'),
  });
  expect(await secrets(['set', NAME], [PASSPHRASE, 'another one'])).toMatchObject({ code: 3, asked: 2 });
  expect(existsSync(file)).toBe(false);

  expect(await secrets(['set', NAME], [PASSPHRASE, PASSPHRASE, SECRET])).toMatchObject({ code: 0, asked: 3 });
  expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
  const listed = await secrets(['list', '--json']);
  expect(JSON.parse(listed.out)).toMatchObject({
    vault: 'locked',
    keyring: { usable: false, why: 'command-line' },
    kept: [{ name: NAME, estateFile: estate, where: 'vault' }],
  });
  expect(await secrets(['set', NAME], ['not the passphrase'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('E_VAULT_PASSPHRASE'),
  });
  expect(await secrets(['lock'])).toMatchObject({ code: 0 });
  expect(await secrets(['delete', NAME])).toMatchObject({ code: 0 });
  expect(await secrets(['delete', NAME])).toMatchObject({ code: 3 });
});

it.each([
  [[]],
  [['list', NAME]],
  [['set']],
  [['set', 'database/watch/sql-password']],
  [['set', 'other/database/watch/sql-password']],
  [['get', NAME]],
])('refuses %j, and says how a name is written', async (words) => {
  const { code, err, asked } = await secrets(words, []);
  expect({ code, asked }).toEqual({ code: 2, asked: 0 });
  expect(err).toContain('patronus/HOST/ACCOUNT/password');
});
