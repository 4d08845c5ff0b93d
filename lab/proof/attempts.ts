/**
 * What the clients of a load saw, as they wrote it down: one line before each write is sent, one when its answer is
 * there. Times are milliseconds of one monotonic clock, the load's own.
 */

export const KINDS = [
  /** One row at a time. Leaves its connection at the first refusal. */
  'autocommit',
  /** Five rows in one transaction: four balances whose sum stays the same, and a line that says so. */
  'transfer',
  /** With the right to write in spite of read_only. Keeps its connection as long as it lives. */
  'privileged',
  /** Keeps its connection as long as it lives, whatever is answered. */
  'sticky',
  /** A new connection every few writes. */
  'reconnecting',
  /** Through the proxy, which alone knows who takes writes. */
  'proxied',
  /** Two-phase: prepares, waits, commits. Only to show what a fence must stop. */
  'prepared',
] as const;
export type ClientKind = (typeof KINDS)[number];

/** Server errors after which a write certainly did not happen; every other failure leaves it open. */
const DEFINITE = new Set([1290, 1062, 1205, 1213, 1792, 1836]);

export type Result = 'ack' | 'nack' | 'unknown';

/** What an error number, or none, says of the write it answered. */
export const resultOf = (errno: number | null): Result =>
  errno !== null && DEFINITE.has(errno) ? 'nack' : 'unknown';

/** A line of the journal. */
export type Line =
  | { e: 'client'; c: number; kind: ClientKind }
  /** Client, serial, node. */
  | { e: 'try'; c: number; s: number; n: string; t: number }
  /** `d`: when the statement that decided it was sent: a transaction's COMMIT. */
  | { e: Result; c: number; s: number; d: number; t: number; code?: number; gtid?: string }
  /** A probe of a node that was answered: sent, ended. */
  | { e: 'probe'; n: string; by: Prober; t: number; end: number; ok: boolean; code?: number }
  | { e: 'mark'; name: string; t: number }
  | { e: 'end'; t: number };
/** `ordinary`: the application's account. `privileged`: only on a fenced server, past its binary log. */
export type Prober = 'ordinary' | 'privileged';

export interface Attempt {
  client: number;
  kind: ClientKind;
  /** Counts from 1 for each client; with the client it names the row. */
  serial: number;
  node: string;
  sentAt: number;
  /** When the statement was sent that decided it; null like the end. */
  decidedAt: number | null;
  /** null: the load ended first. */
  endedAt: number | null;
  result: Result;
  code: number | null;
  gtid: string | null;
}

export interface Probe {
  node: string;
  by: Prober;
  sentAt: number;
  endedAt: number;
  accepted: boolean;
  code: number | null;
}

export interface Journal {
  attempts: Attempt[];
  probes: Probe[];
  /** Name → time. */
  marks: Map<string, number>;
  /** false: the load did not end by itself, and what it knew last may be missing. */
  whole: boolean;
}

/** @throws Error when an answer has no try before it: then the journal proves nothing. */
export function readJournal(text: string): Journal {
  const kinds = new Map<number, ClientKind>();
  const open = new Map<string, Attempt>();
  const journal: Journal = { attempts: [], probes: [], marks: new Map(), whole: false };
  for (const written of text.split('\n')) {
    if (written === '') continue;
    const line = JSON.parse(written) as Line;
    switch (line.e) {
      case 'client':
        kinds.set(line.c, line.kind);
        break;
      case 'try': {
        const kind = kinds.get(line.c);
        if (!kind) throw new Error(`client ${line.c} did not say what it is`);
        const attempt: Attempt = {
          client: line.c,
          kind,
          serial: line.s,
          node: line.n,
          sentAt: line.t,
          decidedAt: null,
          endedAt: null,
          result: 'unknown',
          code: null,
          gtid: null,
        };
        open.set(`${line.c} ${line.s}`, attempt);
        journal.attempts.push(attempt);
        break;
      }
      case 'mark':
        journal.marks.set(line.name, line.t);
        break;
      case 'probe': {
        const { n: node, by, t: sentAt, end: endedAt, ok: accepted, code = null } = line;
        journal.probes.push({ node, by, sentAt, endedAt, accepted, code });
        break;
      }
      case 'end':
        journal.whole = true;
        break;
      default: {
        const attempt = open.get(`${line.c} ${line.s}`);
        if (!attempt) throw new Error(`client ${line.c} was answered what it never sent: ${line.s}`);
        open.delete(`${line.c} ${line.s}`);
        Object.assign(attempt, {
          decidedAt: line.d,
          endedAt: line.t,
          result: line.e,
          code: line.code ?? null,
          gtid: line.gtid ?? null,
        });
      }
    }
  }
  return journal;
}
