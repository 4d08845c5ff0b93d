import { ok } from '../errors';
import { asFraction, asSeconds } from '../units/measure';
import type { PlanWallet } from '../views/plan';
import type { Figures } from './figures';
import { type Derived, derive, inputAt } from './ledger/derived';
import type { Ledger } from './ledger/ledger';
import { allowance } from './schedule/downtime-budget';

/** What the cutover leaves of the month's allowance, seconds; below zero it is overdrawn. */
export const allowanceLeft = (ledger: Ledger, path: string, { outage }: Figures): Derived<number> =>
  derive('downtime-budget', { target: inputAt(ledger, path), outage }, (values) => {
    const allowed = allowance(asFraction(values.target.likely));
    return allowed.ok ? ok(allowed.value - values.outage.p90 * 60) : allowed;
  });

/** The month as a wallet; null while nobody says which availability is asked for, or what was said cannot be. */
export function walletOf(ledger: Ledger, path: string, { outage }: Figures): PlanWallet | null {
  const target = inputAt(ledger, path);
  if (!target.known) return null;
  const allowed = allowance(asFraction(target.value.likely));
  if (!allowed.ok) return null;
  const allowedMinutes = asSeconds(allowed.value) / 60;
  const takesMinutes = outage.known ? outage.value.p90 : null;
  return {
    target: target.value.likely,
    targetPath: path,
    allowedMinutes,
    takesMinutes,
    leftMinutes: takesMinutes === null ? null : allowedMinutes - takesMinutes,
  };
}
