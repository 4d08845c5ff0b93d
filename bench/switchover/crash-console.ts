import { readFile } from 'node:fs/promises';
import { type Kill, mortal } from '../../electron/core/runbook/testing/mortal';
import { openConsole } from '../../electron/core/testing/console';
import { armed, ended, switchOver } from '../../electron/core/testing/product-switchover';
import { assertNever } from '../../shared/errors';
import type { RunPlan } from '../../shared/runbook/plan';

/** What a console is told that is to be killed. */
export interface CrashOrder {
  estateFile: string;
  /** Of the desk on which another console goes on. */
  home: string;
  cluster: string;
  /** It begins a switchover to that server, or a plan that was made; or it takes back the run that it finds. */
  does: { act: 'switchover'; to: string } | { act: 'plan'; plan: RunPlan } | { act: 'undo'; run: string };
  kill: Kill;
}

/** A console in a process of its own that dies at one point of one step. Gives 0 when it came to its end instead. */
export async function crashConsole(file: string): Promise<number> {
  const { estateFile, home, cluster, does, kill }: CrashOrder = JSON.parse(await readFile(file, 'utf8'));
  const desk = await openConsole(estateFile, { home, wrap: (journal) => mortal(journal, kill) });
  switch (does.act) {
    case 'switchover':
      await switchOver(desk, { cluster, to: does.to });
      break;
    case 'plan': {
      const acting = armed(desk);
      const { hash, plan } = acting.keep(does.plan);
      await ended(desk, await acting.start(hash, plan.confirm));
      break;
    }
    case 'undo':
      await armed(desk).runs.undo(does.run);
      await ended(desk, does.run);
      break;
    default:
      assertNever(does);
  }
  await desk.close();
  return 0;
}
