import type { Duplex } from 'node:stream';
import type { Failure } from '@shared/errors';
import type { ClientChannel } from 'ssh2';
import { failure, systemText, throwIfAborted } from '../net/failure';
import type { Journal } from '../ports';
import type { Account, ExecChannel, Lease } from './lease';
import type { Link } from './link';

/** RFC 4254 section 5.1, SSH_OPEN_ADMINISTRATIVELY_PROHIBITED. */
const PROHIBITED = 1;

/** What a lease's holder can do with the link. `onRelease` is called once. */
export function makeLease(
  link: Link,
  facts: { hostId: string; account: Account; user: string; route: string; journal: Journal },
  onRelease: () => void,
): Lease {
  let released = false;
  const { hostId } = facts;

  /**
   * Runs one opening call of ssh2. A channel that arrives after the caller has given up is closed here.
   */
  function open<T extends Duplex>(
    signal: AbortSignal,
    start: (done: (thrown: Error | undefined, channel: T) => void) => void,
    refuse: (thrown: Error) => Failure,
  ): Promise<T> {
    throwIfAborted(signal, hostId);
    return new Promise((resolve, reject) => {
      let over = false;
      const stop = AbortSignal.any([signal, link.lost]);
      const settle = (finish: () => void) => {
        if (over) return;
        over = true;
        stop.removeEventListener('abort', onAbort);
        finish();
      };
      const onAbort = () =>
        settle(() => reject(link.lost.aborted ? link.lost.reason : failure('E_ABORTED', hostId)));
      stop.addEventListener('abort', onAbort);
      if (stop.aborted) return onAbort();
      try {
        start((thrown, channel) => {
          if (over && !thrown) {
            channel.on('error', () => {});
            channel.destroy();
          } else settle(() => (thrown ? reject(refuse(thrown)) : resolve(channel)));
        });
      } catch (thrown) {
        settle(() => reject(failure('E_LOST', hostId, { text: systemText(thrown) })));
      }
    });
  }

  return {
    ...facts,
    hostKey: link.hostKey,
    lost: link.lost,
    resident: link.resident,
    answers: (signal) => link.answers(signal),
    async exec(command, { signal, stays = false }): Promise<ExecChannel> {
      const give = await link.slots.take(AbortSignal.any([signal, link.lost])).catch(() => {
        throw link.lost.aborted ? link.lost.reason : failure('E_ABORTED', hostId);
      });
      try {
        let ended: ReturnType<ExecChannel['ended']> = null;
        // A short command's status can stand in the same packet as the word that it was started: whoever
        // begins to listen after an await is too late for it.
        const note = (code: number | null, signalName?: string) => {
          ended = { exit: code, killedBy: signalName?.replace(/^SIG/, '') ?? null };
        };
        const stream = await open<ClientChannel>(
          signal,
          (done) =>
            link.client.exec(command, (thrown, channel) => {
              if (!thrown) channel.on('exit', note);
              done(thrown, channel);
            }),
          (thrown) => failure('E_CHANNEL', hostId, { name: 'a command', text: thrown.message }),
        );
        if (stays) give();
        const done = () => {
          give();
          stream.close();
        };
        return { stream, ended: () => ended, done };
      } catch (thrown) {
        give();
        throw thrown;
      }
    },
    forward(host, port, { signal }) {
      const where = { address: host, port: `${port}` };
      return open<ClientChannel>(
        signal,
        (done) => link.client.forwardOut('127.0.0.1', 0, host, port, done),
        (thrown) =>
          'reason' in thrown && thrown.reason === PROHIBITED
            ? failure('E_FORWARD_FORBIDDEN', hostId, where)
            : failure('E_FORWARD_REFUSED', hostId, {
                ...where,
                text: thrown.message.replace(/^.*failure: /, ''),
              }),
      );
    },
    release() {
      if (released) return;
      released = true;
      onRelease();
    },
  };
}
