import { expect, test } from 'vitest';
import dbSockets from '../testing/outputs/db-host-sockets.txt?raw';
import samba from '../testing/outputs/files-samba-config.txt?raw';
import config from '../testing/outputs/web-apache-config.txt?raw';
import disks from '../testing/outputs/web-host-disks.txt?raw';
import identity from '../testing/outputs/web-host-identity.txt?raw';
import poll from '../testing/outputs/web-host-poll.txt?raw';
import status from '../testing/outputs/web-server-status.txt?raw';
import { HOST_KIND, KINDS, kindOf } from './index';
import { type Parsed, type Probe, statementOf } from './kind';

const ALL = [HOST_KIND, ...KINDS];
const PROBES = ALL.flatMap((kind) => kind.probes.map((probe) => ({ kind, probe })));

test.each([
  ['apache', 'apache'],
  ['httpd', 'apache'],
  ['mysql', 'mysql'],
  ['mariadb', 'mysql'],
  ['samba', 'samba'],
  ['cifs', 'samba'],
  ['nginx', undefined],
  ['constructor', undefined],
])('an estate that says %s means %s', (name, id) => {
  expect(kindOf(name)?.id).toBe(id);
});

test('ids of probes are unique and start with their kind', () => {
  const ids = PROBES.map(({ probe }) => probe.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { kind, probe } of PROBES) expect(probe.id.startsWith(`${kind.id}.`)).toBe(true);
});

test('every fact that is shown is filled by a probe, or is the rate of one that is', () => {
  const filled = new Set(PROBES.flatMap(({ probe }) => probe.fills));
  // facts that a probe fills beside those whose absence it has to explain
  const beside = new Set([
    'mysql.hostname',
    'mysql.maxConnections',
    'mysql.binlog.format',
    'apache.product',
    'samba.product',
  ]);
  const missing = ALL.flatMap((kind) => [
    ...kind.fields.map((field) => field.fact),
    kind.product,
    kind.version,
    kind.vital?.fact,
  ])
    .filter((fact) => fact !== undefined)
    .map((fact) => fact.replace(/\.rate$/, '.total'))
    .filter((fact) => !filled.has(fact) && !beside.has(fact));
  expect(missing).toEqual([]);
  // a fact named .total is a counter from which a rate is derived; by itself it says nothing
  for (const kind of ALL) {
    for (const field of kind.fields) expect(field.fact).not.toMatch(/\.total$/);
  }
});

test('no probe needs a privilege, writes, or lets an argument reach the shell', () => {
  const target = { host: { id: 'h;reboot', site: 's', address: '$(reboot)' } };
  const read = { user: 'w', secret: 'prompt' as const };
  for (const { probe } of PROBES) {
    if (probe.via === 'ssh') {
      const argv = probe.argv(target).join(' ');
      expect(argv).not.toMatch(
        /reboot|\b(sudo|su|tee|mktemp|rm|mv|cp|kill|touch|mkdir|systemctl|service)\b [^|]/,
      );
    }
    if (probe.via === 'sql') {
      const service = {
        id: 's',
        kind: 'mysql',
        role: 'database',
        sql: { heartbeat: 'a.b', credentials: { read } },
      };
      expect(statementOf(probe, { ...target, service })).toMatch(/^(SHOW|SELECT|XA RECOVER$)/);
    }
    if (probe.via === 'http') expect(probe.path(target)).not.toBe('/');
  }
});

/** Deterministic noise: the same on every run. */
function* noise(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

function mangle(text: string, random: Generator<number>): string {
  const next = () => random.next().value as number;
  const at = next() % (text.length + 1);
  const junk = [
    '',
    '\0',
    '\x1b[2J',
    '‮',
    '#end\n',
    '\n',
    '-1',
    '9'.repeat(400),
    '<script>',
    '%s',
    '__proto__ 1',
    'é',
  ][next() % 12];
  return next() % 3 === 0 ? text.slice(0, at) : text.slice(0, at) + junk + text.slice(at + (next() % 9));
}

const parse = (probe: Probe, text: string): Parsed => {
  const target = { host: { id: 'h', site: 's', address: 'unknown' } };
  switch (probe.via) {
    case 'ssh':
      return probe.parse({ stdout: text, stderr: text, exit: null }, target);
    case 'http':
      return probe.parse({ status: text.length % 600, headers: {}, body: text }, target);
    case 'sql':
      return probe.parse(
        text.split('\n').map((line) => ({
          [line.slice(0, 9)]: line.slice(9),
          peer: null,
          host: line,
          port: line,
          may: '1',
          ps: '1',
          utc: line,
        })),
        target,
      );
  }
};

test('whatever a server sends, no parser throws, and no number is NaN or infinite', () => {
  const samples = [poll, dbSockets, disks, identity, config, samba, status, ''];
  const random = noise(7);
  for (let round = 0; round < 600; round += 1) {
    let text = samples[round % samples.length] ?? '';
    for (let times = 0; times <= round % 4; times += 1) text = mangle(text, random);
    for (const { probe } of PROBES) {
      const { facts, listeners = [], connections = [], configured = [] } = parse(probe, text);
      for (const value of Object.values(facts)) {
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }
      const ports = [...listeners, ...configured].map((one) => one.port);
      for (const port of [...ports, ...connections.flatMap((one) => [one.localPort, one.peerPort])]) {
        expect(port >= 0 && port <= 65535).toBe(true);
      }
    }
  }
});
