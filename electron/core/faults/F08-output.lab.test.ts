import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { runSsh } from '../ssh/run-ssh';
import { makeHome } from '../ssh/testing/home';
import { makeRig } from '../ssh/testing/rig';
import { haveSshd, startSshd } from '../ssh/testing/sshd';

const MIB = 1024 * 1024;
const { signal } = new AbortController();
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** Against a real sshd. Collecting it all was measured at +389 MB. */
describe.skipIf(!haveSshd())('300 MB of output', () => {
  it.each([
    ['letters', 'tr "\\0" x </dev/zero | head -c 300000000'],
    ['bytes that are shown as four characters each', 'head -c 300000000 /dev/zero'],
  ])(
    'F8 of %s: cut at 8 MiB, memory bounded, another command is answered meanwhile',
    async (_what, script) => {
      const home = makeHome();
      const sshd = await startSshd(home);
      const identity = `file:${sshd.identity}`;
      const ssh = { host: '127.0.0.1', port: sshd.port, user: sshd.user, identity, hostKeys: [sshd.hostKey] };
      const rig = makeRig([{ id: 'web', ssh }]);
      open.push({ close: () => home.remove() }, { close: () => sshd.stop() }, { close: () => rig.dispose() });
      const lease = await rig.sessions.acquire('web', { account: 'read', background: true, signal });
      const run = (command: string) =>
        runSsh(lease, ['sh', '-c', command], { name: 'f8', timeoutMs: 30_000, signal });
      await run('true');
      const before = process.memoryUsage().rss;
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss);
      }, 10);
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const [huge, small] = await Promise.all([run(script), run('echo small')]);
      delay.disable();
      clearInterval(watch);
      expect(huge).toMatchObject({ truncated: true, exit: null });
      expect(huge.stdout.length).toBeLessThanOrEqual(8 * MIB);
      expect(small).toMatchObject({ stdout: 'small\n', truncated: false });
      const grew = Math.round((peak - before) / 1e6);
      const [p99, max] = [delay.percentile(99), delay.max].map((nanoseconds) =>
        Math.round(nanoseconds / 1e6),
      );
      console.log(`F8: RSS +${grew} MB, event loop delay p99 ${p99} ms, max ${max} ms`);
      expect(grew).toBeLessThan(200);
      // The aim is 20 ms; a busy machine is given ten times that.
      expect(p99).toBeLessThan(200);
      // The connection is not spent: what is left of the 300 MB does not stand in the way of the next command.
      expect((await run('echo next')).stdout).toBe('next\n');
    },
  );
});
