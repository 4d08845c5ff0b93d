import type { LedgerEntry } from '@shared/contract';
import type { Estate } from '@shared/estate/schema';
import { NO_FRAME, type PlanFrame } from '@shared/plan/approved';
import type { Evidence, Snapshot } from '@shared/snapshot';
import type { OpenEstate } from '../open-estate';
import type { Moment } from './recording';

/** What every query answers from: what is watched now, or what was known at a moment of a recording. */
export interface View {
  estate: Estate;
  seq: number;
  snapshot: Snapshot;
  evidenceOf(host: string, id: string): Evidence | null;
  ledger(): Promise<LedgerEntry[]>;
  frame(): Promise<PlanFrame>;
}

export const liveView = ({ estate, watcher, ledger, frame }: OpenEstate): View => ({
  estate,
  ...watcher.snapshot(),
  evidenceOf: (host, id) => watcher.evidenceOf(host, id),
  ledger: () => ledger.read(),
  frame: () => frame.read(),
});

/** Of the ledger and of approvals, what there was by then; a recording from a file has none beside it. */
export const pastView = (moment: Moment, open: OpenEstate | null): View => ({
  ...moment,
  ledger: async () => ((await open?.ledger.read()) ?? []).filter((entry) => entry.at <= moment.at),
  frame: async () => {
    const { window, approved } = (await open?.frame.read()) ?? NO_FRAME;
    return { window, approved: approved && approved.at <= moment.at ? approved : null };
  },
});
