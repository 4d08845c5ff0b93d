import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHome, type TestHome } from '../ssh/testing/home';
import { makeRig, type Rig } from '../ssh/testing/rig';
import { haveSshd } from '../ssh/testing/sshd';
import { runStream, type StreamOptions } from './stream';
import { type RemoteHost, startRemoteHost } from './testing/remote-host';

/** So much that no buffer on the way holds it. */
const MANY = 24_000_000;
const SENDS = `head -c ${MANY} /dev/zero | tr '\\0' x; printf end`;

describe.skipIf(!haveSshd())('a stream from host to host through this desk', { timeout: 60_000 }, () => {
  let home: TestHome;
  let hosts: [RemoteHost, RemoteHost];
  let rig: Rig;

  beforeAll(async () => {
    home = makeHome();
    hosts = [await startRemoteHost(home, 'donor'), await startRemoteHost(home, 'old')];
    rig = makeRig(hosts.map(({ host }) => host));
  }, 60_000);
  afterAll(async () => {
    await rig?.dispose();
    for (const { sshd } of hosts ?? []) await sshd.stop();
    home.remove();
  });

  const { signal } = new AbortController();
  const acquire = (id: string) => rig.sessions.acquire(id, { account: 'act', background: true, signal });
  const stream = async (sends: string, takes: string, more: Partial<StreamOptions> = {}) =>
    runStream(
      { lease: await acquire('donor'), argv: ['sh', '-c', sends] },
      { lease: await acquire('old'), argv: ['sh', '-c', takes] },
      { name: 'copy', timeoutMs: 50_000, signal, onBytes: () => {}, ...more },
    );
  const at = (name: string) => join(hosts[1].home, name);

  it('brings every byte over, counts them, and is the same at all three places', async () => {
    const counted: number[] = [];
    const { bytes, sha256 } = await stream(SENDS, 'cat >~/whole', { onBytes: (now) => counted.push(now) });
    const there = readFileSync(at('whole'));
    expect([bytes, there.length]).toEqual([MANY + 3, MANY + 3]);
    expect(sha256).toBe(createHash('sha256').update(there).digest('hex'));
    expect(counted.length).toBeGreaterThan(10);
    expect(counted.toSorted((a, b) => a - b)).toEqual(counted);
  });

  it('is not whole when the sending end fails after its last byte', async () => {
    await expect(stream('printf half; echo torn >&2; exit 3', 'cat >~/half')).rejects.toMatchObject({
      error: { code: 'E_COMMAND_FAILED', host: 'donor', params: { status: '3', text: 'torn' } },
    });
  });

  it('ends when the taking end does, without sending the rest into nothing', async () => {
    let most = 0;
    const onBytes = (now: number) => {
      most = now;
    };
    const taking = stream(
      `${SENDS}; head -c 400000000 /dev/zero`,
      'head -c 1000 >~/part; echo full >&2; exit 28',
      {
        onBytes,
      },
    );
    await expect(taking).rejects.toMatchObject({
      error: { code: 'E_COMMAND_FAILED', host: 'old', params: { status: '28', text: 'full' } },
    });
    expect(most).toBeLessThan(MANY);
  });

  it('is not believed when one end took less than it was given, though it says that all is well', async () => {
    await expect(stream(SENDS, 'head -c 1000 >~/less')).rejects.toMatchObject({
      error: { code: expect.stringMatching(/^E_STREAM_DIFFERS$/) },
    });
  });

  it('leaves nothing running when it is broken off', async () => {
    const broken = new AbortController();
    const onBytes = () => broken.abort();
    await expect(
      stream(`${SENDS}; sleep 300; echo late >~/late`, 'cat >~/broken; sleep 0', {
        onBytes,
        signal: broken.signal,
      }),
    ).rejects.toMatchObject({ error: { code: 'E_ABORTED' } });
    expect((await stream('printf again', 'cat >~/again')).bytes).toBe(5);
  });
});
