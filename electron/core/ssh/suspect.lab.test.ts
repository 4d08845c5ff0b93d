import { afterEach, describe, expect, it } from 'vitest';
import { runSsh } from './run-ssh';
import { makeHome } from './testing/home';
import { makeRig } from './testing/rig';
import { haveSshd, startSshd } from './testing/sshd';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});
const { signal } = new AbortController();
const FIND_SERVER = ['sh', '-c', 'ps -o ppid= -p $$'];

describe.skipIf(!haveSshd())('a connection after the desk slept', () => {
  async function connected() {
    const home = makeHome();
    const sshd = await startSshd(home);
    const { port, user, hostKey, identity } = sshd;
    const ssh = { host: '127.0.0.1', port, user, identity: `file:${identity}`, hostKeys: [hostKey] };
    const rig = makeRig([{ id: 'web', address: '127.0.0.1', ssh }]);
    open.push({ close: () => home.remove() }, { close: () => sshd.stop() }, { close: () => rig.dispose() });
    const acquire = () => rig.sessions.acquire('web', { account: 'read', background: true, signal });
    /** The server's own process of the connection that is lent. */
    const server = async () => {
      const lease = await acquire();
      const { stdout } = await runSsh(lease, FIND_SERVER, { name: 'test', timeoutMs: 5_000, signal });
      lease.release();
      return Number(stdout);
    };
    return { rig, acquire, server };
  }

  it('is lent again once its server answered', async () => {
    const { rig, server } = await connected();
    const before = await server();
    rig.sessions.suspect();
    expect(await server()).toBe(before);
  });

  it('is replaced when its server does not answer', async () => {
    const { rig, acquire, server } = await connected();
    const before = await server();
    const held = await acquire();
    process.kill(before, 'SIGSTOP');
    open.push({ close: () => process.kill(before, 'SIGCONT') });
    rig.sessions.suspect();
    expect(await server()).not.toBe(before);
    expect(held.lost.reason).toMatchObject({ error: { code: 'E_SILENT' } });
  });
});
