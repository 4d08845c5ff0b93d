import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSsh } from '../ssh/run-ssh';
import { makeHome } from '../ssh/testing/home';
import { makeRig } from '../ssh/testing/rig';
import { haveSshd, type Sshd, startSshd } from '../ssh/testing/sshd';

/** Limits of one real sshd, as OpenSSH has them by default. */
const LIMITS = ['MaxStartups 10:30:100', 'MaxSessions 10'];
const HOSTS = 200;
const COMMANDS = 30;
const { signal } = new AbortController();

describe.skipIf(!haveSshd())('the limits of a real sshd', () => {
  const home = makeHome();
  let sshd: Sshd;
  let ssh: Record<string, unknown>;
  beforeAll(async () => {
    mkdirSync('/run/sshd', { recursive: true });
    sshd = await startSshd(home, LIMITS);
    const { port, user, hostKey, identity } = sshd;
    ssh = { host: '127.0.0.1', port, user, identity: `file:${identity}`, hostKeys: [hostKey] };
  });
  afterAll(async () => {
    await sshd.stop();
    home.remove();
  });

  it(`F6: ${HOSTS} hosts behind one sshd are all reached, and not one login is refused`, async () => {
    const rig = makeRig(
      Array.from({ length: HOSTS }, (_, index) => ({ id: `h${index}`, address: '127.0.0.1', ssh })),
    );
    try {
      const all = await Promise.all(Array.from({ length: HOSTS }, (_, index) => rig.attempt(`h${index}`)));
      expect(all.filter((outcome) => outcome !== 'ready')).toEqual([]);
    } finally {
      await rig.dispose();
    }
  }, 120_000);

  it(`F7: ${COMMANDS} commands at once on one host wait their turn, and none fails`, async () => {
    const rig = makeRig([{ id: 'web', address: '127.0.0.1', ssh }]);
    try {
      const lease = await rig.sessions.acquire('web', { account: 'read', background: true, signal });
      const argv = ['sh', '-c', 'sleep 0.1; echo done'];
      const run = () => runSsh(lease, argv, { name: 'test', timeoutMs: 30_000, signal });
      const outputs = await Promise.all(Array.from({ length: COMMANDS }, run));
      expect(outputs.map(({ stdout }) => stdout)).toEqual(outputs.map(() => 'done\n'));
      lease.release();
    } finally {
      await rig.dispose();
    }
  });
});
