import { it } from 'vitest';
import { makeHome } from '../ssh/testing/home';
import { makeRig } from '../ssh/testing/rig';
import { runSsh } from '../ssh/run-ssh';
import { runRemote } from './remote-command';
import { startRemoteHost } from './testing/remote-host';
it('speed', { timeout: 60_000 }, async () => {
  const home = makeHome();
  const server = await startRemoteHost(home, 'web');
  const rig = makeRig([server.host]);
  const { signal } = new AbortController();
  const lease = await rig.sessions.acquire('web', { account: 'act', background: true, signal });
  const time = async (work: (n: number) => Promise<unknown>) => {
    const all: number[] = [];
    for (let n = 0; n < 20; n += 1) { const t = performance.now(); await work(n); all.push(performance.now() - t); }
    all.sort((a, b) => a - b);
    return `${all[10]?.toFixed(1)} min ${all[0]?.toFixed(1)} max ${all[19]?.toFixed(1)}`;
  };
  console.log('ssh', await time(() => runSsh(lease, ['true'], { name: 'x', timeoutMs: 5000, signal })));
  console.log('remote', await time((n) => runRemote(lease, ['true'], { id: { folder: 'f.1', run: 'r', command: `c${n}` }, name: 'x', sudo: false, stdin: null, timeoutMs: 5000, signal })));
  await rig.dispose(); await server.sshd.stop(); home.remove();
});
