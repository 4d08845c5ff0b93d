import { createPublicKey, verify } from 'node:crypto';
import type { Estate } from '@shared/estate/schema';
import { type Approval, approvalRefusals } from '@shared/runbook/approval';
import type { RunPlan } from '@shared/runbook/plan';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import { parseKeyBlob } from '../ssh/key-blob';
import { readIfThere } from '../stores/atomic-file';

/** Whose word the estate wants for a plan of this subject; [] when nobody's. */
export const approversOf = (estate: Estate, subject: string): readonly { name: string; key: string }[] =>
  estate.clusters.find(({ id }) => id === subject)?.acting?.approvers ?? [];

/** Before the 32 bytes of an Ed25519 key: SubjectPublicKeyInfo as RFC 8410 section 4 has it. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** Is it a signature of this text by "ssh-ed25519 AAAA… comment"? What is no such key has signed nothing. */
export function verifiesEd25519(publicKey: string, text: string, signature: string): boolean {
  const [type = '', blob = ''] = publicKey.trim().split(/\s+/);
  const key = type === 'ssh-ed25519' ? parseKeyBlob(type, blob) : null;
  if (!key) return false;
  const spki = Buffer.concat([SPKI, key.subarray(-KEY_BYTES)]);
  const ours = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text, 'utf8'), ours, Buffer.from(signature, 'base64'));
}

export interface ApprovalDesk {
  estate: Estate;
  /** user@workstation who pulls. */
  who: string;
  clock: Clock;
  /** Has a run of this plan ever been begun, as far as this desk knows. */
  used(hash: string): Promise<boolean>;
}

/** Rejects with Failure E_APPROVAL, naming everything that speaks against it. */
export async function checkApproval(
  value: unknown,
  plan: RunPlan,
  hash: string,
  { estate, who, clock, used }: ApprovalDesk,
): Promise<Approval> {
  const refusals = approvalRefusals(value, {
    plan: { hash, subject: plan.subject, madeAt: plan.madeAt },
    executor: who,
    now: clock.now(),
    approvers: approversOf(estate, plan.subject),
    used: await used(hash),
    verifies: verifiesEd25519,
  });
  if (refusals.length > 0) throw failure('E_APPROVAL', null, { what: refusals.join(' ') });
  return value as Approval;
}

/** The document in this file; what is none is refused when it is checked. Rejects with E_STORE_READ. */
export async function readApproval(file: string): Promise<unknown> {
  const text = await readIfThere(file);
  if (text === null) throw failure('E_APPROVAL_KEY', null, { file, text: 'there is no such file' });
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
