import { z } from 'zod';

export const Severity = z.enum(['critical', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;
export const Health = z.enum(['up', 'degraded', 'down', 'unknown']);
export type Health = z.infer<typeof Health>;

/** A finding as decided; its sentences are in shared/text, looked up by code and filled with params. */
export const Finding = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
  severity: Severity,
  /** Node ids; for a cluster, its members. */
  nodes: z.array(z.string()),
  /** Plain-language title in English, so that --json is readable on its own. */
  title: z.string(),
  params: z.record(z.string(), z.string()),
  /** Evidence that shows it: host and evidence id. */
  evidence: z.array(z.strictObject({ host: z.string(), id: z.string() })),
  /** Codes of findings that follow from this one and are not shown beside it. */
  masks: z.array(z.string()),
});
export type Finding = z.infer<typeof Finding>;

export const TopologyNode = z.strictObject({
  /** Service id; "service@host" when a service runs on several hosts. */
  id: z.string(),
  service: z.string(),
  title: z.string(),
  host: z.string().nullable(),
  address: z.string().nullable(),
  site: z.string().nullable(),
  tier: z.string(),
  kind: z.string(),
  role: z.string(),
  product: z.string().nullable(),
  version: z.string().nullable(),
  health: Health,
  reason: z.string().optional(),
  /** The same for readers of another language: a clause of shared/text/kinds.health, and its values. */
  because: z.strictObject({ code: z.string(), params: z.record(z.string(), z.string()) }).optional(),
  /** The error behind the reason, when there is one: translated by code. */
  error: z.string().optional(),
  /** Who may write: only for kinds that know. */
  writable: z.boolean().nullable().optional(),
  takenAt: z.number().nullable(),
});
export type TopologyNode = z.infer<typeof TopologyNode>;

export const TopologyLink = z.strictObject({
  /** Node or actor id; for an address that the estate does not know, the address itself. */
  from: z.string(),
  to: z.string(),
  protocol: z.string(),
  port: z.number().nullable(),
  declared: z.boolean(),
  observed: z.boolean(),
  /** Which configuration on a host declares it too: mount, vhost, dsn, replication. */
  configured: z.array(z.string()),
  /** Neither end could be seen: nothing is concluded. */
  unknown: z.boolean(),
  /** An end that answers says so: the other end does not answer it, or does not run. Never a guess. */
  broken: z.boolean(),
  firstSeen: z.number().nullable(),
  lastSeen: z.number().nullable(),
  /** Conversations at the last sample. */
  count: z.number().nullable(),
  /** Numbers of the workflow steps that travel it. */
  path: z.array(z.number()).optional(),
});
export type TopologyLink = z.infer<typeof TopologyLink>;

export const Topology = z.strictObject({
  takenAt: z.number(),
  estate: z.string(),
  actors: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  hosts: z.array(
    z.strictObject({
      id: z.string(),
      address: z.string(),
      site: z.string(),
      state: z.enum(['unasked', 'answered', 'unreachable']),
      at: z.number().nullable(),
      reason: z.string().optional(),
      error: z.string().optional(),
    }),
  ),
  nodes: z.array(TopologyNode),
  links: z.array(TopologyLink),
  findings: z.array(Finding),
});
export type Topology = z.infer<typeof Topology>;
