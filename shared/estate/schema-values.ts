import { z } from 'zod';

/** The small values of which everything in an estate file is made. */

export const Id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'an id: lower-case letters, digits, . _ -');

/** One language, or both: a plain string stands for both. */
export const Text = z.union([z.string(), z.strictObject({ en: z.string(), fr: z.string() })]);

export const Port = z.number().int().min(1).max(65535);

/** A login name as it goes into a connection: nothing that a shell or an option parser could take for its own. */
export const UserName = z.string().regex(/^[^\s:-][^\s:]{0,127}$/, 'a login name, without spaces or colons');

/** Where a number comes from. `reference` is built in and cited, and never used for prices. */
export const Source = z.enum(['stated', 'measured', 'assumed', 'reference']);

/** Every number carries its unit and its source. */
export const Quantity = z.strictObject({
  value: z.number(),
  unit: z.string().min(1),
  source: Source,
  /** "about": the document says environ, ~ or up to. */
  approx: z.boolean().optional(),
  range: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  /** For measured: where and when; for assumed: who; for reference: the citation. */
  where: z.string().optional(),
  when: z.string().optional(),
  by: z.string().optional(),
  cite: z.string().optional(),
  note: Text.optional(),
});
export const MaybeQuantity = z.union([z.literal('unknown'), Quantity]);

/** A secret is never in the file, only where to find it. `file:` must be 0600 and is relative to the estate file. */
export const SecretRef = z
  .string()
  .regex(
    /^(prompt|agent|keyring|env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/,
    'a reference to a secret: prompt, agent, keyring, env:NAME or file:PATH',
  );

/** A public host key as in known_hosts, without the host part. */
export const HostKey = z
  .string()
  .regex(
    /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+={0,3}( .*)?$/,
    'a public host key, "ssh-ed25519 AAAA…"',
  );

export type Text = z.infer<typeof Text>;
export type Source = z.infer<typeof Source>;
export type Quantity = z.infer<typeof Quantity>;
export type MaybeQuantity = z.infer<typeof MaybeQuantity>;
export type SecretRef = z.infer<typeof SecretRef>;
