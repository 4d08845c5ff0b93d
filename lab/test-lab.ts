import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFile, SSH_USERS } from './access/secrets';
import { type Lab, type LabOptions, labDown, labUp } from './api';
import { type LabPaths, labPaths } from './engine/paths';
import { markedProcesses } from './engine/process-table';
import { type RunResult, run } from './engine/run';

/** Another port than a person's lab or another test's: all may run at once. */
export const TEST_GATE_PORT = 20_000 + (process.pid % 10_000);

export interface Programs {
  readonly gate: string;
  readonly cli: string;
  /** The clients of lab/proof. */
  readonly load: string;
}

/** Where `lab/test-setup.ts` left the programs of this run. */
export const PROGRAMS_FOLDER = 'PATRONUS_LAB_PROGRAMS';

/** The programs of today's sources, made once for all files of a run. Throws outside of the lab project. */
export async function buildPrograms(): Promise<Programs> {
  const folder = process.env[PROGRAMS_FOLDER];
  if (folder === undefined) throw new Error('lab/test-setup.ts did not run: vitest run --project lab');
  const at = (name: string) => join(folder, `${name}.mjs`);
  return { gate: at('gate'), cli: at('lab'), load: at('load') };
}

export async function freshBase(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'lab-base-'));
}

/** A small lab of its own in a folder of its own; a new one that does not come up leaves nothing behind. */
export async function smallLab(
  base: string,
  programs: Pick<Programs, 'gate'>,
  options: LabOptions = {},
): Promise<Lab> {
  const small = { dbSize: 2e6, filesSize: 1e6, files: 100, gatePort: TEST_GATE_PORT, log: () => {} };
  const isNew = !existsSync(labPaths(base).config);
  try {
    return await labUp({ ...small, base, gateProgram: programs.gate, ...options });
  } catch (thrown) {
    if (isNew) await labDown({ base, purge: true, log: small.log }).catch(() => undefined);
    throw thrown;
  }
}

export async function removeBase(base: string): Promise<void> {
  await rm(base, { recursive: true, force: true });
}

/** Everything of a lab at this base that is left on the machine. */
export async function leftovers(base: string): Promise<string[]> {
  const { stdout } = await run(['ps', '-eo', 'pid,stat,args'], {});
  const processes = stdout.split('\n').filter((line) => line.includes(base) && !/^\s*\d+\s+Z/.test(line));
  const { stdout: mounts } = await run(['cat', '/proc/mounts']);
  return [...processes, ...mounts.split('\n').filter((line) => line.includes(base))];
}

/** The network namespaces that a running lab holds. */
export function namespacesOf(paths: LabPaths): Set<string> {
  return new Set(
    markedProcesses(paths)
      .filter(({ name }) => name !== 'gate')
      .flatMap(({ pid }) => networkOf(pid)),
  );
}

/** Those of `namespaces` that some process of the machine still lives in, apart from the machine's own. */
export function livingNamespaces(namespaces: ReadonlySet<string>): string[] {
  const own = networkOf(process.pid);
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.flatMap(networkOf).filter((name) => namespaces.has(name) && !own.includes(name));
}

function networkOf(pid: number): string[] {
  try {
    return [readlinkSync(`/proc/${pid}/ns/net`)];
  } catch {
    return []; // ended meanwhile
  }
}

interface SshOptions {
  readonly user?: string;
  /** Instead of a key. */
  readonly password?: string;
  /** Seconds. */
  readonly connectTimeout?: number;
}

/** The ordinary OpenSSH client through a gate; never the person's own keys or known hosts. */
export async function ssh(
  lab: Lab,
  address: string,
  command: string,
  options: SshOptions = {},
): Promise<RunResult> {
  const user = options.user ?? SSH_USERS.watch;
  const common = [
    '-F',
    '/dev/null',
    '-o',
    `UserKnownHostsFile=${lab.base}/estate/known_hosts`,
    '-o',
    'GlobalKnownHostsFile=/dev/null',
    '-o',
    'StrictHostKeyChecking=yes',
    '-o',
    'IdentitiesOnly=yes',
    '-o',
    'NumberOfPasswordPrompts=1',
    '-o',
    `ConnectTimeout=${options.connectTimeout ?? 8}`,
    '-p',
    String(lab.raw.config.gatePort),
    '-l',
    user,
  ];
  if (options.password === undefined) {
    const key = ['-o', 'BatchMode=yes', '-i', keyFile(lab.raw.paths, user)];
    return run(['ssh', ...common, ...key, address, command], { allowFailure: true, timeoutMs: 20_000 });
  }
  const ask = join(lab.base, 'ask-password');
  await writeFile(ask, `#!/bin/sh\necho '${options.password}'\n`, { mode: 0o700 });
  const env = { PATH: process.env.PATH ?? '', SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force' };
  const auth = ['-o', 'PreferredAuthentications=password', '-o', 'IdentityFile=none'];
  return run(['ssh', ...common, ...auth, address, command], { allowFailure: true, timeoutMs: 20_000, env });
}

/** What a user of the application gets: status and body. */
export async function page(lab: Lab, path = '/', seconds = 12): Promise<{ status: number; body: string }> {
  const url = `http://10.0.10.1${path}`;
  const argv = ['curl', '-s', '-m', String(seconds), '-w', '\n%{http_code}', url];
  const { stdout } = await lab.exec('users', argv, { allowFailure: true });
  const lines = stdout.trim().split('\n');
  return { status: Number(lines.pop()), body: lines.join('\n') };
}

/** Can `from` open a connection to `address:port` within two seconds? */
export async function reaches(lab: Lab, from: string, address: string, port: number): Promise<boolean> {
  const probe = `exec 3<>/dev/tcp/${address}/${port}`;
  const result = await lab.exec(from, ['timeout', '2', 'bash', '-c', probe], { allowFailure: true });
  return result.status === 0;
}
