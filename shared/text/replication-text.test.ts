import { expect, test } from 'vitest';
import { becauseText, ruleText, termText } from './replication-text';

test.each([
  ['en', { code: 'LAGGING', params: { seconds: '6.346' } }, '6.35 s behind'],
  ['fr', { code: 'LAGGING', params: { seconds: '6.346' } }, '6,35 s de retard'],
  ['en', { code: 'NOT_DIRECT', params: { from: 'db-a' } }, 'replicates from db-a, not from the primary'],
  ['fr', { code: 'OF_A_LATER_VERSION', params: {} }, 'OF_A_LATER_VERSION'],
] as const)('%s: why %j', (language, because, expected) => {
  expect(becauseText(because, language)).toBe(expected);
});

test('when a replica last heard its source is said, or said to be unknown', () => {
  const says = (seconds: string) =>
    termText({ code: 'replica-hears', params: { receiver: 'on', seconds, error: '2003' } }, 'en');
  expect(says('4')).toBe('hears it (receiver on, last heard 4 s before, error 2003)');
  expect(says('?')).toBe('hears it (receiver on, when it last heard is unknown, error 2003)');
});

test('a rule this version has no name for stands as its code', () => {
  expect(ruleText('FUTURE_RULE', 'fr')).toBe('FUTURE_RULE');
});
