import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** Something that listens on this machine and counts who comes. */
export interface Listener {
  port: number;
  hits(): number;
  close(): Promise<void>;
}

/** @param answer what it does with a client; by default it says nothing, ever */
export async function listener(answer: (socket: Socket) => void = () => {}): Promise<Listener> {
  const clients = new Set<Socket>();
  let hits = 0;
  const server: Server = createServer((socket) => {
    hits += 1;
    clients.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => clients.delete(socket));
    answer(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const client of clients) client.destroy();
      server.close(() => resolve());
    });
  return { port, hits: () => hits, close };
}

/** A port of this machine on which nobody listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await listener();
  await close();
  return port;
}
