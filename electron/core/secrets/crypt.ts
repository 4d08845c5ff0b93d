import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

/**
 * The cryptography of the secrets on disk: AES-256-GCM (NIST SP 800-38D) under a key from scrypt (RFC 7914) or
 * from the keyring. Everything binary is lower-case hex: one spelling for each value.
 */
export const Hex = z.string().regex(/^([0-9a-f]{2})*$/);

export const KEY_BYTES = 32;
/** The size that GCM is made for; random, which is safe for far more than the few hundred texts of one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;

export const Sealed = z.strictObject({ nonce: Hex.length(NONCE_BYTES * 2), data: Hex.min(TAG_BYTES * 2) });
export type Sealed = z.infer<typeof Sealed>;

/** Cost of one guess: 128 MiB and about half a second. A file that asks for less is not accepted. */
export const Kdf = z.strictObject({
  name: z.literal('scrypt'),
  N: z.union([z.literal(2 ** 17), z.literal(2 ** 18), z.literal(2 ** 19)]),
  r: z.literal(8),
  p: z.literal(1),
  salt: Hex.length(SALT_BYTES * 2),
});
export type Kdf = z.infer<typeof Kdf>;

export const newKdf = (): Kdf => ({
  name: 'scrypt',
  N: 2 ** 17,
  r: 8,
  p: 1,
  salt: randomBytes(SALT_BYTES).toString('hex'),
});

export type DeriveKey = (passphrase: string, kdf: Kdf) => Promise<Buffer>;

/** The key of a passphrase. Runs on a thread of its own; the passphrase may be typed composed or decomposed. */
export const deriveKey: DeriveKey = (passphrase, { N, r, p, salt }) =>
  new Promise((resolve, reject) => {
    const bytes = Buffer.from(passphrase.normalize('NFC'), 'utf8');
    // scrypt needs 128·N·r bytes and a little more.
    scrypt(bytes, Buffer.from(salt, 'hex'), KEY_BYTES, { N, r, p, maxmem: 160 * N * r }, (error, key) => {
      bytes.fill(0);
      if (error) reject(error);
      else resolve(key);
    });
  });

/** Encrypts, and binds the text to what stands beside it in clear. */
export function seal(key: Buffer, beside: string, text: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(beside, 'utf8'));
  const plain = Buffer.from(text, 'utf8');
  const data = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return { nonce: nonce.toString('hex'), data: data.toString('hex') };
}

/** The text; null when key, text or what stands beside it is not the one it was sealed with. */
export function unseal(key: Buffer, beside: string, { nonce, data }: Sealed): string | null {
  const bytes = Buffer.from(data, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'hex'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(beside, 'utf8'));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    const text = plain.toString('utf8');
    plain.fill(0);
    return text;
  } catch {
    return null;
  }
}
