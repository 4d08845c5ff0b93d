import { join } from 'node:path';
import { env, ROOT } from './env';
import { mustRun, type Ran, run } from './run';

/** Away from a person's own lab (2200) and from the lab's own tests (2300): all may run at once. */
const GATE_PORT = Number(process.env.PATRONUS_E2E_GATE_PORT ?? 2400);
/** Small: the console looks at sizes, it does not care for them. */
const SMALL = ['--db-size', '2MB', '--files-size', '1MB', '--files', '100'];

const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
const program = [...root, process.execPath, join(ROOT, 'out/lab/lab.mjs')];
const LAB_TIME_MS = 180_000;

/** Brings up, or mends, the lab of a base. Gives the estate file to open. */
export async function labUp(base: string): Promise<string> {
  const owner = env.uid === null ? [] : ['--owner', `${env.uid}:${env.gid}`];
  const argv = ['up', 'patronus', '--base', base, '--gate-port', `${GATE_PORT}`, ...SMALL, ...owner];
  const printed = await mustRun([...program, ...argv], { timeoutMs: LAB_TIME_MS });
  return printed.trim().split('\n').at(-1) ?? '';
}

/** Ends the lab of a base and removes it. */
export async function labGone(base: string): Promise<void> {
  await mustRun([...program, 'down', '--purge', '--base', base], { timeoutMs: LAB_TIME_MS });
  await mustRun([...root, 'rm', '-rf', base]);
}

/** The lab of this run, in the words of its command line. */
export const lab = {
  estateFile: () => join(env.lab(), 'estate/patronus.yaml'),
  base: () => env.lab(),
  secret: (name: string) => join(env.lab(), 'secrets', name),
  key: (user: string) => join(env.lab(), 'keys', user),
  gatePort: GATE_PORT,
  /** `lab.fault('cut-console', 'db', '--hang')`; resolves when it is in force. */
  fault: (...words: string[]) => mustRun([...program, 'fault', ...words, '--base', env.lab()]),
  /** Undoes every fault and starts what was killed. */
  mend: () => mustRun([...program, 'up', '--base', env.lab()], { timeoutMs: LAB_TIME_MS }),
  /** A command inside a host, as its root. */
  in: (host: string, argv: readonly string[], input?: string): Promise<string> =>
    mustRun([...program, 'in', '--base', env.lab(), host, ...argv], input === undefined ? {} : { input }),
  /** The argv that runs a command inside a host. */
  inArgv: (host: string, argv: readonly string[]) => [...program, 'in', '--base', env.lab(), host, ...argv],
  tryIn: (host: string, argv: readonly string[]): Promise<Ran> =>
    run([...program, 'in', '--base', env.lab(), host, ...argv]),
  /** One or more SQL statements on the database host, as the server's root. */
  sql: (statements: string) => lab.in('db', ['/opt/lab/mysql.sh', 'sql'], statements),
};
