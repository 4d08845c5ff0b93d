import type { Duplex } from 'node:stream';
import { failure } from '../net/failure';
import type { SshHop } from './target';

/**
 * Waits until the server has said anything at all, and reads none of it. False: it has not within `ms`; some wait
 * for the other side to speak first (a multiplexer in front of sshd, another protocol). Rejects with Failure
 * E_TCP_RESET when it hangs up instead, E_ABORTED; then the socket is destroyed.
 */
export function firstByte(
  socket: Duplex,
  hop: SshHop,
  options: { ms: number; signal: AbortSignal },
): Promise<boolean> {
  const { ms, signal } = options;
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('readable', onReadable).off('error', onEnd).off('close', onEnd);
      finish();
    };
    const fail = (why: ReturnType<typeof failure>) =>
      settle(() => {
        socket.on('error', () => {});
        socket.destroy();
        reject(why);
      });
    const onEnd = () => fail(failure('E_TCP_RESET', hop.hostId, { address: hop.host, port: `${hop.port}` }));
    // "Readable" is also said at the end, when there is nothing to read.
    const onReadable = () => (socket.readableLength > 0 ? settle(() => resolve(true)) : onEnd());
    const onAbort = () => fail(failure('E_ABORTED', hop.hostId));
    const timer = setTimeout(() => settle(() => resolve(false)), ms);
    signal.addEventListener('abort', onAbort);
    socket.on('readable', onReadable).on('error', onEnd).on('close', onEnd);
    if (signal.aborted) onAbort();
    else if (socket.readableLength > 0) settle(() => resolve(true));
  });
}
