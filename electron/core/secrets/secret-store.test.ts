import { chmodSync, mkdirSync } from 'node:fs';
import { format, inspect } from 'node:util';
import { secretName } from '@shared/secrets/secret-name';
import { afterAll, describe, expect, it } from 'vitest';
import type { Answer } from '../ports';
import { nodeClock } from '../ports-node';
import { makeHome, scriptedAsk } from '../ssh/testing/home';
import { createKeeper, type SecretKeeper } from './keeper';
import { noKeyring } from './keyring';
import { Secret } from './secret';
import { createSecretStore } from './secret-store';
import { derive, PASSPHRASE } from './testing/kit';

const home = makeHome();
afterAll(() => home.remove());
const question = { host: 'db', account: 'watch', what: 'sql-password', prompt: '', echo: false } as const;

const estateFile = `${home.dir}/patronus.yaml`;
const idOn = (host: string) => ({
  estateFile,
  name: secretName({ estate: 'patronus', host, account: 'watch', purpose: 'sql-password' }),
});
const keepers: SecretKeeper[] = [];
afterAll(() => {
  for (const keeper of keepers) keeper.dispose();
});
function keeperAt(name: string): SecretKeeper {
  const dir = `${home.dir}/${name}`;
  const keyring = noKeyring('unavailable');
  const made = createKeeper({ dir, clock: nodeClock, keyring, idleMinutes: async () => 15, derive });
  keepers.push(made);
  return made;
}
function storeWith(
  answers: (string | Answer | null)[] = [],
  env: Record<string, string> = {},
  keeper: SecretKeeper | null = null,
) {
  const ask = scriptedAsk(answers);
  const ports = { ...home.ports(ask), paths: { ...home.paths, env } };
  const keeping = keeper ? { keeping: { keeper, estate: 'patronus', estateFile } } : {};
  const store = createSecretStore({ estateDir: home.dir, ports, ...keeping });
  const get = (ref: string, background = false, host = 'db') =>
    store
      .resolve({ ref, question: { ...question, host }, background, signal: new AbortController().signal })
      .then(
        (secret) => secret.reveal(),
        (thrown) => thrown.error.code,
      );
  return { store, ask, get };
}

describe('the secret store', () => {
  home.file('good', 'p w\n');
  home.file('strict', 'x', 0o400);
  home.file('crlf', 'x\r\n');
  home.file('two', 'a\nb\n\n');
  chmodSync(home.file('open', 'x'), 0o640);
  chmodSync(home.file('world', 'x'), 0o604);
  home.file('huge', 'x'.repeat(70_000));
  mkdirSync(`${home.dir}/folder`);
  it.each([
    ['file:good', 'p w'],
    ['file:strict', 'x'],
    ['file:crlf', 'x'],
    ['file:two', 'a\nb\n'],
    [`file:${home.dir}/good`, 'p w'],
    ['file:open', 'E_SECRET_MODE'],
    ['file:world', 'E_SECRET_MODE'],
    ['file:none', 'E_SECRET_FILE'],
    ['file:folder', 'E_SECRET_FILE'],
    ['file:huge', 'E_SECRET_FILE'],
    ['env:PW', 'from env'],
    ['env:NONE', 'E_SECRET_ENV'],
    ['keyring', 'E_ANSWER_DECLINED'],
  ])('%s gives %s', async (ref, expected) =>
    expect(await storeWith([], { PW: 'from env' }).get(ref)).toBe(expected),
  );

  it('asks once for each account of each host, and never in the background', async () => {
    const { get, ask, store } = storeWith(['one', 'two', 'three', null]);
    expect(await get('prompt', true)).toBe('E_NEEDS_ANSWER');
    expect([await get('prompt'), await get('prompt', true), await get('prompt', false, 'web')]).toEqual([
      'one',
      'one',
      'two',
    ]);
    store.forget({ ref: 'prompt', question });
    expect(await get('prompt', true)).toBe('E_NEEDS_ANSWER');
    expect(await get('prompt')).toBe('three');
    store.forget({ ref: 'prompt', question });
    expect(await get('prompt')).toBe('E_ANSWER_DECLINED');
    expect(ask.asked).toHaveLength(4);
  });

  it('asks one question at a time about the same secret: who comes second takes the first answer', async () => {
    const { get, ask } = storeWith(['one', 'two']);
    expect(await Promise.all([get('prompt'), get('keyring'), get('prompt')])).toEqual(['one', 'one', 'one']);
    expect(ask.asked).toHaveLength(1);
  });

  it('asks for the vault once for all who wait for it, and never in the background', async () => {
    const keeper = keeperAt('vaulted');
    await keeper.createVault(PASSPHRASE);
    for (const host of ['db', 'web']) await keeper.keep(idOn(host), new Secret(`of ${host}`), 'vault');
    keeper.lock();
    const { get, ask } = storeWith(['not this one, no', PASSPHRASE], {}, keeper);
    expect(await get('keyring', true)).toBe('E_NEEDS_ANSWER');
    expect(await get('prompt')).toBe('E_VAULT_PASSPHRASE');
    expect(await Promise.all([get('prompt'), get('keyring', false, 'web')])).toEqual(['of db', 'of web']);
    expect(await get('prompt', true)).toBe('of db');
    keeper.lock();
    expect(await get('prompt', true)).toBe('E_NEEDS_ANSWER');
    expect(await get('prompt')).toBe('E_ANSWER_DECLINED');
    expect(ask.asked.map(({ what }) => what)).toEqual(Array(3).fill('vault-passphrase'));
  });

  it('uses an answer that could not be kept as wished, and keeps it in memory', async () => {
    const keeper = keeperAt('none');
    const { get } = storeWith([{ text: 'typed', keep: 'vault' }], {}, keeper);
    expect([await get('prompt'), await get('prompt', true)]).toEqual(['typed', 'typed']);
    expect((await keeper.view()).kept).toMatchObject([{ where: 'session' }]);
  });
});

describe('Secret', () => {
  const secret = new Secret('canary-7f3a');
  it.each([
    ['string', `${secret}`],
    ['concatenation', `x${String(secret)}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
    ['console', format('%s %o %j', secret, secret, secret)],
    ['keys', Object.values(secret).join() + Object.getOwnPropertyNames(secret).join()],
    ['an error', String(new Error(`${secret}`))],
  ])('does not show in %s', (_, text) => expect(text).not.toContain('canary'));
  it('is revealed on demand', () => expect(secret.reveal()).toBe('canary-7f3a'));
});
