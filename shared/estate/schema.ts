import { z } from 'zod';
import { ClusterActing, Sql, Ssh } from './schema-access';
import { Cost, DocumentRef, Problem, Requirement } from './schema-records';
import { Id, MaybeQuantity, Port, Quantity, Text } from './schema-values';

/**
 * Schema of the estate file, version 1: what a person states about an estate, readable in review.
 * Ids are stable and unique per collection; sites, hosts, services and actors share one name space, because
 * links may start or end at any of them. One exception: a host may bear the name of a service that runs on it
 * (one box, one job); the name then means the service. Everything unknown is left out or written as `unknown`,
 * never guessed. What no schema can say is in `check-*.ts` beside this file.
 */

export * from './schema-access';
export * from './schema-records';
export * from './schema-values';

export const Site = z.strictObject({ id: Id, title: Text, provider: Text.optional(), note: Text.optional() });
export const Subnet = z.strictObject({ id: Id, site: Id, cidr: z.string(), note: Text.optional() });

export const Host = z.strictObject({
  id: Id,
  title: Text.optional(),
  site: Id,
  /** The estate's own address; where the console connects is `ssh.host`. */
  address: z.union([z.literal('unknown'), z.string()]),
  /** Other addresses of the same machine. */
  aliases: z.array(z.string()).optional(),
  form: z.enum(['physical', 'virtual', 'container-host', 'container', 'unknown']).optional(),
  /** The host that this virtual machine or container runs on. */
  within: Id.optional(),
  ssh: Ssh.optional(),
  quantities: z.record(z.string(), MaybeQuantity).optional(),
  note: Text.optional(),
});

/** Required, or optional and then why one would want it. */
export const Need = z.union([z.literal('required'), z.strictObject({ optional: Text })]);

export const Service = z.strictObject({
  id: Id,
  title: Text.optional(),
  /** Name of a kind in shared/kinds. One that is not there is shown, but cannot be probed; `unknown`: not decided. */
  kind: Id,
  /** What it is for: web, application, database, files, cache, session, balancer, backup, monitoring, health … */
  role: Id,
  /** Lane of the picture; default by role. */
  tier: Id.optional(),
  /** Where it runs. More than one = instances. Empty or left out = not placed yet. */
  hosts: z.array(Id).optional(),
  port: Port.optional(),
  protocol: z.string().optional(),
  need: Need.optional(),
  /** Kinds of which one is to be chosen ("Memcached or Redis"). */
  alternatives: z.array(Id).optional(),
  multiplicity: z
    .strictObject({
      min: z.number().int().min(0),
      max: z.union([z.number().int().min(1), z.literal('unbounded')]),
      /** "One memcached for each application server": usual, or required. */
      ratio: z
        .strictObject({ count: z.number().int().min(1), per: Id, rule: z.enum(['usual', 'required']) })
        .optional(),
    })
    .optional(),
  /** Two at the same time would do harm or double work. With `multiplicity`: may be spread, by decision only. */
  singleton: z.boolean().optional(),
  standby: z.enum(['active', 'standby']).optional(),
  /** Software inside it: "Django", "WSGI", "QHttpServer". */
  components: z.array(Text).optional(),
  sql: Sql.optional(),
  /** URL path asked for over an SSH forward to see that it answers. */
  healthPath: z
    .string()
    .regex(/^\/[^\s]*$/, 'a path that starts with /')
    .optional(),
  /** Image that its containers run, where it is placed in containers: `registry/name:tag`. */
  image: z
    .string()
    .regex(/^[a-z0-9][^\s]*$/, 'the name of an image, registry/name:tag')
    .optional(),
  quantities: z.record(z.string(), MaybeQuantity).optional(),
  note: Text.optional(),
});

export const Link = z.strictObject({
  id: Id,
  /** Who opens the connection (for replication: who the data comes from). */
  from: Id,
  to: Id,
  protocol: z.string(),
  port: z.union([Port, z.literal('unknown')]).optional(),
  purpose: z
    .enum([
      'request',
      'read',
      'write',
      'read-write',
      'replicate',
      'health',
      'session',
      'cache',
      'backup',
      'monitor',
      'admin',
      'start',
    ])
    .optional(),
  need: Need.optional(),
  /** The agreed data model and its version. */
  contract: z.string().optional(),
  note: Text.optional(),
});

export const Actor = z.strictObject({
  id: Id,
  title: Text,
  /** Addresses or networks from which this actor's connections come, where known. */
  from: z.array(z.string()).optional(),
  quantities: z.record(z.string(), MaybeQuantity).optional(),
  note: Text.optional(),
});

export const WorkflowStep = z.strictObject({
  n: z.number().int().min(1),
  title: Text,
  from: Id,
  to: Id,
  /** The link it travels; left out for work inside one service. */
  link: Id.optional(),
  /** "If needed". */
  conditional: z.boolean().optional(),
});
export const Workflow = z.strictObject({ id: Id, title: Text, steps: z.array(WorkflowStep).min(1) });

/** Which server a kind of work goes to: updates → primary, reports → replica. */
export const RoutingRule = z.strictObject({
  id: Id,
  workload: Text,
  to: Id,
  because: Text.optional(),
  note: Text.optional(),
});

/** How a client chooses a server by itself. */
export const ClientPolicy = z.strictObject({
  id: Id,
  actor: Id,
  /** `host` where one service runs on several and the client chooses between them. */
  candidates: z
    .array(z.strictObject({ service: Id, host: Id.optional(), weight: Quantity.optional() }))
    .min(1),
  select: z.enum(['random', 'round-robin', 'first', 'nearest']),
  stickiness: MaybeQuantity.optional(),
  timeout: MaybeQuantity.optional(),
  reselectWhen: z.array(Text).optional(),
  onFailure: Text.optional(),
  /** Does the client remember that it fell back? */
  remembersFallback: z.union([z.boolean(), z.literal('unknown')]).optional(),
  note: Text.optional(),
});

export const DataSet = z.strictObject({
  id: Id,
  title: Text,
  service: Id,
  store: z.enum(['database', 'files', 'cache', 'session', 'document']),
  size: MaybeQuantity,
  /** What the size was measured of: a text dump is not a data directory. */
  basis: z.enum(['text-dump', 'data-directory', 'file-tree', 'unknown']).optional(),
  changeRate: MaybeQuantity.optional(),
  fileCount: MaybeQuantity.optional(),
  note: Text.optional(),
});

export const Cluster = z.strictObject({
  id: Id,
  title: Text.optional(),
  technology: z.enum([
    'mysql-async',
    'mysql-semi-sync',
    'group-replication',
    'galera',
    'postgresql-streaming',
    'none',
    'unknown',
  ]),
  members: z
    .array(z.strictObject({ service: Id, role: z.enum(['primary', 'replica', 'standby', 'unknown']) }))
    .min(1),
  acting: ClusterActing.optional(),
  note: Text.optional(),
});

/** Bounds the work of a check: far more than anybody watches from one desk. */
const MAX_ELEMENTS = 2000;
const MAX_SCENARIOS = 50;
const listOf = <T extends z.ZodType>(element: T) => z.array(element).max(MAX_ELEMENTS);

const COLLECTIONS = {
  documents: listOf(DocumentRef),
  sites: listOf(Site),
  subnets: listOf(Subnet),
  hosts: listOf(Host),
  services: listOf(Service),
  links: listOf(Link),
  actors: listOf(Actor),
  workflows: listOf(Workflow),
  routing: listOf(RoutingRule),
  clientPolicies: listOf(ClientPolicy),
  dataSets: listOf(DataSet),
  clusters: listOf(Cluster),
  requirements: listOf(Requirement),
  problems: listOf(Problem),
  costs: listOf(Cost),
} as const;
export type CollectionName = keyof typeof COLLECTIONS;
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

const partial = Object.fromEntries(
  Object.entries(COLLECTIONS).map(([k, v]) => [k, v.optional()]),
) as unknown as {
  [K in CollectionName]: z.ZodOptional<(typeof COLLECTIONS)[K]>;
};

/**
 * How a target is updated while it answers: step after step, each with the hosts that are out of service meanwhile.
 * Whether a step cuts anybody off is told from the picture, not from what is written here.
 */
export const RollingUpdate = z
  .array(z.strictObject({ title: Text, hosts: z.array(Id).default([]) }))
  .min(1)
  .max(50);

/**
 * An overlay: removes, adds and sets by id (in this order), never by position. Its `base` is applied first.
 * See overlay.ts.
 */
export const Scenario = z.strictObject({
  id: Id,
  title: Text,
  base: Id.optional(),
  /** Targets are compared with each other (`to-be`, `placement`); a `step` lies on the way to one; `what-if` is a loss or a trial. */
  form: z.enum(['as-is', 'to-be', 'step', 'placement', 'what-if']),
  /** Problems of the estate that this target removes; each says what proves it. */
  removes: z.array(Id).optional(),
  /** What it cannot do, so that nobody expects it. */
  cannot: z.array(Text).optional(),
  /** Days of work to get there. */
  effort: MaybeQuantity.optional(),
  rollingUpdate: RollingUpdate.optional(),
  add: z.strictObject(partial).optional(),
  remove: z
    .array(z.string().regex(/^[a-zA-Z]+\/[a-z0-9][a-z0-9._-]*$/, 'collection/id, e.g. services/web'))
    .optional(),
  /** "services/web/port": 8080. The first two parts name the element by id; null takes an optional key away. */
  set: z.record(z.string(), z.unknown()).optional(),
  note: Text.optional(),
});

export const Watch = z.strictObject({
  /** Seconds between two looks at a host; sockets, disks and configuration are read less often. */
  everySeconds: z.number().min(1).max(3600).optional(),
});

export const Estate = z.strictObject({
  version: z.literal(1),
  estate: Id,
  title: Text,
  summary: Text.optional(),
  watch: Watch.optional(),
  documents: COLLECTIONS.documents.default([]),
  sites: COLLECTIONS.sites.min(1),
  subnets: COLLECTIONS.subnets.default([]),
  hosts: COLLECTIONS.hosts.default([]),
  services: COLLECTIONS.services.min(1),
  links: COLLECTIONS.links.default([]),
  actors: COLLECTIONS.actors.default([]),
  workflows: COLLECTIONS.workflows.default([]),
  routing: COLLECTIONS.routing.default([]),
  clientPolicies: COLLECTIONS.clientPolicies.default([]),
  dataSets: COLLECTIONS.dataSets.default([]),
  clusters: COLLECTIONS.clusters.default([]),
  requirements: COLLECTIONS.requirements.default([]),
  problems: COLLECTIONS.problems.default([]),
  costs: COLLECTIONS.costs.default([]),
  /** Inputs of the plan that belong to no element: link rate, change rate, window. Path → quantity. */
  assumptions: z.record(z.string(), MaybeQuantity).default({}),
  scenarios: z.array(Scenario).max(MAX_SCENARIOS).default([]),
});

export type Estate = z.infer<typeof Estate>;
export type Host = z.infer<typeof Host>;
export type Service = z.infer<typeof Service>;
export type Link = z.infer<typeof Link>;
export type Actor = z.infer<typeof Actor>;
export type Workflow = z.infer<typeof Workflow>;
export type DataSet = z.infer<typeof DataSet>;
export type Cluster = z.infer<typeof Cluster>;
export type Scenario = z.infer<typeof Scenario>;
