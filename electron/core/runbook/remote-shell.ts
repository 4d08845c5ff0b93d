import type { Digest } from '@shared/journal/chain';
import { failure } from '../net/failure';
import type { Lease } from '../ssh/lease';
import { type RunSshOptions, runSsh, type SshOutput } from '../ssh/run-ssh';
import type { Hands } from './api';

/**
 * Where the servers keep what they know of runs: `~/.patronus/runs/SUBJECT/RUN/` of the acting account, folders 0700,
 * files 0600. Every script begins by making `$top`, the folder of its subject.
 */

const FILE_MS = 15_000;

/** A folder name of a subject that people recognise, and that no two subjects share. */
export function subjectFolder(subject: string, digest: Digest): string {
  const readable = subject
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
  return `${readable}.${digest(subject)
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 16)}`;
}

/** @throws Failure E_ARGUMENT for a name that would be more than one plain file name on the server. */
export function fileName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/.test(name)) throw failure('E_ARGUMENT', null, { name: 'run' });
  return name;
}

/** Begins a script whose first word is a subject's folder, which is there afterwards as `$top`. */
const TOP = `set -u; umask 077; top="$HOME/.patronus/runs/$1"
if [ ! -d "$top" ]; then mkdir -p "$top" && chmod 700 "$HOME/.patronus" "$HOME/.patronus/runs" "$top" || exit 73; fi
`;
export const inSubject = (script: string): string => TOP + script;

type ScriptOptions = Pick<RunSshOptions, 'name' | 'signal' | 'stdin' | 'maxBytes'>;

/**
 * Runs a script of ours on a host. Rejects with what runSsh rejects with, and E_REMOTE_RECORD (params.text) when it ends
 * with another status than 0.
 */
export async function runScript(
  lease: Lease,
  script: string,
  words: readonly string[],
  options: ScriptOptions,
): Promise<SshOutput> {
  const output = await runSsh(lease, ['sh', '-c', script, 'sh', ...words], {
    timeoutMs: FILE_MS,
    ...options,
  });
  if (output.exit === 0 && !output.truncated) return output;
  const text = output.truncated ? 'too much of it' : output.stderr.trim() || `exit ${output.exit}`;
  throw failure('E_REMOTE_RECORD', lease.hostId, { text });
}

/** The same in the folder of a subject, over the connection that a run holds there. */
export async function runThere(
  hands: Hands,
  script: string,
  words: readonly string[],
  options: ScriptOptions,
): Promise<SshOutput> {
  return runScript(await hands.lease(options.signal), inSubject(script), words, options);
}
