import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../ports';
import { nodeClock } from '../ports-node';
import { Secret } from './secret';
import { codeOf, derive, derived, SECRET_ID as id, PASSPHRASE, SECRET } from './testing/kit';
import { askToLock, createVault, type Vault } from './vault';

const root = mkdtempSync(path.join(tmpdir(), 'patronus-vault-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const open: Vault[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.lock();
});
let dir: string;
let file: string;
beforeEach(() => {
  dir = path.join(root, randomBytes(4).toString('hex'));
  file = path.join(dir, 'vault.json');
});

const vaultAt = (at = file, clock: Clock = nodeClock, idle = 900_000) => {
  const vault = createVault({ file: at, clock, idleMs: async () => idle, onChange: () => {}, derive });
  open.push(vault);
  return vault;
};
const revealed = async (secret: Promise<Secret | null>) => (await secret)?.reveal();

describe('the vault', () => {
  it('gives back what was put in, after being locked and by another process', async () => {
    const vault = vaultAt();
    expect(await vault.state()).toBe('none');
    await vault.create(PASSPHRASE);
    for (const text of [SECRET, '', ' é \u0000 \n', 'x'.repeat(4096)]) {
      await vault.set(id, new Secret(text));
      expect(await revealed(vault.get(id))).toBe(text);
    }
    vault.lock();
    expect(await vault.state()).toBe('locked');
    expect(await codeOf(vault.get(id))).toBe('E_VAULT_LOCKED');
    expect(await codeOf(vault.set(id, new Secret('y')))).toBe('E_VAULT_LOCKED');
    const other = vaultAt();
    expect(await other.list()).toMatchObject([id]);
    await other.unlock(PASSPHRASE);
    expect(await revealed(other.get(id))).toBe('x'.repeat(4096));
    await other.delete(id);
    expect(await other.get(id)).toBeNull();
  });

  it.each(['patronus/db/watch/sql-password', 'patronus/web/watch/password'])(
    'does not give it for %s, nor for another estate file',
    async (name) => {
      const vault = vaultAt();
      await vault.create(PASSPHRASE);
      await vault.set(id, new Secret(SECRET));
      expect(await vault.get({ ...id, name })).toBeNull();
      expect(await vault.get({ ...id, estateFile: '/elsewhere/patronus.yaml' })).toBeNull();
    },
  );

  it('holds any text under any name', async () => {
    const vault = vaultAt();
    await vault.create(PASSPHRASE);
    const all = Array.from({ length: 40 }, (_, n) => ({
      id: {
        estateFile: `/e/${randomBytes(3).toString('latin1')}`,
        name: `n${n} ${randomBytes(9).toString('utf8')}`,
      },
      text: randomBytes(n * 7).toString('utf8'),
    }));
    for (const one of all) await vault.set(one.id, new Secret(one.text));
    for (const one of all) expect(await revealed(vault.get(one.id))).toBe(one.text);
  });

  it('is 0600 in a folder of 0700, holds no secret in clear, and leaves nothing beside it', async () => {
    const vault = vaultAt();
    await vault.create(PASSPHRASE);
    await vault.set(id, new Secret(SECRET));
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(dir).mode & 0o777).toString(8)).toBe('700');
    const bytes = readFileSync(file);
    for (const text of [SECRET, PASSPHRASE])
      for (const form of [text, Buffer.from(text).toString('base64'), Buffer.from(text).toString('hex')])
        expect(bytes.includes(form)).toBe(false);
    expect(existsSync(`${file}.lock`)).toBe(false);
    chmodSync(file, 0o640);
    expect(await codeOf(vault.get(id))).toBe('E_VAULT_MODE');
  });

  it('differs in every vault, though passphrase, name and secret are the same', async () => {
    const [one, two] = await Promise.all(
      ['one', 'two'].map(async (name) => {
        const at = path.join(dir, name, 'vault.json');
        const vault = vaultAt(at);
        await vault.create(PASSPHRASE);
        await vault.set(id, new Secret(SECRET));
        return JSON.parse(readFileSync(at, 'utf8'));
      }),
    );
    expect(one.key.kdf.salt).not.toBe(two.key.kdf.salt);
    expect(one.entries[0].nonce).not.toBe(two.entries[0].nonce);
    expect(one.entries[0].data).not.toBe(two.entries[0].data);
  });

  it('tells a wrong passphrase from damage, and zeroes the key of either', async () => {
    const vault = vaultAt();
    await vault.create(PASSPHRASE);
    vault.lock();
    derived.length = 0;
    expect(await codeOf(vault.unlock('four words in a rov'))).toBe('E_VAULT_PASSPHRASE');
    expect(await vault.state()).toBe('locked');
    await vault.unlock(PASSPHRASE);
    vault.lock();
    expect(derived).toHaveLength(2);
    expect(derived.every((key) => key.every((byte) => byte === 0))).toBe(true);
    expect(await codeOf(vault.create(PASSPHRASE))).toBe('E_VAULT_EXISTS');
    expect(await codeOf(vaultAt(path.join(dir, 'x')).create('short'))).toBe('E_VAULT_WEAK');
    expect(await codeOf(vaultAt(path.join(dir, 'x')).unlock(PASSPHRASE))).toBe('E_VAULT_NONE');
  });

  it('costs a guesser 128 MiB and time, on a thread of its own', { timeout: 20_000 }, async () => {
    const vault = createVault({ file, clock: nodeClock, idleMs: async () => 1e6, onChange: () => {} });
    open.push(vault);
    await vault.create(PASSPHRASE);
    vault.lock();
    // The thread that derives is another one: this one goes on meanwhile.
    let turns = 0;
    const timer = setInterval(() => turns++, 10);
    await vault.unlock(PASSPHRASE.normalize('NFD')).finally(() => clearInterval(timer));
    expect(turns).toBeGreaterThan(3);
    const { key } = JSON.parse(readFileSync(file, 'utf8'));
    expect(key.kdf).toMatchObject({ name: 'scrypt', N: 2 ** 17, r: 8, p: 1 });
    // A file that asks for less work is not this console's.
    const text = readFileSync(file, 'utf8').replace(`"N":${2 ** 17}`, '"N":1024');
    writeFileSync(file, text);
    expect(await codeOf(vaultAt().unlock(PASSPHRASE))).toBe('E_VAULT_DAMAGED');
  });

  it('refuses a file in which any single bit was turned, at every byte', { timeout: 60_000 }, async () => {
    const vault = vaultAt();
    await vault.create(PASSPHRASE);
    await vault.set(id, new Secret(SECRET));
    vault.lock();
    const whole = readFileSync(file);
    const wrong: string[] = [];
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(file, bytes);
      const code = await codeOf(vault.unlock(PASSPHRASE));
      if (code !== 'E_VAULT_DAMAGED') wrong.push(`byte ${at}: ${code}`);
    }
    expect(whole.length).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a space more', (text: string) => text.replace('{', '{ ')],
    ['a key twice', (text: string) => text.replace('"version":1', '"version":1,"version":1')],
    ['a key more', (text: string) => text.replace('"version":1', '"version":1,"plain":true')],
    ['nothing', () => ''],
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
  ])('refuses a file that means the same or less in another spelling: %s', async (_, change) => {
    const vault = vaultAt();
    await vault.create(PASSPHRASE);
    vault.lock();
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    expect(await codeOf(vault.unlock(PASSPHRASE))).toBe('E_VAULT_DAMAGED');
  });

  it('keeps every one of the writes that come at once, from here and from other processes', async () => {
    const [one, two] = [vaultAt(), vaultAt()];
    await one.create(PASSPHRASE);
    await two.unlock(PASSPHRASE);
    const names = Array.from({ length: 30 }, (_, n) => `patronus/db/u${n}/password`);
    await Promise.all(names.map((name, n) => (n % 2 ? one : two).set({ ...id, name }, new Secret(`s${n}`))));
    expect((await one.list()).map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const [n, name] of names.entries()) expect(await revealed(one.get({ ...id, name }))).toBe(`s${n}`);
  });

  it('waits for a writer of another process, takes over from one that is gone, and gives up on one that stays', {
    timeout: 20_000,
  }, async () => {
    const vault = vaultAt();
    await vault.create(PASSPHRASE);
    writeFileSync(`${file}.lock`, '999999999\n');
    await vault.set(id, new Secret(SECRET));
    writeFileSync(`${file}.lock`, `${process.ppid}\n`);
    expect(await codeOf(vault.delete(id))).toBe('E_STORE_BUSY');
    rmSync(`${file}.lock`);
    expect(await revealed(vault.get(id))).toBe(SECRET);
  });
});

describe('an open vault locks itself', () => {
  /** Time that passes when the test says so, a second at a time. */
  const handClock = () => {
    let at = 0;
    const sleepers = new Set<{ until: number; wake: () => void }>();
    const clock: Clock = {
      now: () => 1_000_000 + at,
      monotonic: () => at,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const sleeper = { until: at + ms, wake: resolve };
          sleepers.add(sleeper);
          signal?.addEventListener('abort', () => resolve());
        }),
    };
    const pass = async (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        at += 1_000;
        for (const sleeper of sleepers) if (sleeper.until <= at && sleepers.delete(sleeper)) sleeper.wake();
        // Long enough for the file of requests to be looked at.
        for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
      }
    };
    return { clock, pass };
  };

  it('after the time without use by a person, which begins anew with each use', async () => {
    const { clock, pass } = handClock();
    const vault = vaultAt(file, clock, 60_000);
    await vault.create(PASSPHRASE);
    await pass(50);
    vault.touch();
    await pass(50);
    expect(await vault.state()).toBe('open');
    await pass(20);
    expect(await vault.state()).toBe('locked');
  });

  it('when another program asks for it', async () => {
    const vault = vaultAt();
    await vault.create(PASSPHRASE);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await askToLock(file, nodeClock);
    await expect.poll(() => vault.state(), { timeout: 4_000 }).toBe('locked');
    await vault.unlock(PASSPHRASE);
    expect(await vault.state()).toBe('open');
  });
});
