import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import ssh2, { type Client, type NegotiatedAlgorithms } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { ALGORITHMS } from './algorithms';
import { makeHome } from './testing/home';
import { makeRig } from './testing/rig';
import { makeHostKey } from './testing/ssh-server';
import { haveSshd, makeKey, type Sshd, startSshd } from './testing/sshd';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** The lists of a KEXINIT in its own order (RFC 4253 section 7.1). */
const LISTS = [
  'kex',
  'hostKey',
  'cipherOut',
  'cipherIn',
  'macOut',
  'macIn',
  'compressOut',
  'compressIn',
  'languageOut',
  'languageIn',
] as const;
type Offer = Record<(typeof LISTS)[number], string>;
/** How much goes through one connection; a soak sets 5120. */
const MIB = Number(process.env.PATRONUS_REKEY_MIB ?? 512);
const KEXINIT = 20;
const HEAD = 5;
const COOKIE = 16;

function packet(payload: Buffer): Buffer {
  const padding = 8 - ((HEAD + payload.length) % 8) + 8;
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(1 + payload.length + padding);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}
function kexInit(offer: Offer): Buffer {
  const lists = LISTS.flatMap((name) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(offer[name].length);
    return [length, Buffer.from(offer[name])];
  });
  return packet(Buffer.concat([Buffer.from([KEXINIT]), Buffer.alloc(COOKIE, 7), ...lists, Buffer.alloc(5)]));
}

/** Types of the packets that came in clear, and the first offer. */
function readClear(bytes: Buffer): { types: number[]; offer: Offer | null } {
  const greeting = bytes.indexOf('\r\n');
  if (greeting < 0) return { types: [], offer: null };
  let at = greeting + 2;
  const types: number[] = [];
  let offer: Offer | null = null;
  while (at + HEAD < bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) break;
    const payload = bytes.subarray(at + HEAD, at + 4 + length);
    types.push(payload[0] ?? -1);
    if (payload[0] === KEXINIT && offer === null) offer = readOffer(payload.subarray(1 + COOKIE));
    at += 4 + length;
  }
  return { types, offer };
}
function readOffer(lists: Buffer): Offer {
  let at = 0;
  const entries = LISTS.map((name) => {
    const end = at + 4 + lists.readUInt32BE(at);
    const text = lists.toString('latin1', at + 4, end);
    at = end;
    return [name, text] as const;
  });
  return Object.fromEntries(entries) as Offer;
}

/** A server that says what it can, once it has heard what the console can, and nothing else. */
async function offering(offer: Offer): Promise<{ port: number; heard(): Promise<Buffer> }> {
  let heard = Buffer.alloc(0);
  let said = () => {};
  const over = new Promise<void>((resolve) => {
    said = resolve;
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', said);
    socket.on('data', (chunk: Buffer) => {
      const before = readClear(heard).offer;
      heard = Buffer.concat([heard, chunk]);
      if (before === null && readClear(heard).offer !== null) socket.write(kexInit(offer));
    });
    socket.write('SSH-2.0-before_strict_kex\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : 0,
    heard: () => over.then(() => heard),
  };
}

/** What a server of some years ago would take, without strict key exchange. */
const GOOD: Offer = {
  kex: 'curve25519-sha256',
  hostKey: 'ssh-ed25519,rsa-sha2-256',
  cipherOut: 'aes256-ctr',
  cipherIn: 'aes256-ctr',
  macOut: 'hmac-sha2-256',
  macIn: 'hmac-sha2-256',
  compressOut: 'none',
  compressIn: 'none',
  languageOut: '',
  languageIn: '',
};
const both = (name: 'cipher' | 'mac', value: string): Offer => ({
  ...GOOD,
  [`${name}Out`]: value,
  [`${name}In`]: value,
});

async function attempt(ssh: Record<string, unknown>) {
  const rig = makeRig([{ id: 'web', ssh: { host: '127.0.0.1', user: 'ana', ...ssh } }]);
  open.push({ close: () => rig.dispose() });
  return rig.attempt('web');
}
const { public: anyKey } = makeHostKey('ed25519');

describe('C14: what the console offers, as it goes over the wire', () => {
  it('no SHA-1, DSA, CBC, RC4, chacha20 or short MAC; and asks for strict key exchange', async () => {
    const server = await offering(both('cipher', 'none-of-ours'));
    await attempt({ port: server.port, hostKeys: [anyKey] });
    const { offer } = readClear(await server.heard());
    if (!offer) throw new Error('the console offered nothing');
    const lists = LISTS.map((name) => offer[name]).join(',');
    expect(lists).toContain('kex-strict-c-v00@openssh.com');
    const weak = lists
      .split(',')
      .filter((name) =>
        /sha1(?!\d)|ssh-rsa|dss|cbc|arcfour|rc4|3des|blowfish|chacha|md5|umac|hmac-ripemd|-96/.test(name),
      );
    expect(weak).toEqual([]);
    expect(offer.cipherOut.split(',')).toEqual([...ALGORITHMS.cipher]);
    expect(offer.macOut.split(',')).toEqual([...ALGORITHMS.hmac]);
    expect([offer.compressOut, offer.compressIn]).toEqual(['none', 'none']);
  });

  it.each<[string, Offer]>([
    ['chacha20 without strict key exchange', both('cipher', 'chacha20-poly1305@openssh.com')],
    [
      'CBC with encrypt-then-MAC',
      { ...both('cipher', 'aes256-cbc'), macOut: 'hmac-sha2-256-etm@openssh.com' },
    ],
    ['CBC', both('cipher', 'aes256-cbc,3des-cbc')],
    ['HMAC-SHA1', both('mac', 'hmac-sha1,hmac-sha1-etm@openssh.com')],
    ['a host key signed with SHA-1', { ...GOOD, hostKey: 'ssh-rsa,ssh-dss' }],
    ['key exchange with SHA-1', { ...GOOD, kex: 'diffie-hellman-group14-sha1,diffie-hellman-group1-sha1' }],
  ])('refuses a server that has only %s, before anything is agreed', async (_, offer) => {
    const server = await offering(offer);
    expect(await attempt({ port: server.port, hostKeys: [anyKey] })).toMatchObject({
      code: 'E_SSH_ALGORITHMS',
      stage: 'banner',
      retryable: false,
    });
    // 1 is a disconnect: no key exchange was begun, no account named.
    expect(readClear(await server.heard()).types.filter((type) => type !== 1)).toEqual([KEXINIT]);
  });
});

describe.skipIf(!haveSshd())('C14: with a real sshd', () => {
  async function real(extra: readonly string[] = []): Promise<Sshd> {
    const home = makeHome();
    const sshd = await startSshd(home, extra);
    open.push({ close: () => home.remove() }, { close: () => sshd.stop() });
    return sshd;
  }
  const way = ({ port, user, identity, hostKey }: Sshd) => ({
    port,
    user,
    identity: `file:${identity}`,
    hostKeys: [hostKey],
  });

  it('is content with Debian’s defaults, and chooses the best of them', async () => {
    const sshd = await real();
    expect(await attempt(way(sshd))).toBe('ready');
    const { negotiated } = await connected(sshd);
    expect(negotiated).toMatchObject({ kex: 'curve25519-sha256', cs: { cipher: 'aes256-gcm@openssh.com' } });
  });

  it.each([
    ['Ciphers chacha20-poly1305@openssh.com', 'E_SSH_ALGORITHMS'],
    ['Ciphers aes256-cbc', 'E_SSH_ALGORITHMS'],
    ['KexAlgorithms diffie-hellman-group14-sha1', 'E_SSH_ALGORITHMS'],
    ['Ciphers aes128-gcm@openssh.com', 'ready'],
    ['Ciphers aes128-ctr', 'ready'],
    ['KexAlgorithms ecdh-sha2-nistp521', 'ready'],
    ['KexAlgorithms diffie-hellman-group14-sha256', 'ready'],
  ])('%s: %s', async (setting, expected) => {
    const result = await attempt(way(await real([setting])));
    expect(result === 'ready' ? result : result.code).toBe(expected);
  });
  it.each(['hmac-sha2-256', 'hmac-sha2-512-etm@openssh.com'])('MACs %s with CTR: ready', async (mac) => {
    expect(await attempt(way(await real(['Ciphers aes256-ctr', `MACs ${mac}`])))).toBe('ready');
  });
  it('MACs hmac-sha1 with CTR: E_SSH_ALGORITHMS', async () => {
    const result = await attempt(way(await real(['Ciphers aes256-ctr', 'MACs hmac-sha1'])));
    expect(result).toMatchObject({ code: 'E_SSH_ALGORITHMS' });
  });

  it('a server with another type of key than the one on record is refused, and no login is tried', async () => {
    const home = makeHome();
    open.push({ close: () => home.remove() });
    const rsa = makeKey(home, 'rsa', '', 'rsa');
    // It has the ed25519 key, too, and hides it: so would somebody in the middle who has only another type.
    const sshd = await real([`HostKey ${rsa.file}`, 'HostKeyAlgorithms rsa-sha2-512,rsa-sha2-256']);
    const result = await attempt(way(sshd));
    expect(result).toMatchObject({ code: 'E_HOSTKEY_CHANGED', stage: 'hostkey' });
    // With both, the one on record is what is asked for.
    const honest = await real([`HostKey ${rsa.file}`, 'HostKeyAlgorithms rsa-sha2-512,ssh-ed25519']);
    expect(await attempt(way(honest))).toBe('ready');
    expect(await attempt({ ...way(honest), hostKeys: [rsa.public] })).toBe('ready');
  });

  it(`goes on through the server’s own rekeying: ${MIB} MiB with RekeyLimit 64M`, {
    timeout: 600_000,
  }, async () => {
    const sshd = await real(['RekeyLimit 64M none']);
    const { client, handshakes } = await connected(sshd);
    const bytes = MIB * 1024 * 1024;
    expect(await download(client, bytes)).toBe(bytes);
    expect(handshakes()).toBeGreaterThan(MIB / 64 / 2);
  });

  async function connected(sshd: Sshd) {
    const client = new ssh2.Client();
    let handshakes = 0;
    let negotiated: NegotiatedAlgorithms | undefined;
    client.on('handshake', (agreed) => {
      handshakes += 1;
      negotiated ??= agreed;
    });
    await new Promise<void>((resolve, reject) => {
      client.on('ready', resolve).on('error', reject);
      client.connect({
        host: '127.0.0.1',
        port: sshd.port,
        username: sshd.user,
        privateKey: readFileSync(sshd.identity),
        algorithms: { ...ALGORITHMS, serverHostKey: ['ssh-ed25519'] },
        hostVerifier: (key: Buffer) => key.toString('base64') === sshd.hostKey.split(' ')[1],
      });
    });
    open.push({ close: () => client.end() });
    return { client, negotiated, handshakes: () => handshakes };
  }
});

const ZEROS = Buffer.alloc(1 << 20);
/** Counts what a command on the host sends; every byte must be the one that was asked for. */
const download = (client: Client, bytes: number): Promise<number> =>
  new Promise((resolve, reject) => {
    client.exec(`head -c ${bytes} /dev/zero`, (error, stream) => {
      if (error) return reject(error);
      let count = 0;
      stream.on('data', (chunk: Buffer) => {
        count += chunk.length;
        if (!chunk.equals(ZEROS.subarray(0, chunk.length))) reject(new Error(`a wrong byte near ${count}`));
      });
      stream.on('error', reject);
      stream.on('close', () => resolve(count));
    });
  });
