import { spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
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
    ['control characters', `\0\x1b[31m ${K}`, [['plain', '\0\x1b[31m']]],
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

/** Small random names over an alphabet in which patterns meet by accident. */
function randomName(next: () => number, alphabet: string): string {
  let name = '';
  for (let length = 1 + (next() % 4); length > 0; length -= 1) name += alphabet[next() % alphabet.length];
  return name;
}
function generator(seed: number): () => number {
  let counter = 0;
  return () => {
    counter += 1;
    return createHmac('sha256', `${seed}`).update(`${counter}`).digest().readUInt32BE(0);
  };
}

describe.skipIf(spawnSync('ssh-keygen', ['-?']).error !== undefined)('against ssh-keygen -F', () => {
  it('agrees on 4 000 generated lines and 30 names', { timeout: 60_000 }, () => {
    const next = generator(20261121);
    const lines: string[] = [];
    for (let index = 0; index < 4000; index += 1) {
      const patterns: string[] = [];
      for (let count = 1 + (next() % 3); count > 0; count -= 1) {
        const name = `${next() % 5 === 0 ? '!' : ''}${randomName(next, 'ab.*?')}`;
        patterns.push(next() % 4 === 0 ? name.replace(/^(!?)(.*)$/, '$1[$2]:2222') : name);
      }
      const hosts =
        next() % 6 === 0
          ? hashToken(hostToken(randomName(next, 'ab.'), next() % 2 ? 22 : 2222), Buffer.alloc(20, index))
          : patterns.join(',');
      lines.push(`${['', '', '', '@revoked ', '@cert-authority ', '# '][next() % 6]}${hosts} ${K}`);
    }
    const file = home.file('generated', `${lines.join('\n')}\n`);
    const entries = parseKnownHosts(lines.join('\n'));
    let matched = 0;
    for (let index = 0; index < 30; index += 1) {
      const token = hostToken(randomName(next, 'aB.b'), next() % 3 === 0 ? 2222 : 22);
      const found = spawnSync('ssh-keygen', ['-F', token, '-f', file], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      const theirs = [...found.stdout.matchAll(/found: line (\d+)/g)].map((match) => Number(match[1]));
      const ours = entries.filter((entry) => matchesHost(entry, token)).map((entry) => entry.line);
      expect(ours, token).toEqual(theirs);
      matched += ours.length;
    }
    expect(matched).toBeGreaterThan(1000);
  });
});
