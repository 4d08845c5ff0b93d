import { toAppError } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import { planHash } from '@shared/runbook/fingerprint';
import {
  foreignPlan,
  type Joined,
  joinKept,
  type KeptRun,
  LeaseFile,
  readLines,
} from '@shared/runbook/remote-record';
import { digest } from '../journal/digest';
import type { Log } from '../ports';
import type { Lease, Sessions } from '../ssh/lease';
import { CLOSED_LINE } from './lease-file';
import { runScript } from './remote-shell';

/** The runs that were never ended, as the servers tell. */

/** Each line says what it is; a file that was cut off ends with the line it is cut in. */
const LIST = `cd "$HOME/.patronus/runs" 2>/dev/null || exit 0
for run in */*/; do
  run=\${run%/}
  [ -e "$run/plan.json" ] && [ ! -e "$run/closed" ] && ! grep -qs ${CLOSED_LINE} "$run/events.jsonl" || continue
  echo "run \${run##*/}"
  [ ! -e "\${run%%/*}/lease.json" ] || { sed 's/^/lease /' "\${run%%/*}/lease.json"; echo; }
  sed 's/^/plan /' "$run/plan.json"; echo
  [ ! -e "$run/events.jsonl" ] || { sed 's/^/event /' "$run/events.jsonl"; echo; }
done
:`;
const MAX_BYTES = 64 * 1024 * 1024;

/** What one server keeps of runs that were not ended, by their ids. Rejects with what runScript rejects with. */
export async function readRemoteRuns(lease: Lease, signal: AbortSignal): Promise<Map<string, KeptRun>> {
  const options = { name: 'record.list', signal, maxBytes: MAX_BYTES };
  const { stdout } = await runScript(lease, LIST, [], options);
  const found = new Map<string, KeptRun>();
  for (const part of stdout.split(/^run /m).slice(1)) {
    const [id = '', ...lines] = part.split('\n');
    const textOf = (word: string) =>
      lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : [])).join('\n');
    const file = LeaseFile.safeParse(jsonOf(textOf('lease'))).data ?? null;
    found.set(id, {
      host: lease.hostId,
      lease: file?.run === id ? file : null,
      plan: foreignPlan(jsonOf(textOf('plan'))),
      record: readLines(textOf('event'), digest),
    });
  }
  return found;
}

export interface FoundRun {
  id: string;
  /** Who holds or held the lease: user@workstation; null: nobody has left one. */
  by: string | null;
  joined: Joined;
}

/**
 * Every run of this estate that its servers keep and that was not ended. Asks each host that has an acting account;
 * one that cannot be asked is left out. Rejects with the first reason when none can be. `background`: no person is
 * asked for anything.
 */
export async function findRemoteRuns(
  estate: Estate,
  sessions: Sessions,
  log: Log,
  { signal, background = false }: { signal: AbortSignal; background?: boolean },
): Promise<FoundRun[]> {
  const hosts = estate.hosts.filter(({ ssh }) => ssh?.act !== undefined);
  const answers = await Promise.allSettled(
    hosts.map(async ({ id }) => {
      const lease = await sessions.acquire(id, { account: 'act', background, signal });
      try {
        return await readRemoteRuns(lease, signal);
      } finally {
        lease.release();
      }
    }),
  );
  const all = new Map<string, KeptRun[]>();
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') {
      for (const [id, kept] of answer.value) all.set(id, [...(all.get(id) ?? []), kept]);
    } else log.warn('run.find', { host: hosts[index]?.id ?? '', error: toAppError(answer.reason) });
  }
  const [first] = answers;
  if (first?.status === 'rejected' && answers.every(({ status }) => status === 'rejected'))
    throw first.reason;
  return [...all].map(([id, kept]) => foundOf(id, kept)).filter((found) => isOf(estate, found));
}

/** One run out of what its servers keep of it. */
export function foundOf(id: string, kept: readonly KeptRun[]): FoundRun {
  const by = kept.find(({ lease }) => lease)?.lease?.by ?? null;
  return { id, by, joined: joinKept(kept, (plan) => planHash(plan, digest)) };
}

/** A record that cannot be read may be of this estate too: it is told. */
const isOf = (estate: Estate, { joined }: FoundRun): boolean =>
  !joined.ok || joined.plan.estate === estate.estate;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
