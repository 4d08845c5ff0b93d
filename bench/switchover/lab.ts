import path from 'node:path';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import { switchOver } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import type { Way } from '../../lab/proof/round';
import { withOwnLab } from '../own-lab';
import { checkout } from '../programs';

export type Engine = Lab['engine'];
export const ENGINES: readonly Engine[] = ['mysql', 'mariadb'];
/** The two servers between which the primary goes there and back. */
export const BETWEEN = ['db-a', 'db-b'] as const;
/** The only cluster of the lab's estate. */
export const CLUSTER = 'data';

/** Three fresh servers, an application's host, and a console that has looked at them; all gone when `work` ends. */
export async function withServers<T>(
  engine: Engine,
  gatePort: number,
  say: (text: string) => void,
  work: (lab: Lab, desk: TestConsole) => Promise<T>,
): Promise<T> {
  return withOwnLab({ gatePort, engine, estate: 'replication/star', log: say }, async (lab) => {
    const desk = await openConsole(lab.estateFile);
    try {
      return await work(lab, desk);
    } finally {
      await desk.close();
    }
  });
}

export const loadProgram = (): string => path.join(checkout(), 'out/lab/load.mjs');

/** The product: looks, plans, types the name, and does it. */
export const productWay = (desk: TestConsole): Way => ({
  name: 'product',
  act: (_from, to, { ease }) => switchOver(desk, { cluster: CLUSTER, to, ease }),
});
