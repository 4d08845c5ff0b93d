import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { answerOf, type HostAnswer } from '@shared/snapshot';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, labDown } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';
import { shown } from '../testing/shown';
import { findingsOf, healthOf } from './testing/support';

/** Hosts that are well and yet unlike what one tests on: each is seen as it is, or says what is missing. */

const GATE_PORT = 2414;
const WELL = ['web up', 'db up', 'files up'];
/** Where a program of Debian lies on this machine, which the hosts see too. */
const found = (name: string) =>
  (process.env.PATH ?? '')
    .split(':')
    .map((folder) => path.join(folder, name))
    .find(existsSync);
const busybox = found('busybox');
const fish = found('fish');

describe('odd hosts', () => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole | undefined;
  let undo: (() => Promise<unknown>) | undefined;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
  });
  afterEach(async () => {
    await desk?.close();
    await undo?.();
    desk = undo = undefined;
  });
  afterAll(async () => {
    // By its base: a lab that did not come up whole has to go, too.
    await labDown({ base, purge: true, log: () => {} });
    await removeBase(base);
  });

  const sh = (host: string, script: string, ...args: string[]) =>
    lab.exec(host, ['bash', '-c', script, 'bash', ...args]);
  const look = async () => {
    desk = await openConsole(lab.estateFile);
    return desk;
  };
  const nodes = async () => (desk ? (await desk.topology()).nodes.map(shown) : []);
  const answer = async (host: string): Promise<HostAnswer> => {
    const read = desk && answerOf(await desk.reading(host));
    if (!read) throw new Error(`${host} did not answer`);
    return read;
  };
  /** Errors of probes of the host itself and of what runs there, but for rights in the database. */
  const errors = async (host: string) =>
    (await answer(host)).errors
      .filter(({ stage }) => stage !== 'query')
      .map(({ code, params }) => `${code} ${params?.what ?? ''}`);

  it('a full file system is named, and the host is seen', async () => {
    await lab.fault('fill-disk', 'files');
    undo = () => lab.fault('fill-disk', 'files', '--restore');
    expect(await findingsOf(await look(), 'files')).toContain('DISK_NEARLY_FULL');
    expect((await answer('files')).facts['host.disk.mount']?.value).toBe('/srv/full');
    expect((await answer('files')).facts['host.disk.percent']?.value).toBe(100);
    expect(await nodes()).toEqual(WELL);
  });

  it('no room anywhere that an account may write', async () => {
    await sh(
      'web',
      'mount -t tmpfs -o size=64k none /home; dd if=/dev/zero of=/home/full 2>/dev/null; mount -o remount,ro /tmp; true',
    );
    undo = () => sh('web', 'umount /home; mount -o remount,rw /tmp');
    await look();
    expect([await nodes(), await errors('web')]).toEqual([WELL, []]);
  });

  it('1 000 processes of one name and 400 of a name each', async () => {
    const many = `exec -a many sh -c 'i=0; while [ $i -lt 1000 ]; do sleep 120 & i=$((i+1)); done; wait' &
      mkdir -p /run/many; i=0; while [ $i -lt 400 ]; do ln -sf /bin/sleep /run/many/n$i; /run/many/n$i 120 & i=$((i+1)); done; sleep 1; echo ready`;
    await sh('files', `{ ${many}; } >/run/many.log 2>&1; pgrep -c sleep`);
    undo = () => sh('files', `pkill -KILL -f '[s]leep 120'; pkill -KILL '^n[0-9]'; true`);
    await look();
    const { facts, processes } = await answer('files');
    expect(processes.sleep ?? 0).toBeGreaterThanOrEqual(1_000);
    // More names than are sent: what is absent then proves nothing, and the list says so.
    expect(facts['host.processes.complete']?.value).toBe(false);
    expect((await nodes())[2]).toBe('files up');
  });

  it('3 000 connections between two hosts are one line of 3 000', async () => {
    const listen = `use Socket; socket(my $s, PF_INET, SOCK_STREAM, 0); setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
      bind($s, sockaddr_in(7777, INADDR_ANY)) or die; listen($s, 4096); my @c; $SIG{ALRM} = sub { exit }; alarm 120;
      while (accept(my $c, $s)) { push @c, $c }`;
    const dial = `use Socket; my @c; alarm 120; for (1 .. 3000) { socket(my $s, PF_INET, SOCK_STREAM, 0);
      connect($s, sockaddr_in(7777, inet_aton('10.0.20.1'))) or die $!; push @c, $s } print "ready\\n"; close STDOUT; sleep 120`;
    await sh(
      'files',
      'ulimit -n 8192; exec -a many-in perl -e "$1" </dev/null >/dev/null 2>&1 & sleep 0.5',
      listen,
    );
    await sh(
      'web',
      'ulimit -n 8192; exec -a many-out perl -e "$1" </dev/null >/run/dialled 2>&1 & for i in $(seq 100); do grep -q ready /run/dialled && exit 0; sleep 0.2; done; cat /run/dialled; exit 1',
      dial,
    );
    undo = async () => {
      await lab.exec('web', ['pkill', '-f', '[u]se Socket'], { allowFailure: true });
      await lab.exec('files', ['pkill', '-f', '[u]se Socket'], { allowFailure: true });
    };
    await look();
    const edges = (await answer('files')).edges.filter(({ port }) => port === 7777);
    expect(edges.map(({ direction, peer, count }) => ({ direction, peer, count }))).toEqual([
      { direction: 'in', peer: '10.0.10.1', count: 3_000 },
    ]);
    expect(await nodes()).toEqual(WELL);
  });

  it('a server that is dead and not yet buried is not running', async () => {
    await lab.fault('kill', 'files', 'samba');
    const zombie = `if (!fork) { $0 = 'smbd'; open(F, '>/proc/self/comm'); print F 'smbd'; close F; exit } sleep 60`;
    await sh(
      'files',
      'perl -e "$1" </dev/null >/dev/null 2>&1 & sleep 0.5; grep -l "(smbd) Z" /proc/[0-9]*/stat',
      zombie,
    );
    undo = async () => {
      await lab.exec('files', ['pkill', '-f', '[s]mbd.*fork|fork'], { allowFailure: true });
      await lab.mend();
    };
    expect(await healthOf(await look(), 'files')).toBe('down');
    expect((await answer('files')).processes.smbd).toBeUndefined();
  });

  it.each([
    ['ss', ['/usr/bin/ss', '/bin/ss'], []],
    ['ip', ['/usr/bin/ip', '/bin/ip', '/usr/sbin/ip', '/sbin/ip'], []],
    ['mawk', ['/usr/bin/mawk'], []],
    ['df and testparm', ['/usr/bin/df', '/usr/bin/testparm'], []],
  ])(
    'without %s the same is seen another way, or is unknown with a reason',
    async (_name, programs, expected) => {
      await sh(
        'files',
        'for p in "$@"; do [ -L "$p" ] || [ ! -e "$p" ] || mv "$p" "$p.away"; done',
        ...programs,
      );
      undo = () =>
        sh('files', 'for p in "$@"; do [ ! -e "$p.away" ] || mv "$p.away" "$p"; done', ...programs);
      await look();
      expect([await nodes(), await errors('files')]).toEqual([WELL, expected]);
      const { facts, listeners, processes } = await answer('files');
      expect(processes.smbd).toBeGreaterThan(0);
      expect(listeners.map(({ port }) => port)).toContain(445);
      expect(facts['host.addresses']?.value).toContain('10.0.20.1');
    },
  );

  it('without any awk the host answers, and what cannot be read is said, never guessed', async () => {
    const all = ['/usr/bin/mawk', '/usr/bin/gawk', '/usr/bin/awk', '/usr/bin/original-awk'];
    await sh('files', 'for p in "$@"; do [ ! -e "$p" ] || [ -L "$p" ] || mv "$p" "$p.away"; done', ...all);
    undo = () => sh('files', 'for p in "$@"; do [ ! -e "$p.away" ] || mv "$p.away" "$p"; done', ...all);
    await look();
    expect((await nodes()).slice(0, 2)).toEqual(['web up', 'db up']);
    const health = (await nodes())[2];
    expect(health).not.toMatch(/down/);
    const reading = desk && (await desk.reading('files'));
    const codes =
      reading?.state === 'unreachable'
        ? [reading.error.code]
        : (await answer('files')).errors.map(({ code }) => code);
    expect(codes).toContain('E_PARSE');
  });

  it.skipIf(busybox === undefined)('a host whose every tool is BusyBox', async () => {
    const program = (await readFile(busybox ?? '')).toString('base64');
    await lab.exec('files', ['sh', '-c', 'base64 -d >/run/busybox; chmod 755 /run/busybox'], {
      input: program,
    });
    const tools = 'awk cat df grep head tail ls readlink sed sort sh tr ps ip'.split(' ');
    await sh(
      'files',
      'mkdir -p /usr/local/bin; for t in "$@"; do printf "#!/run/busybox sh\\nexec /run/busybox %s \\"\\$@\\"\\n" "$t" >"/usr/local/bin/$t"; chmod 755 "/usr/local/bin/$t"; done; mv /usr/bin/mawk /usr/bin/mawk.away; mv /usr/bin/ss /usr/bin/ss.away',
      ...tools,
    );
    undo = () =>
      sh(
        'files',
        'mv /usr/bin/mawk.away /usr/bin/mawk; mv /usr/bin/ss.away /usr/bin/ss; rm /usr/local/bin/*',
      );
    await look();
    expect([await nodes(), await errors('files')]).toEqual([WELL, []]);
    const { listeners, processes } = await answer('files');
    expect([processes.smbd !== undefined, listeners.some(({ port }) => port === 445)]).toEqual([true, true]);
  });

  it.skipIf(fish === undefined)('F9 fish for a login shell', async () => {
    await sh('db', 'usermod -s "$1" patronus-watch', fish ?? '');
    undo = () => sh('db', 'usermod -s /bin/bash patronus-watch');
    await look();
    expect([await nodes(), await errors('db')]).toEqual([WELL, []]);
  });

  it.each([
    [
      'a German locale',
      'SetEnv LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 LANGUAGE=de',
      'mkdir -p /usr/lib/locale && localedef -i de_DE -f UTF-8 de_DE.UTF-8',
      [],
    ],
    ['a PATH of a single folder', 'SetEnv PATH=/usr/bin', 'true', []],
    // Nothing can be read then. That is no reason to call anything down.
    ['no PATH', 'SetEnv PATH=', 'true', ['E_PARSE host.poll', 'E_PARSE host.sockets']],
  ])('%s', async (_title, setting, prepare, expected) => {
    await sh(
      'web',
      `${prepare} && { echo "$1"; cat /etc/ssh/sshd_config; } >/run/sshd_config && cp -p /etc/ssh/sshd_config /run/sshd_config.first && cat /run/sshd_config >/etc/ssh/sshd_config`,
      setting,
    );
    undo = () => sh('web', 'cat /run/sshd_config.first >/etc/ssh/sshd_config');
    await look();
    expect(await nodes()).toEqual(expected.length === 0 ? WELL : ['web unknown', 'db up', 'files up']);
    expect((await errors('web')).sort()).toEqual(expected);
    expect((await answer('web')).facts['host.load']?.value).toEqual(
      expected.length === 0 ? expect.any(Number) : undefined,
    );
  });

  it('hidepid: what is absent proves nothing, and nothing is called down for it', async () => {
    await sh('files', 'mount -o remount,hidepid=2 /proc');
    undo = () => sh('files', 'mount -o remount,hidepid=0 /proc');
    await look();
    expect((await answer('files')).facts['host.processes.complete']?.value).toBe(false);
    expect(await nodes()).toEqual(WELL);
  });
});
