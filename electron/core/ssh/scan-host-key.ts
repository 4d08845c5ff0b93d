import type { Duplex } from 'node:stream';
import type { Failure } from '@shared/errors';
import ssh2 from 'ssh2';
import { failure } from '../net/failure';
import { ALGORITHMS } from './algorithms';
import { HANDSHAKE_MS } from './handshake';
import { hostKeyAlgorithms, type TrustQuestion } from './host-key';
import { fingerprintOf, typeOfKey } from './key-blob';
import type { SshHop } from './target';
import { watchBanner } from './watch-banner';

/** What a server shows as its key. Nothing vouches for it: a person compares it on the machine. */
export interface PresentedHostKey {
  type: string;
  fingerprint: string;
  key: Buffer;
}

/** Reads the host key a server presents, and leaves before logging in. Takes over the socket. */
export function scanHostKey(
  hop: SshHop,
  socket: Duplex,
  trust: TrustQuestion,
  signal: AbortSignal,
): Promise<PresentedHostKey> {
  const where = { address: hop.host, port: `${hop.port}`, seconds: `${HANDSHAKE_MS / 1000}` };
  const client = new ssh2.Client();
  return new Promise<PresentedHostKey>((resolve, reject) => {
    let presented: Buffer | null = null;
    const banner = watchBanner(socket, () => finish('another protocol'));
    const finish = (text: string, why?: Failure) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      banner.stop();
      client.removeAllListeners();
      client.on('error', () => {});
      socket.destroy();
      if (presented)
        return resolve({ type: typeOfKey(presented), fingerprint: fingerprintOf(presented), key: presented });
      if (why) return reject(why);
      if (!banner.any()) return reject(failure('E_SSH_NO_BANNER', hop.hostId, where));
      if (!banner.isSsh()) return reject(failure('E_NOT_SSH', hop.hostId, { ...where, text: banner.text() }));
      reject(failure('E_SSH_HANDSHAKE', hop.hostId, { ...where, text }));
    };
    const onAbort = () => finish('', failure('E_ABORTED', hop.hostId));
    const timer = setTimeout(() => finish(`no answer in ${where.seconds} s`), HANDSHAKE_MS);
    signal.addEventListener('abort', onAbort);
    client.on('error', (thrown) => finish(thrown.message));
    client.on('close', () => finish('the server closed the connection'));
    client.connect({
      sock: socket,
      username: hop.user,
      readyTimeout: 0,
      algorithms: { ...ALGORITHMS, serverHostKey: hostKeyAlgorithms(trust) },
      // Always a refusal: the key is noted, and the handshake ends here.
      hostVerifier: (key: Buffer) => {
        presented = Buffer.from(key);
        return false;
      },
    });
    if (signal.aborted) onAbort();
  });
}
