import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Estate } from '@shared/estate/schema';
import type { z } from 'zod';
import type { Lease } from '../../ssh/lease';
import { runSsh } from '../../ssh/run-ssh';
import type { TestHome } from '../../ssh/testing/home';
import { type Sshd, startSshd } from '../../ssh/testing/sshd';

type Host = NonNullable<z.input<typeof Estate>['hosts']>[number];

/** A real sshd whose account has a home of its own: what runs leave there is seen by this test alone. */
export interface RemoteHost {
  sshd: Sshd;
  /** The account's home on the server. */
  home: string;
  /** As the estate names it, with the same account for looking and acting. */
  host: Host;
}

export async function startRemoteHost(home: TestHome, id: string): Promise<RemoteHost> {
  const there = join(home.dir, `home-of-${id}`);
  mkdirSync(there, { mode: 0o755 });
  const sshd = await startSshd(home, [`SetEnv HOME=${there}`, 'MaxStartups 100:30:200']);
  const { port, user, hostKey } = sshd;
  const identity = `file:${sshd.identity}`;
  const ssh = { host: '127.0.0.1', port, user, identity, hostKeys: [hostKey], act: { user, identity } };
  return { sshd, home: there, host: { id, site: 'here', address: '127.0.0.1', ssh } };
}

/** Every plain file below a folder by its path from there: text and mode. */
export function filesBelow(folder: string): Map<string, { text: string; mode: number }> {
  const found = new Map<string, { text: string; mode: number }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const mode = statSync(file).mode & 0o777;
    found.set(file.slice(folder.length + 1), { text: readFileSync(file, 'utf8'), mode });
  }
  return found;
}

/** Ends the server's side of a connection at once, as a crash of it would. */
export async function killSession(lease: Lease): Promise<void> {
  const { stdout } = await runSsh(lease, ['sh', '-c', 'echo $PPID'], {
    name: 'test.pid',
    timeoutMs: 10_000,
    signal: new AbortController().signal,
  });
  process.kill(Number(stdout), 'SIGKILL');
}
