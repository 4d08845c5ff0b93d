import { z } from 'zod';
import { Finding } from './topology';

export const ReplicationMember = z.strictObject({
  node: z.string(),
  host: z.string().nullable(),
  product: z.string().nullable(),
  version: z.string().nullable(),
  /** What the server itself says it is; unknown when it could not be asked. */
  role: z.enum(['primary', 'replica', 'standalone', 'unknown']),
  /** null = unknown. */
  writable: z.boolean().nullable(),
  /** null = unknown or not a replica. Never 0 for want of a reading. */
  lagSeconds: z.number().nullable(),
  serverId: z.string().nullable(),
  uuid: z.string().nullable(),
  gtid: z.string().nullable(),
  findings: z.array(Finding),
});
export type ReplicationMember = z.infer<typeof ReplicationMember>;

export const Replication = z.strictObject({
  takenAt: z.number(),
  clusters: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      members: z.array(ReplicationMember),
      findings: z.array(Finding),
    }),
  ),
});
export type Replication = z.infer<typeof Replication>;
