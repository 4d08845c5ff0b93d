import { expect, test } from 'vitest';
import { runOf } from './lever.test-kit';
import { noticeOf } from './notice';

const say = (...[before, after]: [Parameters<typeof noticeOf>[0], Parameters<typeof noticeOf>[1]]) =>
  noticeOf(before, after, 'en', 'UTC');
const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const running = runOf('running');

test('a person is told what needs one, and how it ended', () => {
  const waiting = runOf('waiting', { 'gate-7': { state: 'waiting', startedAt: AT } });
  expect(say(running, waiting)).toBe('sql: step 7 waits for a person since 03:04:05.');
  const failed = runOf('stopped', { 'gate-8': { state: 'failed', startedAt: 1, endedAt: AT } });
  expect(say(running, failed)).toBe('sql: step 8 failed at 03:04:05; the run has stopped.');
  const unknown = runOf('running', { 'gate-8': { state: 'unknown', startedAt: AT } });
  expect(say(running, unknown)).toBe('sql: what became of step 8 is not known since 03:04:05.');
  const done = runOf('done');
  done.state.closedAt = AT;
  expect(say(running, done)).toBe('sql: the run is done, at 03:04:05.');
  expect(noticeOf(running, done, 'fr', 'UTC')).toBe('sql\u00a0: l’exécution est terminée, à 03:04:05.');
});

test('what is no news is not told', () => {
  expect(say(null, runOf('waiting', { 'gate-7': { state: 'waiting', startedAt: AT } }))).toBeNull();
  const waiting = runOf('waiting', { 'gate-7': { state: 'waiting', startedAt: AT } });
  expect(say(waiting, waiting)).toBeNull();
  expect(say(running, runOf('running', { 'gate-7': { state: 'done', startedAt: AT } }))).toBeNull();
  expect(say(runOf('done'), runOf('done'))).toBeNull();
});
