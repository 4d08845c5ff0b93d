import { describe, expect, it } from 'vitest';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { closingLine, crashed, fromExit, fromPlaywright, fromVitest, skipped, summary } from './results.mjs';

const fine = { code: 0, timedOut: false };
const bad = { code: 1, timedOut: false };
const file = (status: string, ...states: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: states.map((state, i) => ({ status: state, fullName: `case ${i}` })),
});
const spec = (title: string, status: string) => ({ title, tests: [{ status }] });

describe('vitest report', () => {
  it('counts cases and names what was skipped', () => {
    const report = {
      testResults: [file('passed', 'passed', 'passed', 'skipped', 'todo'), file('failed', 'failed')],
    };
    const outcome = fromVitest('unit', report, bad);
    expect(outcome.passed).toBe(2);
    expect(outcome.failures).toEqual(['a.test.ts > case 0']);
    expect(outcome.skips).toEqual(['a.test.ts > case 2', 'a.test.ts > case 3']);
  });

  it.each([
    ['a file that could not be loaded', { testResults: [file('failed')] }, bad, /the file itself/],
    ['a hook that failed', { testResults: [file('failed', 'pending')] }, bad, /the file itself/],
    ['an unhandled error after green cases', { testResults: [file('passed', 'passed')] }, bad, /exit code 1/],
    ['no report at all', undefined, { code: 137, timedOut: false }, /exit code 137/],
    ['no test', { testResults: [] }, fine, /ran no test/],
    ['a suite that hung', undefined, { code: 143, timedOut: true }, /time limit/],
  ])('counts %s as one failure', (_, report, exit, message) => {
    const { failures } = fromVitest('lab', report, exit);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(message);
  });
});

describe('Playwright report', () => {
  it('walks nested suites; flaky passes, unexpected fails', () => {
    const report = {
      suites: [
        {
          title: 'app.spec.ts',
          specs: [spec('starts', 'expected'), spec('later', 'skipped')],
          suites: [{ title: 'topology', specs: [spec('draws', 'flaky'), spec('moves', 'unexpected')] }],
        },
      ],
    };
    const outcome = fromPlaywright('e2e', report, bad);
    expect(outcome.passed).toBe(2);
    expect(outcome.failures).toEqual(['app.spec.ts > topology > moves']);
    expect(outcome.skips).toEqual(['app.spec.ts > later']);
  });

  it('counts a global setup that failed', () => {
    const outcome = fromPlaywright('e2e', { suites: [], errors: [{ message: 'no lab\nstack' }] }, bad);
    expect(outcome.failures).toEqual(['e2e: no lab']);
  });

  it('does not take silence for success', () => {
    expect(fromPlaywright('e2e', { suites: [] }, fine).failures).toEqual(['e2e: ran no test']);
  });
});

describe('closing line', () => {
  it('sums, and names skips only when there are any', () => {
    const types = fromExit('types', fine);
    expect(closingLine([types, fromExit('lint', bad)])).toBe('1 passed, 1 failed');
    const lab = skipped('lab', ['lab/a.lab.test.ts', 'lab/b.lab.test.ts'], 'needs root');
    expect(closingLine([types, lab])).toBe('1 passed, 0 failed, 2 skipped');
    expect(closingLine([crashed('build', 'no such file')])).toBe('0 passed, 1 failed');
    expect(closingLine([])).toBe('0 passed, 0 failed');
  });

  it('shows every skip and every failure by name', () => {
    const text = summary([skipped('e2e', [], 'needs root'), crashed('lab', 'it hung')]);
    expect(text).toContain('skipped: e2e');
    expect(text).toContain('failed: lab: it hung');
    expect(text).toMatch(/^e2e +skipped +0 passed, 0 failed, 1 skipped \(needs root\)$/m);
  });
});

it('what passed at the second try only is passed, and named', () => {
  const report = { suites: [{ title: 'a.spec.ts', specs: [{ title: 'x', tests: [{ status: 'flaky' }] }] }] };
  const outcome = fromPlaywright('e2e', report, { code: 0, timedOut: false });
  expect(closingLine([outcome])).toBe('1 passed, 0 failed');
  expect(summary([outcome])).toContain('passed at the second try only: a.spec.ts > x');
});
