import { z } from 'zod';
import { clean } from '../clean';
import { EvidenceHead } from '../snapshot';
import { Finding } from '../views/topology';
import { isPatch, type Json, type Patch } from './diff';

/** Version of the format below: a reader refuses a later one rather than misread it. */
export const FORMAT = 1;
/** A recording handed on is one file of this ending: gzip of the lines below. */
export const RECORDING_ENDING = '.patronus-recording';

const Host = z.string().min(1).max(200);
const Time = z.number();
/** Of a command, what differs from run to run, and what does not. */
const Run = EvidenceHead.pick({ at: true, durationMs: true, exit: true, bytes: true });
const Way = EvidenceHead.pick({ via: true, sent: true, account: true, route: true });
export type Way = z.infer<typeof Way>;

const Kept = z.custom<Json>((value) => value !== undefined);

/** What is worth a mark on the time line: a host lost or back, a finding that came or went, another estate file. */
export const Mark = z.discriminatedUnion('what', [
  z.strictObject({ t: Time, what: z.literal('host-lost'), host: Host, error: z.string() }),
  z.strictObject({ t: Time, what: z.literal('host-back'), host: Host }),
  z.strictObject({ t: Time, what: z.literal('finding-came'), finding: Finding }),
  z.strictObject({ t: Time, what: z.literal('finding-went'), finding: Finding }),
  z.strictObject({ t: Time, what: z.literal('estate-changed') }),
]);
export type Mark = z.infer<typeof Mark>;

/** How much is still kept of the day: see budget.ts. */
export const Stage = z.enum(['whole', 'no-raw', 'coarse', 'nothing']);
export type Stage = z.infer<typeof Stage>;

/**
 * One line of a recording. Times are epoch milliseconds of the console's clock and never go back within a file.
 * `head` begins a file and stands again where the estate file changed; `key` holds every host; `change` one
 * host's patch on what was kept of it before; `raw` an output, once per hash and file; `seen` which output a
 * command gave from `t` on; `stage` from when on less was kept; `end` that the console stopped in good order.
 */
export const Frame = z.discriminatedUnion('k', [
  z.strictObject({
    k: z.literal('head'),
    t: Time,
    format: z.number().int(),
    product: z.string().max(100),
    estate: z.string().max(200),
    /** The estate file as it was; it holds references to secrets, never a secret (shared/estate refuses those). */
    yaml: z.string().max(2_000_000),
    periodMs: z.number().positive(),
  }),
  z.strictObject({ k: z.literal('key'), t: Time, seq: z.number(), hosts: z.record(Host, Kept) }),
  z.strictObject({
    k: z.literal('change'),
    t: Time,
    seq: z.number(),
    host: Host,
    patch: z.custom<Patch>(isPatch),
  }),
  z.strictObject({
    k: z.literal('raw'),
    hash: z.string().max(64),
    raw: z.string().max(200_000),
    truncated: z.boolean(),
  }),
  z.strictObject({
    k: z.literal('seen'),
    t: Time,
    host: Host,
    id: EvidenceHead.shape.id,
    run: Run,
    /** Left out: as it was the last time in this file. */
    way: Way.optional(),
    hash: z.string().max(64),
  }),
  z.strictObject({ k: z.literal('mark'), t: Time, mark: Mark }),
  z.strictObject({ k: z.literal('stage'), t: Time, stage: Stage }),
  z.strictObject({ k: z.literal('end'), t: Time }),
]);
export type Frame = z.infer<typeof Frame>;
export type Head = Extract<Frame, { k: 'head' }>;

/** A frame as its line, with the line's end: a line without one is torn. */
export const printFrame = (frame: Frame): string => `${JSON.stringify(frame)}\n`;

/** Frames as far as the text can be read; `stoppedAt` is the number of the first line that cannot, null if none. */
export function readFrames(text: string): { frames: Frame[]; stoppedAt: number | null } {
  const lines = text.split('\n');
  const frames: Frame[] = [];
  for (const [index, line] of lines.entries()) {
    // What follows the last line end is either nothing or a torn line.
    if (index === lines.length - 1) return { frames, stoppedAt: line === '' ? null : index + 1 };
    const frame = readFrame(line);
    if (frame === null) return { frames, stoppedAt: index + 1 };
    frames.push(frame);
  }
  return { frames, stoppedAt: null };
}

/** Characters written as escapes, which the writer has no use for: whatever it keeps was cleaned before. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\u/;

/** A recording may come from anywhere: texts in it are cleaned as if a server had sent them. */
function readFrame(line: string): Frame | null {
  const foreign = ESCAPED.test(line) || clean(line) !== line;
  let value: unknown;
  try {
    value = JSON.parse(line, foreign ? cleaned : undefined);
  } catch {
    return null;
  }
  const parsed = Frame.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function cleaned(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), inner]));
}
