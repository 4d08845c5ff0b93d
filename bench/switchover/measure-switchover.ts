import { actingSessions } from '../../electron/core/testing/acting-sessions';
import { bearableThink } from '../../lab/proof/bearable-load';
import { bareWay, playRound, type Turn, type Way } from '../../lab/proof/round';
import type { Section } from '../report';
import { summarise } from '../stats';
import { BETWEEN, ENGINES, type Engine, loadProgram, productWay, withServers } from './lab';

const GATE_PORT = 2518;
/** Longest gap with the product, of that with the bare statements. */
const MOST = 1.5;

/** How long nobody can write: the product against the bare statements, in pairs under the same load. */
export async function measureSwitchover(pairs: number, say: (text: string) => void): Promise<Section[]> {
  const sections: Section[] = [];
  for (const engine of ENGINES) sections.push(await measureOn(engine, pairs, say));
  return sections;
}

async function measureOn(engine: Engine, pairs: number, say: (text: string) => void): Promise<Section> {
  const { turns, thinkMs } = await withServers(engine, GATE_PORT, say, async (lab, desk) => {
    const acting = await actingSessions(lab.estateFile);
    try {
      const product = productWay(desk);
      const bare = bareWay(lab, acting.say);
      // one of each to warm up; then A B, B A, A B … so that neither always goes in the same direction
      const ways: Way[] = [product, bare];
      for (let pair = 0; pair < pairs; pair += 1)
        ways.push(...(pair % 2 === 0 ? [product, bare] : [bare, product]));
      const thinkMs = await bearableThink(lab, { program: loadProgram() }, BETWEEN[0]);
      say(`${engine}: ${thinkMs} ms between the writes of a client`);
      const { turns } = await playRound(lab, { program: loadProgram(), thinkMs }, BETWEEN, ways);
      return { turns, thinkMs };
    } finally {
      await acting.close();
    }
  });
  return sectionOf(engine, turns.slice(2), thinkMs);
}

function sectionOf(engine: Engine, turns: readonly Turn[], thinkMs: number): Section {
  const gaps = (way: string) => turns.flatMap((turn) => (turn.way === way ? [turn.gapMs] : []));
  const [product, bare] = [gaps('product'), gaps('bare')];
  const ratios = product.map((gap, pair) => gap / (bare[pair] ?? Number.NaN));
  const detached = turns.filter((turn) => turn.way === 'product').map((turn) => turn.detached.length);
  return {
    title: `Longest gap between acknowledged writes at a planned switchover, ${engine === 'mysql' ? 'MySQL' : 'MariaDB'}`,
    figures: [
      { name: 'product', unit: 'ms', summary: summarise(product) },
      { name: 'bare statements', unit: 'ms', summary: summarise(bare) },
      {
        name: 'product against bare, of each pair',
        unit: 'times',
        summary: summarise(ratios),
        goal: `${MOST}`,
      },
      {
        name: 'servers not attached after the product',
        unit: 'each',
        summary: summarise(detached),
        goal: '0',
      },
    ],
    missing: [],
    method: methodOf(thinkMs),
  };
}

const methodOf = (thinkMs: number) =>
  `Method: three servers of the lab, clients in the application's host: autocommit, transfers of five rows, privileged, sticky
and reconnecting, one of each with ${thinkMs} ms between answer and next write: of 5, 10, 20, … the least with which the replicas
keep up on this machine before anything is measured. And a probe of every server each 10 ms. Product and
bare statements in turn under one load, A B, B A, …; the first two turns do not count. Bare: freeze, kill once, position
once, wait, stop, open, one after the other through the same kind of connection (SSH forward and mysql2), connected before. The console's
journal lies in memory: a desk does not share its disk with three database servers.
A gap is between two acknowledged writes of any client, from before the first look to 20 writes on the new primary.`;
