import { generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDialer } from '../net/dial';
import { createSecretStore } from '../secrets/secret-store';
import { createSessions } from '../ssh/sessions';
import { estateOf } from '../ssh/testing/estate';
import { makeHome, type TestHome } from '../ssh/testing/home';
import { startTestServer } from '../ssh/testing/ssh-server';
import { runSql } from './run-sql';
import { createSqlSession } from './sql-session';

/** Packets of the MySQL protocol, as a server in other hands would build them. */
const packet = (sequence: number, payload: Buffer) => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, payload]);
};
const text = (value: string) => Buffer.from(`${value}\0`);
const SALT = Buffer.from('abcdefghijklmnopqrst');
/** Capabilities: 4.1 protocol, secure connection, plugin auth; TLS when asked for. */
const greeting = (plugin: string, version = '9.7.0', tls = false) =>
  packet(
    0,
    Buffer.concat([
      Buffer.from([10]),
      text(version),
      Buffer.from([1, 0, 0, 0]),
      SALT.subarray(0, 8),
      Buffer.from([0, 0xff, tls ? 0xff : 0xf7, 0x21, 2, 0, 0xff, 0xc1, 21]),
      Buffer.alloc(10),
      SALT.subarray(8),
      Buffer.from([0]),
      text(plugin),
    ]),
  );
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const errorPacket = (errno: number, message: string) =>
  Buffer.concat([Buffer.from([0xff, errno & 0xff, errno >> 8]), Buffer.from('#HY000'), Buffer.from(message)]);

const PASSWORD = 'canary-91ab';
let home: TestHome;
const open: { close(): unknown }[] = [];
beforeAll(() => {
  home = makeHome();
  home.file('password', PASSWORD);
});
afterAll(() => home.remove());
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** Calls `answer` with each packet after the greeting; keeps all bytes that were ever received. */
async function rogue(
  hello: Buffer,
  answer: (
    reply: (sequence: number, payload: Buffer) => void,
    payload: Buffer,
    count: number,
    socket: Socket,
  ) => void,
) {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let count = 0;
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.write(hello);
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      for (let rest = chunk; rest.length >= 4; ) {
        const length = rest.readUIntLE(0, 3);
        answer(
          (sequence, payload) => socket.write(packet(sequence, payload)),
          rest.subarray(4, 4 + length),
          count,
          socket,
        );
        count += 1;
        rest = rest.subarray(4 + length);
      }
    });
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
    received: () => Buffer.concat(received),
    sockets,
  };
}

/** A session to that server: through an in-process SSH server, or by TLS. */
async function sessionTo(port: number, sql: Record<string, unknown> = {}) {
  const ssh = await startTestServer({
    onConnection: (connection) =>
      connection.on('ready', () =>
        connection.on('tcpip', (accept, _reject, info) => {
          const to = connect(info.destPort, '127.0.0.1');
          to.on('error', () => {});
          to.on('connect', () => {
            const channel = accept();
            channel.on('error', () => {}).on('close', () => to.destroy());
            to.on('close', () => channel.end());
            channel.pipe(to).pipe(channel);
          });
        }),
      ),
  });
  const ports = home.ports();
  const dialer = createDialer({ mode: 'loopback' }, ports);
  const secrets = createSecretStore({ estateDir: home.dir, ports });
  const estate = estateOf(
    [
      {
        id: 'db',
        address: '127.0.0.1',
        ssh: { host: '127.0.0.1', port: ssh.port, user: 'ana', hostKeys: [ssh.hostKey] },
      },
    ],
    [
      {
        id: 'mysql',
        kind: 'mysql',
        role: 'database',
        hosts: ['db'],
        sql: { port, ...sql, credentials: { read: { user: 'watch', secret: 'file:password' } } },
      },
    ],
  );
  const common = { estate, estateDir: home.dir, dialer, secrets, ports };
  const sessions = createSessions(common);
  const session = createSqlSession({
    ...common,
    hostId: 'db',
    serviceId: 'mysql',
    account: 'read',
    sessions,
  });
  open.push(
    { close: () => ssh.close() },
    { close: () => sessions.dispose({ drainMs: 10 }) },
    { close: () => session.close() },
  );
  const ask = () =>
    runSql(session, {
      name: 'test.probe',
      statement: 'SELECT 1',
      timeoutMs: 2_000,
      background: true,
      signal: new AbortController().signal,
    }).then(
      (out) => ({ code: 'answered', rows: out.rows, message: '', params: {} }),
      (thrown) => thrown.error,
    );
  return { ask, ssh, sessions };
}
/** The path ends on the SSH host's neighbour, not on itself. */
const ELSEWHERE = { host: '127.0.0.9' };

describe('F36 a server in other hands', () => {
  it('that asks for a local file gets none', async () => {
    const { port, received } = await rogue(greeting('mysql_native_password'), (reply, _, count) =>
      count === 0 ? reply(2, OK) : reply(1, Buffer.concat([Buffer.from([0xfb]), Buffer.from('/etc/passwd')])),
    );
    const { ask } = await sessionTo(port);
    const error = await ask();
    expect(error.code).toMatch(/^E_SQL_/);
    expect(received().toString('latin1')).not.toContain('root:');
    // CLIENT_LOCAL_FILES (128) was not offered in the first place.
    expect((received()[4] ?? 128) & 128).toBe(0);
  });
  it('that asks for the password in clear does not get it', async () => {
    const { port, received } = await rogue(greeting('mysql_native_password'), (reply, _, count) => {
      if (count === 0) reply(2, Buffer.concat([Buffer.from([0xfe]), text('mysql_clear_password')]));
    });
    for (const where of [{}, ELSEWHERE]) {
      const { ask } = await sessionTo(port, where);
      expect((await ask()).code).toMatch(/E_SQL_(INSECURE|AUTH_PLUGIN)/);
    }
    expect(received().toString('latin1')).not.toContain(PASSWORD);
  });
  it.each(['caching_sha2_password', 'sha256_password'])(
    'that fishes for the password with its own RSA key (%s) does not get it',
    async (plugin) => {
      const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = keys.publicKey.export({ type: 'spki', format: 'pem' });
      let fished: string | null = null;
      const { port, received } = await rogue(greeting('mysql_native_password'), (reply, payload, count) => {
        if (count === 0)
          return reply(2, Buffer.concat([Buffer.from([0xfe]), text(plugin), SALT, Buffer.from([0])]));
        const asksForKey = payload.length === 1 && (payload[0] === 1 || payload[0] === 2);
        if (asksForKey) return reply(count * 2 + 2, Buffer.concat([Buffer.from([1]), Buffer.from(pem)]));
        if (payload.length === 256) {
          const masked = privateDecrypt({ key: keys.privateKey, oaepHash: 'sha1' }, payload);
          fished = Buffer.from(masked.map((byte, index) => byte ^ (SALT[index % SALT.length] ?? 0))).toString(
            'latin1',
          );
          return reply(count * 2 + 2, OK);
        }
        reply(count * 2 + 2, Buffer.from([1, 4]));
      });
      const { ask } = await sessionTo(port, ELSEWHERE);
      expect(await ask()).toMatchObject({
        code: 'E_SQL_INSECURE',
        stage: 'sql-auth',
        params: { account: 'watch' },
      });
      expect(fished).toBeNull();
      // Refused before a key was asked for: only the login and a proof were ever sent.
      const afterLogin = received().length;
      await sleep(50);
      expect(received().length).toBe(afterLogin);
      // The trap works: over a path that counts as protected the same server does get it.
      const own = await sessionTo(port);
      await own.ask();
      expect(fished).toContain(PASSWORD);
    },
  );
  it('that lies in its error has its text shown, not obeyed', async () => {
    const lie = '<img src=x onerror=alert(1)>\x1b]0;owned\x07\u202e command denied to user';
    const { port } = await rogue(greeting('mysql_native_password'), (reply, _, count) =>
      reply(count === 0 ? 2 : 1, count === 0 ? OK : errorPacket(1142, lie)),
    );
    const { ask } = await sessionTo(port);
    const error = await ask();
    expect(error).toMatchObject({ code: 'E_SQL_GRANT', params: { privilege: 'see the text of the server' } });
    expect(error.message).toContain('<img src=x onerror=alert(1)>\\x1b]0;owned\\x07\\u202e');
    expect(error.message).not.toContain('\x1b');
    expect(error.message).not.toContain('\u202e');
  });
  it.each([
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['an old protocol', '\x10\0\0\0\x0916-byte greeting'],
  ])('that speaks %s is said so at once', async (_, hello) => {
    const { port } = await rogue(Buffer.from(hello, 'latin1'), () => {});
    const { ask } = await sessionTo(port);
    const started = performance.now();
    expect(await ask()).toMatchObject({ code: 'E_SQL_HANDSHAKE', stage: 'sql-handshake', host: 'db' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
  it('that closes at once, or is full, is told apart', async () => {
    const closing = createServer((socket) => socket.on('error', () => {}).end());
    await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => closing.close() });
    const address = closing.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    expect(await (await sessionTo(port)).ask()).toMatchObject({
      code: 'E_SQL_REFUSED',
      params: { text: 'closed without a word' },
    });
    const full = await rogue(packet(0, errorPacket(1040, 'Too many connections')), () => {});
    expect(await (await sessionTo(full.port)).ask()).toMatchObject({
      code: 'E_SQL_TOO_MANY',
      retryable: true,
    });
  });
  it('of which no packet, however broken, harms anybody else', async () => {
    let seed = 1;
    const noise = (length: number) => {
      const bytes = Buffer.alloc(length);
      for (let index = 0; index < length; index += 1) {
        seed = (seed * 1103515245 + 12345) & 0x7fffffff;
        bytes[index] = seed >> 16;
      }
      return bytes;
    };
    // mysql2 prints a stack trace for some broken packets.
    const quiet = vi.spyOn(console, 'trace').mockImplementation(() => {});
    const faults: unknown[] = [];
    const onFault = (thrown: unknown) => faults.push(thrown);
    process.on('uncaughtException', onFault);
    const good = await rogue(greeting('mysql_native_password'), (reply, _, count) => {
      if (count === 0) return reply(2, OK);
      for (let sequence = 1; sequence < 6; sequence += 1) reply(sequence, noise(1 + ((seed >> 3) % 40)));
    });
    for (let round = 0; round < 20; round += 1) {
      const bad = await rogue(
        round % 2 ? packet(0, Buffer.concat([Buffer.from([10]), noise(round * 3)])) : Buffer.alloc(0),
        () => {},
      );
      const target = round % 2 ? bad : good;
      const { ask, sessions, ssh } = await sessionTo(target.port);
      const answered = ask();
      for (let tries = 0; sessions.state('db', 'read').state !== 'ready' && tries < 500; tries += 1)
        await sleep(10);
      const error = await Promise.race([answered, sleep(100).then(() => ({ code: 'E_SQL_waiting' }))]);
      expect(error.code === 'answered' || error.code.startsWith('E_SQL_'), JSON.stringify(error)).toBe(true);
      // The SSH connection it came through is not harmed.
      expect(sessions.state('db', 'read').state).toBe('ready');
      expect(ssh.connections()).toBe(1);
      for (const thing of open.splice(1).reverse()) await thing.close();
    }
    process.off('uncaughtException', onFault);
    quiet.mockRestore();
    expect(faults).toEqual([]);
  }, 60_000);
});

describe('TLS', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a server without TLS', { via: 'tls', serverName: 'db.example' }, 'E_SQL_TLS'],
    ['an address without a name', { via: 'tls' }, 'E_SQL_TLS_NAME'],
    ['an authority that is not there', { via: 'tls', serverName: 'db.example', ca: 'none.pem' }, 'E_SQL_TLS'],
  ])('refuses %s', async (_, sql, code) => {
    const { port, received } = await rogue(greeting('mysql_native_password'), () => {});
    const failed = sessionTo(port, { host: '127.0.0.1', ...sql }).then(
      ({ ask }) => ask(),
      (thrown) => thrown.error,
    );
    expect(await failed).toMatchObject({ code, host: 'db', stage: 'tls' });
    expect(received().toString('latin1')).not.toContain('watch');
  });
});
