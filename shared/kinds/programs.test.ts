import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOST_KIND, KINDS } from './index';
import type { Parsed } from './kind';

/** The programs themselves, run by a real shell on the machine of the test, with every awk it has. */

/** A process name that looks like the end of another one, a line break in it; at most 15 bytes (TASK_COMM_LEN). */
const hostile = String.raw`mysqld) T (\n$x`;
const linux = existsSync('/proc/self/stat');
const target = { host: { id: 'h', site: 's', address: 'unknown' } };
const probes = [HOST_KIND, ...KINDS].flatMap((kind) => kind.probes).filter((probe) => probe.via === 'ssh');
const awks = ['mawk', 'gawk', 'busybox awk'].filter((awk) => existsSync(`/usr/bin/${awk.split(' ')[0]}`));

function run(id: string, change: (script: string) => string = (script) => script): Parsed {
  const probe = probes.find((one) => one.id === id);
  if (!probe) throw new Error(`no probe ${id}`);
  const [program = '', ...rest] = probe.argv(target);
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  const stdout = execFileSync(program, rest.map(change), {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return probe.parse({ stdout, stderr: '', exit: 0 }, target);
}
const withAwk = (awk: string) => (script: string) => script.replaceAll('awk=mawk', `awk='${awk}'`);
const withoutSs = (script: string) => script.replaceAll(/\bss -H/g, 'no-such-ss -H');

test.skipIf(!linux).each(probes.map((probe) => probe.id))('%s runs here and is understood', (id) => {
  expect(run(id).error).toBeUndefined();
});

test.skipIf(!linux).each(awks.flatMap((awk) => [[awk, 'with ss'] as const, [awk, 'without ss'] as const]))(
  'with %s, %s: a listener, a stopped process and a hostile name are seen',
  async (awk, how) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    // the kernel takes the name from the file that is run
    const folder = mkdtempSync(join(tmpdir(), 'probe-'));
    const program = join(folder, hostile.replace('\\n', '\n'));
    symlinkSync('/usr/bin/sleep', program);
    const child = spawn(program, ['60'], { stdio: 'ignore' });
    try {
      await expect.poll(() => run('host.poll', withAwk(awk)).processes?.[hostile], { timeout: 5000 }).toBe(1);
      child.kill('SIGSTOP');
      const bound = server.address();
      const port = typeof bound === 'object' ? bound?.port : undefined;
      const change = (script: string) => withAwk(awk)(how === 'with ss' ? script : withoutSs(script));
      const { facts, listeners } = run('host.poll', change);
      expect(facts['host.halted']).toContain(`1 ${hostile}`);
      expect(facts['host.tcpTimeouts.total']).toBeGreaterThanOrEqual(0);
      expect(listeners).toContainEqual({ address: '127.0.0.1', port });
      expect(run('host.sockets', change).listeners?.map((one) => one.port)).toContain(port);
    } finally {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
      server.close();
    }
  },
);

test.skipIf(!linux)('passwords in a configuration never leave the host', () => {
  const conf = [
    'SetEnv DB_PASSWORD 10.0.0.1:1',
    'SetEnv DSN mysql://app:hunter2@10.0.20.2/app?password=hunter3',
    'SetEnv API_TOKEN abc.example:443',
    'SetEnv MOTTO hunter4',
    'ProxyPass / http://u:hunter5@10.0.30.1/',
  ].join('\n');
  const probe = probes.find((one) => one.id === 'apache.config');
  const script = probe?.argv(target).at(-1) ?? '';
  const program = /awk '(\{ d = [\s\S]*?)' "\$f"/.exec(script)?.[1] ?? '';
  const sent = execFileSync('awk', [program], { encoding: 'utf8', input: conf });
  expect(sent).toContain('10.0.20.2');
  expect(sent).toContain('10.0.30.1');
  expect(sent).not.toMatch(/hunter|abc\.example|10\.0\.0\.1/);
});
