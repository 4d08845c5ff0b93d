import type { Check, Expect, Fact, Question, SqlCommand, SshCommand, Value, Word } from '../runbook/command';
import type { Change, Step } from '../runbook/plan';
import { type Said, said } from '../runbook/said';

/** Short words with which the plan is written down. */

export const text = (value: string): Value => ({ kind: 'text', value });
export const number = (value: string | number): Value => ({ kind: 'number', value: `${value}` });
export const output = (name: string): Value => ({ kind: 'output', name });
export const secret = (name: string): Value => ({ kind: 'secret', name });
export const column = (name: string): Value => ({ kind: 'column', name, as: 'number' });

/** A statement that only reads, or that changes something at once, is given up after this long. */
export const STATEMENT_MS = 5_000;
/** What waits for locks is bounded by `lock_wait_timeout` on the server: the statement is given up later than that. */
export const LOCK_WAIT_SECONDS = 5;
export const LOCKING_MS = (LOCK_WAIT_SECONDS + 5) * 1_000;
/** A command line on a host. */
export const COMMAND_MS = 20_000;

type SqlGiven = Partial<Pick<SqlCommand, 'timeoutMs' | 'saves' | 'tolerates' | 'each'>>;
export const sql = (
  target: string,
  statement: string,
  values: readonly Value[] = [],
  given: SqlGiven = {},
): SqlCommand => ({
  kind: 'sql',
  target,
  statement,
  values: [...values],
  timeoutMs: STATEMENT_MS,
  saves: [],
  tolerates: [],
  each: null,
  ...given,
});

type SshGiven = Partial<Pick<SshCommand, 'timeoutMs' | 'stdin' | 'sudo'>>;
export const ssh = (target: string, argv: readonly Word[], given: SshGiven = {}): SshCommand => ({
  kind: 'ssh',
  target,
  argv: [...argv],
  stdin: null,
  sudo: false,
  timeoutMs: COMMAND_MS,
  saves: [],
  ...given,
});

export const check = (id: string, title: Said, command: Question, expect: Expect): Check => ({
  id,
  title,
  command,
  expect,
});
export const is = (name: string | null, value: string | Value): Expect => ({
  kind: 'is',
  column: name,
  value: typeof value === 'string' ? text(value) : value,
});
export const atMost = (name: string, value: number): Expect => ({
  kind: 'at-most',
  column: name,
  value: `${value}`,
});

export const fact = (
  key: string,
  title: Said,
  command: SqlCommand | SshCommand,
  name: string | null,
  value: string,
): Fact => ({ key, title, command, column: name, value });

export const changes = (...pairs: readonly (readonly [fact: string, to: string])[]): Change[] =>
  pairs.map(([key, to]) => ({ fact: key, to }));

type Given<K extends Step['kind']> = Extract<Step, { kind: K }>;
type Optional =
  | 'needs'
  | 'group'
  | 'relies'
  | 'precheck'
  | 'changes'
  | 'verify'
  | 'undo'
  | 'confirms'
  | 'ifItFails'
  | 'estimate'
  | 'track'
  | 'target';
type Short<K extends Step['kind']> = Omit<Given<K>, 'kind' | Optional | 'progress'> &
  Partial<Pick<Given<K>, Optional & keyof Given<K>>>;

/** Fresh lists for each step: a plan is data, and two of its parts are never the same object. */
const base = () => ({
  target: null,
  track: 'database',
  needs: [],
  group: null,
  relies: [],
  precheck: [],
  changes: [],
  verify: [],
  undo: null,
  confirms: false,
  ifItFails: 'undo' as const,
  estimate: null,
});

export const act = (given: Short<'act'>): Given<'act'> => ({
  ...base(),
  ...given,
  kind: 'act',
  progress: null,
});
export const wait = (given: Omit<Short<'wait'>, 'nature'>): Given<'wait'> => ({
  ...base(),
  ...given,
  nature: 'reads',
  kind: 'wait',
});
export const repeat = (given: Short<'repeat'>): Given<'repeat'> => ({ ...base(), ...given, kind: 'repeat' });
export const group = (given: Omit<Short<'group'>, 'nature'>): Given<'group'> => ({
  ...base(),
  ...given,
  nature: 'reads',
  kind: 'group',
});

export const gate = (given: Omit<Short<'gate'>, 'nature'>): Given<'gate'> => ({
  ...base(),
  ...given,
  nature: 'reads',
  kind: 'gate',
});

/** A name of our own made of foreign ones: short enough for a key, and unique by its number when it had to be cut. */
export function named(prefix: string, name: string, index: number): string {
  const whole = `${prefix} ${name}`;
  return whole.length <= 100 ? whole : `${whole.slice(0, 90)}… ${index + 1}`;
}

export { said };
