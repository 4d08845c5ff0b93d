import { setTimeout as sleep } from 'node:timers/promises';
import type { Prober } from './attempts';
import type { Surroundings } from './clients';
import { type Address, connect, isLink, type Link } from './connection';

export interface Probing extends Surroundings {
  /** From one probe to the next, ms. */
  probeMs: number;
  probed(node: string, by: Prober, sentAt: number, endedAt: number, code: number | null): void;
}

/** For which a fenced server is probed by a privileged account at most, ms. */
const PRIVILEGED_MS = 10_000;
/** After a server could not be reached. */
const AGAIN_MS = 50;

/**
 * Writes to every server at a steady pace with the application's own account, and with a privileged one to each
 * server that was just fenced, past its binary log: what that one takes nobody else hears of. It goes on until it
 * was refused after another server had begun to take writes (before that a refusal proves nothing), or the fence is gone.
 */
export async function runProbers(around: Probing): Promise<void> {
  const opened = new Map<string, number>();
  const fences: Promise<void>[] = [];
  await Promise.all(
    around.nodes.map(async (node, index) => {
      let open = false;
      const statement = `INSERT INTO load_probe VALUES (${index}, 0) ON DUPLICATE KEY UPDATE n = n + 1`;
      await probe(node, 'ordinary', statement, around, (accepted, at) => {
        if (accepted && !open) opened.set(node.name, at);
        if (!accepted && open) fences.push(probeFenced(node, index, at, opened, around));
        open = accepted;
        return !around.stopped();
      });
    }),
  );
  await Promise.all(fences);
}

function probeFenced(
  node: Address,
  index: number,
  fencedAt: number,
  opened: ReadonlyMap<string, number>,
  around: Probing,
): Promise<void> {
  const statement = `INSERT INTO load_fence VALUES (${index}, 0) ON DUPLICATE KEY UPDATE n = n + 1`;
  const otherOpen = (at: number) =>
    [...opened].some(([name, since]) => name !== node.name && since > fencedAt && since < at);
  return probe(node, 'privileged', statement, around, (accepted, sentAt) => {
    const gone = (opened.get(node.name) ?? 0) > fencedAt;
    const over = gone || around.now() > fencedAt + PRIVILEGED_MS || (!accepted && otherOpen(sentAt));
    return !over && !around.stopped();
  });
}

/** `told` gets each definite answer with the time it was sent, and says whether to go on. */
async function probe(
  node: Address,
  by: Prober,
  statement: string,
  around: Probing,
  told: (accepted: boolean, sentAt: number) => boolean,
): Promise<void> {
  const login = by === 'ordinary' ? around.app : around.admin;
  let link: Link | null = null;
  for (let goOn = true; goOn; ) {
    const sentAt = around.now();
    if (!link?.living) {
      const made = await connect(node, login, around.engine);
      const ready = isLink(made) && by === 'privileged' ? await made.say('SET sql_log_bin=0') : null;
      link = isLink(made) && (ready === null || ready.ok) ? made : null;
      const code = isLink(made) ? null : made.errno;
      if (!link) {
        // an account that may not even log in is refused; a server that says nothing has said nothing
        if (code !== null) around.probed(node.name, by, sentAt, around.now(), code);
        goOn = code === null ? !around.stopped() : told(false, sentAt);
        await sleep(AGAIN_MS);
        continue;
      }
    }
    const askedAt = around.now();
    const answer = await link.say(statement);
    const endedAt = around.now();
    const known = answer.ok || answer.errno !== null;
    if (known) around.probed(node.name, by, askedAt, endedAt, answer.ok ? null : answer.errno);
    goOn = known ? told(answer.ok, askedAt) : !around.stopped();
    await sleep(Math.max(1, around.probeMs - (around.now() - askedAt)));
  }
  link?.end();
}
