import type { Duplex } from 'node:stream';
import { cleanLine } from '@shared/clean';
import { Failure } from '@shared/errors';
import ssh2, { type Client } from 'ssh2';
import { failure, systemText } from '../net/failure';
import { ALGORITHMS } from './algorithms';
import type { Auth } from './auth';
import { coalesceWrites } from './coalesce-writes';
import { decideHostKey, failClosed, hostKeyAlgorithms, type TrustQuestion } from './host-key';
import type { VerifiedHostKey } from './lease';
import type { SshHop } from './target';
import { watchBanner } from './watch-banner';

/** Banner, key exchange and host key must be done in this time; logging in too, without the time a person thinks. */
export const HANDSHAKE_MS = 10_000;
const AUTH_MS = 20_000;

export interface HandshakeOptions {
  hop: SshHop;
  socket: Duplex;
  trust: TrustQuestion;
  auth: Auth;
  signal: AbortSignal;
  /** Whether a person is being asked, now. */
  asking(): boolean;
  handshakeMs?: number;
  /** How long it may go on saying nothing at all; default: the whole of the above. */
  silentMs?: number;
  /** How long it has said nothing before: for what a person is told. */
  silentBeforeMs?: number;
}

/**
 * Speaks SSH over a socket until the account is logged in. On every failure socket and client are destroyed
 * before it rejects, with a Failure that says how far it came.
 */
export function handshake(options: HandshakeOptions): Promise<{ client: Client; hostKey: VerifiedHostKey }> {
  const { hop, socket, trust, auth, signal } = options;
  const { handshakeMs = HANDSHAKE_MS, silentBeforeMs = 0 } = options;
  const silentMs = Math.min(options.silentMs ?? handshakeMs, handshakeMs);
  const where = { address: hop.host, port: `${hop.port}`, seconds: `${handshakeMs / 1000}` };
  const verifier = failClosed((key) => decideHostKey(trust, key), hop.hostId);
  const client = new ssh2.Client();

  return new Promise((resolve, reject) => {
    let phase: 'handshake' | 'auth' | 'over' = 'handshake';
    let timer: NodeJS.Timeout;
    const banner = watchBanner(socket, () =>
      fail(failure('E_NOT_SSH', hop.hostId, { ...where, text: banner.text() })),
    );

    const over = () => {
      phase = 'over';
      clearTimeout(timer);
      banner.stop();
      signal.removeEventListener('abort', onAbort);
      client.removeAllListeners();
      // ssh2 still reports what happens while it closes, and an error without a listener ends the process.
      client.on('error', () => {});
    };
    const fail = (why: Failure) => {
      if (phase === 'over') return;
      over();
      client.destroy();
      socket.destroy();
      reject(why);
    };
    const onAbort = () => fail(failure('E_ABORTED', hop.hostId));
    const authTimer = () => {
      timer = setTimeout(() => {
        if (options.asking()) return authTimer();
        fail(
          failure('E_SSH_HANDSHAKE', hop.hostId, {
            ...where,
            text: `no answer to the login in ${AUTH_MS / 1000} s`,
          }),
        );
      }, AUTH_MS);
    };

    /** The link broke, or ssh2 gave up: says why from what was seen so far. */
    const explain = (text: string): Failure => {
      const decided = verifier.decision();
      if (decided instanceof Failure) return decided;
      if (phase === 'auth') return auth.closed(text);
      if (!banner.any()) return failure('E_TCP_RESET', hop.hostId, where);
      if (!banner.isSsh()) return failure('E_NOT_SSH', hop.hostId, { ...where, text: banner.text() });
      if (/no matching/i.test(text)) return failure('E_SSH_ALGORITHMS', hop.hostId, { text });
      return failure('E_SSH_HANDSHAKE', hop.hostId, { ...where, text });
    };

    timer = setTimeout(() => {
      const seconds = `${Math.round((silentMs + silentBeforeMs) / 100) / 10}`;
      if (!banner.any()) return fail(failure('E_SSH_NO_BANNER', hop.hostId, { ...where, seconds }));
      timer = setTimeout(() => fail(explain(`no answer in ${where.seconds} s`)), handshakeMs - silentMs);
    }, silentMs);
    signal.addEventListener('abort', onAbort);
    client.on('handshake', () => {
      clearTimeout(timer);
      phase = 'auth';
      authTimer();
    });
    client.on('error', (thrown) => {
      if (thrown.level === 'agent') return auth.agentFailed(systemText(thrown));
      fail(explain(cleanLine(thrown.message)));
    });
    client.on('close', () => fail(explain('the server closed the connection')));
    client.on('change password', () => fail(failure('E_AUTH_EXPIRED', hop.hostId, { account: hop.user })));
    void auth.stopped.then(fail);
    client.on('ready', () => {
      const decided = verifier.decision();
      // Cannot be: ssh2 logs in only after the verifier said true. If it ever were, nothing may be sent.
      if (decided === null || decided instanceof Failure)
        return fail(decided ?? failure('E_HOSTKEY_UNKNOWN', hop.hostId, { id: hop.hostId }));
      over();
      resolve({ client, hostKey: decided });
    });
    if (signal.aborted) return onAbort();
    coalesceWrites(socket);
    client.connect({
      sock: socket,
      username: hop.user,
      readyTimeout: 0,
      algorithms: { ...ALGORITHMS, serverHostKey: hostKeyAlgorithms(trust) },
      hostVerifier: (key: Buffer) => verifier.verify(key),
      authHandler: (accepts, partial, next) => {
        void auth
          .next(accepts, partial)
          .then(next, (thrown: unknown) =>
            fail(
              thrown instanceof Failure
                ? thrown
                : failure('E_SSH_HANDSHAKE', hop.hostId, { ...where, text: systemText(thrown) }),
            ),
          );
      },
    });
  });
}
