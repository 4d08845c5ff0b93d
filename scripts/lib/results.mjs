// @ts-check
/** Test reports into counts, and counts into the line that CI reads. Pure: files are read by the caller. */

/** @typedef {{ name: string, passed: number, failures: string[], skips: string[], note?: string, retried?: string[] }} Outcome */

/**
 * @param {string} name
 * @param {any} report what vitest's JSON reporter wrote; undefined when it wrote nothing
 * @param {{ code: number, timedOut: boolean }} exit
 * @returns {Outcome}
 */
export function fromVitest(name, report, exit) {
  /** @type {Outcome} */
  const outcome = { name, passed: 0, failures: [], skips: [] };
  for (const file of report?.testResults ?? []) {
    const cases = file.assertionResults ?? [];
    for (const one of cases) {
      const title = `${shorten(file.name)} > ${one.fullName ?? one.title}`;
      if (one.status === 'passed') outcome.passed++;
      else if (one.status === 'failed') outcome.failures.push(title);
      else outcome.skips.push(title);
    }
    // It could not be loaded, or a hook failed: none of its cases says so.
    if (file.status === 'failed' && !cases.some((/** @type {any} */ one) => one.status === 'failed'))
      outcome.failures.push(`${shorten(file.name)} (the file itself)`);
  }
  return judged(outcome, exit);
}

/**
 * @param {string} name @param {any} report what Playwright's JSON reporter wrote
 * @param {{ code: number, timedOut: boolean }} exit
 * @returns {Outcome}
 */
export function fromPlaywright(name, report, exit) {
  /** @type {Outcome} */
  const outcome = { name, passed: 0, failures: [], skips: [] };
  const visit = (/** @type {any} */ suite, /** @type {string[]} */ titles) => {
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
    for (const spec of suite.specs ?? [])
      for (const test of spec.tests ?? []) {
        const title = [...titles, spec.title].filter(Boolean).join(' > ');
        if (test.status === 'skipped') outcome.skips.push(title);
        else if (test.status === 'unexpected') outcome.failures.push(title);
        else outcome.passed++;
        if (test.status === 'flaky') outcome.retried = [...(outcome.retried ?? []), title];
      }
  };
  visit({ suites: report?.suites }, []);
  if (!outcome.failures.length)
    for (const error of report?.errors ?? [])
      outcome.failures.push(`${name}: ${String(error.message ?? error).split('\n')[0]}`);
  return judged(outcome, exit);
}

/** A program that has only an exit code (types, lint) is one test. @param {string} name @param {{ code: number }} exit */
export const fromExit = (name, exit) =>
  /** @type {Outcome} */ ({
    name,
    passed: exit.code === 0 ? 1 : 0,
    failures: exit.code === 0 ? [] : [name],
    skips: [],
  });

/** A suite that could not be run here, by the names of its files. @param {string} name @param {string[]} files @param {string} note */
export const skipped = (name, files, note) =>
  /** @type {Outcome} */ ({ name, passed: 0, failures: [], skips: files.length ? files : [name], note });

/** @param {string} name @param {string} why */
export const crashed = (name, why) =>
  /** @type {Outcome} */ ({ name, passed: 0, failures: [`${name}: ${why}`], skips: [] });

/** Silence is not success: a suite that hung, crashed or ran nothing has failed. @param {Outcome} outcome @param {{ code: number, timedOut: boolean }} exit */
function judged(outcome, exit) {
  const { name, failures } = outcome;
  if (exit.timedOut) failures.push(`${name}: stopped at its time limit`);
  else if (exit.code !== 0 && !failures.length) failures.push(`${name}: ended with exit code ${exit.code}`);
  else if (!outcome.passed && !failures.length && !outcome.skips.length)
    failures.push(`${name}: ran no test`);
  return outcome;
}

/** @param {Outcome[]} outcomes */
export function closingLine(outcomes) {
  const sum = (/** @type {(one: Outcome) => number} */ of) =>
    outcomes.reduce((total, one) => total + of(one), 0);
  const skips = sum((one) => one.skips.length);
  const line = `${sum((one) => one.passed)} passed, ${sum((one) => one.failures.length)} failed`;
  return skips ? `${line}, ${skips} skipped` : line;
}

/** One line per suite, then what failed and what was skipped, by name. @param {Outcome[]} outcomes */
export function summary(outcomes) {
  const lines = outcomes.map((one) => {
    const state = one.failures.length ? 'FAILED' : one.passed ? 'ok' : 'skipped';
    const count = closingLine([one]) + (one.note ? ` (${one.note})` : '');
    return `${one.name.padEnd(6)} ${state.padEnd(8)} ${count}`;
  });
  for (const one of outcomes)
    for (const title of one.retried ?? []) lines.push(`passed at the second try only: ${title}`);
  for (const one of outcomes) for (const title of one.skips) lines.push(`skipped: ${title}`);
  for (const one of outcomes) for (const title of one.failures) lines.push(`failed: ${title}`);
  return lines.join('\n');
}

const shorten = (/** @type {string} */ file) => file.replace(`${process.cwd()}/`, '');
