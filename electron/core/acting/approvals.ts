import { type AppError, toAppError } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import type { Clock } from '../ports';
import type { Runs } from '../runbook/api';
import { approversOf, checkApproval, readApproval } from '../runbook/approval';
import type { Approvals } from './acting';

export interface EstateApprovalsOptions {
  estate: Estate;
  /** user@workstation who pulls. */
  who: string;
  clock: Clock;
  runs: Pick<Runs, 'list'>;
}

/** What was in the file, or why nothing could be read from it. */
type Taken = { value: unknown } | { error: AppError };

/**
 * Second persons as the estate wants them. What was taken is judged anew whenever it is asked for: it expires, and a
 * plan that was begun meanwhile has used it up.
 */
export function estateApprovals({ estate, who, clock, runs }: EstateApprovalsOptions): Approvals {
  const taken = new Map<string, Taken>();
  const used = async (hash: string) => (await runs.list()).some(({ plan }) => plan === hash);
  return {
    async of(plan, hash) {
      const approvers = approversOf(estate, plan.subject);
      if (approvers.length === 0) return { state: 'not-wanted' };
      const found = taken.get(hash);
      if (!found) return { state: 'missing', approvers: approvers.map(({ name }) => name) };
      if ('error' in found) return { state: 'refused', error: found.error };
      try {
        const { terms } = await checkApproval(found.value, plan, hash, { estate, who, clock, used });
        return { state: 'given', by: terms.name };
      } catch (thrown) {
        return { state: 'refused', error: toAppError(thrown) };
      }
    },
    async take(hash, file) {
      const read: Promise<Taken> = readApproval(file).then(
        (value) => ({ value }),
        (thrown: unknown) => ({ error: toAppError(thrown) }),
      );
      taken.set(hash, await read);
    },
  };
}
