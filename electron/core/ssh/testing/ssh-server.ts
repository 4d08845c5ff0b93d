import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection } from 'ssh2';

/** An SSH server in this process, for what a real sshd will not do: lie, hang, ask odd questions. */
export interface TestServer {
  port: number;
  /** Public host key, "ssh-ed25519 AAAA…". */
  hostKey: string;
  /** Login attempts other than `none`, as "method". */
  attempts: string[];
  connections(): number;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** Algorithm of the host key. */
  key?: 'ed25519' | 'ecdsa' | 'rsa';
  authenticate?(context: AuthContext, attempts: string[]): void;
  onConnection?(connection: Connection): void;
}

export function makeHostKey(type: 'ed25519' | 'ecdsa' | 'rsa'): { private: string; public: string } {
  const { generateKeyPairSync, parseKey } = ssh2.utils;
  for (;;) {
    const made =
      type === 'ed25519'
        ? generateKeyPairSync(type)
        : type === 'ecdsa'
          ? generateKeyPairSync(type, { bits: 256 })
          : generateKeyPairSync(type, { bits: 2048 });
    // Now and then ssh2 makes a key that it cannot read itself.
    if (!(parseKey(made.private) instanceof Error))
      return { private: made.private, public: made.public.trim() };
  }
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const key = makeHostKey(options.key ?? 'ed25519');
  const attempts: string[] = [];
  const open = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [key.private] }, (connection) => {
    open.add(connection);
    connection.on('close', () => open.delete(connection));
    connection.on('error', () => {});
    connection.on('authentication', (context) => {
      if (context.method !== 'none') attempts.push(context.method);
      if (options.authenticate) options.authenticate(context, attempts);
      else context.accept();
    });
    options.onConnection?.(connection);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: key.public,
    attempts,
    connections: () => open.size,
    async close() {
      for (const connection of open) connection.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
