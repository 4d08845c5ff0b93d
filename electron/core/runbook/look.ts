import { type AppError, toAppError } from '@shared/errors';
import type { Check, Fact } from '@shared/runbook/command';
import { factValue, judgeAnswer, mustBe } from '@shared/runbook/expect';
import { canonical } from '@shared/runbook/fingerprint';
import type { Answer } from '@shared/runbook/judge';
import { knownText } from './bind';
import { outputOf, type RunContext } from './context';
import { runCommand } from './run-command';

export interface LookOptions {
  step: string;
  on: 'main' | 'second';
  signal: AbortSignal;
  routine?: boolean;
  outputs?: Record<string, string>;
}

/** What a fact reads now; null: it could not be told, and why. */
export interface FactNow {
  value: string | null;
  error: AppError | null;
}

/** Reads facts, all targets at once; facts that are told by the same answer cost one question. Never rejects. */
export async function readFacts(
  context: RunContext,
  facts: readonly Fact[],
  options: LookOptions,
): Promise<Map<string, FactNow>> {
  const questions = new Map<string, Fact[]>();
  for (const fact of facts) {
    const question = canonical(fact.command);
    questions.set(question, [...(questions.get(question) ?? []), fact]);
  }
  const read = new Map<string, FactNow>();
  await Promise.all(
    [...questions.values()].map(async (told) => {
      const [first] = told;
      if (!first) return;
      try {
        const answer = await runCommand(context, first.command, options);
        for (const fact of told) read.set(fact.key, { value: factValue(fact, answer), error: null });
      } catch (thrown) {
        for (const fact of told) read.set(fact.key, { value: null, error: toAppError(thrown) });
      }
    }),
  );
  return read;
}

/** What a check shows now. `holds` null: it could not be told. */
export interface CheckNow {
  holds: boolean | null;
  value: string;
  error: AppError | null;
}

/** Never rejects. */
export async function runCheck(context: RunContext, check: Check, options: LookOptions): Promise<CheckNow> {
  try {
    const answer = await runCommand(context, check.command, options);
    return judged(context, check, answer, options);
  } catch (thrown) {
    return { holds: null, value: '', error: toAppError(thrown) };
  }
}

function judged(context: RunContext, check: Check, answer: Answer, options: LookOptions): CheckNow {
  const output = outputOf(context, options.outputs ?? {});
  const bound = {
    name: options.step,
    output,
    secret: (name: string) => context.crew.secret(name),
    row: null,
  };
  const { holds, value } = judgeAnswer(check.expect, answer, (one) => knownText(one, bound), context.judges);
  return { holds, value, error: null };
}

/** What was found in place of what must be, as one line: "db-a/read_only: 0 → 1". */
export interface Difference {
  id: string;
  want: string;
  got: string | null;
}
export const differencesText = (differences: readonly Difference[]): string =>
  differences.map(({ id, want, got }) => `${id}: ${want} → ${got ?? '?'}`).join(', ');

/** Facts and checks that are not as they must be, with everything that was read. */
export interface Looked {
  differences: Difference[];
  evidence: Record<string, string>;
  /** Why something could not be told; it then stands among the differences too. */
  error: AppError | null;
}

/**
 * Are these facts as wanted, and do these checks hold? A fact may have more than one value that is right. Never
 * rejects: what cannot be told is a difference.
 */
export async function lookAt(
  context: RunContext,
  wanted: ReadonlyMap<string, readonly string[]>,
  checks: readonly Check[],
  options: LookOptions,
): Promise<Looked> {
  const facts = context.plan.facts.filter(({ key }) => wanted.has(key));
  const [read, ...found] = await Promise.all([
    readFacts(context, facts, options),
    ...checks.map((check) => runCheck(context, check, options)),
  ]);
  const looked: Looked = { differences: [], evidence: {}, error: null };
  for (const [key, wants] of wanted) {
    const now = read.get(key) ?? { value: null, error: null };
    if (now.value !== null) looked.evidence[key] = now.value;
    looked.error ??= now.error;
    if (now.value === null || !wants.includes(now.value))
      looked.differences.push({ id: key, want: wants.join(' | '), got: now.value });
  }
  for (const [index, check] of checks.entries()) {
    const now = found[index];
    if (!now) continue;
    looked.evidence[check.id] = now.value;
    looked.error ??= now.error;
    if (now.holds !== true)
      looked.differences.push({
        id: check.id,
        want: mustBe(check.expect),
        got: now.holds === null ? null : now.value,
      });
  }
  return looked;
}
