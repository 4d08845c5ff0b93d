import { assessmentOf } from '@shared/assessment/assess';
import type { Gathered } from '@shared/assessment/gathered';
import { monthlyCosts } from '@shared/assessment/problems';
import { seedSecondsOf } from '@shared/assessment/seed-time';
import type { Contract } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import { planOf } from '@shared/plan/plan-of';
import { compareTargets } from '@shared/targets/compare';
import type { Assessment } from '@shared/views/assessment';
import type { abortSignal as abortSignalOf } from '../abort-signal';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
import type { View } from '../recorder/view';
import { assessmentStore } from '../stores/assessment-store';
import { gather } from './gather';

export interface AssessmentHandlersOptions {
  /** Of the estate that is open and shown as it is now. @throws Failure E_NO_ESTATE, E_NOT_LIVE */
  open(): OpenEstate;
  /** Its file; null: a recording is shown, and nothing lies beside it. */
  file(): string | null;
  /** What is shown, now or at a moment of a recording, and that moment (null: now). */
  view(): View;
  moment(): number | null;
  ports: Ports;
  abortSignal: typeof abortSignalOf;
}

/** What the contract promises of the assessment. It is run when somebody asks for it, and never by watching. */
export function assessmentHandlers(
  options: AssessmentHandlersOptions,
): Pick<Handlers<Contract>, 'assessment.run' | 'assessment.get'> {
  const judge = async (gathered: Gathered | null): Promise<Assessment> => {
    const { estate, ledger, snapshot } = options.view();
    const entries = await ledger();
    const costs = monthlyCosts(compareTargets(estate, entries, snapshot));
    const seedSeconds = seedSecondsOf(planOf(estate, entries, snapshot));
    return assessmentOf({ estate, gathered, seedSeconds, costs });
  };
  return {
    'assessment.run': async (_, { signal }) => {
      const open = options.open();
      const gathered = await gather({ open, ports: options.ports, signal: options.abortSignal(signal) });
      // a run that was cancelled before anything was read does not put itself in the place of the last one
      if (gathered.complete || gathered.readings.length > 0) await assessmentStore(open.file).write(gathered);
      return judge(gathered);
    },
    'assessment.get': async () => {
      const { estate } = options.view();
      const file = options.file();
      const moment = options.moment();
      const last = file === null ? null : await assessmentStore(file).read();
      // of another estate under this file's name, or from after the moment that is shown
      const fits = last?.estate === estate.estate && (moment === null || last.finishedAt <= moment);
      return judge(fits ? last : null);
    },
  };
}
