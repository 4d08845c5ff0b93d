import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { nullJournal } from '../journal/null-journal';
import { nodeClock } from '../ports-node';
import { createDialer, type Dialer } from './dial';
import type { EgressPolicy } from './egress';

const silent = () => {};
const ports = {
  clock: nodeClock,
  log: { debug: silent, info: silent, warn: silent },
  journal: nullJournal,
};
const servers: Server[] = [];

async function listen(): Promise<number> {
  const server = createServer((socket) => socket.on('error', silent));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return address && typeof address === 'object' ? address.port : 0;
}
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const dial = (
  dialer: Dialer,
  host: string,
  port: number,
  signal = new AbortController().signal,
  timeoutMs = 1000,
) =>
  dialer.dial({ hostId: 'web', host, port, timeoutMs, signal }).then(
    (socket) => {
      socket.destroy();
      return 'connected';
    },
    (thrown) => thrown.error,
  );

describe('dial', () => {
  const estate: EgressPolicy = {
    mode: 'estate',
    names: new Set(['127.0.0.1', 'localhost', 'no.such.name.invalid']),
  };

  it.each<[string, EgressPolicy, string, string]>([
    ['offline refuses even loopback', { mode: 'offline' }, '127.0.0.1', 'E_EGRESS'],
    ['loopback connects to 127.0.0.0/8', { mode: 'loopback' }, '127.0.0.1', 'connected'],
    ['loopback refuses 10.0.10.1', { mode: 'loopback' }, '10.0.10.1', 'E_EGRESS'],
    ['loopback refuses a public address', { mode: 'loopback' }, '192.0.2.1', 'E_EGRESS'],
    ['loopback refuses ::1', { mode: 'loopback' }, '::1', 'E_EGRESS'],
    ['loopback refuses a mapped address', { mode: 'loopback' }, '::ffff:127.0.0.1', 'E_EGRESS'],
    ['loopback resolves no name', { mode: 'loopback' }, 'localhost', 'E_EGRESS'],
    ['loopback refuses a look-alike', { mode: 'loopback' }, '127.0.0.1.example.invalid', 'E_EGRESS'],
    ['loopback refuses an odd literal', { mode: 'loopback' }, '127.1', 'E_EGRESS'],
    ['loopback refuses a number', { mode: 'loopback' }, '2130706433', 'E_EGRESS'],
    ['estate connects to its addresses', estate, '127.0.0.1', 'connected'],
    ['estate resolves its names', estate, 'localhost', 'connected'],
    ['estate knows names in any case', estate, 'LOCALHOST', 'connected'],
    ['estate refuses another address', estate, '127.0.0.2', 'E_EGRESS'],
    ['estate refuses another name', estate, 'example.invalid', 'E_EGRESS'],
  ])('%s', async (_, policy, host, expected) => {
    const port = await listen();
    const dialer = createDialer(policy, ports);
    const outcome = await dial(dialer, host, port);
    expect(outcome.code ?? outcome).toBe(expected);
    const record = dialer.connections();
    expect(record.at(-1)).toMatchObject({ hostId: 'web', host, port, allowed: expected !== 'E_EGRESS' });
    if (expected === 'E_EGRESS') expect(record).toMatchObject([{ address: null }]);
    else expect(record.at(-1)?.address).toMatch(/^127\.|^::1$/);
  });

  it('names a refused port, with host and stage', async () => {
    const port = await listen();
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    expect(await dial(createDialer({ mode: 'loopback' }, ports), '127.0.0.1', port)).toMatchObject({
      code: 'E_TCP_REFUSED',
      stage: 'tcp',
      host: 'web',
      retryable: true,
      params: { address: '127.0.0.1', port: `${port}` },
    });
  });
  it('stops when the caller does, before and during', async () => {
    const dialer = createDialer({ mode: 'loopback' }, ports);
    const port = await listen();
    expect(await dial(dialer, '127.0.0.1', port, AbortSignal.abort())).toMatchObject({ code: 'E_ABORTED' });
    expect(dialer.connections()).toEqual([]);
    const stop = new AbortController();
    const pending = dial(dialer, '127.0.0.1', port, stop.signal);
    stop.abort();
    expect(await pending).toMatchObject({ code: 'E_ABORTED' });
  });
});
