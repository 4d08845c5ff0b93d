import { readFileSync } from 'node:fs';
import { type Kill, mortal } from '../../runbook/testing/mortal';
import { openConsole } from '../../testing/console';
import { armed } from '../../testing/product-switchover';

/** A console on a lab that begins a run and dies by SIGKILL at one point of one step. */
export interface ConsoleOrder {
  estateFile: string;
  home: string;
  /** File of the plan. */
  plan: string;
  kill: Kill;
}

const order: ConsoleOrder = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const desk = await openConsole(order.estateFile, {
  home: order.home,
  wrap: (journal) => mortal(journal, order.kill),
});
const acting = armed(desk);
const { hash, plan } = acting.keep(JSON.parse(readFileSync(order.plan, 'utf8')));
await acting.runs.ended(await acting.start(hash, plan.confirm));
await desk.close();
