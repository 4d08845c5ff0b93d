import { z } from 'zod';
import { clean } from '../clean';
import { type ChainHead, type Digest, GENESIS, readLine, seal } from '../journal/chain';
import { RunEvent, type TimedEvent } from './events';
import { RunPlan } from './plan';

/**
 * What the servers of a run keep of it, so that a console on any other desk can go on with it: who holds the lease,
 * the plan, and every event as a line of a chain of its own. Pure: where it lies is for electron/core.
 */

/** Who acts, and since when: what a second console is told. Never holds a secret. */
export const LeaseFile = z.strictObject({
  version: z.literal(1),
  run: z.string().max(300),
  /** Hash of the plan. */
  plan: z.string().max(300),
  estate: z.string().max(300),
  subject: z.string().max(300),
  /** user@workstation */
  by: z.string().max(300),
  since: z.number(),
});
export type LeaseFile = z.infer<typeof LeaseFile>;

/**
 * JSON of nothing but printable ASCII. What comes back from a server is cleaned (shared/clean.ts), and would no longer
 * be what was hashed if anything in it had to be.
 */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The lines for these events, without line feeds, and the head after them. */
export function sealEvents(
  head: ChainHead,
  events: readonly TimedEvent[],
  digest: Digest,
): { lines: string[]; head: ChainHead } {
  let last = head;
  const lines = events.map(({ at, who, taken: _, ...what }) => {
    const sealed = seal(last, { at, who, what: RunEvent.parse(what) }, digest);
    last = sealed.head;
    return asciiJson(JSON.parse(sealed.line));
  });
  return { lines, head: last };
}

export interface ReadLines {
  events: TimedEvent[];
  /** Where the next line follows. */
  head: ChainHead;
  /** A write was cut off: its line is left out, and was written anew if anything follows. */
  torn: boolean;
  /** A line was altered, removed or put in: what follows it is not believed. */
  broken: boolean;
}

/** Reads what a server kept. A torn line may stand anywhere, if the chain goes on after it as if it were not there. */
export function readLines(text: string, digest: Digest): ReadLines {
  const read: ReadLines = { events: [], head: GENESIS, torn: false, broken: false };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const linked = readLine(respelled(line), digest);
    if (linked === 'unreadable') {
      read.torn = true;
      continue;
    }
    if (linked === 'altered' || linked.prev !== read.head.hash || linked.seq !== read.head.seq + 1)
      return { ...read, broken: true };
    const event = Sealed.safeParse(JSON.parse(line));
    if (!event.success || !isClean(event.data)) return { ...read, broken: true };
    const { at, who, what } = event.data;
    read.events.push({ ...what, at, who });
    read.head = { seq: linked.seq, hash: linked.hash };
  }
  return read;
}

/** Everything that this console writes was cleaned where it came in; what was not is somebody else's. */
function isClean(value: unknown): boolean {
  if (typeof value === 'string') return clean(value) === value;
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isClean(key) && isClean(inner));
}

/** A plan out of a file or off a server, where anybody may have written it; null: it is none of ours. */
export function foreignPlan(value: unknown): RunPlan | null {
  const plan = RunPlan.safeParse(value).data ?? null;
  return plan && isClean(plan) ? plan : null;
}

const Sealed = z.object({ at: z.number(), who: z.string(), what: RunEvent });

/** As it was when it was hashed. */
function respelled(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line));
  } catch {
    return line;
  }
}

/** An event as two consoles would both say it: without its time, and without where it was taken from. */
function bodyOf({ at: _at, taken: _taken, who, ...what }: TimedEvent): string {
  return JSON.stringify([who, Object.entries(what).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/**
 * What a server does not have yet, in order. Times may differ by the moment between journal and server, and the
 * server may have kept a note that a killed console did not write down.
 */
export function missingThere(there: readonly TimedEvent[], ours: readonly TimedEvent[]): TimedEvent[] {
  const known = new Map<string, number>();
  for (const event of there) known.set(bodyOf(event), (known.get(bodyOf(event)) ?? 0) + 1);
  return ours.filter((event) => {
    const left = known.get(bodyOf(event)) ?? 0;
    known.set(bodyOf(event), left - 1);
    return left <= 0;
  });
}

/** Who took the run over and is not in our own events: our journal is then no longer what happened. */
export function takenMeanwhile(
  there: readonly TimedEvent[],
  ours: readonly TimedEvent[],
): { by: string; at: number } | null {
  const isTaking = (event: TimedEvent) => event.kind === 'run-decided' && event.decision === 'take-over';
  const newest = missingThere(ours, there).filter(isTaking).at(-1);
  return newest ? { by: newest.who, at: newest.at } : null;
}

/** One server's record of a run. */
export interface KeptRun {
  host: string;
  /** Null: it is there and cannot be read, or is none. */
  lease: LeaseFile | null;
  plan: RunPlan | null;
  record: ReadLines;
}

export type Joined =
  | { ok: true; plan: RunPlan; events: TimedEvent[] }
  | { ok: false; why: 'no-plan' | 'no-events' | 'other-plan' | 'broken' | 'differs' };

/**
 * One run out of what its servers kept: the longest record, if every other is a beginning of it. A record whose chain
 * is broken counts for nothing as soon as another is whole.
 */
export function joinKept(kept: readonly KeptRun[], hashOf: (plan: RunPlan) => string): Joined {
  const whole = kept.filter(({ record }) => !record.broken);
  if (whole.length === 0) return { ok: false, why: kept.length === 0 ? 'no-events' : 'broken' };
  const [longest, ...others] = [...whole].sort((a, b) => b.record.events.length - a.record.events.length);
  const events = longest?.record.events ?? [];
  const [opened] = events;
  if (!longest || opened?.kind !== 'run-opened') return { ok: false, why: 'no-events' };
  // Each server has a chain of its own: hashes may differ after a torn line, what was done may not.
  if (others.some(({ record }) => missingThere(events, record.events).length > 0))
    return { ok: false, why: 'differs' };
  const plans = whole.flatMap(({ plan }) => (plan ? [plan] : []));
  if (plans.length === 0) return { ok: false, why: 'no-plan' };
  const plan = plans.find((one) => hashOf(one) === opened.plan);
  return plan ? { ok: true, plan, events } : { ok: false, why: 'other-plan' };
}
