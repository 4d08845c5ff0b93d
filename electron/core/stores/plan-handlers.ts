import type { Contract, Language, LedgerEntry } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import type { Estate } from '@shared/estate/schema';
import { approvedPlan, type PlanFrame } from '@shared/plan/approved';
import { wholePlanOf } from '@shared/plan/plan-of';
import { shortHash } from '@shared/plan/plan-record';
import type { Snapshot } from '@shared/snapshot';
import { failure } from '../net/failure';
import type { Ports } from '../ports';
import type { FrameStore } from './frame-store';

export interface PlanHandlersOptions {
  /** As known at the moment that is shown. */
  known(): {
    estate: Estate;
    snapshot: Snapshot;
    ledger(): Promise<LedgerEntry[]>;
    frame(): Promise<PlanFrame>;
  };
  /** Of the estate that is open and shown as it is now. @throws Failure E_NO_ESTATE, E_NOT_LIVE */
  store(): FrameStore;
  /** Who approves: user@workstation. */
  operator: string;
  ports: Pick<Ports, 'clock' | 'journal'>;
}

type PlanHandlers = Pick<Handlers<Contract>, 'plan.get' | 'plan.frame' | 'plan.window' | 'plan.approve'>;

/** What the contract promises of the plan: it is made anew whenever it is asked for, and changes of its frame are journaled. */
export function planHandlers({ known, store, operator, ports }: PlanHandlersOptions): PlanHandlers {
  const { clock, journal } = ports;
  const planIn = async (language: Language) => {
    const { estate, snapshot, ledger, frame } = known();
    return wholePlanOf(estate, await ledger(), snapshot, language, await frame());
  };
  const write = async (frame: PlanFrame) => {
    await store().write(frame);
    return frame;
  };
  return {
    'plan.get': () => planIn('en'),
    'plan.frame': () => known().frame(),
    'plan.window': async ({ window }) => {
      const frame = await write({ ...(await store().read()), window });
      const change = window
        ? ({ change: 'set', value: `${window.start} – ${window.end} ${window.zone}` } as const)
        : ({ change: 'cleared' } as const);
      journal.note({ kind: 'ledger-changed', path: 'window', ...change });
      return frame;
    },
    'plan.approve': async ({ hash }) => {
      const [en, fr] = [await planIn('en'), await planIn('fr')];
      // Approved is what was shown: a look or another person may have changed a number since.
      if (en.hash !== hash) throw failure('E_PLAN_OTHER', null);
      const approved = approvedPlan(en, fr, { at: clock.now(), by: operator });
      const frame = await write({ ...(await store().read()), approved });
      const value = shortHash(approved.hash);
      journal.note({ kind: 'ledger-changed', path: 'approved', change: 'set', value });
      return frame;
    },
  };
}
