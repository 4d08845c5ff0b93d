import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';

const TICK_MS = 1_500;
const UNANSWERED = 2;
/** Milliseconds without a byte after which a link is lost; noticed up to one tick later. */
export const SILENCE_MS = TICK_MS * UNANSWERED;

/**
 * Notices within five seconds that nothing comes any more, so that it can be on the screen by then. Whatever
 * arrives is a sign of life: ssh2's own keepalive counts its pings alone, and gives a connection up while a
 * gigabyte is arriving on it and their answers wait behind that. A console that was itself held up for a while
 * first reads what has arrived meanwhile. Returns how to stop; `onSilent` is called once at most.
 */
export function watchSilence(client: Client, socket: Duplex, onSilent: () => void): () => void {
  let unanswered = 0;
  const heard = () => {
    unanswered = 0;
  };
  const stop = () => {
    clearInterval(timer);
    socket.off('data', heard);
  };
  const timer = setInterval(() => {
    if (unanswered >= UNANSWERED) {
      stop();
      return onSilent();
    }
    unanswered += 1;
    ask(client);
  }, TICK_MS);
  timer.unref();
  socket.on('data', heard);
  return stop;
}

/** Does the server answer before the signal aborts? */
export function answers(client: Client, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const onAbort = () => resolve(false);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) return onAbort();
    ask(client, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
  });
}

/**
 * A question that every server answers, however busy its host is, and that changes nothing: to cancel a forward
 * that nobody asked for (RFC 4254 section 7.1). A refusal is an answer, too.
 */
function ask(client: Client, answered: () => void = () => {}): void {
  client.unforwardIn('127.0.0.1', 1, answered);
}
