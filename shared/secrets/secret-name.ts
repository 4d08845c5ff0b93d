import { cleanLine } from '../clean';

/** What a kept secret is for. A one-time code is never kept. */
export const PURPOSES = ['password', 'passphrase', 'sql-password'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The path of a key may stand in it. */
export const MAX_NAME = 5_000;

/** What a secret opens: an account of a host, or the key of that account. */
export interface SecretUse {
  /** Id of the estate. */
  estate: string;
  /** Id of the host. */
  host: string;
  /** May hold "/" and spaces: for a key its file stands in it. */
  account: string;
  purpose: Purpose;
}

/**
 * The name under which a secret is kept, shown and typed: `estate/host/account/purpose`. Ids and purposes hold
 * no "/", so it is read back without doubt whatever the account is called.
 */
export const secretName = ({ estate, host, account, purpose }: SecretUse): string =>
  cleanLine(`${estate}/${host}/${account}/${purpose}`, MAX_NAME);

/** The use behind a name; null when it is none. */
export function parseSecretName(name: string): SecretUse | null {
  const [, estate, host, account, last] = /^([^/]+)\/([^/]+)\/(.+)\/([^/]+)$/.exec(name) ?? [];
  const purpose = PURPOSES.find((known) => known === last);
  if (!estate || !host || !account || !purpose) return null;
  return { estate, host, account, purpose };
}
