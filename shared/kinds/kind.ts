import type { AppError } from '../errors';
import type { Host, Service, Text } from '../estate/schema';
import type { ConfiguredLink, Facts, FactValue, Listener } from '../snapshot';

/**
 * A kind of server is data: what it declares, how facts recognise it, what to ask it, what to show and what
 * can be wrong with it. The core runs any probe; the window draws any kind.
 */

/**
 * poll: every look. slow: every 30 s (sockets, disks). minute: what costs a database server more than a look may.
 * rare: every 5 min (configuration, versions).
 */
export type Cadence = 'poll' | 'slow' | 'minute' | 'rare';

/** A version as numbers, because as text "8.0.5" comes after "8.0.14". */
export type Version = readonly number[];

/** What a probe may know about where it runs. */
export interface ProbeTarget {
  host: Host;
  /** Absent for the kind `host` itself. */
  service?: Service;
}

export interface CommandOutput {
  stdout: string;
  stderr: string;
  exit: number | null;
  /** More was printed than is read: what is missing proves nothing. */
  truncated?: boolean;
}
/** Values arrive as text (numbers and decimals too), so that no 64-bit number is ever rounded. */
export type Row = Readonly<Record<string, string | null>>;
export interface HttpOutput {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What a parser found. Facts it could not find are left out, or null with a `why`. */
export interface Parsed {
  facts: Record<string, FactValue | { value: null; why: string }>;
  listeners?: Listener[];
  processes?: Record<string, number>;
  /**
   * Conversations at this instant, before folding. Equal ones may have been counted on the host already; then
   * the port that told them apart (the ephemeral one) is 0.
   */
  connections?: {
    local: string;
    localPort: number;
    peer: string;
    peerPort: number;
    process?: string;
    count?: number;
  }[];
  configured?: Omit<ConfiguredLink, 'evidence' | 'service'>[];
  /** Rows to keep whole, by name: a new reading replaces the table. Beyond MAX_TABLE_ROWS they are cut. */
  tables?: Record<string, readonly Row[]>;
  error?: AppError;
}

interface ProbeBase {
  id: string;
  every: Cadence;
  /** Facts this probe fills: shown as unknown with the reason when it fails. */
  fills: readonly string[];
  /** What a privilege would add, said where the value is missing. */
  withMore?: Text;
  /** Milliseconds; default 10 000. Every status statement has its own limit: one that hangs blinds nobody else. */
  timeoutMs?: number;
  /** Of the host's own slower probes: is there reason to read it now, by what the poll has just said? */
  early?(now: Parsed['facts'], before: Facts): boolean;
}
export type Probe =
  | (ProbeBase & {
      via: 'ssh';
      argv(target: ProbeTarget): readonly string[];
      parse(out: CommandOutput, target: ProbeTarget): Parsed;
    })
  | (ProbeBase & {
      via: 'sql';
      /** null: there is nothing to be asked of this service, and the probe is left out. */
      statement: string | ((target: ProbeTarget) => string | null);
      /** Only for this dialect; both when left out. */
      dialect?: 'mysql' | 'mariadb';
      /** Only from this version on, and only below that one. */
      from?: Version;
      below?: Version;
      parse(rows: readonly Row[], target: ProbeTarget): Parsed;
    })
  | (ProbeBase & {
      via: 'http';
      /** null: this service has nothing to be asked, and the probe is left out. */
      path(target: ProbeTarget): string | null;
      parse(out: HttpOutput, target: ProbeTarget): Parsed;
    });

/** The statement of a probe for one service; null when there is nothing to be asked of it. */
export const statementOf = (probe: Extract<Probe, { via: 'sql' }>, target: ProbeTarget): string | null =>
  typeof probe.statement === 'string' ? probe.statement : probe.statement(target);

/** How a fact is shown. */
export type Format =
  | 'text'
  | 'mono'
  | 'count'
  | 'bytes'
  | 'percent'
  | 'seconds'
  | 'milliseconds'
  | 'rate'
  | 'yes-no'
  | 'list'
  | 'time';
export interface Field {
  fact: string;
  label: Text;
  format: Format;
  /** Unit of a count or rate, e.g. "req/s". */
  unit?: Text;
}

export interface Kind {
  id: string;
  /** Other names under which an estate may call it. */
  aliases?: readonly string[];
  title: Text;
  icon:
    | 'host'
    | 'web'
    | 'database'
    | 'files'
    | 'cache'
    | 'balancer'
    | 'application'
    | 'session'
    | 'backup'
    | 'monitoring'
    | 'health';
  /** Lane of the picture. */
  tier: string;
  port?: number;
  protocol?: string;
  /** Names in the process list by which it is recognised. */
  processes: readonly string[];
  probes: readonly Probe[];
  /** Facts in the order of the drawer. */
  fields: readonly Field[];
  /** The one number on the card. */
  vital?: { fact: string; format: Format; unit: Text };
  /** Facts that say the product and its version: "Apache" "2.4.62". */
  product: string;
  version: string;
}
