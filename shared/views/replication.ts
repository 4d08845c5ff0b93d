import { z } from 'zod';
import { ReplicationCluster } from '../replication/model';

/** The answer to "who follows whom": every cluster of the estate, as its servers tell it now. */
export const Replication = z.strictObject({ takenAt: z.number(), clusters: z.array(ReplicationCluster) });
export type Replication = z.infer<typeof Replication>;

/** How old a replica was at a look; null where it could not be told. */
export const LagPoint = z.strictObject({
  at: z.number(),
  seconds: z.number().nullable(),
  secondsBehind: z.number().nullable(),
});
export type LagPoint = z.infer<typeof LagPoint>;
