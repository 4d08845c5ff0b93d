import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeClock } from '../ports-node';
import { KEY_BYTES } from './crypt';
import { createKeeper, type KeeperOptions, type SecretKeeper } from './keeper';
import { noKeyring, type SystemKeyring } from './keyring';
import { Secret } from './secret';
import { codeOf, derive, SECRET_ID as id, PASSPHRASE, SECRET } from './testing/kit';

const root = mkdtempSync(path.join(tmpdir(), 'patronus-keeper-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const open: SecretKeeper[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.lock();
});
let dir: string;
let file: string;
beforeEach(() => {
  dir = path.join(root, randomBytes(4).toString('hex'));
  file = path.join(dir, 'vault.json');
});

/** A keyring as the operating system's: gives back only what it sealed itself. */
const fakeKeyring = (): SystemKeyring & { locked: boolean } => {
  const held = new Map<string, string>();
  return {
    locked: false,
    async availability() {
      return this.locked ? { usable: false, why: 'unavailable' } : { usable: true, product: 'test' };
    },
    async wrap(text) {
      const ticket = randomBytes(8);
      held.set(ticket.toString('hex'), text);
      return ticket;
    },
    async unwrap(wrapped) {
      const text = held.get(wrapped.toString('hex'));
      if (text === undefined) throw new Error('not mine');
      return text;
    },
  };
};

describe('the keeper', () => {
  const keeperWith = (options: Partial<KeeperOptions> = {}) => {
    const keeper = createKeeper({
      dir,
      clock: nodeClock,
      keyring: noKeyring('basic_text'),
      idleMinutes: async () => 15,
      derive,
      ...options,
    });
    open.push(keeper);
    return keeper;
  };
  const stateOf = async (keeper: SecretKeeper) => {
    const found = await keeper.find(id, true);
    return found.state === 'found' ? found.secret.reveal() : found.state;
  };

  it('keeps nothing for "once", and until the end for "session"; neither on disk', async () => {
    const keeper = keeperWith();
    await keeper.keep(id, new Secret(SECRET), 'once');
    expect(await stateOf(keeper)).toBe('none');
    await keeper.keep(id, new Secret(SECRET), 'session');
    expect(await stateOf(keeper)).toBe(SECRET);
    expect(existsSync(dir)).toBe(false);
    keeper.dispose();
    expect(await stateOf(keeper)).toBe('none');
  });

  it('never puts in clear on disk what it cannot encrypt: basic_text, unknown, no vault, a locked one', async () => {
    for (const why of ['basic_text', 'unknown', 'unavailable', 'command-line'] as const) {
      // Chromium seals just as willingly with a key that everybody knows: that nothing is sealed is ours to see to.
      const willing = { ...fakeKeyring(), availability: async () => ({ usable: false, why }) as const };
      const keeper = keeperWith({ keyring: willing });
      expect(await codeOf(keeper.keep(id, new Secret(SECRET), 'keyring'))).toBe('E_SECRET_KEYRING');
      expect(await codeOf(keeper.mayKeep('keyring'))).toBe('E_SECRET_KEYRING');
    }
    const keeper = keeperWith();
    expect(await codeOf(keeper.keep(id, new Secret(SECRET), 'vault'))).toBe('E_VAULT_NONE');
    await keeper.createVault(PASSPHRASE);
    keeper.lock();
    expect(await codeOf(keeper.mayKeep('vault'))).toBe('E_VAULT_LOCKED');
    expect(await codeOf(keeper.keep(id, new Secret(SECRET), 'vault'))).toBe('E_VAULT_LOCKED');
    expect(readFileSync(file, 'utf8')).not.toContain(id.name);
  });

  it('finds what is in the vault only while that is open', async () => {
    const keeper = keeperWith();
    await keeper.createVault(PASSPHRASE);
    await keeper.keep(id, new Secret(SECRET), 'vault');
    expect(await stateOf(keeper)).toBe(SECRET);
    keeper.lock();
    expect(await stateOf(keeper)).toBe('locked');
    expect(await keeper.view()).toMatchObject({ vault: 'locked', kept: [{ ...id, where: 'vault' }] });
    await keeper.delete(id, 'vault');
    expect(await stateOf(keeper)).toBe('none');
  });

  it('uses the keyring for as long as it is there, and never another one', async () => {
    const keyring = fakeKeyring();
    const keeper = keeperWith({ keyring });
    await keeper.keep(id, new Secret(SECRET), 'keyring');
    expect(await stateOf(keeperWith({ keyring }))).toBe(SECRET);
    expect(readFileSync(path.join(dir, 'keyring.json'), 'latin1')).not.toContain(SECRET);
    keyring.locked = true;
    expect(await stateOf(keeper)).toBe('unreachable');
    expect(await stateOf(keeperWith())).toBe('unreachable');
    expect(await stateOf(keeperWith({ keyring: fakeKeyring() }))).toBe('unreachable');
    const other = { ...fakeKeyring(), unwrap: async () => '00'.repeat(KEY_BYTES) };
    expect(await stateOf(keeperWith({ keyring: other }))).toBe('unreachable');
  });

  it('does not give what a server refused, until a newer answer takes its place', async () => {
    const keeper = keeperWith();
    await keeper.createVault(PASSPHRASE);
    await keeper.keep(id, new Secret('wrong'), 'vault');
    keeper.refused(id);
    expect(await stateOf(keeper)).toBe('none');
    await keeper.keep(id, new Secret('right'), 'session');
    expect(await stateOf(keeper)).toBe('right');
    expect((await keeper.view()).kept).toMatchObject([{ where: 'session' }]);
  });

  it('says of a damaged vault that it is damaged', async () => {
    await keeperWith().createVault(PASSPHRASE);
    writeFileSync(file, 'x');
    const keeper = keeperWith();
    expect(await keeper.view()).toMatchObject({ vault: 'damaged', kept: [] });
    expect(await codeOf(keeper.find(id, true))).toBe('E_VAULT_DAMAGED');
  });
});
