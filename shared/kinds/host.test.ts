import { expect, test } from 'vitest';
import dbPoll from '../testing/outputs/db-host-poll.txt?raw';
import dbFrozen from '../testing/outputs/db-host-poll-frozen.txt?raw';
import dbSockets from '../testing/outputs/db-host-sockets.txt?raw';
import filesPoll from '../testing/outputs/files-host-poll.txt?raw';
import webDisks from '../testing/outputs/web-host-disks.txt?raw';
import webIdentity from '../testing/outputs/web-host-identity.txt?raw';
import webPoll from '../testing/outputs/web-host-poll.txt?raw';
import webSockets from '../testing/outputs/web-host-sockets.txt?raw';
import { parseDisks, parseMount } from './host-disks';
import { parseIdentity } from './host-identity';
import { parsePoll } from './host-poll';
import { hostSockets, parseSockets } from './host-sockets';

/** Outputs of real servers: Debian 12 with Apache 2.4, MySQL 9.7, Samba 4.17. */
const output = (stdout: string) => ({ stdout, stderr: '', exit: 0 });

test.each([
  ['web', webPoll, 'apache2', 6, 80],
  ['db', dbPoll, 'mysqld', 1, 3306],
  ['files', filesPoll, 'smbd', 3, 445],
])('a poll of %s shows its server and its port', (_name, raw, process, count, port) => {
  const { processes, listeners, facts, error } = parsePoll(output(raw));
  expect(error).toBeUndefined();
  expect(processes).toMatchObject({ [process]: count, sshd: 1 });
  expect(listeners?.map((one) => one.port)).toContain(port);
  expect(facts['host.halted']).toEqual([]);
  expect(facts['host.processes.complete']).toBe(true);
});

test('every number of a poll is read with its unit', () => {
  const raw = [
    'up 100.50 190.00',
    'load 2.00 1.69 1.09 2/347 223',
    'boot 903bf57a-5eca-4064-8877-dd5d36c93d5c',
    'cpu  100 20 30 4000 50 6 7 80 0 0',
    'btime 1795260446',
    'procs_blocked 3',
    'MemTotal: 2000',
    'MemAvailable: 500',
    'SwapTotal: 100',
    'SwapFree: 40',
    'net 123456789012 42',
    'timeouts 17',
    'end',
  ].join('\n');
  expect(parsePoll(output(raw)).facts).toEqual({
    'host.uptime': 100.5,
    'host.boot': '903bf57a-5eca-4064-8877-dd5d36c93d5c',
    'host.clock': 1795260546500,
    'host.load': 2,
    // user + nice + system + irq + softirq; idle, iowait and what other guests took are not work of this host
    'host.cpuSeconds.total': 1.63,
    'host.blocked': 3,
    'host.memory.size': 2_048_000,
    'host.memory.available': 512_000,
    'host.swap.used': 61_440,
    'host.received.total': 123456789012,
    'host.sent.total': 42,
    'host.tcpTimeouts.total': 17,
    'host.processes.complete': true,
    'host.halted': [],
  });
});

test('a stopped server is seen as stopped, its port still open', () => {
  const { facts, processes, listeners } = parsePoll(output(dbFrozen));
  expect(facts['host.halted']).toEqual(['1 mysqld']);
  expect(processes).toMatchObject({ mysqld: 1 });
  expect(listeners?.map((one) => one.port)).toContain(3306);
});

test.each([
  ['hidden', 'up 1 1\nhidden\np 1 0 sh'],
  ['cut', 'up 1 1\np 1 0 sh\ncut'],
])('%s processes make an absent one prove nothing', (_why, raw) => {
  expect(parsePoll(output(raw)).facts['host.processes.complete']).toBe(false);
});

test('process names are text, whatever is in them', () => {
  const names = [
    'a b',
    'x) R 1 (y',
    String.raw`new\nline`,
    '<b>bold</b>',
    '__proto__',
    'constructor',
    '$(reboot)',
  ];
  const { processes } = parsePoll(
    output(['up 1 1', ...names.map((name) => `p 2 0 ${name}`), 'end'].join('\n')),
  );
  expect(Object.entries(processes ?? {})).toEqual(
    // That one is a key like any other only here: see `safeKey`.
    names.map((name) => [name === '__proto__' ? '\\x5f_proto__' : name, 2]),
  );
});

test('without ss the kernel table says the same', () => {
  const { listeners } = parsePoll(output('up 1 1\nl 0100007F:0CEA\nl 00000000000000000000000000000000:0050'));
  expect(listeners).toEqual([
    { address: '127.0.0.1', port: 3306 },
    { address: '::', port: 80 },
  ]);
});

test('sockets of the web server: users in, SQL and CIFS out, each counted on the host', () => {
  expect(parseSockets(output(webSockets)).connections).toEqual([
    { local: '10.0.10.1', localPort: 80, peer: '10.0.9.9', peerPort: 0, count: 3 },
    { local: '10.0.10.1', localPort: 0, peer: '10.0.20.2', peerPort: 3306, count: 5 },
    { local: '10.0.10.1', localPort: 0, peer: '10.0.20.1', peerPort: 445, count: 4 },
  ]);
  expect(parseSockets(output(dbSockets)).connections).toEqual([
    { local: '10.0.20.2', localPort: 3306, peer: '10.0.10.1', peerPort: 0, count: 5 },
  ]);
});

test.each([
  ['c 2 10.0.10.1:0 10.0.20.2:3306 apache2 with blank', { process: 'apache2 with blank', count: 2 }],
  ['C 7 010A000A:0 0214000A:0CEA ', { local: '10.0.10.1', peer: '10.0.20.2', peerPort: 3306, count: 7 }],
])('a conversation written %s', (row, expected) => {
  expect(parseSockets(output(`${row}\nend`)).connections).toMatchObject([expected]);
});

test.each([
  'c x 10.0.10.1:0 10.0.20.2:1',
  'c 1 10.0.10.1:0',
  'c 1 10.0.0.1:0 127.0.0.1:22',
  'c -1 1.2.3.4:0 1.2.3.5:1',
])('no conversation: %s', (row) => {
  expect(parseSockets(output(`${row}\nend`)).connections).toEqual([]);
});

test.each([
  ['u 4 10.0.20.2:3306', ['10.0.20.2 3306 4']],
  ['U 4 0214000A:0CEA', ['10.0.20.2 3306 4']],
  ['u 4 127.0.0.1:3306', []],
  ['u', []],
])('attempts that nobody answered: %s', (row, expected) => {
  expect(parseSockets(output(`${row}\nend`)).facts['host.sockets.unanswered']).toEqual(expected);
});

test('a sample that was cut off is no sample', () => {
  expect(parseSockets(output('c 1 10.0.0.1:0 10.0.0.2:80'))).toMatchObject({
    facts: {},
    error: { code: 'E_PARSE' },
  });
});

test('disks and mounts of the web server', () => {
  const { facts, configured } = parseDisks(output(webDisks));
  expect(facts).toMatchObject({ 'host.disk.mount': '/', 'host.disk.percent': 25, 'host.inodes.percent': 3 });
  expect(configured).toEqual([
    {
      origin: 'mount',
      address: '10.0.20.1',
      port: 445,
      protocol: 'cifs',
      detail: '//10.0.20.1/patronus on /var/www/share type fuse.rclone',
    },
  ]);
});

test.each([
  ['//files/data /mnt cifs addr=10.0.20.1', { address: '10.0.20.1', port: 445, protocol: 'cifs' }],
  ['//files/data /mnt cifs addr=10.0.20.1 port=1445', { address: '10.0.20.1', port: 1445 }],
  ['10.0.20.1:/export /mnt nfs4 addr=10.0.20.1', { address: '10.0.20.1', port: 2049, protocol: 'nfs' }],
  ['ops@10.0.20.1:/srv /mnt fuse.sshfs', { address: '10.0.20.1', port: 22, protocol: 'ssh' }],
  ['remote:bucket /mnt fuse.rclone', { address: 'remote', port: 0, protocol: 'unknown' }],
  ['none /mnt fuse.rclone', null],
  ['', null],
])('the mount %s', (row, expected) => {
  if (expected === null) expect(parseMount(row)).toBeNull();
  else expect(parseMount(row)).toMatchObject(expected);
});

test('blocks reserved for root count as full, as df counts them', () => {
  const raw =
    '#bytes\nhead\n/dev/sda1 1000 900 50 95% /a b\n/dev/sdb1 1000 10 990 1% /c\n#inodes\n#mounts\n#end';
  expect(parseDisks(output(raw)).facts).toMatchObject({
    'host.disk.mount': '/a b',
    'host.disk.percent': 95,
    'host.disk.free': 50,
  });
});

test('who the web server is', () => {
  expect(parseIdentity(output(webIdentity)).facts).toEqual({
    'host.name': 'web',
    'host.kernel': '6.1.0-37-amd64',
    'host.os': 'Debian GNU/Linux 12 (bookworm)',
    'host.os.id': 'debian',
    'host.os.version': '12',
    'host.cpus': 2,
    'host.addresses': ['10.0.10.1', 'fe80::b015:b1ff:fe95:36f0'],
    'host.zone': 'Etc/UTC',
    'host.updates.automatic': false,
  });
});

test.each([
  ['none', false],
  ['APT::Periodic::Unattended-Upgrade "1";', true],
  ['APT::Periodic::Unattended-Upgrade "1";\nAPT::Periodic::Unattended-Upgrade "0";', false],
  ['dnf-automatic-install.timer', true],
  ['', undefined],
])('automatic updates: %s', (row, expected) => {
  const { facts } = parseIdentity(output(`#updates\n${row}\n#end`));
  expect(facts['host.updates.automatic']).toBe(expected);
});

test('a list of processes without its end is not taken for whole', () => {
  const cut = dbFrozen.slice(0, dbFrozen.indexOf('\np ') + 1);
  const { facts, processes } = parsePoll(output(cut));
  expect(processes).toBeUndefined();
  expect(facts).toMatchObject({ 'host.processes.complete': false });
  expect(facts['host.halted']).toBeUndefined();
});

test.each([
  ['the count grew', 5, { total: 4 }, true],
  ['it stood still', 5, { total: 5 }, false],
  ['the host restarted', 0, { total: 5 }, false],
  ['it grew the last time', 5, { total: 5, rate: 0.3 }, true],
  ['a peer has not answered since', 5, { total: 5, unanswered: ['10.0.0.1 3306 2'] }, true],
  ['all have answered since', 5, { total: 5, rate: 0, unanswered: [] }, false],
  ['nothing was known before', 5, {}, false],
  ['nothing is known now', undefined, { total: 5 }, false],
] as [string, number | undefined, { total?: number; rate?: number; unanswered?: string[] }, boolean][])(
  'sockets are read early when %s',
  (_why, now, before, expected) => {
    const facts = Object.entries({
      'host.tcpTimeouts.total': before.total,
      'host.tcpTimeouts.rate': before.rate,
      'host.sockets.unanswered': before.unanswered,
    }).flatMap(([id, value]) =>
      value === undefined ? [] : [[id, { value, at: 0, evidence: 'x' }] as const],
    );
    const poll = now === undefined ? {} : { 'host.tcpTimeouts.total': now };
    expect(hostSockets.early?.(poll, Object.fromEntries(facts))).toBe(expected);
  },
);
