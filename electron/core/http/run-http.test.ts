import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lease } from '../ssh/lease';
import { makeHome } from '../ssh/testing/home';
import { makeRig, type Rig } from '../ssh/testing/rig';
import { haveSshd, type Sshd, startSshd } from '../ssh/testing/sshd';
import { type RunHttpOptions, runHttp } from './run-http';

describe.skipIf(!haveSshd())('runHttp over a real sshd', () => {
  const home = makeHome();
  let sshd: Sshd;
  let rig: Rig;
  let lease: Lease;
  const closers: (() => void)[] = [];
  const { signal } = new AbortController();
  const listen = async (server: ReturnType<typeof createTcp>): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const address = server.address();
    return address && typeof address === 'object' ? address.port : 0;
  };
  const http = (listener: RequestListener) => listen(createHttp(listener));
  const get = (port: number, options: Partial<RunHttpOptions> = {}) =>
    runHttp(lease, {
      name: 'web.alive',
      host: '127.0.0.1',
      port,
      path: '/alive?x=1',
      timeoutMs: 3_000,
      signal,
      ...options,
    });

  beforeAll(async () => {
    sshd = await startSshd(home);
    rig = makeRig([
      {
        id: 'web',
        ssh: {
          host: '127.0.0.1',
          port: sshd.port,
          user: sshd.user,
          identity: `file:${sshd.identity}`,
          hostKeys: [sshd.hostKey],
        },
      },
    ]);
    lease = await rig.sessions.acquire('web', { account: 'read', background: true, signal });
  });
  afterAll(async () => {
    for (const close of closers) close();
    await rig?.dispose();
    await sshd?.stop();
    home.remove();
  });

  it('gives status, headers and body, made safe', async () => {
    const port = await http((request, response) => {
      response.setHeader('x-note', '<b>');
      response.statusCode = 503;
      response.end(`${request.method} ${request.url} ${request.headers.host}\x1b[31m`);
    });
    const out = await get(port, { hostHeader: 'app.example' });
    expect(out).toMatchObject({ status: 503, body: 'GET /alive?x=1 app.example\\x1b[31m', truncated: false });
    expect(out.headers['x-note']).toBe('<b>');
  });
  it('follows no redirect', async () => {
    let hits = 0;
    const port = await http((_, response) => {
      hits += 1;
      response.writeHead(302, { location: 'http://192.0.2.1/' }).end();
    });
    expect(await get(port)).toMatchObject({ status: 302, headers: { location: 'http://192.0.2.1/' } });
    expect(hits).toBe(1);
  });
  it('cuts an endless body', async () => {
    const port = await http((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    const out = await get(port, { maxBytes: 5_000 });
    expect([out.body.length, out.truncated]).toEqual([5_000, true]);
  });
  it.each<[string, () => Promise<number>, string]>([
    ['nothing listens', async () => 1, 'E_FORWARD_REFUSED'],
    [
      'another protocol answers',
      () => listen(createTcp((socket) => socket.on('error', () => {}).end('220 mail\r\n'))),
      'E_HTTP',
    ],
    ['it closes at once', () => listen(createTcp((socket) => socket.on('error', () => {}).end())), 'E_HTTP'],
    [
      'it never answers',
      () => listen(createTcp((socket) => socket.on('error', () => {}).resume())),
      'E_HTTP_TIMEOUT',
    ],
    [
      'headers are endless',
      () =>
        listen(
          createTcp((socket) =>
            socket.on('error', () => {}).write(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`),
          ),
        ),
      'E_HTTP',
    ],
  ])('%s', async (_, start, code) => {
    await expect(get(await start(), { timeoutMs: 400 })).rejects.toMatchObject({
      error: { code, host: 'web' },
    });
  });
  it('is cancelled by its signal', async () => {
    const port = await listen(createTcp((socket) => socket.on('error', () => {}).resume()));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    await expect(get(port, { signal: stop.signal })).rejects.toMatchObject({ error: { code: 'E_ABORTED' } });
  });
});
