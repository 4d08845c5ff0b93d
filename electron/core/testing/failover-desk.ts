import type { FailoverLook } from '@shared/failover/model';
import type { TestConsole } from './console';
import { armed } from './product-switchover';

const CLUSTER = 'data';
const PRIMARY = 'db-a';
const PATIENCE_MS = 180_000;

/** What a person at this console does before an emergency failover of the lab's only cluster, and nothing else. */
export const failoverDesk = (desk: TestConsole) => ({
  lookAtPrimary: (): Promise<void> => desk.look(PRIMARY),
  lookAtFailover: (): Promise<FailoverLook> =>
    armed(desk).lookFailover({ cluster: CLUSTER, to: null }, AbortSignal.timeout(PATIENCE_MS)),
});
