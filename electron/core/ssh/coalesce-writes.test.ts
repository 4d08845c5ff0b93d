import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { coalesceWrites } from './coalesce-writes';

test('what is written in one turn leaves in one piece, in order, and nothing waits for a second turn', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
  const accepted = once(server, 'connection');
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  const [peer] = await accepted;
  const pieces: string[] = [];
  peer.on('data', (chunk: Buffer) => pieces.push(chunk.toString()));
  try {
    coalesceWrites(socket);
    for (const word of ['a', 'b', 'c']) socket.write(Buffer.from(word));
    await expect.poll(() => pieces).toEqual(['abc']);
    socket.write(Buffer.from('d'));
    await expect.poll(() => pieces).toEqual(['abc', 'd']);
    socket.write(Buffer.alloc(1_000_000, 'x'));
    socket.end();
    await once(peer, 'end');
    expect(pieces.join('')).toHaveLength(1_000_004);
  } finally {
    socket.destroy();
    server.close();
  }
});
