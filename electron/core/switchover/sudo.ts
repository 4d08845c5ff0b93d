import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';

const TIMEOUT_MS = 10_000;

/**
 * Which of these commands the account may not run as root without a password, each as its words. Nothing of them is
 * run: `sudo -n -l COMMAND` says whether it would be (sudo(8)). Rejects with Failure as runSsh does.
 */
export async function sudoRefusals(
  lease: Lease,
  commands: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<string[]> {
  const options = { name: 'switchover.sudo', timeoutMs: TIMEOUT_MS, signal };
  const answers = await Promise.all(
    commands.map((argv) => runSsh(lease, ['sudo', '-n', '-l', '--', ...argv], options)),
  );
  return commands.filter((_, index) => answers[index]?.exit !== 0).map((argv) => argv.join(' '));
}
