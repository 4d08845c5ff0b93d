import { describe, expect, it } from 'vitest';
import {
  APPROVAL_REFUSALS,
  type ApprovalCase,
  type ApprovalTerms,
  approvalRefusals,
  signedText,
} from './approval';

const HOUR = 3_600_000;
const terms: ApprovalTerms = {
  version: 1,
  plan: 'hash-of-the-plan',
  subject: 'cluster main',
  name: 'Bob',
  by: 'bob@laptop',
  at: 10 * HOUR,
  until: 11 * HOUR,
};
/** A signature is here the key with the text: whoever changes either has another one. */
const sign = (key: string, signed: ApprovalTerms) => ({
  terms: signed,
  signature: `${key} ${signedText(signed)}`,
});
const asked: ApprovalCase = {
  plan: { hash: terms.plan, subject: terms.subject, madeAt: 9.9 * HOUR },
  executor: 'ann@desk',
  now: 10.5 * HOUR,
  approvers: [
    { name: 'Bob', key: 'key-of-bob' },
    { name: 'Ann', key: 'key-of-ann' },
  ],
  used: false,
  verifies: (key, text, signature) => signature === `${key} ${text}`,
};
const good = sign('key-of-bob', terms);

describe('an approval', () => {
  it('lets this very plan be run by somebody else within its hour', () => {
    expect(approvalRefusals(good, asked)).toEqual([]);
    expect(approvalRefusals(JSON.parse(JSON.stringify(good)), { ...asked, now: 11 * HOUR })).toEqual([]);
  });

  it.each<[string, unknown, Partial<ApprovalCase>, string[]]>([
    ['no approval at all', { terms }, {}, ['unreadable']],
    ['an edited plan', good, { plan: { ...asked.plan, hash: 'another' } }, ['other-plan']],
    ['another cluster', good, { plan: { ...asked.plan, subject: 'other' } }, ['other-subject']],
    [
      'a name that the estate does not have',
      sign('key-of-bob', { ...terms, name: 'Eve' }),
      {},
      ['unknown-key'],
    ],
    ['a key of somebody else', sign('key-of-eve', terms), {}, ['bad-signature']],
    ['somebody else’s key for this name', sign('key-of-ann', terms), {}, ['bad-signature']],
    [
      'terms changed after signing',
      { ...good, terms: { ...terms, until: 12 * HOUR } },
      {},
      ['bad-signature'],
    ],
    ['who runs it is the approver', good, { executor: 'Bob@desk' }, ['self']],
    ['signed at the desk of who runs it', sign('key-of-bob', { ...terms, by: 'ann@laptop' }), {}, ['self']],
    ['an hour later', good, { now: 11 * HOUR + 1 }, ['expired']],
    ['a clock that was put back', good, { now: 9 * HOUR }, ['not-yet']],
    ['signed before the plan was there', good, { plan: { ...asked.plan, madeAt: 10.4 * HOUR } }, ['not-yet']],
    ['one that holds for days', sign('key-of-bob', { ...terms, until: 99 * HOUR }), {}, ['too-long']],
    ['the same plan once more', good, { used: true }, ['used']],
    ['several at once', good, { used: true, executor: 'bob', now: 12 * HOUR }, ['self', 'expired', 'used']],
  ])('is refused: %s', (_name, value, change, expected) => {
    expect(approvalRefusals(value, { ...asked, ...change })).toEqual(expected);
    expect(APPROVAL_REFUSALS).toEqual(expect.arrayContaining(expected));
  });
});
