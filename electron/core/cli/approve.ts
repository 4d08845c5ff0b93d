import path from 'node:path';
import { dryRunToText } from '@shared/paper/run-paper';
import { type Approval, type ApprovalTerms, signedText } from '@shared/runbook/approval';
import { planHash } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import { texts } from '@shared/text';
import { digest } from '../journal/digest';
import type { Ask, Clock, Paths } from '../ports';
import { readEstate } from '../read-estate';
import { approversOf } from '../runbook/approval';
import { type Signer, signerOfFile, signersOfAgent } from '../runbook/approval-key';
import { writeAtomic } from '../stores/atomic-file';
import type { ApproveArguments } from './acting-arguments';
import { EXIT, type Io, printError, printJson } from './io';
import { readPlan } from './switchover';

interface Scene {
  io: Io;
  ask: Ask | null;
  paths: Paths;
  /** user@workstation */
  who: string;
  clock: Clock;
}

/**
 * `approve PLANFILE --key FILE|agent`: shows what the plan does, and signs its hash as one of the estate's approvers.
 * Without a key nothing is signed. Opens no connection.
 */
export async function approveCommand(asked: ApproveArguments, scene: Scene): Promise<number> {
  const { io, who, clock } = scene;
  const { language } = asked;
  const words = texts(language).actingCli;
  const read = await readEstate(path.resolve(io.cwd, asked.estate));
  if (!read.ok) {
    for (const problem of read.error) printError(io, problem, language);
    return EXIT.usage;
  }
  const file = path.resolve(io.cwd, asked.plan);
  const plan = await readPlan(file);
  if (!plan || plan.estate !== read.value.estate) {
    io.err(`${plan ? words.otherEstate(asked.plan) : words.notPlan(asked.plan)}\n`);
    return EXIT.usage;
  }
  const hash = planHash(plan, digest);
  if (!asked.json) io.out(dryRunToText(plan, hash, language));
  if (asked.key === null) {
    io.err(`${words.approve.shown('--key FILE')}\n`);
    return EXIT.usage;
  }
  const approvers = approversOf(read.value, plan.subject);
  const found = await approverOf(asked.key, approvers, scene);
  if (!found) {
    io.err(`${words.approve.unknown}\n`);
    return EXIT.refused;
  }
  const at = clock.now();
  const until = at + asked.minutes * 60_000;
  const { subject }: RunPlan = plan;
  const terms: ApprovalTerms = { version: 1, plan: hash, subject, name: found.name, by: who, at, until };
  const approval: Approval = { terms, signature: await found.signer.sign(signedText(terms)) };
  const target = path.resolve(io.cwd, asked.save ?? `${asked.plan}.approval`);
  await writeAtomic(target, `${JSON.stringify(approval)}\n`);
  if (asked.json) printJson(io, approval);
  io.err(`${words.approve.signed(found.name, new Date(until).toISOString(), target)}\n`);
  return EXIT.done;
}

/** Whose key it is, as the estate says; null: nobody's of whom it speaks. */
async function approverOf(
  key: string,
  approvers: readonly { name: string; key: string }[],
  { io, ask, paths }: Scene,
): Promise<{ name: string; signer: Signer } | null> {
  const { signal } = new AbortController();
  const signers =
    key === 'agent'
      ? await signersOfAgent(
          paths.agentSocket ?? '',
          approvers.map((one) => one.key),
        )
      : [await signerOfFile(path.resolve(io.cwd, key), ask, signal)];
  for (const signer of signers) {
    const owner = approvers.find(
      (one) => one.key.trim().split(/\s+/).slice(0, 2).join(' ') === signer.publicKey,
    );
    if (owner) return { name: owner.name, signer };
  }
  return null;
}
