import { describe, expect, it } from 'vitest';
import { dependencyClosure, parsePackages } from './package-index';
import { releaseSum } from './suite';

const stanza = (name: string, more = '') =>
  `Package: ${name}\nVersion: 1.0\nDescription: a thing\n continued: not a field\nFilename: pool/${name}.deb\nSize: 10\nSHA256: ${'a'.repeat(64)}\n${more}`;

const index = parsePackages(
  [
    stanza(
      'server',
      'Pre-Depends: libc (>= 2.38)\nDepends: mail-agent, lib-a (= 1) | lib-b, perl:any, lib-c\nRecommends: lib-z\n',
    ),
    stanza('libc'),
    stanza('lib-a', 'Depends: server\n'), // a circle
    stanza('lib-b'),
    stanza('lib-c', 'Depends: nowhere (>= 1)\n'),
    stanza('lib-z'),
    stanza('perl', 'Depends: perl-only\n'),
    stanza('perl-only'),
    stanza('exim', 'Provides: mail-agent (= 4), smtp\n'),
    stanza('postfix', 'Provides: mail-agent\n'),
    stanza('libc', 'Version: 0.9\n'), // a second one of the same name is left out
    'Package: half\nVersion: 1\n',
    '',
  ].join('\n\n'),
);

describe('parsePackages', () => {
  it('reads names, files, sizes and sums', () => {
    expect(index.byName.get('libc')).toMatchObject({
      version: '1.0',
      filename: 'pool/libc.deb',
      size: 10,
      sha256: 'a'.repeat(64),
    });
  });
  it('takes the first alternative, without versions and architectures', () => {
    expect(index.byName.get('server')?.needs).toEqual(['libc', 'mail-agent', 'lib-a', 'perl', 'lib-c']);
  });
  it('leaves out stanzas that cannot be fetched', () => expect(index.byName.has('half')).toBe(false));
  it('knows who provides a virtual name first', () => expect(index.providers.get('mail-agent')).toBe('exim'));
});

describe('dependencyClosure', () => {
  const closure = dependencyClosure(index, ['server'], new Set(['perl']));
  it('follows dependencies, circles and virtual names; not recommendations, not the skipped', () => {
    expect(closure.packages.map((p) => p.name)).toEqual(['exim', 'lib-a', 'lib-c', 'libc', 'server']);
  });
  it('names what the suite does not have', () => expect(closure.unknown).toEqual(['nowhere']));
  it('says so when the wanted package itself is not there', () => {
    expect(dependencyClosure(index, ['absent'], new Set())).toEqual({ packages: [], unknown: ['absent'] });
  });
});

describe('releaseSum', () => {
  const release =
    'Suite: x\nMD5Sum:\n 11 5 main/Packages.xz\nSHA256:\n 22 5 main/Packages\n 33 7 main/Packages.xz\nSHA512:\n 44 7 main/Packages.xz\n';
  it('reads the SHA-256 section only', () => {
    expect(releaseSum(release, 'main/Packages.xz')).toBe('33');
    expect(releaseSum(release, 'contrib/Packages.xz')).toBeUndefined();
  });
});
