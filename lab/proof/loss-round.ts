import type { FailoverLook } from '@shared/failover/model';
import { randomOf } from '@shared/gtid/gtid.test-kit';
import type { Lab } from '../api';
import type { Node } from '../replication/scenario';
import { crash, heldAlone, mendCrash } from './lossy-crash';
import { namedGtids } from './named-gtids';

/** A console that looks at the primary of the lab, and then at what would be lost. */
export interface LossDesk {
  lookAtPrimary(): Promise<void>;
  lookAtFailover(): Promise<FailoverLook>;
}

export interface LossRound {
  look: FailoverLook;
  /** What the statement names, and what the old primary is found to hold alone when it runs again. */
  stated: ReadonlySet<string>;
  truth: ReadonlySet<string>;
}

/** It writes alone for at most so long before it is killed. */
const ALONE_MS = 400;

/** Kills the primary while it writes, looks, then starts it again and asks it; everything is well again after. */
export async function playLoss(
  lab: Lab,
  desk: LossDesk,
  { round, cutConsole }: { round: number; cutConsole: boolean },
): Promise<LossRound> {
  // Every fifth time one replica keeps its link, and gets nearly all that there is.
  const first: readonly Node[] = round % 2 === 0 ? ['db-b', 'db-c'] : ['db-c', 'db-b'];
  const cut = round % 5 === 4 ? first.slice(0, 1) : first;
  const meanwhile = async () => {
    if (cutConsole && round % 4 !== 3) await desk.lookAtPrimary();
  };
  await crash(lab, { cut, aloneMs: randomOf(round + 1)(ALONE_MS), meanwhile, cutConsole });
  const look = await desk.lookAtFailover();
  const node = look.against;
  if (node !== 'db-b' && node !== 'db-c') throw new Error(`nobody is chosen: ${JSON.stringify(look.choice)}`);
  const truth = await heldAlone(lab, node);
  const { loss } = look;
  const stated = namedGtids(loss && loss.kind !== 'unknown' ? loss.gtids : '');
  await mendCrash(lab);
  return { look, stated, truth };
}

/** What is wrong with a statement, in words; [] when it is true. */
export function untruths({ look: { loss }, stated, truth }: LossRound, cutConsole: boolean): string[] {
  if (!loss) return ['there is no statement'];
  const invented = [...stated].filter((gtid) => !truth.has(gtid));
  const missed = [...truth].filter((gtid) => !stated.has(gtid));
  const wrongKind = cutConsole ? loss.kind === 'exact' : loss.kind !== 'exact';
  const counted = loss.kind === 'unknown' ? stated.size : Number(loss.transactions);
  return [
    ...(wrongKind ? [`it is ${loss.kind}`] : []),
    ...(counted === stated.size ? [] : [`it counts ${counted} and names ${stated.size}`]),
    ...(invented.length > 0 ? [`it names ${invented.length} that are not lost, ${invented[0]} …`] : []),
    ...(loss.kind === 'exact' && missed.length > 0 ? [`it misses ${missed.length}, ${missed[0]} …`] : []),
  ];
}
