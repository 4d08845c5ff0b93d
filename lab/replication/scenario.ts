import type { FindingCode } from '@shared/text/finding-text';
import type { Lab } from '../engine/lab';
import type { Engine } from '../engine/spec';
import type { Hands } from './hands';

export const NODES = ['db-a', 'db-b', 'db-c', 'db-d'] as const;
export type Node = (typeof NODES)[number];

/** Who follows whom while all is well, and what the estate file says of it. */
export interface Wiring {
  /** The members that the estate names; their roles as somebody means them. */
  readonly members: Readonly<Partial<Record<Node, 'primary' | 'replica' | 'unknown'>>>;
  /** [replica, source]; a replica's first source is its default channel. May name a host the estate does not. */
  readonly follows: ReadonlyArray<readonly [Node, Node]>;
  /** Servers that are open for writes. */
  readonly open: readonly Node[];
}

/** One finding that must be there: its code, exactly these nodes, and the trap, fault or analysis it comes from. */
export interface Expected {
  readonly code: FindingCode;
  readonly nodes: readonly Node[];
  readonly because: string;
}

/** What stands in the way of a scenario on an engine. */
export interface NotHere {
  readonly notHere: string;
}

/**
 * A state of replication with a name: a healthy wiring and at most one bend, made with real statements and faults.
 * `expected` was written from the catalogue of traps and faults, before there was a predicate to print anything.
 */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** What the estate calls it; default: asynchronous. */
  readonly technology?: 'group-replication' | 'galera';
  readonly wiring: Wiring;
  /** The estate names the balancer, as what leads clients to the server that takes writes. */
  readonly balanced?: true;
  /** Members of the engine's other release (MariaDB 11.8): a lab of its own, since a host has one release for life. */
  readonly newer?: readonly Node[];
  /** Table that the estate names as heartbeat. */
  readonly heartbeat?: string;
  /** Variables of all members before they are wired. */
  readonly before?: (hands: Hands) => Promise<void>;
  /** The bend uses faults of the lab: these are healed, and what was killed is started, before anything else. */
  readonly faulty?: true;
  readonly bend?: (hands: Hands) => Promise<void>;
  /** Do the servers themselves show it? Asked until true. */
  readonly shown?: (hands: Hands) => Promise<boolean>;
  /** Milliseconds that must pass after it shows, where the finding is about time. */
  readonly lastsMs?: number;
  /** Takes back what putting the wiring right does not: files, plugins, prepared transactions, cables. */
  readonly undo?: (hands: Hands) => Promise<void>;
  readonly expected: Readonly<Record<Engine, readonly Expected[] | NotHere>>;
}

/** The findings of a scenario on an engine, or why it cannot be made there. */
export function expectedOf(scenario: Scenario, engine: Engine): readonly Expected[] | NotHere {
  return scenario.expected[engine];
}

export const isHere = (expected: readonly Expected[] | NotHere): expected is readonly Expected[] =>
  !('notHere' in expected);

/** All hosts that a scenario needs, in order. */
export function nodesOf({ wiring }: Pick<Scenario, 'wiring'>): Node[] {
  const named = new Set<string>([...Object.keys(wiring.members), ...wiring.follows.flat()]);
  return NODES.filter((node) => named.has(node));
}

/** Those that one lab of four servers of one release can go through, one after the other. */
export const sharesALab = ({ newer }: Scenario): boolean => newer === undefined;

/** The same on both engines. */
export const onBoth = (...findings: Expected[]): Scenario['expected'] => ({
  mysql: findings,
  mariadb: findings,
});

export type { Lab };
