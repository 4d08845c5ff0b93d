import { cleanLine } from '@shared/clean';
import type { Failure } from '@shared/errors';
import { failure } from '../net/failure';
import type { Lease } from './lease';

/**
 * sshd lets an account with an expired password in and then runs nothing for it but `passwd`, which wants a
 * terminal; this is what it says without one (OpenSSH session.c, do_pwchange).
 */
const EXPIRED = /Password change required but no TTY available/;

/** Why a command was not run by an account that could log in, from what came back instead. */
export function notRun(lease: Pick<Lease, 'hostId' | 'user'>, name: string, said: Buffer): Failure {
  const text = cleanLine(said.toString('utf8')) || 'nothing';
  return EXPIRED.test(text)
    ? failure('E_AUTH_EXPIRED', lease.hostId, { account: lease.user })
    : failure('E_NO_SHELL', lease.hostId, { account: lease.user, name, text });
}
