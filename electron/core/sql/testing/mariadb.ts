import { spawn, spawnSync } from 'node:child_process';
import { accessSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestHome } from '../../ssh/testing/home';
import { freePort } from '../../ssh/testing/sshd';

const SERVER = '/usr/sbin/mariadbd';

/** Is MariaDB's server on this machine? Tests that need it are skipped by name when it is not. */
export function haveMariadb(): boolean {
  try {
    accessSync(SERVER);
    return true;
  } catch {
    return false;
  }
}

export interface Mariadb {
  port: number;
  stop(): Promise<void>;
}

/** A real MariaDB on 127.0.0.1 with an empty data directory and the accounts that `sql` creates. */
export async function startMariadb(
  home: TestHome,
  sql: string,
  extra: readonly string[] = [],
): Promise<Mariadb> {
  const port = await freePort();
  const data = join(home.dir, `mariadb-${port}`);
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const made = spawnSync('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    // Two that begin at once in different process namespaces have the same names for temporary tables.
    `--tmpdir=${home.dir}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asRoot,
  ]);
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stderr}`);
  const init = home.file(`mariadb-${port}.sql`, sql);
  const child = spawn(
    SERVER,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${data}/sock`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=16M',
      '--innodb-log-file-size=8M',
      `--pid-file=${data}/pid`,
      `--init-file=${init}`,
      ...asRoot,
      ...extra,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let attempt = 0; !log.includes('ready for connections'); attempt += 1) {
    if (attempt > 300 || child.exitCode !== null)
      throw new Error(`mariadbd did not start: ${log.slice(-2000)}`);
    await sleep(100);
  }
  return {
    port,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
