import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A bad line to a server: everything arrives late, now and then something arrives much later, and the line can be
 * cut for a while. TCP hides a lost packet from its users as such a wait, so this is what loss looks like from
 * here; the kernel's own netem would need a module that not every machine has.
 */
export interface BadLine {
  port: number;
  /** Connections that are open now. */
  open(): number;
  /** Nothing goes through any more, and nobody is told. What was sent meanwhile comes when it is healed. */
  cut(): void;
  heal(): void;
  close(): Promise<void>;
}

export interface Quality {
  /** One way, milliseconds: half of the round trip. */
  delayMs: number;
  /** Of all chunks, how many have to be sent again: 0 … 1. */
  loss: number;
}

/** RFC 6298: a lost packet is sent again after the retransmission timeout, at Linux at least 200 ms. */
const AGAIN_MS = 200;

/** Listens on a port of 127.0.0.1 and passes on to `host:port`. The same seed loses the same chunks. */
export async function badLine(
  to: { host: string; port: number },
  quality: Quality,
  seed = 1,
): Promise<BadLine> {
  let state = seed;
  // xorshift32: the same on every run
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  let cut = false;
  let healed = Promise.resolve();
  let heal = () => {};
  const sockets = new Set<Socket>();
  const near = new Set<Socket>();

  /** In order, as TCP delivers: what comes after a chunk that is late is late too. */
  function pass(from: Socket, into: Socket): void {
    let before = Promise.resolve();
    from.on('data', (chunk) => {
      const due = performance.now() + quality.delayMs + (random() < quality.loss ? AGAIN_MS : 0);
      before = before.then(async () => {
        await sleep(Math.max(0, due - performance.now()));
        while (cut) await healed;
        if (into.writable) into.write(chunk);
      });
    });
    from.on('close', () => void before.then(() => !cut && into.destroy()));
  }

  const server = createServer((caller) => {
    near.add(caller);
    caller.on('close', () => near.delete(caller));
    const far = connect(to);
    for (const socket of [caller, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      socket.setNoDelay(true);
    }
    pass(caller, far);
    pass(far, caller);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    open: () => near.size,
    cut() {
      cut = true;
      healed = new Promise((resolve) => {
        heal = resolve;
      });
    },
    heal() {
      cut = false;
      heal();
    },
    async close() {
      cut = false;
      heal();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
