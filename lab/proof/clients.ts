import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientKind, type Result, resultOf } from './attempts';
import { type Address, type Answer, connect, type Engine, isLink, type Link, type Login } from './connection';

/** What every client shares: the servers, the journal, and how it is stopped. */
export interface Surroundings {
  engine: Engine;
  nodes: readonly Address[];
  /** Where `proxied` clients go; they are not started without it. */
  proxy: Address | null;
  app: Login;
  admin: Login;
  /** Between an answer and the next write, ms. */
  thinkMs(): number;
  now(): number;
  tried(client: number, serial: number, node: string): void;
  answered(client: number, serial: number, result: Result, answer: Answer): void;
  stopped(): boolean;
}

/** Before whoever is refused, or finds nobody who takes writes, asks again. */
const RETRY_MS = 3;
/** Writes over one connection of a client that reconnects. */
const FEW = 10;
/** For which a prepared transaction waits for its commit, ms; a little longer for each client: never all at once. */
const PREPARED_MS = 600;
const PREPARED_MORE_MS = 200;

const pause = (ms: number) => sleep(ms);

/** Writes until it is stopped. Serials count from 1; a write is never sent twice. */
export async function runClient(id: number, kind: ClientKind, around: Surroundings): Promise<void> {
  let link: Link | null = null;
  let onLink = 0;
  for (let serial = 1; !around.stopped(); ) {
    if (!link?.living) {
      link?.end();
      link = await (kind === 'proxied' ? viaProxy(around) : toWriter(kind, around));
      onLink = 0;
      if (!link) continue;
    }
    around.tried(id, serial, link.node);
    const answer = await WRITES[kind](link, id, serial);
    const result = answer.ok ? 'ack' : resultOf(answer.errno);
    around.answered(id, serial, result, answer);
    serial += 1;
    onLink += 1;
    if (result === 'ack') await pause(around.thinkMs());
    else if (result === 'nack' && kind === 'sticky') await pause(RETRY_MS);
    else link.end();
    if (kind === 'reconnecting' && onLink >= FEW) link.end();
  }
  link?.end();
}

/** Asks one server after the other whether it takes writes, as an application does that was told all addresses. */
async function toWriter(kind: ClientKind, around: Surroundings): Promise<Link | null> {
  const login = kind === 'privileged' ? around.admin : around.app;
  while (!around.stopped()) {
    for (const node of around.nodes) {
      const opened = await connect(node, login, around.engine);
      if (!isLink(opened)) continue;
      const closed = await opened.say('SELECT @@GLOBAL.read_only AS closed');
      if (closed.ok && Number(closed.rows[0]?.closed) === 0) return opened;
      opened.end();
    }
    await pause(RETRY_MS);
  }
  return null;
}

/** The proxy knows who takes writes; the server behind says its name. */
async function viaProxy(around: Surroundings): Promise<Link | null> {
  while (!around.stopped() && around.proxy) {
    const opened = await connect(around.proxy, around.app, around.engine);
    if (isLink(opened)) {
      const asked = await opened.say('SELECT @@server_id AS id');
      const node = asked.ok
        ? around.nodes.find(({ host }) => serverId(host) === String(asked.rows[0]?.id))
        : undefined;
      if (node)
        return {
          ...opened,
          node: node.name,
          get living() {
            return opened.living;
          },
        };
      opened.end();
    }
    await pause(RETRY_MS);
  }
  return null;
}

/** The lab numbers its servers by their addresses. */
const serverId = (host: string) => host.replaceAll('.', '');

type Write = (link: Link, client: number, serial: number) => Promise<Answer>;

const row: Write = (link, client, serial) =>
  link.say(`INSERT INTO load_row (w, s) VALUES (${client}, ${serial})`);

/** Says one after the other; after the first that fails everything is taken back. */
async function inTurn(link: Link, statements: readonly string[], after: string): Promise<Answer> {
  let answer: Answer = { ok: true, rows: [], gtid: null, sentAt: 0 };
  for (const statement of statements) {
    answer = await link.say(statement);
    if (answer.ok) continue;
    // what a refused COMMIT has left open must not be committed later by chance
    if (link.living) await link.say(after);
    return answer;
  }
  return answer;
}

/** What a transfer does to each of its client's four accounts: the four make 0. */
export function amounts(serial: number): number[] {
  const amount = 1 + (serial % 9);
  return [0, 1, 2, 3].map((account) => ((account + serial) % 4 < 2 ? amount : -amount));
}

const transfer: Write = (link, client, serial) => {
  const moved = amounts(serial);
  const cases = moved.map((amount, account) => `WHEN ${account} THEN ${amount}`).join(' ');
  return inTurn(
    link,
    [
      'BEGIN',
      `UPDATE load_account SET balance = balance + CASE account ${cases} END WHERE w = ${client}`,
      `INSERT INTO load_row VALUES (${client}, ${serial}, ${moved.join(', ')})`,
      'COMMIT',
    ],
    'ROLLBACK',
  );
};

const prepared: Write = async (link, client, serial) => {
  const xid = `'load-${client}-${serial}'`;
  const first = [`XA START ${xid}`, `INSERT INTO load_row (w, s) VALUES (${client}, ${serial})`];
  const begun = await inTurn(link, [...first, `XA END ${xid}`, `XA PREPARE ${xid}`], `XA ROLLBACK ${xid}`);
  if (!begun.ok) return begun;
  await pause(PREPARED_MS + client * PREPARED_MORE_MS);
  return link.say(`XA COMMIT ${xid}`);
};

const WRITES: Readonly<Record<ClientKind, Write>> = {
  autocommit: row,
  transfer,
  privileged: row,
  sticky: row,
  reconnecting: row,
  proxied: row,
  prepared,
};
