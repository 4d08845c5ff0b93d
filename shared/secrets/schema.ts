import { z } from 'zod';
import { MAX_NAME } from './secret-name';

/**
 * How long a person lets an answer live. `once`: for this login alone. `session`: in memory until the console
 * quits. `vault`: encrypted under a passphrase. `keyring`: encrypted by the operating system's own keyring.
 */
export const KeepChoice = z.enum(['once', 'session', 'vault', 'keyring']);
export type KeepChoice = z.infer<typeof KeepChoice>;

/** Chosen for nobody: what spares retyping within the session and leaves nothing on disk. */
export const DEFAULT_KEEP: KeepChoice = 'session';

export const KeptPlace = KeepChoice.exclude(['once']);
export type KeptPlace = z.infer<typeof KeptPlace>;

/** Which secret: its name, and the estate file it was given for. Another file with the same names does not get it. */
export const SecretId = z.strictObject({
  estateFile: z.string().min(1).max(4096),
  name: z.string().min(1).max(MAX_NAME),
});
export type SecretId = z.infer<typeof SecretId>;

/** That a secret is kept, never the secret. */
export const KeptSecret = z.strictObject({
  ...SecretId.shape,
  where: KeptPlace,
  /** Epoch milliseconds. */
  since: z.number(),
});
export type KeptSecret = z.infer<typeof KeptSecret>;

/**
 * Why the operating system's keyring is not used. `basic_text` and `unknown`: it would encrypt with a key that
 * everybody knows. `unavailable`: it does not answer or is locked. `command-line`: only the window reaches it.
 */
export const KeyringTrouble = z.enum(['basic_text', 'unknown', 'unavailable', 'command-line']);
export type KeyringTrouble = z.infer<typeof KeyringTrouble>;

export const Secrets = z.strictObject({
  keyring: z.discriminatedUnion('usable', [
    z.strictObject({ usable: z.literal(true), product: z.string() }),
    z.strictObject({ usable: z.literal(false), why: KeyringTrouble }),
  ]),
  vault: z.enum(['none', 'locked', 'open', 'damaged']),
  /** Minutes without use by a person after which the vault locks itself. */
  idleMinutes: z.number(),
  kept: z.array(KeptSecret),
});
export type Secrets = z.infer<typeof Secrets>;

/** Shorter ones are guessed from a copy of the file, whatever the key derivation costs. */
export const MIN_PASSPHRASE = 12;
export const Passphrase = z.string().min(1).max(1024);
