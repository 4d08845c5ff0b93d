import type { Contract } from '@shared/contract';
import type { Output, Payload } from '@shared/contract-kit';

type Live = Output<Contract, 'watch.snapshot'>;
type Change = Payload<Contract, 'host.changed'>;
type Woke = Payload<Contract, 'watch.woke'>;

/**
 * Puts one host's change into what is known. `null` means a change was missed and the whole must be asked
 * for once; what is older than the known state is ignored.
 */
export function applyChange(live: Live | undefined, change: Change): Live | null {
  if (!live) return null;
  if (change.seq <= live.seq) return live;
  if (change.seq > live.seq + 1) return null;
  const { reading } = change;
  const at =
    reading.state === 'answered' ? reading.answer.at : reading.state === 'unreachable' ? reading.at : 0;
  const { snapshot } = live;
  return {
    seq: change.seq,
    snapshot: {
      ...snapshot,
      takenAt: Math.max(snapshot.takenAt, at),
      hosts: { ...snapshot.hosts, [change.host]: reading },
    },
  };
}

/** All that is known becomes stale, and time begins anew: the clock may have been set back. `null` as above. */
export function applyWoke(live: Live | undefined, { seq, at }: Woke): Live | null {
  if (!live) return null;
  if (seq <= live.seq) return live;
  if (seq > live.seq + 1) return null;
  return { seq, snapshot: { ...live.snapshot, takenAt: at, suspectBefore: at } };
}
