import { z } from 'zod';

/**
 * Schema of the estate file, version 1: what a person states about an estate, readable in review.
 * Ids are stable and unique per collection; hosts, services, actors and sites share one name space, because
 * links may start or end at any of them. Everything unknown is left out or written as `unknown`, never guessed.
 */

export const Id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'an id: lower-case letters, digits, . _ -');

/** One language, or both: a plain string stands for both. */
export const Text = z.union([z.string(), z.strictObject({ en: z.string(), fr: z.string() })]);

/** Where a number comes from. `reference` is built in and cited, and never used for prices. */
export const Source = z.enum(['stated', 'measured', 'assumed', 'reference']);

/** Every number carries its unit and its source. */
export const Quantity = z.strictObject({
  value: z.number(),
  unit: z.string().min(1),
  source: Source,
  /** "about": the document says environ, ~ or up to. */
  approx: z.boolean().optional(),
  range: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  /** For measured: where and when; for assumed: who; for reference: the citation. */
  where: z.string().optional(),
  when: z.string().optional(),
  by: z.string().optional(),
  cite: z.string().optional(),
  note: Text.optional(),
});
export const MaybeQuantity = z.union([z.literal('unknown'), Quantity]);

/** A secret is never in the file, only where to find it. `file:` must be 0600 and is relative to the estate file. */
export const SecretRef = z
  .string()
  .regex(
    /^(prompt|agent|keyring|env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/,
    'prompt, agent, keyring, env:NAME or file:PATH',
  );

export const Ssh = z.strictObject({
  /** How the console reaches this host's sshd; may differ from the host's own address (NAT, bastion, gate). */
  host: z.string().optional(),
  port: z.number().int().min(1).max(65535).optional(),
  user: z.string().optional(),
  /** Private key: `file:PATH`, or `agent`. */
  identity: SecretRef.optional(),
  /** Passphrase of that key, or the password when there is no key. */
  secret: SecretRef.optional(),
  /** Id of the host through which this one is reached. */
  jump: Id.optional(),
  /** Public host keys as in known_hosts, "ssh-ed25519 AAAA…". */
  hostKeys: z.array(z.string()).optional(),
  /** A known_hosts file; default: the person's own. */
  knownHosts: z.string().optional(),
  /** The account that acts, asked for at that moment; polling never uses it. */
  act: z
    .strictObject({ user: z.string(), identity: SecretRef.optional(), secret: SecretRef.optional() })
    .optional(),
});

export const SqlAccount = z.strictObject({ user: z.string(), secret: SecretRef });
export const Sql = z.strictObject({
  /** `ssh`: forwarded through the host's own SSH (default). `tls`: directly, with verified TLS. */
  via: z.enum(['ssh', 'tls']).optional(),
  /** As seen from where the connection leaves; default: the host's address. */
  host: z.string().optional(),
  port: z.number().int().optional(),
  ca: z.string().optional(),
  /** Name in the certificate. */
  serverName: z.string().optional(),
  credentials: z.strictObject({ read: SqlAccount, act: SqlAccount.optional() }),
});

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
  form: z.enum(['physical', 'virtual', 'container-host', 'unknown']).optional(),
  ssh: Ssh.optional(),
  quantities: z.record(z.string(), MaybeQuantity).optional(),
  note: Text.optional(),
});

/** Required, or optional and then why one would want it. */
export const Need = z.union([z.literal('required'), z.strictObject({ optional: Text })]);

export const Service = z.strictObject({
  id: Id,
  title: Text.optional(),
  /** Name of a kind in shared/kinds; an unknown kind is shown, but cannot be probed. */
  kind: Id,
  /** What it is for: web, application, database, files, cache, session, balancer, backup, monitoring, health … */
  role: Id,
  /** Lane of the picture; default by role. */
  tier: Id.optional(),
  /** Where it runs. More than one = instances. Empty or left out = not placed yet. */
  hosts: z.array(Id).optional(),
  port: z.number().int().optional(),
  protocol: z.string().optional(),
  need: Need.optional(),
  /** Kinds of which one is to be chosen ("Memcached or Redis"). */
  alternatives: z.array(Id).optional(),
  multiplicity: z
    .strictObject({ min: z.number().int(), max: z.union([z.number().int(), z.literal('unbounded')]) })
    .optional(),
  singleton: z.boolean().optional(),
  standby: z.enum(['active', 'standby']).optional(),
  /** Software inside it: "Django", "WSGI", "QHttpServer". */
  components: z.array(Text).optional(),
  sql: Sql.optional(),
  /** URL path asked for over an SSH forward to see that it answers. */
  healthPath: z.string().optional(),
  quantities: z.record(z.string(), MaybeQuantity).optional(),
  note: Text.optional(),
});

export const Link = z.strictObject({
  id: Id,
  /** Who opens the connection (for replication: who the data comes from). */
  from: Id,
  to: Id,
  protocol: z.string(),
  port: z.union([z.number().int(), z.literal('unknown')]).optional(),
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
  candidates: z.array(z.strictObject({ service: Id, weight: Quantity.optional() })).min(1),
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
  note: Text.optional(),
});

export const Requirement = z.strictObject({
  id: Id,
  title: Text,
  metric: z.string(),
  target: Quantity.optional(),
  applies: z.array(Id).optional(),
  note: Text.optional(),
});

export const Problem = z.strictObject({
  id: Id,
  title: Text,
  /** What it touches. */
  affects: z.array(Id),
  source: Source,
  /** The feature of a target that removes it, and the test that will prove it. */
  removedBy: Text.optional(),
  provedBy: Text.optional(),
  note: Text.optional(),
});

export const DocumentRef = z.strictObject({
  id: Id,
  title: Text,
  identifier: z.string().optional(),
  author: z.string().optional(),
  owner: z.string().optional(),
  revisions: z.array(z.strictObject({ id: z.string(), date: z.string(), note: Text.optional() })).optional(),
  note: Text.optional(),
});

/** Costs are entered by a person or left out; there is no price the console knows. */
export const Cost = z.strictObject({
  id: Id,
  title: Text,
  amount: MaybeQuantity,
  per: z.enum(['once', 'month', 'year']),
  note: Text.optional(),
});

const COLLECTIONS = {
  documents: z.array(DocumentRef),
  sites: z.array(Site),
  subnets: z.array(Subnet),
  hosts: z.array(Host),
  services: z.array(Service),
  links: z.array(Link),
  actors: z.array(Actor),
  workflows: z.array(Workflow),
  routing: z.array(RoutingRule),
  clientPolicies: z.array(ClientPolicy),
  dataSets: z.array(DataSet),
  clusters: z.array(Cluster),
  requirements: z.array(Requirement),
  problems: z.array(Problem),
  costs: z.array(Cost),
} as const;
export type CollectionName = keyof typeof COLLECTIONS;
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

const partial = Object.fromEntries(
  Object.entries(COLLECTIONS).map(([k, v]) => [k, v.optional()]),
) as unknown as {
  [K in CollectionName]: z.ZodOptional<(typeof COLLECTIONS)[K]>;
};

/** An overlay: adds, removes and sets by id, never by position. Applied in order of `base`. */
export const Scenario = z.strictObject({
  id: Id,
  title: Text,
  base: Id.optional(),
  form: z.enum(['as-is', 'to-be', 'step', 'placement']),
  add: z.strictObject(partial).optional(),
  remove: z
    .array(z.string().regex(/^[a-zA-Z]+\/[a-z0-9][a-z0-9._-]*$/, 'collection/id, e.g. services/web'))
    .optional(),
  /** "services/web/port": 8080. The first two parts name the element by id. */
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
  scenarios: z.array(Scenario).default([]),
});

export type Estate = z.infer<typeof Estate>;
export type Host = z.infer<typeof Host>;
export type Service = z.infer<typeof Service>;
export type Link = z.infer<typeof Link>;
export type Actor = z.infer<typeof Actor>;
export type Workflow = z.infer<typeof Workflow>;
export type DataSet = z.infer<typeof DataSet>;
export type Cluster = z.infer<typeof Cluster>;
export type Quantity = z.infer<typeof Quantity>;
export type MaybeQuantity = z.infer<typeof MaybeQuantity>;
export type Source = z.infer<typeof Source>;
export type SecretRef = z.infer<typeof SecretRef>;
export type Scenario = z.infer<typeof Scenario>;
export type Text = z.infer<typeof Text>;
export type Ssh = z.infer<typeof Ssh>;
export type Sql = z.infer<typeof Sql>;
