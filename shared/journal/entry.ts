import { z } from 'zod';
import { AppError } from '../errors';
import { RUN_EVENTS } from '../runbook/events';

/**
 * What the journal can say: one strict shape for each thing that happens. There is no field for an answer, a
 * parameter or an environment, so that a secret has nowhere to go. Times are epoch milliseconds of the
 * console's clock, durations milliseconds.
 */

/** A name of the estate: host, account, probe, step. */
const Name = z.string().max(300);
/** Address, path or route. */
const Place = z.string().max(2_000);
const Port = z.number().int().min(0).max(65_535);
const Ms = z.number().min(0);
const Count = z.number().int().min(0);

/** How a connection goes and as whom: "ssh patronus@127.0.10.1:2200 → 10.0.20.2:3306". */
const Way = { via: z.enum(['ssh', 'sql']), host: Name, account: Name, route: Place };
const HostKey = z.strictObject({ type: Name, fingerprint: Name });

/** The three things that are sent over a connection. */
export const SENDINGS = ['command', 'statement', 'request'] as const;
export type SendingKind = (typeof SENDINGS)[number];

/** How a sending ended. `status`: exit status of a command, status of an HTTP answer, null when there is none. */
export const SendingResult = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('done'), status: z.number().nullable(), bytes: Count }),
  z.strictObject({ state: z.literal('failed'), error: AppError }),
]);

/**
 * One command line, statement or request as it was sent, with placeholders instead of parameters. `text` is the
 * id of a `text` record of the same file on disk, and the text itself wherever an entry is shown.
 */
const Sending = z.strictObject({
  kind: z.literal(SENDINGS),
  host: Name,
  account: Name,
  route: Place,
  /** The probe or step that wanted it. */
  name: Name,
  text: z.string(),
  /** A routine look, not wanted by a person at that moment. */
  background: z.boolean(),
  durationMs: Ms,
  result: SendingResult,
});
export type Sending = z.infer<typeof Sending>;

/** Routine sendings of the same text that all ended alike, in their order. */
const Repeated = z.strictObject({
  name: Name,
  text: z.string(),
  status: z.number().nullable(),
  /** For each: milliseconds since the one before (the first: since the record's own time), and its duration. */
  sent: z.array(z.tuple([z.number(), Ms])),
});
/** All that went one way. */
const PolledWay = z.strictObject({
  kind: z.literal(SENDINGS),
  account: Name,
  route: Place,
  texts: z.array(Repeated),
});
export type PolledWay = z.infer<typeof PolledWay>;

/**
 * Why a console may no longer act: somebody said so, its time was over, the desk slept or was locked, the past is
 * shown instead of now, or the estate was closed.
 */
const DISARMED_BY = ['person', 'expired', 'slept', 'locked', 'past', 'closed'] as const;
export type DisarmedBy = (typeof DISARMED_BY)[number];

export const JournalEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('console-started'),
    program: z.enum(['window', 'command-line']),
    version: Name,
    pid: Count,
  }),
  z.strictObject({ kind: z.literal('console-stopped') }),
  z.strictObject({ kind: z.literal('estate-opened'), estate: Name, file: Place, egress: Name }),
  z.strictObject({ kind: z.literal('estate-refused'), file: Place, codes: z.array(Name) }),
  z.strictObject({ kind: z.literal('estate-closed'), file: Place }),
  /** A socket was asked for. `address` is what was dialled, or the name that could not be resolved. */
  z.strictObject({ kind: z.literal('connecting'), host: Name, address: Place, port: Port }),
  /** The egress policy forbade it: no socket was made. */
  z.strictObject({ kind: z.literal('egress-refused'), host: Name, address: Place, port: Port, policy: Name }),
  z.strictObject({
    kind: z.literal('connected'),
    ...Way,
    /** How the account proved itself: publickey, agent, password, … */
    method: Name,
    durationMs: Ms,
    /** SSH only. `by` is the rule that accepted the key: "estate" or FILE:LINE. */
    hostKey: z.strictObject({ ...HostKey.shape, by: Place }).optional(),
  }),
  z.strictObject({ kind: z.literal('refused'), ...Way, durationMs: Ms, error: AppError }),
  z.strictObject({ kind: z.literal('host-key-refused'), ...Way, durationMs: Ms, error: AppError }),
  z.strictObject({ kind: z.literal('lost'), ...Way, error: AppError }),
  z.strictObject({ kind: z.literal('closed'), ...Way }),
  /** A person was asked. What they answered is known to nobody but who asked. */
  z.strictObject({
    kind: z.literal('prompt'),
    host: Name,
    account: Name,
    what: Name,
    /** The server's own words, cleaned; empty when the question is the console's. */
    prompt: Place,
    outcome: z.enum(['answered', 'declined', 'abandoned']),
    durationMs: Ms,
  }),
  Sending,
  z.strictObject({ kind: z.literal('polled'), host: Name, ways: z.array(PolledWay) }),
  z.strictObject({
    kind: z.literal('host-key-recorded'),
    host: Name,
    address: Place,
    port: Port,
    ...HostKey.shape,
    file: Place,
  }),
  z.strictObject({
    kind: z.literal('ledger-changed'),
    path: Place,
    change: z.enum(['set', 'cleared']),
    /** The new value with its unit, "unknown" where that was entered; absent when it was cleared. */
    value: Name.optional(),
  }),
  z.strictObject({ kind: z.literal('secret-stored'), name: Name }),
  z.strictObject({ kind: z.literal('secret-deleted'), name: Name }),
  z.strictObject({ kind: z.literal('recording-started'), file: Place }),
  z.strictObject({ kind: z.literal('recording-stopped'), file: Place }),
  z.strictObject({ kind: z.literal('journal-exported'), file: Place, format: Name, entries: Count }),
  /** From here on this console may act on the estate, for so long: a person said so. */
  z.strictObject({ kind: z.literal('armed'), estate: Name, forMs: Ms }),
  z.strictObject({ kind: z.literal('disarmed'), estate: Name, why: z.enum(DISARMED_BY) }),
  /** What is decided and done in runs: an intent is on disk before it acts. */
  ...RUN_EVENTS,
  /** Something is known to be missing, and how much. */
  z.discriminatedUnion('reason', [
    z.strictObject({ kind: z.literal('gap'), reason: z.literal('torn-tail'), file: Place, bytes: Count }),
    z.strictObject({ kind: z.literal('gap'), reason: z.literal('unclean-end') }),
    z.strictObject({ kind: z.literal('gap'), reason: z.literal('not-written'), records: Count, since: Ms }),
    z.strictObject({ kind: z.literal('gap'), reason: z.literal('no-head') }),
  ]),
  /** Whole files were removed because they are older than what is kept: the chain now begins after this hash. */
  z.strictObject({ kind: z.literal('anchor'), files: z.array(Name), lastSeq: Count, lastHash: z.string() }),
  /** A text that is sent often stands here once for each file. */
  z.strictObject({ kind: z.literal('text'), id: z.string(), text: z.string() }),
]);
/** One thing that happened, without its place in the chain. */
export type JournalEvent = z.infer<typeof JournalEvent>;
export type JournalKind = JournalEvent['kind'];
/** The events of one kind; a sending is of three. */
export type EventOf<K extends JournalKind, E = JournalEvent> = E extends { kind: infer Own }
  ? K extends Own
    ? E
    : never
  : never;

/** One text of a routine minute, with the way it went. */
export type Repeated = Omit<PolledWay, 'texts'> & z.infer<typeof Repeated>;

/** The texts of a routine minute, each with the way it went. */
export const repeatedIn = (what: EventOf<'polled'>): Repeated[] =>
  what.ways.flatMap(({ texts, ...way }) => texts.map((text) => ({ ...way, ...text })));

export const isSending = (what: JournalEvent): what is Sending => SENDINGS.some((kind) => kind === what.kind);

/** One line of a journal file. `hash` is over the line without it, and so over `prev`: see chain.ts. */
export const JournalRecord = z.strictObject({
  /** Counts from 1 within its lane. */
  seq: z.number().int().min(1),
  prev: z.string(),
  at: z.number(),
  /** user@workstation */
  who: Name,
  what: JournalEvent,
  hash: z.string(),
});
export type JournalRecord = z.infer<typeof JournalRecord>;

/** A record as it is shown: texts in full, and the lane it stands in. */
export const JournalEntry = z.strictObject({ lane: Name, ...JournalRecord.shape });
export type JournalEntry = z.infer<typeof JournalEntry>;
