import { z } from 'zod';
import { AppError } from './errors';

/**
 * What was read, and how. Gathered by electron/core, decided upon by pure functions in shared/.
 * All times are epoch milliseconds of the console's clock. A host that did not answer is a value with a
 * reason, never a missing row.
 */

/** One command or statement that was really sent, and what came back. Raw text is cleaned of control characters. */
export const EvidenceHead = z.strictObject({
  /** Stable per host: "<kind>.<probe>", or "<service>/<kind>.<probe>"; the newest replaces the older. */
  id: z.string(),
  via: z.enum(['ssh', 'sql', 'http', 'dial']),
  /** The command line or statement as sent, without secrets. */
  sent: z.string(),
  account: z.string(),
  /** "ssh 127.0.10.1:2200 → 10.0.20.2:3306": the way it travelled. */
  route: z.string(),
  at: z.number(),
  durationMs: z.number(),
  /** Exit status of a command, null when there is none. */
  exit: z.number().nullable(),
  bytes: z.number(),
});
export type EvidenceHead = z.infer<typeof EvidenceHead>;
export const Evidence = z.strictObject({ ...EvidenceHead.shape, raw: z.string(), truncated: z.boolean() });
export type Evidence = z.infer<typeof Evidence>;

export const FactValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
export type FactValue = z.infer<typeof FactValue>;

/** A value that was read. `null` means unknown, and then `why` says what stood in the way. */
export const Fact = z.strictObject({
  value: FactValue,
  at: z.number(),
  /** EvidenceHead.id of the same host. */
  evidence: z.string(),
  why: z.string().optional(),
});
export type Fact = z.infer<typeof Fact>;
export const Facts = z.record(z.string(), Fact);
export type Facts = z.infer<typeof Facts>;

/** A socket that listens. Address as the kernel says it; process name only where the account may see it. */
export const Listener = z.strictObject({
  address: z.string(),
  port: z.number(),
  process: z.string().optional(),
});
export type Listener = z.infer<typeof Listener>;

/**
 * An established TCP conversation as seen on this host, folded over time. `out`: this host opened it to
 * peer:port; `in`: peer opened it to this host's own listening port.
 */
export const ObservedEdge = z.strictObject({
  direction: z.enum(['in', 'out']),
  peer: z.string(),
  port: z.number(),
  process: z.string().optional(),
  /** Conversations at the last sample that saw any. */
  count: z.number(),
  firstSeen: z.number(),
  lastSeen: z.number(),
  /** Samples that saw it, of all samples taken since firstSeen. */
  samples: z.number(),
  of: z.number(),
});
export type ObservedEdge = z.infer<typeof ObservedEdge>;

/** A link that a configuration on the host declares: a mount, a virtual host's backend, a DSN. */
export const ConfiguredLink = z.strictObject({
  origin: z.enum(['mount', 'vhost', 'dsn', 'replication']),
  /** Service whose configuration says so, else the host. */
  service: z.string().optional(),
  address: z.string(),
  port: z.number(),
  protocol: z.string(),
  detail: z.string(),
  evidence: z.string(),
});
export type ConfiguredLink = z.infer<typeof ConfiguredLink>;

/**
 * Rows as a server gave them, for what does not fit into single facts: channels, threads, accounts. Values are
 * text or null; which columns there are depends on the version, and a column that is not there is unknown.
 */
export const Table = z.strictObject({
  at: z.number(),
  /** EvidenceHead.id of the same host. */
  evidence: z.string(),
  rows: z.array(z.record(z.string(), z.string().nullable())),
  /** More rows were there than are kept: an absent row proves nothing. */
  cut: z.boolean(),
});
export type Table = z.infer<typeof Table>;

export const ServiceReading = z.strictObject({
  facts: Facts,
  /** By the name the kind gives them; a table that could not be read is not there. */
  tables: z.record(z.string(), Table).optional(),
  /** What kept the console from reading this service (its host may well have answered). */
  error: AppError.optional(),
});
export type ServiceReading = z.infer<typeof ServiceReading>;

/** A server that answered in a host's name: reboots give several, and so does a name that leads to two servers. */
export const SeenIdentity = z.strictObject({
  /** SHA256:… of its host key. */
  hostKey: z.string(),
  /** Id of the kernel's boot. */
  boot: z.string(),
  bootedAt: z.number(),
  firstSeen: z.number(),
  lastSeen: z.number(),
});
export type SeenIdentity = z.infer<typeof SeenIdentity>;

export const HostAnswer = z.strictObject({
  at: z.number(),
  durationMs: z.number(),
  facts: Facts,
  listeners: z.array(Listener),
  /** Names of running processes, and how many of each. */
  processes: z.record(z.string(), z.number()),
  edges: z.array(ObservedEdge),
  configured: z.array(ConfiguredLink),
  services: z.record(z.string(), ServiceReading),
  /** Probes that failed although the host answered. */
  errors: z.array(AppError),
  evidence: z.array(EvidenceHead),
  /** SHA256:… of the host key that was verified, and by which rule. */
  hostKey: z.strictObject({ fingerprint: z.string(), type: z.string(), by: z.string() }),
  /** Who answered since this console watches, the latest last; only the last few. */
  identities: z.array(SeenIdentity).optional(),
});
export type HostAnswer = z.infer<typeof HostAnswer>;

export const HostReading = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('unasked') }),
  z.strictObject({ state: z.literal('answered'), answer: HostAnswer }),
  z.strictObject({
    state: z.literal('unreachable'),
    at: z.number(),
    /** Since when, as far as this console knows. */
    since: z.number(),
    error: AppError,
    /** The last answer there was; everything in it is old. */
    last: HostAnswer.nullable(),
  }),
]);
export type HostReading = z.infer<typeof HostReading>;

export const Snapshot = z.strictObject({
  estate: z.string(),
  takenAt: z.number(),
  /** Milliseconds between two looks at a host: what "stale" is measured against. */
  periodMs: z.number(),
  /** The desk slept, or its clock was set, at this time: what was read before is stale, however young it looks. */
  suspectBefore: z.number().optional(),
  hosts: z.record(z.string(), HostReading),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** The answer to decide from: the fresh one, or the last one there was. */
export function answerOf(reading: HostReading | undefined): HostAnswer | null {
  if (!reading) return null;
  switch (reading.state) {
    case 'unasked':
      return null;
    case 'answered':
      return reading.answer;
    case 'unreachable':
      return reading.last;
  }
}
