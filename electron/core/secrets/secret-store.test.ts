import { chmodSync, mkdirSync } from 'node:fs';
import { format, inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { makeHome, scriptedAsk } from '../ssh/testing/home';
import { Secret } from './secret';
import { createSecretStore } from './secret-store';

const home = makeHome();
afterAll(() => home.remove());
const question = { host: 'db', account: 'watch', what: 'sql-password', prompt: '', echo: false } as const;

function storeWith(answers: (string | null)[] = [], env: Record<string, string> = {}) {
  const ask = scriptedAsk(answers);
  const ports = { ...home.ports(ask), paths: { ...home.paths, env } };
  const store = createSecretStore({ estateDir: home.dir, ports });
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
    ['keyring', 'E_SECRET_KEYRING'],
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
    store.clear();
    expect(await get('prompt')).toBe('E_ANSWER_DECLINED');
    expect(ask.asked).toHaveLength(4);
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
