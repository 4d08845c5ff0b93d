import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readSecret } from '../access/secrets';
import type { Lab } from '../api';
import { LabError } from '../engine/errors';
import { HOST_ENV, initPid } from '../engine/lab';
import { handsOn, WRITER_HOST } from '../replication/hands';
import { NODES, type Node } from '../replication/scenario';
import { type ClientKind, type Journal, readJournal } from './attempts';
import type { LoadOrder } from './load';

/** One of each sort that the application's servers have to bear. */
export const FULL_LOAD: readonly ClientKind[] = [
  'autocommit',
  'transfer',
  'privileged',
  'sticky',
  'reconnecting',
];
/** Between an answer and the next write of the same client. */
export const THINK_MS = 5;
const PROBE_MS = 10;
/** Balance of each account before the first transfer, and how many each client has. */
const BALANCE = 100_000;
const ACCOUNTS = 4;

export interface LoadOptions {
  clients?: readonly ClientKind[];
  /** Between an answer and the next write of the same client; default 5. */
  thinkMs?: number;
  /** The bundled load, when it is not out/lab/load.mjs of the checkout. */
  program: string;
  /** It ends by itself after this long; default ten minutes. */
  limitMs?: number;
  /** Host and port of the lab where `proxied` clients go. */
  proxy?: { host: string; port: number };
}

/** Clients at work in the network of the application's host. */
export interface Load {
  readonly lab: Lab;
  readonly nodes: readonly Node[];
  /** What all balances make together, as text. */
  readonly sum: string;
  /** Notes a moment in the load's own clock. */
  mark(name: string): Promise<void>;
  /** Writes little until told otherwise: a machine that is too slow for the load never lets a replica catch up. */
  ease(on: boolean): Promise<void>;
  /** Resolves when clients have written to that server since it was asked. */
  writes(node: Node): Promise<void>;
  /** Ends it and reads what it wrote down. @throws LabError E_LOAD */
  stop(): Promise<Journal>;
  /** Ends it without a question; nothing to end is no error. */
  end(): void;
}

/** Empty tables on every server, then clients; resolves when each of them has written. @throws LabError E_LOAD */
export async function startLoad(lab: Lab, options: LoadOptions): Promise<Load> {
  const hands = handsOn(lab.raw);
  const nodes = NODES.filter((node) => lab.raw.spec.hosts.some(({ name }) => name === node));
  const clients = options.clients ?? FULL_LOAD;
  await hands.writer(false);
  const admin = { user: 'load_admin', password: randomBytes(12).toString('hex') };
  const prepared = tables(clients) + account(lab.engine, admin);
  await Promise.all(nodes.map((node) => hands.unlogged(node, prepared)));
  const journal = join(lab.base, 'load.jsonl');
  await rm(journal, { force: true });
  const order: LoadOrder = {
    engine: lab.engine,
    nodes: nodes.map((name) => ({ name, host: hands.address(name), port: 3306 })),
    proxy: options.proxy ? { name: 'proxy', ...options.proxy } : null,
    app: { user: 'app', password: await readSecret(lab.raw.paths, 'sql-app') },
    admin,
    clients: [...clients],
    thinkMs: options.thinkMs ?? THINK_MS,
    probeMs: PROBE_MS,
    limitMs: options.limitMs ?? 600_000,
    journal,
  };
  const spoken = await start(lab, options.program, order);
  try {
    await spoken.heard('ready');
  } catch (thrown) {
    spoken.child.kill('SIGKILL');
    throw thrown;
  }
  return {
    lab,
    nodes,
    sum: String(clients.length * ACCOUNTS * BALANCE),
    async mark(name) {
      spoken.child.stdin?.write(`${name}\n`);
      await spoken.heard(name);
    },
    async ease(on) {
      const words = on ? 'ease' : 'full';
      spoken.child.stdin?.write(`${words}\n`);
      await spoken.heard(words);
    },
    async writes(node) {
      spoken.child.stdin?.write(`writes ${node}\n`);
      await spoken.heard(`writes ${node}`);
    },
    async stop() {
      spoken.child.stdin?.write('stop\n');
      await spoken.heard('ended');
      return readJournal(await readFile(journal, 'utf8'));
    },
    end: () => void spoken.child.kill('SIGKILL'),
  };
}

/** The machine's own Node and files in the network of the application's host: servers see an ordinary client. */
async function start(lab: Lab, program: string, order: LoadOrder) {
  const pid = await initPid(lab.raw, WRITER_HOST);
  const child = spawn('nsenter', ['-t', String(pid), '-n', '--', process.execPath, program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...HOST_ENV },
  });
  child.stdin.on('error', () => {}); // shows as its end
  child.stdin.write(`${JSON.stringify(order)}\n`);
  return { child, heard: hearing(child) };
}

/** Resolves when the load has said these words; each time once. */
function hearing(child: ChildProcess): (words: string) => Promise<void> {
  const said: string[] = [];
  let errors = '';
  let ended = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const one of waiting) one();
  };
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      wake();
    });
  child.stderr?.on('data', (part: Buffer) => {
    errors += part.toString();
  });
  child.on('error', (thrown) => {
    errors += thrown.message;
  });
  child.on('close', () => {
    ended = true;
    wake();
  });
  return (words) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const at = said.indexOf(words);
        if (at < 0 && !ended && waited < PATIENCE_MS) return;
        waiting.delete(look);
        clearInterval(clock);
        if (at < 0)
          return reject(new LabError('E_LOAD', `the load did not say "${words}"\n${errors.trim()}`));
        said.splice(at, 1);
        resolve();
      };
      let waited = 0;
      const clock = setInterval(() => {
        waited += LOOK_MS;
        look();
      }, LOOK_MS);
      waiting.add(look);
      look();
    });
}
const PATIENCE_MS = 60_000;
const LOOK_MS = 500;

/** Made anew on each server, past its log: what every server has in common before the first write. */
function tables(clients: readonly ClientKind[]): string {
  const accounts = clients.flatMap((_, client) =>
    Array.from({ length: ACCOUNTS }, (_unused, number) => `(${client}, ${number}, ${BALANCE})`),
  );
  return `USE patronus;
DROP TABLE IF EXISTS load_row, load_account, load_probe, load_fence;
CREATE TABLE load_row (w INT NOT NULL, s INT NOT NULL, d0 INT NOT NULL DEFAULT 0, d1 INT NOT NULL DEFAULT 0,
  d2 INT NOT NULL DEFAULT 0, d3 INT NOT NULL DEFAULT 0, PRIMARY KEY (w, s)) ENGINE=InnoDB;
CREATE TABLE load_account (w INT NOT NULL, account INT NOT NULL, balance BIGINT NOT NULL, PRIMARY KEY (w, account)) ENGINE=InnoDB;
CREATE TABLE load_probe (node INT PRIMARY KEY, n BIGINT NOT NULL) ENGINE=InnoDB;
CREATE TABLE load_fence (node INT PRIMARY KEY, n BIGINT NOT NULL) ENGINE=InnoDB;
INSERT INTO load_account VALUES ${accounts.join(', ')};
`;
}

const RIGHTS: Readonly<Record<Lab['engine'], string>> = {
  mysql: 'CONNECTION_ADMIN, SYSTEM_VARIABLES_ADMIN',
  mariadb: 'READ_ONLY ADMIN, BINLOG ADMIN',
};

/** May write in spite of read_only, as many an application's account may. */
const account = (engine: Lab['engine'], { user, password }: { user: string; password: string }) =>
  `DROP USER IF EXISTS '${user}'@'10.%';
CREATE USER '${user}'@'10.%' IDENTIFIED BY '${password}';
GRANT ${RIGHTS[engine]} ON *.* TO '${user}'@'10.%';
GRANT SELECT, INSERT, UPDATE, DELETE ON patronus.* TO '${user}'@'10.%';
`;
