import { cleanLine } from '@shared/clean';
import { Failure, type Stage } from '@shared/errors';
import type { ErrorParams } from '@shared/text/error-params';
import { type ErrorCode, errorWording } from '@shared/text/error-text';

/** Of every expected failure of this layer: where on the way, and whether time alone can mend it. */
const FACTS = {
  E_NO_SUCH_HOST: ['estate', false],
  E_NO_ADDRESS: ['estate', false],
  E_NO_ACCOUNT: ['estate', false],
  E_JUMP_LOOP: ['estate', false],
  E_SSH_CONFIG: ['estate', false],
  E_EGRESS: ['egress', false],
  E_DNS: ['dns', true],
  E_TCP_REFUSED: ['tcp', true],
  E_TCP_TIMEOUT: ['tcp', true],
  E_TCP_RESET: ['tcp', true],
  E_TCP_UNREACHABLE: ['tcp', true],
  E_SSH_NO_BANNER: ['banner', true],
  E_NOT_SSH: ['banner', false],
  E_SSH_HANDSHAKE: ['banner', true],
  E_SSH_ALGORITHMS: ['banner', false],
  E_HOSTKEY_UNKNOWN: ['hostkey', false],
  E_HOSTKEY_CHANGED: ['hostkey', false],
  E_HOSTKEY_REVOKED: ['hostkey', false],
  E_HOSTKEY_CA_ONLY: ['hostkey', false],
  E_HOSTKEY_FILE: ['hostkey', false],
  E_AUTH_REFUSED: ['auth', false],
  E_AUTH_PASSWORD: ['auth', false],
  E_AUTH_EXPIRED: ['auth', false],
  E_AUTH_CLOSED: ['auth', true],
  E_AUTH_NOTHING: ['auth', false],
  E_AGENT: ['auth', false],
  E_KEY_FILE: ['auth', false],
  E_KEY_MODE: ['auth', false],
  E_KEY_PASSPHRASE: ['auth', false],
  E_NEEDS_ANSWER: ['auth', false],
  E_ANSWER_DECLINED: ['auth', false],
  E_SECRET_ENV: ['auth', false],
  E_SECRET_FILE: ['auth', false],
  E_SECRET_MODE: ['auth', false],
  E_SECRET_KEYRING: ['auth', false],
  E_VAULT_LOCKED: ['auth', false],
  E_VAULT_PASSPHRASE: ['auth', false],
  E_VAULT_DAMAGED: ['store', false],
  E_VAULT_MODE: ['store', false],
  E_VAULT_NONE: ['store', false],
  E_VAULT_EXISTS: ['store', false],
  E_VAULT_WEAK: ['store', false],
  E_STORE_BUSY: ['store', true],
  E_NEEDS_TERMINAL: ['auth', false],
  E_CHANNEL: ['channel', true],
  E_NO_SHELL: ['command', false],
  E_COMMAND_TIMEOUT: ['command', true],
  E_CONFIG_HIDDEN: ['command', false],
  E_BACKUP_MARK: ['command', false],
  E_BINLOG_UNREADABLE: ['command', false],
  E_BINLOG_ENCRYPTED: ['parse', false],
  E_BINLOG_DAMAGED: ['parse', false],
  E_NO_OLD_PRIMARY: ['run', false],
  E_ARGUMENT: ['command', false],
  E_WRONG_TARGET: ['command', false],
  E_TARGET_UNCONFIRMED: ['command', true],
  E_FORWARD_REFUSED: ['forward', true],
  E_FORWARD_FORBIDDEN: ['forward', false],
  E_LOST: ['lost', true],
  E_SILENT: ['lost', true],
  E_CLOSED: ['internal', false],
  E_ABORTED: ['internal', true],
  E_WOKE_UP: ['internal', true],
  E_SQL_NO_ACCOUNT: ['estate', false],
  E_SQL_REFUSED: ['sql-handshake', true],
  E_SQL_HANDSHAKE: ['sql-handshake', false],
  E_SQL_HUNG: ['sql-handshake', true],
  E_SQL_AUTH: ['sql-auth', false],
  E_SQL_AUTH_PLUGIN: ['sql-auth', false],
  E_SQL_INSECURE: ['sql-auth', false],
  E_SQL_TLS: ['tls', false],
  E_SQL_TLS_NAME: ['tls', false],
  E_SQL_TOO_MANY: ['sql-auth', true],
  E_SQL_GRANT: ['query', false],
  E_SQL_TIMEOUT: ['query', true],
  E_SQL_LOST: ['lost', true],
  E_SQL_FAILED: ['query', false],
  E_HTTP: ['http', true],
  E_HTTP_TIMEOUT: ['http', true],
  E_STORE_WRITE: ['store', true],
  E_JOURNAL_WRITE: ['store', true],
  E_NO_ESTATE: ['estate', false],
  E_NO_EVIDENCE: ['store', false],
  E_NO_CLUSTER: ['estate', false],
  E_DISARMED: ['internal', false],
  E_NO_PLAN: ['store', false],
  E_LEVER_CLOSED: ['internal', false],
  E_RUN_ACTS: ['internal', true],
  E_RUN_NAME: ['run', false],
  E_DRIFT: ['run', false],
  E_PRECONDITION: ['run', true],
  E_RUN_OPEN: ['run', false],
  E_PLAN_INVALID: ['internal', false],
  E_PLAN_CHANGED: ['run', false],
  E_PAST_NO_RETURN: ['run', false],
  E_NO_RUN: ['run', false],
  E_RUN_BUSY: ['run', true],
  E_RUN_CLOSED: ['run', false],
  E_NOT_ASKED: ['run', false],
  E_THROTTLE: ['run', false],
  E_OTHER_PERSON: ['run', false],
  E_NOT_AS_PREDICTED: ['run', false],
  E_NOT_PROVED: ['run', false],
  E_WAIT_OVER: ['run', false],
  E_ROUNDS_OVER: ['run', false],
  E_COMMAND_FAILED: ['command', false],
  E_NO_OUTPUT: ['run', false],
  E_NO_GO: ['run', false],
  E_NOT_UNDONE: ['run', false],
  E_LEASE_HELD: ['run', true],
  E_LEASE_STALE: ['run', false],
  E_LEASE_LOST: ['run', false],
  E_RUN_TAKEN: ['run', false],
  E_REMOTE_RECORD: ['run', true],
  E_KEPT_RUN: ['run', false],
  E_COMMAND_GONE: ['run', false],
  E_STREAM_DIFFERS: ['run', true],
  E_APPROVAL: ['run', false],
  E_APPROVAL_KEY: ['store', false],
  E_APPROVAL_MISSING: ['run', false],
} satisfies Partial<Record<ErrorCode, readonly [stage: Stage, retryable: boolean]>>;
type FailureCode = keyof typeof FACTS;

/**
 * Makes the exception of an expected failure. Its English wording comes from shared/text, so that a code
 * without a sentence does not compile. Values are cleaned here: many come from servers.
 */
export function failure(code: FailureCode, host: string | null, params: Partial<ErrorParams> = {}): Failure {
  const [stage, retryable]: readonly [Stage, boolean] = FACTS[code];
  const safe: Record<string, string> = {};
  for (const [key, value] of Object.entries(params)) safe[key] = cleanLine(value);
  const { sentence, remedy } = errorWording(code, { ...safe, ...(host ? { host } : {}) });
  return new Failure({
    code,
    stage,
    ...(host ? { host } : {}),
    message: sentence,
    remedy,
    retryable,
    params: safe,
  });
}

/** Anything thrown by the system or a library, as one line for `params.text`. Never holds what we sent. */
export const systemText = (thrown: unknown): string =>
  cleanLine(
    thrown instanceof Error ? ('code' in thrown ? String(thrown.code) : thrown.message) : String(thrown),
  );

/** Rejects with E_ABORTED when the caller no longer wants the answer. */
export function throwIfAborted(signal: AbortSignal, host: string): void {
  if (signal.aborted) throw failure('E_ABORTED', host);
}
