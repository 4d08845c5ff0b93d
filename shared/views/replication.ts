import { z } from 'zod';
import { ReplicationCluster } from '../replication/model';

/** The answer to "who follows whom": every cluster of the estate, as its servers tell it now. */
export const Replication = z.strictObject({ takenAt: z.number(), clusters: z.array(ReplicationCluster) });
export type Replication = z.infer<typeof Replication>;
