import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ClientKind, Line } from './attempts';
import { runClient, type Surroundings } from './clients';
import type { Address, Engine, Login } from './connection';
import { runProbers } from './probers';

/**
 * The load: `node load.mjs`, started by start-load.ts inside a host's network. Its first line of standard input is
 * what to do; then `writes NODE`, answered when clients have written to that server again, `ease` or
 * `full` for how much they write, `stop`, or the name of a mark.
 * All clients and probers are in this one process, so there is one clock.
 */
export interface LoadOrder {
  engine: Engine;
  nodes: Address[];
  proxy: Address | null;
  app: Login;
  admin: Login;
  clients: ClientKind[];
  thinkMs: number;
  probeMs: number;
  /** It stops by itself after this long, ms: nobody may be left to say it. */
  limitMs: number;
  /** The file that gets the journal. */
  journal: string;
}

const PIECE = 256 * 1024;
/** Between an answer and the next write while servers are given time to catch up. */
const EASED_MS = 200;
/** Acknowledged writes after which clients are at home on a server. */
const AT_HOME = 20;

/** Lines in memory until a piece is full: writing each at once would cost the clients their time. */
function journalTo(file: string) {
  const descriptor = openSync(file, 'w', 0o600);
  let lines: string[] = [];
  let length = 0;
  const flush = () => {
    writeSync(descriptor, lines.join(''));
    lines = [];
    length = 0;
  };
  return {
    note(line: Line) {
      const text = `${JSON.stringify(line)}\n`;
      lines.push(text);
      length += text.length;
      if (length > PIECE) flush();
    },
    close() {
      flush();
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
  };
}

async function run(order: LoadOrder, onWords: (listener: (words: string) => void) => void): Promise<void> {
  const journal = journalTo(order.journal);
  const now = () => performance.now();
  let stopped = false;
  let eased = false;
  const silent = new Set(order.clients.keys());
  const at = new Map<number, string>();
  const awaited = new Map<string, number>();
  const timer = setTimeout(() => {
    stopped = true;
  }, order.limitMs);
  onWords((words) => {
    const [verb, node] = words.split(' ');
    if (verb === 'writes' && node !== undefined) return void awaited.set(node, AT_HOME);
    if (words === 'stop') stopped = true;
    else if (words === 'ease' || words === 'full') eased = words === 'ease';
    else journal.note({ e: 'mark', name: words, t: now() });
    tell(words);
  });
  const around: Surroundings = {
    ...order,
    thinkMs: () => (eased ? EASED_MS : order.thinkMs),
    now,
    stopped: () => stopped,
    tried(c, s, n) {
      at.set(c, n);
      journal.note({ e: 'try', c, s, n, t: now() });
    },
    answered(c, s, result, answer) {
      const said = answer.ok
        ? { ...(answer.gtid !== null && { gtid: answer.gtid }) }
        : { ...(answer.errno !== null && { code: answer.errno }) };
      journal.note({ e: result, c, s, d: answer.sentAt, t: now(), ...said });
      if (result !== 'ack') return;
      if (silent.delete(c) && silent.size === 0) tell('ready');
      const node = at.get(c) ?? '';
      const left = awaited.get(node);
      if (left === undefined) return;
      if (left > 1) return void awaited.set(node, left - 1);
      awaited.delete(node);
      tell(`writes ${node}`);
    },
  };
  const clients = order.clients.map((kind, c) => {
    journal.note({ e: 'client', c, kind });
    return runClient(c, kind, around);
  });
  const probers = runProbers({
    ...around,
    probeMs: order.probeMs,
    probed: (n, by, t, end, code) =>
      journal.note({ e: 'probe', n, by, t, end, ok: code === null, ...(code !== null && { code }) }),
  });
  await Promise.all([...clients, probers]);
  clearTimeout(timer);
  journal.note({ e: 'end', t: now() });
  journal.close();
  tell('ended');
}

const tell = (words: string): void => void process.stdout.write(`${words}\n`);

const lines = createInterface({ input: process.stdin });
let listener: ((words: string) => void) | undefined;
lines.on('line', (line) => {
  if (listener) return listener(line);
  listener = () => {};
  void run(JSON.parse(line) as LoadOrder, (other) => {
    listener = other;
  }).then(() => process.exit(0));
});
process.stdout.on('error', () => {}); // nobody listens any more: the line below ends it
lines.on('close', () => listener?.('stop'));
