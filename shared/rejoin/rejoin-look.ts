import type { AppError } from '../errors';
import type { LogRead } from '../failover/loss';
import type { Decoded } from '../failover/model';
import type { Refusal } from '../views/lever';
import type { RejoinHistory, RejoinLook } from './model';
import { ownTransactions } from './own-transactions';
import { choicesOf, recommendedOf, WAYS } from './planned-ways';
import type { RejoinGround } from './rejoin-ground';

type Named = Pick<RejoinLook, 'id' | 'takenAt' | 'cluster' | 'title' | 'server'>;

/** Everything that was gathered, as the one picture that window, command line and paper show. Pure. */
export function rejoinLook({ ground, ...named }: Named & { ground: RejoinGround }): RejoinLook {
  const history = historyOf(ground);
  const ways = choicesOf(ground);
  const primary = ground.readings.to;
  return { ...named, primary, history, ways, recommended: recommendedOf(history, ways) };
}

/** There is nobody to follow, or it could not be asked: the same stands against every way. */
export function blockedLook({
  primary,
  error,
  reasons,
  ...named
}: Named & { primary: string | null; error: AppError | null; reasons: readonly Refusal[] }): RejoinLook {
  const because = reasons.map(({ code, params }) => ({ code, params }));
  return {
    ...{ ...named, primary, history: { kind: 'unknown', error }, recommended: null },
    ways: WAYS.map((way) => ({ way, can: error ? 'unknown' : 'cannot', because })),
  };
}

function historyOf({ readings: { from, to, members }, own }: RejoinGround): RejoinHistory {
  const [old, next] = [members[from], members[to]];
  const alone = old && next ? ownTransactions(old, next) : 'unknown';
  if (alone === null) return { kind: 'subset' };
  if (alone === 'unknown') return { kind: 'unknown', error: (old ?? next)?.errors[0] ?? null };
  const decoded = own?.read ? decodedOf(own.read) : null;
  return {
    ...{ kind: 'ahead', transactions: `${alone.count}`, gtids: alone.text, decoded },
    error: own?.error ?? null,
  };
}

function decodedOf({ told, torn, salvage, salvageError }: LogRead): Decoded {
  const { since, until, tables, tablesCut, rows, cut, untold } = told;
  return { since, until, tables, tablesCut, rows, cut, untold: `${untold}`, torn, salvage, salvageError };
}
