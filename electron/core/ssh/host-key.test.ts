import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Failure } from '@shared/errors';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideHostKey, failClosed, hostKeyAlgorithms, type TrustSource } from './host-key';
import { hashToken, parseKnownHosts } from './known-hosts';
import type { VerifiedHostKey } from './lease';
import { makeHostKey, startTestServer, type TestServer } from './testing/ssh-server';

const [ed, otherEd, ecdsa, rsa] = [
  makeHostKey('ed25519'),
  makeHostKey('ed25519'),
  makeHostKey('ecdsa'),
  makeHostKey('rsa'),
].map((key) => key.public);
const bytes = (line = '') => Buffer.from(line.split(' ')[1] ?? '', 'base64');
const fingerprint = (line: string | undefined) =>
  `SHA256:${createHash('sha256').update(bytes(line)).digest('base64').replace(/=+$/, '')}`;
const source = (name: string, text: string): TrustSource => ({ name, entries: parseKnownHosts(text) });
const decide = (sources: TrustSource[], key: string | undefined, port = 22) =>
  decideHostKey({ hostId: 'db', host: 'db.example', port, sources }, bytes(key));

describe('decideHostKey', () => {
  const hashed = hashToken('db.example', Buffer.alloc(20, 7));
  it.each<[string, TrustSource[], string | undefined, string]>([
    ['the key on record', [source('kh', `db.example ${ed}`)], ed, 'kh:1'],
    ['the key on a hashed record', [source('kh', `# x\n${hashed} ${ed}`)], ed, 'kh:2'],
    ['one of several types on record', [source('kh', `db.example ${rsa}\ndb.example ${ed}`)], ed, 'kh:2'],
    ['the estate’s own key', [source('estate', `* ${ed}`), source('kh', '')], ed, 'estate'],
    [
      'the estate’s own key against another file',
      [source('estate', `* ${ed}`), source('kh', `db.example ${otherEd}`)],
      ed,
      'estate',
    ],
    [
      'the file, when the estate is silent',
      [source('estate', ''), source('kh', `db.example ${ed}`)],
      ed,
      'kh:1',
    ],
    ['a host with no record', [source('kh', `web.example ${ed}`)], ed, 'E_HOSTKEY_UNKNOWN'],
    ['no file at all', [], ed, 'E_HOSTKEY_UNKNOWN'],
    ['another key of the same type', [source('kh', `db.example ${otherEd}`)], ed, 'E_HOSTKEY_CHANGED'],
    ['only another type on record', [source('kh', `db.example ${rsa}`)], ed, 'E_HOSTKEY_CHANGED'],
    [
      'the file’s key when the estate states another',
      [source('estate', `* ${otherEd}`), source('kh', `db.example ${ed}`)],
      ed,
      'E_HOSTKEY_CHANGED',
    ],
    [
      'a key on record that is revoked',
      [source('kh', `db.example ${ed}\n@revoked * ${ed}`)],
      ed,
      'E_HOSTKEY_REVOKED',
    ],
    [
      'a key of the estate that the file revokes',
      [source('estate', `* ${ed}`), source('kh', `@revoked * ${ed}`)],
      ed,
      'E_HOSTKEY_REVOKED',
    ],
    [
      'a host of which only some key is revoked',
      [source('kh', `@revoked * ${otherEd}`)],
      ed,
      'E_HOSTKEY_UNKNOWN',
    ],
    [
      'a host known through an authority',
      [source('kh', `@cert-authority *.example ${otherEd}`)],
      ed,
      'E_HOSTKEY_CA_ONLY',
    ],
    [
      'the authority’s own key as host key',
      [source('kh', `@cert-authority *.example ${ed}`)],
      ed,
      'E_HOSTKEY_CA_ONLY',
    ],
    [
      'authority and plain key',
      [source('kh', `@cert-authority *.example ${otherEd}\ndb.example ${ed}`)],
      ed,
      'kh:2',
    ],
    ['a negated name', [source('kh', `*.example,!db.example ${ed}`)], ed, 'E_HOSTKEY_UNKNOWN'],
    ['an empty key', [source('kh', `db.example ${ed}`)], '', 'E_HOSTKEY_CHANGED'],
  ])('%s', (_, sources, key, expected) => {
    const decision = decide(sources, key);
    expect(decision instanceof Failure ? decision.error.code : decision.by).toBe(expected);
  });

  it('names host, both fingerprints in full, and where the record is', () => {
    const decision = decide([source('/home/me/.ssh/known_hosts', `\ndb.example ${otherEd}`)], ed);
    expect(decision).toBeInstanceOf(Failure);
    if (!(decision instanceof Failure)) return;
    expect(decision.error).toMatchObject({ host: 'db', stage: 'hostkey', retryable: false });
    expect(decision.error.message).toContain(
      `Expected ssh-ed25519 ${fingerprint(otherEd)}, got ssh-ed25519 ${fingerprint(ed)}`,
    );
    expect(decision.error.remedy).toContain('/home/me/.ssh/known_hosts:2');
    expect(decision.error.remedy).toContain('patronus trust db');
  });
  it('takes a port other than 22 for another host', () => {
    const decision = decide([source('kh', `db.example ${ed}`)], ed, 2222);
    expect(decision instanceof Failure && decision.error.code).toBe('E_HOSTKEY_UNKNOWN');
  });
  it('offers the types on record first, and never SHA-1', () => {
    const order = hostKeyAlgorithms({
      hostId: 'db',
      host: 'db.example',
      port: 22,
      sources: [source('kh', `db.example ${rsa}\ndb.example ${ecdsa}`)],
    });
    expect(order).toEqual([
      'ecdsa-sha2-nistp256',
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
    ]);
  });
});

/** What a wrong decider may return instead of a decision. ssh2 alone would let most of them in. */
const BAD: [string, () => unknown][] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['0', () => 0],
  ['an empty string', () => ''],
  ['true', () => true],
  ['a promise of a key', async () => ({ fingerprint: 'SHA256:x', type: 't', by: 'b' })],
  ['a rejected promise', () => Promise.reject(new Error('no')).catch(() => undefined)],
  ['an empty object', () => ({})],
  [
    'a refusal',
    () => new Failure({ code: 'E_HOSTKEY_CHANGED', stage: 'hostkey', message: '', retryable: false }),
  ],
  [
    'a throw',
    () => {
      throw new Error('broken');
    },
  ],
];

describe('failClosed with a real ssh2 connection', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  const tryWith = (hostVerifier: (key: Buffer) => boolean): Promise<boolean> =>
    new Promise((resolve) => {
      const client = new ssh2.Client();
      client.on('ready', () => {
        client.end();
        resolve(true);
      });
      client.on('error', () => resolve(false));
      client.connect({ sock: connect(server.port, '127.0.0.1'), username: 'test', hostVerifier });
    });

  it.each(BAD)('refuses a decider that gives %s', async (_, decide) => {
    const verifier = failClosed(decide as () => VerifiedHostKey, 'db');
    const before = server.attempts.length;
    expect(await tryWith((key) => verifier.verify(key))).toBe(false);
    expect(server.attempts).toHaveLength(before);
  });
  it('accepts a verified key, and only then', async () => {
    const verifier = failClosed(() => ({ fingerprint: 'SHA256:x', type: 'ssh-ed25519', by: 'estate' }), 'db');
    expect(await tryWith((key) => verifier.verify(key))).toBe(true);
    expect(verifier.decision()).toMatchObject({ by: 'estate' });
  });
  it('ssh2 alone lets a missing decision in: the reason for all this', async () => {
    const careless = (() => null) as unknown as (key: Buffer) => boolean;
    expect(await tryWith(careless)).toBe(true);
  });
});
