import { z } from 'zod';
import { Said } from './said';

/**
 * What is sent to a server, as data. Only the executor turns it into bytes; screens, dry run and journal show it
 * with ⟨names⟩ where a value is not known yet or is nobody's business (render.ts).
 */

const Name = z.string().min(1).max(100);
const Ms = z.number().int().min(1);

/** What is put in when a command is sent. */
export const Value = z.discriminatedUnion('kind', [
  /** A text known when the plan was made. */
  z.strictObject({ kind: z.literal('text'), value: z.string() }),
  /** A whole number known when the plan was made, of any size. */
  z.strictObject({ kind: z.literal('number'), value: z.string().regex(/^-?\d+$/) }),
  /** What an earlier command of this run saved under this name. */
  z.strictObject({ kind: z.literal('output'), name: Name }),
  /** A secret by reference: resolved in memory when it is sent, never shown, never written. */
  z.strictObject({ kind: z.literal('secret'), name: Name }),
  /** A column of the row at hand, inside `each`. `number` must be digits. */
  z.strictObject({ kind: z.literal('column'), name: Name, as: z.enum(['text', 'number']) }),
  /** The pace at which the step goes now, digits: see throttle.ts. */
  z.strictObject({ kind: z.literal('rate') }),
]);
export type Value = z.infer<typeof Value>;

/** A word of a command line, or a value that becomes exactly one word. */
export const Word = z.union([z.string(), Value]);
export type Word = z.infer<typeof Word>;

/** A value of the answer that later steps need: of the first row, or the whole trimmed stdout. */
const Saves = z.strictObject({ output: Name, column: z.string().nullable() });

export const SqlCommand = z.strictObject({
  kind: z.literal('sql'),
  /** Key of `targets`. */
  target: Name,
  /** One statement. Each `?` outside quotes stands for one of `values`, in their order. */
  statement: z.string().min(1),
  values: z.array(Value).default([]),
  /** The statement is given up after this long, killed from the second connection, and its effect looked for. */
  timeoutMs: Ms,
  saves: z.array(Saves).default([]),
  /** Server errors after which all is as if it had succeeded ("no such thread" of a KILL). */
  tolerates: z.array(z.number().int()).default([]),
  /** Sent once for each row of the answer, with values of that row. Its rows are not read. */
  each: z
    .strictObject({ statement: z.string().min(1), values: z.array(Value) })
    .nullable()
    .default(null),
});
export type SqlCommand = z.infer<typeof SqlCommand>;

/** What writes the standard input of a command: another command, on another target, through this desk. */
const Stream = z.strictObject({
  target: Name,
  argv: z.array(Word).min(1),
  /** Through `sudo -n`. */
  sudo: z.boolean(),
  /** How many bytes it is likely to be, for the progress; null: nobody knows. */
  totalBytes: z.number().int().min(1).nullable(),
});
export type Stream = z.infer<typeof Stream>;

export const SshCommand = z.strictObject({
  kind: z.literal('ssh'),
  target: Name,
  argv: z.array(Word).min(1),
  /**
   * Instead of `stdin`. Only of what acts, and of nothing that saves its output: it ends with its connections, must end with
   * 0 at both ends, and both must have found the same checksum.
   */
  from: Stream.optional(),
  /** Written to its standard input, piece by piece; null: nothing. */
  stdin: z.array(Word).nullable().default(null),
  /** Through `sudo -n`. */
  sudo: z.boolean().default(false),
  timeoutMs: Ms,
  saves: z.array(Saves).default([]),
});
export type SshCommand = z.infer<typeof SshCommand>;

export const Command = z.discriminatedUnion('kind', [SqlCommand, SshCommand]);
export type Command = z.infer<typeof Command>;

/**
 * What this console finds out by itself, with means that no server has: the procedure brings the reading along by its name,
 * as it brings its judges. Only ever a check's: nothing that acts can be one.
 */
export const DeskCommand = z.strictObject({
  kind: z.literal('desk'),
  /** Key of `targets`: whom it is about. */
  target: Name,
  name: Name,
  params: z.record(z.string(), Value),
  timeoutMs: Ms,
  saves: z.array(Saves).default([]),
});
export type DeskCommand = z.infer<typeof DeskCommand>;

/** What a check asks: whatever may be sent, or the console itself. */
export const Question = z.discriminatedUnion('kind', [SqlCommand, SshCommand, DeskCommand]);
export type Question = z.infer<typeof Question>;

/** What an answer must be. Columns are of the first row; for a command line the column is null: trimmed stdout. */
export const Expect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('is'), column: z.string().nullable(), value: Value }),
  z.strictObject({ kind: z.literal('one-of'), column: z.string().nullable(), values: z.array(z.string()) }),
  /** A whole number, at most this. */
  z.strictObject({
    kind: z.literal('at-most'),
    column: z.string().nullable(),
    value: z.string().regex(/^\d+$/),
  }),
  z.strictObject({ kind: z.literal('no-rows') }),
  z.strictObject({ kind: z.literal('rows') }),
  /** Exit status 0. */
  z.strictObject({ kind: z.literal('succeeds') }),
  /** A pure function that the procedure brings along judges the answer: see judge.ts. */
  z.strictObject({ kind: z.literal('judged'), by: Name, params: z.record(z.string(), Value) }),
]);
export type Expect = z.infer<typeof Expect>;

/** A reading with what it must show. Never changes anything. */
export const Check = z.strictObject({
  id: Name,
  title: Said,
  command: Question,
  expect: Expect,
});
export type Check = z.infer<typeof Check>;

/**
 * One thing of a server that a plan stands on or changes, and how it is read: its value is the named column of the
 * first row as text, or the trimmed stdout. No row is the text "" here; a column that is not there is unknown.
 */
export const Fact = z.strictObject({
  /** "db-a/super_read_only": unique in the plan. */
  key: Name,
  title: Said,
  command: Command,
  column: z.string().nullable(),
  /** As found when the plan was made: what it must be when the run begins. */
  value: z.string(),
});
export type Fact = z.infer<typeof Fact>;
