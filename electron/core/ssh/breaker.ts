import type { AppError } from '@shared/errors';
import type { Clock } from '../ports';

/**
 * Remembers failures that must not be repeated by a background look. A refused login is never tried again
 * until a person acts: OpenSSH 9.8 and later lock out the whole address after a few (PerSourcePenalties,
 * sshd_config(5)), and directories lock the account. Where nothing was offered to be guessed (host keys, a
 * server that hangs up during login) the rest is a minute.
 */
export interface Breaker {
  /** The failure that forbids a background attempt now, or null. */
  blocked(): AppError | null;
  failed(error: AppError): void;
  reset(): void;
}

const REST_MS = 60_000;
const UNTIL_A_PERSON_ACTS = new Set([
  'E_AUTH_REFUSED',
  'E_AUTH_PASSWORD',
  'E_AUTH_EXPIRED',
  'E_AUTH_NOTHING',
  'E_KEY_PASSPHRASE',
  'E_NEEDS_ANSWER',
  'E_ANSWER_DECLINED',
  'E_SQL_AUTH',
  'E_SQL_AUTH_PLUGIN',
  'E_SQL_INSECURE',
]);
const FOR_A_WHILE = new Set([
  'E_AGENT',
  'E_AUTH_CLOSED',
  'E_HOSTKEY_UNKNOWN',
  'E_HOSTKEY_CHANGED',
  'E_HOSTKEY_REVOKED',
  'E_HOSTKEY_CA_ONLY',
]);

export function createBreaker(clock: Clock): Breaker {
  let open: { error: AppError; until: number } | null = null;
  return {
    blocked: () => (open && clock.monotonic() < open.until ? open.error : null),
    failed(error) {
      if (UNTIL_A_PERSON_ACTS.has(error.code)) open = { error, until: Number.POSITIVE_INFINITY };
      else if (FOR_A_WHILE.has(error.code)) open = { error, until: clock.monotonic() + REST_MS };
    },
    reset() {
      open = null;
    },
  };
}
