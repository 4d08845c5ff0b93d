import type { Duplex } from 'node:stream';

/**
 * ssh2 writes every packet of an AES-GCM connection in three pieces, each of which would be a system call and,
 * because Nagle's algorithm is off, a segment on the wire. What is written in one turn goes out together.
 */
export function coalesceWrites(socket: Duplex): void {
  const write = socket.write.bind(socket);
  socket.write = (chunk: Uint8Array) => {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    return write(chunk);
  };
}
