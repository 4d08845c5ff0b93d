import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../api';
import type { Node } from '../replication/scenario';
import { behind } from './present';
import { type LoadOptions, startLoad, THINK_MS } from './start-load';

/** A replica that needs longer to come as far as its primary falls behind; asking alone takes a good part of that. */
const BEHIND_MS = 500;
/** So long under load before it counts, and so often it is asked then. */
const SETTLE_MS = 5_000;
const TIMES = 5;
const LONGEST_MS = 320;

/**
 * The shortest pause of clients under which no replica falls behind on this machine, ms. A load that is too much for
 * the replicas has no lag but one that grows: what is measured under it is how long ago it began.
 * @throws Error when none is bearable
 */
export async function bearableThink(lab: Lab, options: LoadOptions, writer: Node): Promise<number> {
  for (let thinkMs = THINK_MS; thinkMs <= LONGEST_MS; thinkMs *= 2) {
    const load = await startLoad(lab, { ...options, thinkMs });
    const replicas = load.nodes.filter((node) => node !== writer);
    const lag = () => Promise.all(replicas.map((node) => behind(lab, writer, node)));
    const seen: number[] = [];
    try {
      await sleep(SETTLE_MS);
      for (let time = 0; time < TIMES; time += 1) seen.push(...(await lag()));
      await load.stop();
    } finally {
      load.end();
    }
    if (Math.max(...seen) <= BEHIND_MS) return thinkMs;
    await lag(); // the next load begins with empty tables everywhere
  }
  throw new Error(`no load of ${LONGEST_MS} ms between writes is bearable here`);
}
