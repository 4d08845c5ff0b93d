import { expect, it } from 'vitest';
import { Log } from './plan.test-kit';
import { NEWEST_SENT, sentLinesOf } from './sent-lines';

const error = { code: 'E_SQL_FAILED' as const, stage: 'query' as const, message: 'No.', retryable: false };
const told = (log: Log) =>
  sentLinesOf(log.events).map(({ step, answer, failed }) => `${step} ${failed ? '✕' : '='} ${answer}`);

it('each attempt is a line, with what proved it or why it failed', () => {
  const log = new Log()
    .opened()
    .decided('start')
    .intent('10')
    .outcome('10', 'failed', { error })
    .intent('10', 'apply', 2)
    .outcome('10', 'done', { attempt: 2, evidence: { 'db-a/read_only': '1', x: '' } })
    .intent('11')
    .outcome('11', 'done')
    .intent('10', 'undo')
    .outcome('10', 'unknown', { phase: 'undo' });
  expect(told(log)).toEqual([
    '10 ✕ E_SQL_FAILED: No.',
    '10 = db-a/read_only = 1, x = ',
    '11 = ',
    '10 ✕ unknown',
  ]);
  expect(sentLinesOf(log.events)[0]).toMatchObject({ at: 1_003, target: 'db-a', text: 'x', from: 'journal' });
});

it('what was announced and never ended has no answer; what was refused before it was announced was not sent', () => {
  expect(told(new Log().opened().intent('10').outcome('11', 'failed', { error }))).toEqual(['10 = null']);
});

it('what is told twice stands once, and what was found out afterwards takes the place of "unknown"', () => {
  const log = new Log().intent('10').outcome('10', 'unknown').intent('10');
  expect(told(log)).toEqual(['10 ✕ unknown']);
  expect(told(log.outcome('10', 'done', { by: 'probe', evidence: { a: '1' } }))).toEqual(['10 = a = 1']);
});

it('only the newest are kept', () => {
  const log = new Log();
  for (let attempt = 1; attempt <= NEWEST_SENT + 5; attempt += 1) log.intent('10', 'apply', attempt);
  const lines = sentLinesOf(log.events);
  expect(lines).toHaveLength(NEWEST_SENT);
  expect(lines.at(-1)?.at).toBe(log.events.at(-1)?.at);
});
