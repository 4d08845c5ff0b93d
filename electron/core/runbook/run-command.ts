import { type AppError, assertNever, Failure, toAppError } from '@shared/errors';
import type { Row } from '@shared/kinds/kind';
import type { DeskCommand, Question, SqlCommand, SshCommand, Stream, Value } from '@shared/runbook/command';
import type { Phase } from '@shared/runbook/events';
import { factValue } from '@shared/runbook/expect';
import type { Answer } from '@shared/runbook/judge';
import { shownCommand, shownStatement } from '@shared/runbook/render';
import { sqlText } from '@shared/runbook/sql-text';
import { digest } from '../journal/digest';
import { failure } from '../net/failure';
import { runSql } from '../sql/run-sql';
import type { SqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';
import { type Bound, bindInput, bindStatement, bindWord, knownText, needsMode, plainLiteral } from './bind';
import { outputOf, type RunContext, shownBy } from './context';
import type { RunHands } from './crew';
import { deskReading } from './desk';
import { runRemote } from './remote-command';
import { subjectFolder } from './remote-shell';
import { runStream } from './stream';

export interface CommandOptions {
  /** Id of the step it belongs to. */
  step: string;
  /** By which session: what acts goes over `main`, what looks may go beside it. */
  on: 'main' | 'second';
  signal: AbortSignal;
  /** Sent again and again: the journal gathers those that end alike. */
  routine?: boolean;
  /** What the commands before it in this step have saved; its own is added. */
  outputs?: Record<string, string>;
  /** It acts. A command line then outlives its connection under this id, and `sent` is called when it may be on its way. */
  acts?: { phase: Phase; attempt: number; number: number; sent(): void };
}

const NOTHING: Answer = { rows: [], stdout: '', exit: null };
const MODE_MS = 5_000;

/**
 * Sends one command and gives what came back. Rejects with Failure as runSql, runSsh and runRemote do, and with
 * E_NO_OUTPUT, E_ARGUMENT, E_PLAN_INVALID before anything was sent. A command line that acts and does not end with 0
 * is E_COMMAND_FAILED; one that looks is an answer, whatever its status.
 */
export async function runCommand(
  context: RunContext,
  command: Question,
  options: CommandOptions,
): Promise<Answer> {
  const output = outputOf(context, options.outputs ?? {});
  const text = shownCommand(command, shownBy(output));
  const { step, routine = false } = options;
  const told = context.sent.begin({ target: command.target, step, text, routine });
  try {
    const bound: Bound = {
      name: options.step,
      output,
      secret: (name) => context.crew.secret(name),
      row: null,
    };
    const answer = await sendBy(context, command, bound, options);
    save(command, answer, options);
    told(shownAnswer(answer), false);
    return answer;
  } catch (thrown) {
    told(toAppError(thrown).message, true);
    throw thrown;
  }
}

async function sendBy(
  context: RunContext,
  command: Question,
  bound: Bound,
  options: CommandOptions,
): Promise<Answer> {
  switch (command.kind) {
    case 'sql':
      return runStatement(command, context.crew.hands(command.target), bound, options);
    case 'ssh':
      return runLine(context, command, context.crew.hands(command.target), bound, options);
    case 'desk':
      return readAtDesk(context, command, bound, options);
    default:
      return assertNever(command);
  }
}

async function readAtDesk(
  { desk }: RunContext,
  { name, params, timeoutMs }: DeskCommand,
  bound: Bound,
  { step, signal }: CommandOptions,
): Promise<Answer> {
  const known = Object.entries(params).map(([key, value]) => {
    const text = knownText(value, bound);
    if (text === null) throw failure('E_NO_OUTPUT', null, { name: step, what: key });
    return [key, text] as const;
  });
  return deskReading(desk, name)(Object.fromEntries(known), { timeoutMs, signal });
}

/** The values that later steps need. @throws Failure E_NO_OUTPUT when the answer does not hold one. */
function save(command: Question, answer: Answer, { step, outputs }: CommandOptions): void {
  for (const { output, column } of command.saves) {
    const value = answer.rows.length === 0 && column !== null ? null : factValue({ column }, answer);
    if (value === null) throw failure('E_NO_OUTPUT', null, { name: step, what: output });
    if (outputs) outputs[output] = value;
  }
}

async function runStatement(
  command: SqlCommand,
  hands: RunHands,
  bound: Bound,
  options: CommandOptions,
): Promise<Answer> {
  const session = options.on === 'main' ? hands.main : hands.second;
  if (!session) throw failure('E_SQL_NO_ACCOUNT', hands.host, { name: command.target });
  const send = async (statement: string, values: readonly Value[], row: Row | null): Promise<Answer> => {
    const { rows } = await sendStatement(session, statement, values, { ...bound, row }, command, options);
    return { rows, stdout: '', exit: null };
  };
  const answer = await send(command.statement, command.values, null);
  if (command.each)
    for (const row of answer.rows) await send(command.each.statement, command.each.values, row);
  return answer;
}

async function sendStatement(
  session: SqlSession,
  statement: string,
  values: readonly Value[],
  bound: Bound,
  command: SqlCommand,
  options: CommandOptions,
): Promise<Pick<Answer, 'rows'>> {
  const { signal, routine = false, step: name } = options;
  const literal = needsMode(values, bound) ? await literalOf(session, name, signal) : sqlText;
  const { text, secrets } = bindStatement(statement, values, bound, literal);
  const shown = shownStatement(statement, values, (value) =>
    value.kind === 'output' ? bound.output(value.name) : (bound.row?.[value.name] ?? null),
  );
  try {
    return await runSql(announced(session, options), {
      name,
      statement: text,
      ...(secrets.length > 0 ? { shown, secrets } : {}),
      timeoutMs: command.timeoutMs,
      background: routine,
      signal,
    });
  } catch (thrown) {
    const errno = Number(toAppError(thrown).params?.errno);
    if (command.tolerates.includes(errno)) return NOTHING;
    throw thrown;
  }
}

/** Says so once the connection is there and the statement is about to be on its way. */
const announced = (session: SqlSession, { acts }: CommandOptions): SqlSession =>
  acts
    ? {
        ...session,
        route: session.route,
        use: (options, work) =>
          session.use(options, (link) => {
            acts.sent();
            return work(link);
          }),
      }
    : session;

/** How this very connection reads a backslash in a literal: whatever a step has set before counts. */
async function literalOf(session: SqlSession, name: string, signal: AbortSignal) {
  const statement = 'SELECT @@SESSION.sql_mode AS mode';
  const how = { timeoutMs: MODE_MS, background: true, signal };
  const { rows } = await runSql(session, { name, statement, ...how });
  return rows[0]?.mode?.includes('NO_BACKSLASH_ESCAPES') ? plainLiteral : sqlText;
}

async function runLine(
  context: RunContext,
  command: SshCommand,
  hands: RunHands,
  bound: Bound,
  { step, signal, routine = false, acts }: CommandOptions,
): Promise<Answer> {
  const { id: run, plan } = context;
  const argv = command.argv.map((word) => bindWord(word, bound));
  const stdin = command.stdin === null ? null : bindInput(command.stdin, bound);
  const { sudo, timeoutMs } = command;
  const lease = await hands.lease(signal);
  if (!acts) {
    const words = sudo ? ['sudo', '-n', '--', ...argv] : argv;
    const input = stdin === null ? {} : { stdin };
    const output = await runSsh(lease, words, {
      name: step,
      timeoutMs,
      signal,
      background: routine,
      ...input,
    });
    return { rows: [], stdout: output.stdout, exit: output.exit ?? 255 };
  }
  acts.sent();
  if (command.from) return stream(context, command.from, command, { argv, lease, bound, step, signal });
  const part = `${step}.${acts.phase}.${acts.attempt}.${acts.number}`;
  const commandId = `c${digest(part)
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 24)}`;
  const { stdout, stderr, exit } = await runRemote(lease, argv, {
    id: { folder: subjectFolder(plan.subject, digest), run, command: commandId },
    name: step,
    sudo,
    stdin,
    timeoutMs,
    signal,
  });
  if (exit === 0) return { rows: [], stdout, exit };
  const text = stderr.trim() || stdout.trim();
  throw failure('E_COMMAND_FAILED', hands.host, { name: step, status: `${exit}`, text: text.slice(0, 500) });
}

/** What one command writes is what the other reads; how far it is, everybody sees. Both ends end with the connections. */
async function stream(
  context: RunContext,
  from: Stream,
  { sudo, timeoutMs }: SshCommand,
  { argv, lease, bound, step, signal }: Streaming,
): Promise<Answer> {
  const sends = from.argv.map((word) => bindWord(word, bound));
  const asRoot = (words: readonly string[]) => ['sudo', '-n', '--', ...words];
  const sender = {
    lease: await context.crew.hands(from.target).lease(signal),
    argv: from.sudo ? asRoot(sends) : sends,
  };
  const total = from.totalBytes === null ? null : megabytes(from.totalBytes);
  const { bytes, sha256 } = await runStream(
    sender,
    { lease, argv: sudo ? asRoot(argv) : argv },
    {
      ...{ name: step, timeoutMs, signal },
      onBytes: (done) => context.progress.set(step, { done: megabytes(done), total, unit: 'MB' }),
    },
  );
  return { rows: [], stdout: `${bytes} bytes, sha256 ${sha256}`, exit: 0 };
}
interface Streaming {
  argv: readonly string[];
  lease: Lease;
  bound: Bound;
  step: string;
  signal: AbortSignal;
}
const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

/** In one line, as far as it matters to whoever watches. */
function shownAnswer({ rows, stdout, exit }: Answer): string {
  if (exit !== null) return [...(exit === 0 ? [] : [`exit ${exit}`]), stdout.trim()].join(' ').trim() || 'OK';
  const [first] = rows;
  if (!first) return 'OK';
  const row = Object.entries(first).map(([column, value]) => `${column}=${value ?? 'NULL'}`);
  return `${row.join(' ')}${rows.length > 1 ? ` … (${rows.length})` : ''}`;
}

/** Errors after which it is certain that the server did not do it, or not all of it: it said so itself. */
const SAID = new Set<AppError['code']>([
  'E_SQL_FAILED',
  'E_SQL_GRANT',
  'E_COMMAND_FAILED',
  'E_NOT_PROVED',
  'E_NOT_UNDONE',
  'E_ROUNDS_OVER',
  'E_WAIT_OVER',
  'E_NO_OUTPUT',
  'E_ARGUMENT',
  'E_PLAN_INVALID',
  'E_SQL_NO_ACCOUNT',
  'E_WRONG_TARGET',
  'E_TARGET_UNCONFIRMED',
]);

/** Did a server say so; else nobody knows what became of what was sent. */
export const isDefinite = (thrown: unknown): boolean =>
  thrown instanceof Failure ? SAID.has(thrown.error.code) : false;
