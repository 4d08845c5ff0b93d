import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estate } from '@shared/estate/schema';
import type { Identity } from '@shared/identity/identity';
import type { Judges } from '@shared/runbook/judge';
import type { RunPlan } from '@shared/runbook/plan';
import mysql from 'mysql2';
import { readIdentity } from '../../identity/read-identity';
import { createJournal, type JournalStore } from '../../journal/journal';
import { createDialer } from '../../net/dial';
import type { Journal } from '../../ports';
import { nodeClock, refusingAsk } from '../../ports-node';
import { createSecretStore } from '../../secrets/secret-store';
import { runSql } from '../../sql/run-sql';
import { createSqlSession, type SqlSession } from '../../sql/sql-session';
import { type Mariadb, startMariadb } from '../../sql/testing/mariadb';
import { createSessions } from '../../ssh/sessions';
import { estateOf } from '../../ssh/testing/estate';
import { makeHome, type TestHome } from '../../ssh/testing/home';
import type { Runs } from '../api';
import type { DeskReadings } from '../desk';
import { createRuns } from '../runs';
import type { Kill } from './mortal';
import { type RemoteHost, startRemoteHost } from './remote-host';

/** Two real servers with SSH and MariaDB that runs of a test act on: "a" and "b", each with a table of facts. */
export interface RunStage {
  home: TestHome;
  hosts: readonly RemoteHost[];
  estate: Estate;
  /** By host. */
  identities: Readonly<Record<string, Identity>>;
  /** As somebody else at that server. Gives the rows. */
  sql(host: string, statement: string): Promise<Readonly<Record<string, string | null>>[]>;
  /** Another client of that server, not of the console. */
  connectAs(host: string, user: string, password: string): Promise<OtherClient>;
  /** "name=value×times" of every fact of a server. */
  facts(host: string): Promise<string>;
  /** All facts as in the beginning. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface OtherClient {
  closed(): boolean;
  query(statement: string): Promise<unknown>;
  end(): void;
}

/** In no journal, plan, record or error: only on its way to a server. */
export const CANARY = 'Canary-9d2e.of the run';
export const PASSWORD = 'acting-password-of-the-stage';
const FACTS = ['one', 'two', 'three', 'four'];
const SETUP = `CREATE USER acting@'%' IDENTIFIED BY '${PASSWORD}';
GRANT ALL ON *.* TO acting@'%';
CREATE DATABASE t;
CREATE TABLE t.facts (name VARCHAR(20) PRIMARY KEY, value VARCHAR(40) NOT NULL, times INT NOT NULL);
CREATE TABLE t.once (n INT NOT NULL);
INSERT INTO t.once VALUES (0);
INSERT INTO t.facts VALUES ${FACTS.map((name) => `('${name}', '0', 0)`).join(', ')};
`;

export async function runStage(): Promise<RunStage> {
  const home = makeHome();
  const names = ['a', 'b'] as const;
  const [hosts, servers] = await Promise.all([
    Promise.all(names.map((id) => startRemoteHost(home, id))),
    Promise.all(names.map((_, index) => startMariadb(home, SETUP, [`--server-id=${index + 1}`]))),
  ]);
  const account = { user: 'acting', secret: 'env:STAGE_ACT' };
  const estate = estateOf(
    hosts.map(({ host }) => host),
    servers.map(({ port }, index) => ({
      id: `db-${names[index]}`,
      kind: 'mariadb',
      role: 'database',
      hosts: [names[index] ?? ''],
      sql: {
        host: '127.0.0.1',
        port,
        credentials: {
          read: account,
          act: account,
          replication: { user: 'repl', secret: 'env:STAGE_CANARY' },
        },
      },
    })),
  );
  const desk = openDesk(estate, home.dir, join(home.dir, 'looker'));
  const { signal } = new AbortController();
  const sessions = new Map<string, SqlSession>();
  for (const name of names) {
    const how = { ...desk.common, sessions: desk.sessions, hostId: name, serviceId: `db-${name}` };
    sessions.set(name, createSqlSession({ ...how, account: 'act' }));
  }
  const session = (host: string): SqlSession => {
    const found = sessions.get(host);
    if (!found) throw new Error(`no server ${host}`);
    return found;
  };
  const sql = async (host: string, statement: string) => {
    const sent = { name: 'test', statement, timeoutMs: 20_000, background: false, signal };
    return [...(await runSql(session(host), sent)).rows];
  };
  const identityOf = async (host: string) => {
    const lease = await desk.sessions.acquire(host, { account: 'act', background: false, signal });
    try {
      return await readIdentity({ lease, sql: session(host) }, signal);
    } finally {
      lease.release();
    }
  };
  const identities = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await identityOf(name)] as const)),
  );
  return {
    home,
    hosts,
    estate,
    identities,
    sql,
    connectAs: (host, user, password) =>
      otherClient(servers[host === 'a' ? 0 : 1]?.port ?? 0, user, password),
    async facts(host) {
      const rows = await sql(host, 'SELECT name, value, times FROM t.facts ORDER BY name');
      return rows.map(({ name, value, times }) => `${name}=${value}×${times}`).join(' ');
    },
    async reset() {
      for (const name of names) {
        await sql(name, `UPDATE t.facts SET value = '0', times = 0`);
        await sql(name, 'UPDATE t.once SET n = 0');
      }
    },
    async stop() {
      await Promise.all([...sessions.values()].map((one) => one.close()));
      await desk.close();
      await Promise.all(servers.map((server: Mariadb) => server.stop()));
      await Promise.all(hosts.map(({ sshd }) => sshd.stop()));
      home.remove();
    },
  };
}

function otherClient(port: number, user: string, password: string): Promise<OtherClient> {
  const connection = mysql.createConnection({ host: '127.0.0.1', port, user, password });
  let isClosed = false;
  connection.on('error', () => {
    isClosed = true;
  });
  return new Promise((resolve, reject) => {
    connection.connect((thrown) =>
      thrown
        ? reject(thrown)
        : resolve({
            closed: () => isClosed,
            query: (statement) =>
              new Promise((done, failed) => {
                connection.query(statement, (why: unknown, rows: unknown) =>
                  why ? failed(why) : done(rows),
                );
              }),
            end: () => connection.destroy(),
          }),
    );
  });
}

/** A console of its own: data folder, journal, connections. The crash program makes the same in its own process. */
export interface RunDesk {
  journal: JournalStore;
  dataDir: string;
  runs: Runs;
  sessions: ReturnType<typeof createSessions>;
  common: Omit<Parameters<typeof createSqlSession>[0], 'sessions' | 'hostId' | 'serviceId' | 'account'>;
  /** Ends everything in order. */
  close(): Promise<void>;
}

export function openDesk(
  estate: Estate,
  estateDir: string,
  dataDir: string,
  options: { who?: string; judges?: Judges; desk?: DeskReadings; wrap?: (journal: Journal) => Journal } = {},
): RunDesk {
  mkdirSync(dataDir, { recursive: true });
  const who = options.who ?? 'ann@desk';
  const journal = createJournal({
    dataDir,
    clock: nodeClock,
    who,
    program: 'command-line',
    version: 'test',
  });
  const env = { STAGE_ACT: PASSWORD, STAGE_CANARY: CANARY };
  const silent = () => {};
  const ports = {
    clock: nodeClock,
    log: { debug: silent, info: silent, warn: silent },
    ask: refusingAsk,
    journal: options.wrap?.(journal) ?? journal,
    paths: {
      home: estateDir,
      dataDir,
      knownHosts: join(estateDir, 'known_hosts'),
      sshConfig: null,
      agentSocket: null,
      env,
    },
  };
  const dialer = createDialer({ mode: 'loopback' }, ports);
  const secrets = createSecretStore({ estateDir, ports });
  const sessions = createSessions({ estate, estateDir, dialer, secrets, ports });
  const common = { estate, estateDir, dialer, secrets, ports };
  const runs = createRuns({
    ...common,
    dataDir,
    who,
    sessions,
    judges: { test: options.judges ?? {} },
    desk: { test: options.desk ?? {} },
  });
  return {
    journal,
    dataDir,
    runs,
    sessions,
    common,
    async close() {
      await runs.dispose();
      await sessions.dispose({ drainMs: 200 });
      await journal.close();
    },
  };
}

/** What the crash program is told. */
export interface CrashOrder {
  estate: Estate;
  estateDir: string;
  dataDir: string;
  plan: RunPlan;
  kill: Kill;
}
export function writeOrder(file: string, order: CrashOrder): void {
  writeFileSync(file, JSON.stringify(order), { mode: 0o600 });
}
