import { scryptSync } from 'node:crypto';
import { Failure } from '@shared/errors';
import { type DeriveKey, KEY_BYTES } from '../crypt';

export const PASSPHRASE = 'four words in a row';
export const SECRET = 'canary-3f1d0b';
export const SECRET_ID = { estateFile: '/e/patronus.yaml', name: 'patronus/db/watch/password' };

/** What `derive` gave. */
export const derived: Buffer[] = [];

/** The real function at a thousandth of its cost: the tests are about what is done with the key. */
export const derive: DeriveKey = async (passphrase, { salt, r, p }) => {
  const key = scryptSync(passphrase, Buffer.from(salt, 'hex'), KEY_BYTES, { N: 128, r, p });
  derived.push(key);
  return key;
};

/** The code of the failure, or "ok". */
export const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'ok',
    (thrown) => (thrown instanceof Failure ? thrown.error.code : thrown),
  );
