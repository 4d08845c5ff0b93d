import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import { switchOver } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import type { Way } from '../../lab/proof/round';
import { withOwnLab } from '../own-lab';
import { checkout } from '../programs';

export type Engine = Lab['engine'];
export const ENGINES: readonly Engine[] = ['mysql', 'mariadb'];
/** With the versions that the lab runs. */
export const DIALECT: Readonly<Record<Engine, string>> = { mysql: 'MySQL 9.7', mariadb: 'MariaDB 10.11' };
/** The two servers between which the primary goes there and back. */
export const BETWEEN = ['db-a', 'db-b'] as const;
/** The only cluster of the lab's estate. */
export const CLUSTER = 'data';

/** In memory: a person's desk does not share a disk with three database servers, as all of it does here. */
const DESKS = '/dev/shm';

/** Three fresh servers, an application's host, and a console that has looked at them; all gone when `work` ends. */
export async function withServers<T>(
  engine: Engine,
  gatePort: number,
  say: (text: string) => void,
  work: (lab: Lab, desk: TestConsole) => Promise<T>,
): Promise<T> {
  return withOwnLab({ gatePort, engine, estate: 'replication/star', log: say }, async (lab) => {
    const home = await mkdtemp(path.join(DESKS, 'patronus-desk-'));
    const desk = await openConsole(lab.estateFile, { home });
    try {
      return await work(lab, desk);
    } finally {
      await desk.close();
      await rm(home, { recursive: true, force: true });
    }
  });
}

export const loadProgram = (): string => path.join(checkout(), 'out/lab/load.mjs');

/** The product: looks, plans, types the name, and does it. */
export const productWay = (desk: TestConsole): Way => ({
  name: 'product',
  act: (_from, to, { ease }) => switchOver(desk, { cluster: CLUSTER, to, ease }),
});
