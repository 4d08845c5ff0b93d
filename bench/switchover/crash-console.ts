import { readFile } from 'node:fs/promises';
import { type Kill, mortal } from '../../electron/core/runbook/testing/mortal';
import { openConsole } from '../../electron/core/testing/console';
import { armed, ended, switchOver } from '../../electron/core/testing/product-switchover';

/** What a console is told that is to be killed. */
export interface CrashOrder {
  estateFile: string;
  /** Of the desk on which another console goes on. */
  home: string;
  cluster: string;
  /** It begins a switchover to that server; or it takes back the run that it finds. */
  does: { act: 'switchover'; to: string } | { act: 'undo'; run: string };
  kill: Kill;
}

/** A console in a process of its own that dies at one point of one step. Gives 0 when it came to its end instead. */
export async function crashConsole(file: string): Promise<number> {
  const { estateFile, home, cluster, does, kill }: CrashOrder = JSON.parse(await readFile(file, 'utf8'));
  const desk = await openConsole(estateFile, { home, wrap: (journal) => mortal(journal, kill) });
  if (does.act === 'switchover') await switchOver(desk, { cluster, to: does.to });
  else {
    await armed(desk).runs.undo(does.run);
    await ended(desk, does.run);
  }
  await desk.close();
  return 0;
}
