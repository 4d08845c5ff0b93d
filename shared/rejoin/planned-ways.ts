import { assertNever } from '../errors';
import type { Refusal } from '../views/lever';
import type { RejoinChoice, RejoinHistory, RejoinWay } from './model';
import { refuseRebuild } from './rebuild/refuse-rebuild';
import { refuseFlashback } from './refuse-flashback';
import { refuseQuarantine } from './refuse-quarantine';
import { refuseAttach } from './refuse-rejoin';
import type { RejoinGround } from './rejoin-ground';

/** In the order in which they are offered: what gives up least comes first. */
export const WAYS = ['attach', 'flashback', 'rebuild', 'quarantine'] as const satisfies readonly RejoinWay[];

function refusalsOf(ground: RejoinGround, way: RejoinWay): Refusal[] {
  switch (way) {
    case 'attach':
      return refuseAttach(ground);
    case 'flashback':
      return refuseFlashback(ground);
    case 'rebuild':
      return refuseRebuild(ground);
    case 'quarantine':
      return refuseQuarantine(ground);
    default:
      return assertNever(way);
  }
}

/** Every way, with all that speaks against it. Pure. */
export const choicesOf = (ground: RejoinGround): RejoinChoice[] =>
  WAYS.filter((way) => way !== 'rebuild' || ground.rebuild !== undefined).map((way) => {
    const reasons = refusalsOf(ground, way);
    return {
      way,
      can: reasons.length === 0 ? 'can' : reasons.every(isOpen) ? 'unknown' : 'cannot',
      because: reasons.map(({ code, params }) => ({ code, params })),
    };
  });

/** Does it say only that something could not be told? */
const isOpen = ({ code }: Refusal): boolean =>
  /_UN(KNOWN|READ|TESTED)$|^REFUSED_(NOT_READ|REJOIN_LOG_UNREAD)$/.test(code);

/**
 * The way to take, where the servers tell enough to say it: nothing of its own is attached; what it holds alone is taken back
 * where that can be done, else its data is replaced. Never by itself to keep it apart: that settles nothing.
 */
export function recommendedOf(
  history: RejoinHistory,
  choices: readonly Pick<RejoinChoice, 'way' | 'can'>[],
): RejoinWay | null {
  const first: readonly RejoinWay[] =
    history.kind === 'subset' ? ['attach'] : history.kind === 'ahead' ? ['flashback', 'rebuild'] : [];
  return first.find((way) => choices.some((choice) => choice.way === way && choice.can === 'can')) ?? null;
}
