import { z } from 'zod';
import { asciiJson } from './remote-record';

/**
 * A second person's word for one plan: signed over its hash, for one subject and a while. It says nothing about any
 * other plan, and a plan is run once: neither can be used again.
 */
export const ApprovalTerms = z.strictObject({
  version: z.literal(1),
  /** Hash of the whole plan. */
  plan: z.string().max(300),
  subject: z.string().max(300),
  /** As the estate's list of approvers names them. */
  name: z.string().max(300),
  /** user@workstation, where it was signed. */
  by: z.string().max(300),
  at: z.number(),
  until: z.number(),
});
export type ApprovalTerms = z.infer<typeof ApprovalTerms>;
export const Approval = z.strictObject({
  terms: ApprovalTerms,
  /** Ed25519 over `signedText`, base64. */
  signature: z.string().max(200),
});
export type Approval = z.infer<typeof Approval>;

export const APPROVAL_MINUTES = 60;
/** Two desks' clocks are seldom further apart, milliseconds. */
const SKEW_MS = 5 * 60_000;
const LONGEST_MS = 24 * 3_600_000;

/** What is signed. The first line keeps a signature for anything else from passing for one of these. */
export function signedText(terms: ApprovalTerms): string {
  const { version, plan, subject, name, by, at, until } = terms;
  return `patronus approval\n${asciiJson({ version, plan, subject, name, by, at, until })}\n`;
}

export const APPROVAL_REFUSALS = [
  'unreadable',
  'other-plan',
  'other-subject',
  'unknown-key',
  'bad-signature',
  'self',
  'expired',
  'not-yet',
  'too-long',
  'used',
] as const;
export type ApprovalRefusal = (typeof APPROVAL_REFUSALS)[number];

export interface ApprovalCase {
  plan: { hash: string; subject: string; madeAt: number };
  /** user@workstation who pulls. */
  executor: string;
  now: number;
  /** The estate's list. */
  approvers: readonly { name: string; key: string }[];
  /** Has this plan been run, or begun, before. */
  used: boolean;
  /** Is it a signature of this text with this public key. */
  verifies: (key: string, text: string, signature: string) => boolean;
}

/**
 * Everything that speaks against an approval; [] lets the plan be pulled. Whoever signed may not pull: neither the
 * approver's name nor the user at whose desk it was signed is the one who pulls.
 */
export function approvalRefusals(value: unknown, asked: ApprovalCase): ApprovalRefusal[] {
  const read = Approval.safeParse(value);
  if (!read.success) return ['unreadable'];
  const { terms, signature } = read.data;
  const keys = asked.approvers.filter(({ name }) => name === terms.name);
  const signed = keys.some(({ key }) => asked.verifies(key, signedText(terms), signature));
  const against: [ApprovalRefusal, boolean][] = [
    ['other-plan', terms.plan !== asked.plan.hash],
    ['other-subject', terms.subject !== asked.plan.subject],
    ['unknown-key', keys.length === 0],
    ['bad-signature', keys.length > 0 && !signed],
    ['self', [terms.by, terms.name].map(userOf).includes(userOf(asked.executor))],
    ['expired', asked.now > terms.until],
    // Signed in the future, or before the plan was there: one of the clocks was set.
    ['not-yet', terms.at > asked.now + SKEW_MS || terms.at < asked.plan.madeAt - SKEW_MS],
    ['too-long', terms.until - terms.at > LONGEST_MS],
    ['used', asked.used],
  ];
  return against.filter(([, holds]) => holds).map(([refusal]) => refusal);
}

/** "Ann@desk" → "ann": one person has several desks. */
const userOf = (who: string): string => (who.split('@')[0] ?? '').trim().toLowerCase();
