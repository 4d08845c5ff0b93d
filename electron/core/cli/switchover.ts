import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunPlan } from '@shared/runbook/plan';
import { asciiJson, foreignPlan } from '@shared/runbook/remote-record';
import { texts } from '@shared/text';
import type { PlanMade } from '@shared/views/lever';
import { writeAtomic } from '../stores/atomic-file';
import type { SwitchoverArguments } from './acting-arguments';
import type { ActingDesk } from './acting-command';
import { EXIT } from './io';
import { nodeOf } from './node-of';
import { showOrStart } from './show-or-start';

/**
 * `switchover CLUSTER --to HOST`: plans, and shows every statement (`--dry-run`) or does it (`--confirm NAME`). Refused
 * is 3 with all reasons; done 0; undone, with all as it was, 1; stopped half-way 5.
 */
export async function switchoverCommand(asked: SwitchoverArguments, desk: ActingDesk): Promise<number> {
  const made = asked.plan === null ? await plan(asked, desk) : await savedPlan(asked.plan, asked, desk);
  return withFiles('switchover', made, asked, desk);
}

/** Of `switchover` and `failover`: what goes with a plan on its way to the lever. */
type Files = Pick<SwitchoverArguments, 'language' | 'json' | 'confirm' | 'approval' | 'save' | 'script'>;

/** Saves the plan and its script where that was asked for, takes the approval, then shows or starts it. */
export async function withFiles(
  procedure: string,
  made: PlanMade | string,
  asked: Files,
  desk: ActingDesk,
): Promise<number> {
  const { acting, io } = desk;
  const { language } = asked;
  const words = texts(language).actingCli;
  const inFolder = (file: string) => path.resolve(io.cwd, file);
  if (typeof made === 'string') {
    io.err(`${made}\n`);
    return EXIT.usage;
  }
  if (made.state === 'ready' && asked.save !== null) {
    await writeAtomic(inFolder(asked.save), `${asciiJson(made.plan)}\n`);
    io.err(`${words.saved(asked.save)}\n`);
  }
  if (made.state === 'ready' && asked.script !== null) {
    await acting.save(made.hash, inFolder(asked.script), language);
    io.err(`${words.script(asked.script)}\n`);
  }
  return showOrStart(procedure, made, asked, desk, async () => {
    if (made.state === 'ready' && asked.approval !== null)
      await acting.approve(made.hash, inFolder(asked.approval));
  });
}

async function plan(asked: SwitchoverArguments, desk: ActingDesk): Promise<PlanMade> {
  await desk.firstLook;
  const to = nodeOf(desk.estate, asked.cluster, asked.to);
  const request = { cluster: asked.cluster, to, overrides: asked.overrides };
  return desk.acting.plan(request, new AbortController().signal);
}

/** A plan that was saved, or the sentence that says why it is none for here. */
export async function savedPlan(
  name: string,
  { cluster, language }: Pick<SwitchoverArguments, 'cluster' | 'language'>,
  { acting, estate, io }: ActingDesk,
): Promise<Extract<PlanMade, { state: 'ready' }> | string> {
  const words = texts(language).actingCli;
  const found = await readPlan(path.resolve(io.cwd, name));
  if (!found) return words.notPlan(name);
  if (found.estate !== estate.estate || found.subject !== cluster) return words.otherEstate(name);
  return acting.keep(found);
}

/** The plan in a file, as --save writes it; null for anything else. */
export async function readPlan(file: string): Promise<RunPlan | null> {
  try {
    return foreignPlan(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
