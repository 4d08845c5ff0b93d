import { setTimeout as sleep } from 'node:timers/promises';
import { readSecret } from '../access/secrets';
import { LabError } from '../engine/errors';
import { hostNamed, inHost, type Lab, serviceNamed } from '../engine/lab';
import { callScript, startService } from '../engine/services';
import { fault } from '../fault-command';
import { OWN_FILE } from './addresses';
import { type Dialect, dialectOf } from './dialect';
import type { Node } from './scenario';

/** Names of the column values of one replication channel, in MySQL's present words on both engines. */
export type ChannelStatus = Readonly<Record<string, string>>;

/** What a scenario may do to the servers of a lab: as their root, by their sockets, past every account. */
export interface Hands {
  readonly lab: Lab;
  readonly engine: Lab['config']['engine'];
  readonly say: Dialect;
  /** Runs statements in one session. @returns what they print: a row a line, cells by tabs. @throws LabError E_RUN */
  sql(node: Node, statements: string): Promise<string>;
  /** Writes past read_only and past the binary log: nobody else will ever hear of it. */
  unlogged(node: Node, statements: string): Promise<void>;
  /** Writes past read_only into the server's own binary log. */
  logged(node: Node, statements: string): Promise<void>;
  channels(node: Node): Promise<ChannelStatus[]>;
  /** A session that runs these statements and stays open, doing nothing, until `hushed`. */
  hold(node: Node, statements: string): Promise<void>;
  /** `sql`, when every session of a person or an application is ended; `dumps`: those that pull the log as well. */
  hushed(node: Node, statements: string, dumps?: 'dumps'): Promise<void>;
  /** Lines for the next start of the server, after all others; null takes them away. */
  config(node: Node, lines: string | null): Promise<void>;
  /** Takes away the configuration file that a console wrote, which is read after all others. */
  withoutOwnFile(node: Node): Promise<void>;
  /** Takes back that a console keeps the server from starting with its host. */
  enabled(node: Node): Promise<void>;
  restart(node: Node): Promise<void>;
  /** Moves a host's clock, and that of its server, which is started anew; 0 puts both right. */
  clock(node: Node, secondsAhead: number): Promise<void>;
  writer(on: boolean): Promise<void>;
  fault(...words: string[]): Promise<void>;
  address(node: Node): string;
  password(): Promise<string>;
}

export const WRITER_HOST = 'app';

const HUSH_TRIES = 6;
const HUSH_PAUSE_MS = 250;

export function handsOn(lab: Lab): Hands {
  const { engine } = lab.config;
  const say = dialectOf(engine);
  const script = `/opt/lab/${engine}.sh`;
  const run = (node: Node, args: readonly string[], input = '') =>
    inHost(lab, node, [script, ...args], { input, timeoutMs: 30_000 });
  const sql = async (node: Node, statements: string) =>
    (await run(node, ['sql', '-N', '-B'], statements)).stdout;
  const restart = async (node: Node) => {
    const { host, service } = database(node);
    await callScript(lab, host, service, ['stop']);
    await startService(lab, host, service);
  };
  const database = (node: Node) => {
    const host = hostNamed(lab.spec, node);
    return { host, service: serviceNamed(host, 'mysql') };
  };
  return {
    lab,
    engine,
    say,
    sql,
    unlogged: async (node, statements) => {
      await sql(node, say.past(`SET sql_log_bin=0;\n${statements}`));
    },
    logged: async (node, statements) => {
      await sql(node, say.past(statements));
    },
    channels: async (node) => {
      const { stdout } = await run(node, ['sql', '-E'], `${say.status};`);
      return channelsIn(stdout);
    },
    hold: async (node, statements) => {
      const held = `exec setsid sh -c '{ cat /run/held.sql; exec sleep infinity; } | ${script} sql' >/dev/null 2>&1 &`;
      await inHost(lab, node, ['sh', '-c', `cat >/run/held.sql; ${held}`], { input: `${statements}\n` });
    },
    hushed: async (node, statements, dumps) => {
      const argv = dumps ? ['hush'] : ['hush', 'Binlog Dump%'];
      // Ending all sessions sometimes takes MySQL's own temporary table of the next statement with them (1146, #sql…), and the
      // more often the more sessions come back at once: again then, for everything in it may be said twice.
      for (let tries = 1; ; tries += 1) {
        try {
          await run(node, argv, statements);
          return;
        } catch (thrown) {
          if (tries === HUSH_TRIES || !/1146 .*#sql/s.test(String(thrown))) throw thrown;
          await sleep(HUSH_PAUSE_MS);
        }
      }
    },
    config: async (node, lines) => {
      const file = '/etc/mysql/bend.d/bend.cnf';
      const write = lines === null ? `rm -f ${file}` : `cat >${file}`;
      const input = lines === null ? '' : `[mysqld]\n${lines}\n`;
      await inHost(lab, node, ['sh', '-c', write], { input });
    },
    withoutOwnFile: async (node) => {
      await inHost(lab, node, ['rm', '-f', OWN_FILE, `${OWN_FILE}.new`, `${OWN_FILE}.before`]);
    },
    enabled: async (node) => {
      await inHost(lab, node, ['/opt/lab/service.sh', engine, 'enable']);
    },
    restart,
    clock: async (node, secondsAhead) => {
      await inHost(lab, node, ['/opt/lab/clock.sh', `${secondsAhead}`]);
      await restart(node);
    },
    writer: async (on) => {
      const host = hostNamed(lab.spec, WRITER_HOST);
      await callScript(lab, host, serviceNamed(host, 'writer'), [on ? 'start' : 'stop']);
    },
    fault: async (...words) => {
      await fault(lab, words);
    },
    address: (node) => hostNamed(lab.spec, node).address,
    password: () => readSecret(lab.paths, 'sql-repl'),
  };
}

/** The vertical form of a client: `***** 1. row *****`, then `Name: value`. */
export function channelsIn(text: string): ChannelStatus[] {
  return text
    .split(/^\*+ \d+\. row \*+$/m)
    .slice(1)
    .map((row) =>
      Object.fromEntries(
        row.split('\n').flatMap((line) => {
          const match = /^\s*(\w+): ?(.*)$/.exec(line);
          if (!match?.[1]) return [];
          const name = match[1].replace('Slave', 'Replica').replace('Master', 'Source');
          return [[name, match[2] ?? '']];
        }),
      ),
    );
}

/** Asks until the answer is true. @throws LabError E_SCENARIO naming what did not come */
export async function until(what: string, ask: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > end) throw new LabError('E_SCENARIO', `the servers do not show it: ${what}`);
    await sleep(100);
  }
}
