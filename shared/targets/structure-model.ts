import type { Text } from '../estate/schema';

/** Which servers a request needs, how they answer for each other, and where nothing does. See `structure.ts`. */

/** What fails as one: a machine, or a server of a service that is placed nowhere yet. */
export interface Server {
  /** Id of the outermost host, because what runs within it falls with it; `web#2`: the second of a service without hosts. */
  id: string;
  title: string;
  /** null: placed nowhere yet. */
  host: string | null;
  /** Services of this part of the path that run on it. */
  services: readonly string[];
}

/** Who sees to it that a request goes to a server that answers. */
export type Chooser =
  | { kind: 'balancer'; service: string }
  /** The client itself, by a rule of the estate. */
  | { kind: 'client'; policy: string }
  /** Whoever calls it: nothing of the estate says how. */
  | { kind: 'caller'; service: string | null };

/** How the servers of a part answer for each other. */
export type Redundancy =
  | { kind: 'single'; because: SingleReason }
  /** Any `needed` of them answer at any time; the change-over is the chooser's. */
  | { kind: 'parallel'; needed: number; chooser: Chooser }
  /** One answers; another takes over after a failure, which takes its time and may not succeed. */
  | { kind: 'failover'; active: string; standbys: readonly string[]; cluster: string | null };

/** Why a part has one server that nothing replaces. */
export type SingleReason =
  /** There is but one. */
  | 'one-server'
  /** Several run, all within one machine. */
  | 'one-machine'
  /** Two at once would do harm, and nobody takes over. */
  | 'singleton'
  /** There are several, and all of them are needed. */
  | 'all-needed'
  /** Placed nowhere yet, and one is all that is said. */
  | 'not-placed';

/** A part of a path: all parts are needed, one after the other. Services that stand on the same servers are one part. */
export interface PathPart {
  /** Id of the service by which its inputs are named: the first on the path. */
  id: string;
  title: string;
  roles: readonly string[];
  /** In the order of the path; stand-ins of a failover too. */
  services: readonly string[];
  servers: readonly Server[];
  redundancy: Redundancy;
}

/** What a workflow needs in order to be done. */
export interface RequestPath {
  workflow: string;
  title: Text;
  /** Who asks; null: it starts inside, without anybody waiting for it. */
  actor: string | null;
  /** In series, in the order of the workflow. */
  parts: readonly PathPart[];
  /** Services on the way without which it is slower, and still done: caches. */
  helpful: readonly string[];
}

/** A server whose loss stops something, and nothing takes its place. */
export interface SinglePoint {
  server: string;
  title: string;
  because: SingleReason;
  services: readonly string[];
  /** What stops. */
  workflows: readonly string[];
}

/** Clients that choose between servers by themselves. */
export interface ClientChoosing {
  policy: string;
  actor: string;
  /** Ids of the servers among which they choose. */
  servers: readonly string[];
}

/** Something that the picture claims and does not hold. */
export type StructureGap =
  /** Several servers, and nothing says who chooses between them. */
  | { kind: 'nobody-chooses'; service: string }
  /** A cluster without a member that may be written to, although the path writes. */
  | { kind: 'no-primary'; service: string; cluster: string }
  /** A service on the path runs nowhere. */
  | { kind: 'not-placed'; service: string };

/** What an estate needs in order to answer, and what may fail in it. */
export interface Structure {
  paths: readonly RequestPath[];
  singlePoints: readonly SinglePoint[];
  /** Services of which two at once would do harm. */
  singletons: readonly string[];
  clients: readonly ClientChoosing[];
  gaps: readonly StructureGap[];
}
