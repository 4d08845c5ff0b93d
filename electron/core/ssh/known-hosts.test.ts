import { spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintOf } from './key-blob';
import { hashToken, hostToken, matchesHost, parseKnownHosts } from './known-hosts';
import { makeHome } from './testing/home';

const home = makeHome();
afterAll(() => home.remove());
/** An ed25519 key blob: type, then 32 bytes. */
const blob = (seed: number) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 11]),
    Buffer.from('ssh-ed25519'),
    Buffer.from([0, 0, 0, 32]),
    Buffer.alloc(32, seed),
  ]).toString('base64');
const K = `ssh-ed25519 ${blob(1)}`;

describe('parseKnownHosts', () => {
  it.each([
    ['a plain line', `web ${K}`, [['plain', 'web']]],
    ['with comment, tabs and CR', `web\tssh-ed25519\t${blob(1)} root@web\r`, [['plain', 'web']]],
    ['comments and empty lines', `# web ${K}\n\n   \n  # x`, []],
    [
      'markers',
      `@revoked * ${K}\n@cert-authority *.prod ${K}`,
      [
        ['revoked', '*'],
        ['cert-authority', '*.prod'],
      ],
    ],
    ['an unknown marker', `@other web ${K}`, []],
    ['a broken key', 'web ssh-ed25519 AAAA!', []],
    ['a key of another type than it says', `web ssh-rsa ${blob(1)}`, []],
    ['a line without key', 'web ssh-ed25519', []],
    ['control characters', `\x1b[31m ${K}`, [['plain', '\x1b[31m']]],
    ['what follows a NUL', `web\0 ${K}`, []],
    ['a byte order mark before a marker', `\ufeff@revoked web ${K}`, []],
    ['two markers', `@revoked @cert-authority web ${K}`, []],
    ['a truncated key', `web ${K.slice(0, -8)}`, []],
    [
      'a key without its padding',
      `web ssh-ed25519 ${Buffer.from('x').toString('base64').replace(/=/g, '')}`,
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(parseKnownHosts(text).map((entry) => [entry.marker, entry.hosts])).toEqual(expected);
  });
});

describe('matchesHost', () => {
  const salt = randomBytes(20);
  it.each([
    ['web', 'web', 22, true],
    ['WEB', 'web', 22, true],
    ['web', 'WEB', 22, true],
    ['web', 'web', 2222, false],
    ['[web]:2222', 'web', 2222, true],
    ['[web]:2222', 'web', 22, false],
    ['db,web,10.0.0.1', '10.0.0.1', 22, true],
    ['10.0.0.?', '10.0.0.5', 22, true],
    ['10.0.0.?', '10.0.0.55', 22, false],
    ['*.prod,!x.prod', 'a.prod', 22, true],
    ['*.prod,!x.prod', 'x.prod', 22, false],
    ['!x.prod', 'a.prod', 22, false],
    ['*', 'anything', 22, true],
    ['*a*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(5000), 22, false],
    ['[a-z]', 'b', 22, false],
    [hashToken('web', salt), 'web', 22, true],
    [hashToken('web', salt), 'db', 22, false],
    [hashToken('[web]:2222', salt), 'web', 2222, true],
    ['|1|broken', 'web', 22, false],
    [`|2|${salt.toString('base64')}|x`, 'web', 22, false],
  ])('%s for %s port %i: %s', (hosts, host, port, expected) => {
    expect(matchesHost({ hosts }, hostToken(host, port))).toBe(expected);
  });
});

/** Deterministic: the same lines on every machine and at every run. */
function generator(seed: number) {
  let counter = 0;
  const next = (below: number): number => {
    counter += 1;
    return createHmac('sha256', `${seed}`).update(`${counter}`).digest().readUInt32BE(0) % below;
  };
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  return { next, pick };
}
type Generator = ReturnType<typeof generator>;

/** Names over an alphabet in which patterns meet by accident, and some as they really are. */
const REAL = [
  'db.example',
  'DB.Example',
  '10.0.20.2',
  '::1',
  'fe80::1%eth0',
  '2001:db8::2',
  'a',
  'ab',
  'a.b',
];
function name({ next, pick }: Generator, alphabet: string): string {
  if (next(4) === 0) return pick(REAL);
  return Array.from({ length: 1 + next(4) }, () => pick([...alphabet])).join('');
}
function pattern(random: Generator): string {
  const { next, pick } = random;
  // Longer than OpenSSH has room for, and just not.
  if (next(60) === 0) return `${pick(['', '!'])}${'a'.repeat(pick([1022, 1023]))}`;
  const plain = next(9) === 0 ? '' : name(random, 'abAB.*?');
  const placed = next(4) === 0 ? `[${plain}]:${pick([2222, 22, 2200])}` : plain;
  return `${next(6) === 0 ? '!' : ''}${placed}`;
}
function hostField(random: Generator): string {
  const { next, pick } = random;
  if (next(5) > 0) return Array.from({ length: 1 + next(3) }, () => pattern(random)).join(',');
  const salt = Buffer.alloc(pick([20, 20, 20, 20, 8, 32]), next(256));
  const hashed = hashToken(hostToken(name(random, 'ab.'), pick([22, 2222])), salt);
  return pick([
    hashed,
    hashed,
    hashed,
    hashed.slice(0, -3),
    hashed.replace('|1|', '|2|'),
    `${hashed},a`,
    hashed.replace(/=/g, ''),
  ]);
}
/** "TYPE BASE64" of real keys, and what is none. */
function keyField({ next, pick }: Generator, keys: readonly string[]): string {
  const key = pick(keys);
  const [type = '', base64 = ''] = key.split(' ');
  if (next(4) > 0) return key;
  return pick([
    `${type}  ${base64}`,
    `${type}\t${base64}`,
    `${type} ${base64.slice(0, -7)}`,
    `${type} ${base64.slice(0, -8)}`,
    `${type} ${base64.replace(/=*$/, '')}AAAA`,
    `${type} ${base64}!`,
    `${type} ${base64.replace(/=+$/, '')}`,
    `${type} AAAA`,
    type,
    `ssh-foo ${base64}`,
    `${type.toUpperCase()} ${base64}`,
    `${pick(keys).split(' ')[0]} ${base64}`,
    base64,
    '1024 35 123456789012345678901234567890',
    '',
  ]);
}
function line(random: Generator, keys: readonly string[]): string {
  const { pick } = random;
  const before = pick(['', '', '', '', '', '', ' ', '\t', '# ', '#', '\ufeff']);
  const marker = pick([
    '',
    '',
    '',
    '',
    '',
    '',
    '@revoked ',
    '@cert-authority ',
    '@revoked\t',
    '@other ',
    '@revoked',
    '@ ',
    '@cert-authority  ',
  ]);
  const gap = pick([' ', ' ', ' ', '\t', '  ', ' \t ']);
  const after = pick([
    '',
    '',
    '',
    ' root@host',
    ' a comment with # and @revoked',
    '  ',
    '\t',
    ' # x',
    '\x0b',
  ]);
  return `${before}${marker}${hostField(random)}${gap}${keyField(random, keys)}${after}${pick(['', '', '', '\r'])}`;
}

describe.skipIf(spawnSync('ssh-keygen', ['-?']).error !== undefined)('C13: against ssh-keygen -F', () => {
  it('agrees on 10 000 generated lines: which, marked how, with which key', { timeout: 120_000 }, () => {
    const keys = realKeys();
    const random = generator(20261121);
    const lines = Array.from({ length: 10_000 }, () => line(random, keys));
    const text = `${lines.join('\n')}\n`;
    const file = home.file('generated', text);
    const entries = parseKnownHosts(text);
    const seen = { plain: 0, revoked: 0, 'cert-authority': 0, hashed: 0 };
    for (let index = 0; index < 15; index += 1) {
      const token = hostToken(name(random, 'aB.b'), random.pick([22, 22, 2222]));
      const ours = entries.filter((entry) => matchesHost(entry, token));
      for (const { marker, hosts } of ours) {
        seen[marker] += 1;
        if (hosts.startsWith('|')) seen.hashed += 1;
      }
      const shown = ours.map(({ line: at, marker, key }) => `${at} ${marker} ${fingerprintOf(key)}`);
      expect(shown, token).toEqual(foundByKeygen(token, file));
    }
    // It compared something of every form.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });
});

/** Keys of every type that OpenSSH has here, and of a hardware token. */
function realKeys(): string[] {
  const token = Buffer.concat(
    [Buffer.from('sk-ssh-ed25519@openssh.com'), Buffer.alloc(32, 9), Buffer.from('ssh:')].flatMap((bytes) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
  const types = [
    ['ed25519'],
    ['ed25519'],
    ['rsa', '1024'],
    ['rsa', '2048'],
    ['dsa'],
    ['ecdsa', '256'],
    ['ecdsa', '384'],
    ['ecdsa', '521'],
  ];
  const made = types.flatMap(([type = '', bits], index) => {
    const file = `${home.dir}/key-${index}`;
    const size = bits === undefined ? [] : ['-b', bits];
    spawnSync('ssh-keygen', ['-q', '-t', type, ...size, '-N', '', '-C', '', '-f', file]);
    // DSA is gone from OpenSSH 10.
    return existsSync(`${file}.pub`) ? [readFileSync(`${file}.pub`, 'utf8').trim()] : [];
  });
  expect(made.length).toBeGreaterThanOrEqual(7);
  return [...made, `sk-ssh-ed25519@openssh.com ${token.toString('base64')}`];
}

/** "LINE MARKER FINGERPRINT" of what ssh-keygen finds. -l makes it read the keys, as ssh itself does. */
function foundByKeygen(token: string, file: string): string[] {
  const ran = spawnSync('ssh-keygen', ['-l', '-F', token, '-f', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const marks: Record<string, string> = { REVOKED: 'revoked', CA: 'cert-authority' };
  return [...ran.stdout.matchAll(/found: line (\d+) ?(\w*)\s*\n[^\n]*(SHA256:\S+)/g)].map(
    ([, at, mark = '', fingerprint]) => `${at} ${marks[mark] ?? 'plain'} ${fingerprint}`,
  );
}
