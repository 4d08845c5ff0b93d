import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../engine/errors';
import type { Log } from '../engine/log';
import { run } from '../engine/run';

const POLICY = '/usr/sbin/policy-rc.d';

/** systemd units of the servers we install: made inactive on the machine, since only lab hosts shall run them. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  apache2: ['apache2'],
  'mariadb-server': ['mariadb'],
  samba: ['smbd', 'nmbd', 'samba-ad-dc'],
  'openssh-server': ['ssh'],
  haproxy: ['haproxy'],
};

/** Which of `names` are not installed on this machine. */
export async function missingPackages(names: readonly string[]): Promise<string[]> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own format language
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = await run(['dpkg-query', '-W', '-f', format, ...names], { allowFailure: true });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return names.filter((name) => !installed.has(name));
}

/** The line a person without root can give to somebody who has it. */
export function installLine(missing: readonly string[]): string {
  return `sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`;
}

/**
 * Installs what is missing; nothing of it starts on the machine, now or at the next boot.
 * @throws LabError E_NEED_ROOT (with the line to run) or E_PACKAGES.
 */
export async function installPackages(missing: readonly string[], log: Log): Promise<void> {
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new LabError('E_NEED_ROOT', `these Debian packages are missing: ${missing.join(' ')}`, {
      hint: installLine(missing),
    });
  }
  log(`installing Debian packages: ${missing.join(' ')}`);
  const dir = await mkdtemp(join(tmpdir(), 'lab-policy-'));
  const policy = join(dir, 'policy-rc.d');
  const targetWasThere = existsSync(POLICY);
  try {
    await writeFile(
      policy,
      '#!/bin/sh\n# servers installed for the lab run inside lab hosts only\nexit 101\n',
    );
    await chmod(policy, 0o755);
    if (!targetWasThere) await writeFile(POLICY, ''); // a bind mount needs something to cover
    await apt(['update'], policy).catch(() => log('apt-get update failed, going on with the lists at hand'));
    await apt(['install', '-y', '--no-install-recommends', ...missing], policy);
    await disableUnits(missing);
  } catch (error) {
    throw new LabError('E_PACKAGES', `Debian packages could not be installed\n${(error as Error).message}`, {
      hint: installLine(missing),
      cause: error,
    });
  } finally {
    if (!targetWasThere) await rm(POLICY, { force: true });
    await rm(dir, { recursive: true, force: true });
  }
}

/** apt in a mount namespace of its own, where the policy script (answer 101: do not start) covers the machine's. */
async function apt(args: readonly string[], policy: string): Promise<void> {
  const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
  await run(
    [
      'unshare',
      '-m',
      'sh',
      '-c',
      script,
      'sh',
      policy,
      POLICY,
      'apt-get',
      '-o',
      'DPkg::Lock::Timeout=400',
      ...args,
    ],
    { env: { ...environment(), DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 900_000 },
  );
}

async function disableUnits(installed: readonly string[]): Promise<void> {
  const units = installed.flatMap((name) => UNITS[name] ?? []);
  if (units.length === 0 || !existsSync('/usr/bin/systemctl')) return;
  await run(['systemctl', 'disable', '--quiet', ...units], { allowFailure: true });
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined),
  );
}
