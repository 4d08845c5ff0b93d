import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { env, ROOT } from './env';
import { folder, privateFile } from './estate';
import { mustRun } from './run';

/** Away from the lab of every other test. */
const PORT = process.env.PATRONUS_E2E_STAR_PORT ?? '2520';
const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
const program = [...root, process.execPath, join(ROOT, 'out/lab/lab.mjs')];

/** Three real MySQL servers, one of which takes writes, and a balancer in front of them: what a switchover is for. */
export interface Star {
  /** A copy of the estate file in a folder of its own, changed or not. */
  estate(change?: (document: Document) => void): string;
  /** Statements as the root of a node's server. */
  sql(node: string, statements: string): Promise<string>;
  in(host: string, argv: readonly string[]): Promise<string>;
  /** `fault('kill', 'db-a', 'mysql')`; resolves when it is in force. */
  fault(...words: string[]): Promise<string>;
  gone(): Promise<void>;
}

/** Brings one up, away from every other lab. */
export async function starUp(name: string): Promise<Star> {
  const base = join(tmpdir(), `patronus-e2e-${name}-${process.pid}`);
  const owner = env.uid === null ? [] : ['--owner', `${env.uid}:${env.gid}`];
  const up = ['up', 'replication/star', '--base', base, '--gate-port', PORT, '--db-size', '2MB', ...owner];
  const said = await mustRun([...program, ...up], { timeoutMs: 180_000 });
  const file = said.trim().split('\n').at(-1) ?? '';
  const inside = (host: string, argv: readonly string[], input?: string) =>
    mustRun([...program, 'in', '--base', base, host, ...argv], input === undefined ? {} : { input });
  return {
    estate(change = () => {}) {
      const document = parseDocument(readFileSync(file, 'utf8'));
      change(document);
      return privateFile(join(folder('estate'), 'star.yaml'), document.toString({ lineWidth: 0 }));
    },
    sql: (node, statements) => inside(node, ['/opt/lab/mysql.sh', 'sql'], statements),
    in: (host, argv) => inside(host, argv),
    fault: (...words) => mustRun([...program, 'fault', ...words, '--base', base]),
    async gone() {
      await mustRun([...program, 'down', '--purge', '--base', base], { timeoutMs: 100_000 });
      rmSync(base, { recursive: true, force: true });
    },
  };
}
