import { createHash } from 'node:crypto';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { type Output, Recorded } from './recorded';

/** What a child process of the benchmark serves. */
export interface Serve {
  hostKey: string;
  port: number;
  /** Addresses that answer; each is a host of its own. */
  good: string[];
  /** Addresses that accept a connection and never say a word. */
  hung: string[];
}
/** Said once everything listens. */
export const SERVING = 'serving';

/** How the console's resident shell begins; see electron/core/ssh/resident-shell.ts. */
const RESIDENT = 'while read -r a b;do';

/** Bytes that `stream BYTES` sends, made once. */
const BLOCK = Buffer.alloc(256 * 1024, 'x');

/**
 * SSH servers of simulated hosts, in a process of their own, so that their cryptography is not in what is
 * measured. Started by `startFleet`; ends when its parent does.
 */
export function serveHosts(): Promise<number> {
  process.once('message', (order: Serve) => {
    const recorded = new Recorded();
    const ssh = new ssh2.Server({ hostKeys: [order.hostKey] }, () => {});
    ssh.on('connection', (connection, info) => serve(connection, bootOf(localOf(info)), recorded));
    const accept = (socket: Socket) => {
      socket.on('error', () => {}).setNoDelay(true);
      addressOf.set(`${socket.remoteAddress}:${socket.remotePort}`, socket.localAddress ?? '');
      socket.on('close', () => addressOf.delete(`${socket.remoteAddress}:${socket.remotePort}`));
      ssh.injectSocket(socket);
    };
    const silence = (socket: Socket) => void socket.on('error', () => {}).resume();
    const all = [
      ...order.good.map((address) => listen(address, order.port, accept)),
      ...order.hung.map((address) => listen(address, order.port, silence)),
    ];
    void Promise.all(all).then(() => process.send?.(SERVING));
  });
  return new Promise(() => process.once('disconnect', () => process.exit(0)));
}

/** Which of the addresses a client came in by; ssh2 tells only where it came from. */
const addressOf = new Map<string, string>();
const localOf = ({ ip, port }: { ip: string; port: number }) => addressOf.get(`${ip}:${port}`) ?? '';

/** A boot id that belongs to the address alone. */
function bootOf(address: string): string {
  const hex = createHash('sha256').update(address).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function listen(address: string, port: number, onSocket: (socket: Socket) => void): Promise<NetServer> {
  return new Promise((resolve, reject) => {
    const server = createServer(onSocket);
    server.once('error', reject);
    server.listen(port, address, 512, () => resolve(server));
  });
}

function serve(connection: Connection, boot: string, recorded: Recorded): void {
  connection.on('error', () => {});
  connection.on('authentication', (context) =>
    context.method === 'publickey' ? context.accept() : context.reject(['publickey']),
  );
  connection.on('session', (accept) => {
    const session = accept();
    session.on('exec', (acceptExec, _reject, { command }) => {
      const channel = acceptExec();
      channel.on('error', () => {});
      const bytes = /^stream (\d+)$/.exec(command)?.[1];
      if (bytes !== undefined) return send(channel.resume(), Number(bytes));
      if (command.includes(RESIDENT)) return reside(channel, (line) => recorded.answer(command, boot, line));
      channel.resume();
      void recorded.answer(command, boot).then((output) => {
        say(channel, output);
        channel.exit(output.exit);
        channel.end();
      });
    });
  });
}

function say(channel: ServerChannel, { stdout, stderr }: Output): void {
  if (stderr) channel.stderr.write(stderr);
  channel.write(stdout);
}

/** A shell that stays: each line it reads is one run of its script. */
function reside(channel: ServerChannel, answer: (line: string) => Promise<Output>): void {
  let rest = '';
  channel.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) void answer(`${line}\n`).then((output) => say(channel, output));
  });
  channel.on('end', () => channel.end());
}

/** As fast as the other side takes it. */
function send(channel: ServerChannel, bytes: number): void {
  let left = bytes;
  const more = () => {
    while (left > 0) {
      const part = left >= BLOCK.length ? BLOCK : BLOCK.subarray(0, left);
      left -= part.length;
      if (!channel.write(part)) return void channel.once('drain', more);
    }
    channel.exit(0);
    channel.end();
  };
  more();
}
