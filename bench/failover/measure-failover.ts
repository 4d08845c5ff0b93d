import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import { begin, failoverPlan, settled } from '../../electron/core/testing/failover-desk';
import type { Lab } from '../../lab/api';
import { type Hands, handsOn, until } from '../../lab/replication/hands';
import type { Node } from '../../lab/replication/scenario';
import { withOwnLab } from '../own-lab';
import type { Section } from '../report';
import { summarise } from '../stats';
import { DIALECT, ENGINES, type Engine } from '../switchover/lab';

const GATE_PORT = 2519;
/** In memory: a person's desk does not share a disk with three database servers, as all of it does here. */
const DESKS = '/dev/shm';
/** The last consent to the first acknowledged write, ms. */
const MOST_MS = 1_000;
/** Transactions that the new primary has received and not applied when it is consented to. */
const UNAPPLIED = 100;
const [OLD, NEXT, OTHER] = ['db-a', 'db-b', 'db-c'] as const;

/** How long after the last consent somebody can write again, with a relay log to drain. */
export async function measureFailover(runs: number, say: (text: string) => void): Promise<Section[]> {
  const sections: Section[] = [];
  for (const engine of ENGINES) {
    const options = { gatePort: GATE_PORT, engine, estate: 'replication/star', log: say };
    const times = await withOwnLab(options, async (lab) => {
      const all: number[] = [];
      // The first warms up.
      for (let run = 0; run <= runs; run += 1) {
        const took = await once(lab, handsOn(lab.raw));
        say(`${engine}: ${run === 0 ? 'warm-up' : run} ${Math.round(took)} ms`);
        if (run > 0) all.push(took);
      }
      return all;
    });
    sections.push(sectionOf(engine, times));
  }
  return sections;
}

const SQL_THREAD = {
  mysql: 'STOP REPLICA SQL_THREAD;',
  mariadb: 'STOP SLAVE SQL_THREAD;',
};

/** One primary that is killed with a replica behind, and a console that has just been opened; all is well before it. */
async function once(lab: Lab, hands: Hands): Promise<number> {
  const { engine } = lab;
  await hands.enabled(OLD);
  await lab.exec(OLD, [`/opt/lab/${engine}.sh`, 'start']);
  // Nobody looks meanwhile: the lab's MySQL has little room for the tables of a statement.
  await lab.bend('star');
  await hands.writer(false);
  const home = await mkdtemp(path.join(DESKS, 'patronus-desk-'));
  const desk = await openConsole(lab.estateFile, { home });
  try {
    return await timed(desk, hands);
  } finally {
    await desk.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function timed(desk: TestConsole, hands: Hands): Promise<number> {
  await hands.sql(
    OLD,
    'CREATE TABLE IF NOT EXISTS patronus.drained (id INT PRIMARY KEY AUTO_INCREMENT, text TEXT); TRUNCATE TABLE patronus.drained;',
  );
  const rows = async (node: Node) =>
    Number((await hands.sql(node, 'SELECT COUNT(*) FROM patronus.drained;').catch(() => '-1')).trim());
  await until('the table is everywhere', async () => (await rows(NEXT)) === 0 && (await rows(OTHER)) === 0);
  await hands.sql(NEXT, SQL_THREAD[hands.engine]);
  await hands.sql(
    OLD,
    Array.from({ length: UNAPPLIED }, () => "INSERT INTO patronus.drained (text) VALUES ('x');").join('\n'),
  );
  await until('the other has them', async () => (await rows(OTHER)) === UNAPPLIED);
  await hands.fault('kill', OLD, 'mysql');
  const { look, ...chosen } = await failoverPlan(desk, { to: NEXT });
  const behind = Number(look.ranked.find(({ node }) => node === NEXT)?.toApply);
  if (!(behind >= UNAPPLIED)) throw new Error(`nothing to drain: ${behind}`);
  const began = performance.now();
  const [run, wrote] = await Promise.all([begin(desk, chosen), firstWrite(hands)]);
  const { state } = await settled(desk, run);
  if (state.status !== 'done') throw new Error(`the run ended ${state.status}`);
  if ((await rows(NEXT)) <= UNAPPLIED) throw new Error('what was received is not there');
  return wrote - began;
}

/** A client of the new primary itself, as close to it as can be: when its first write was acknowledged. */
async function firstWrite(hands: Hands): Promise<number> {
  for (;;) {
    // The application's account, for which a closed server is closed.
    const wrote = await hands
      .sql(
        NEXT,
        'SET SESSION sql_log_bin = 1; INSERT INTO patronus.drained (text) SELECT 1 FROM DUAL WHERE @@GLOBAL.read_only = 0; SELECT ROW_COUNT();',
      )
      .then((printed) => printed.trim() === '1')
      .catch(() => false);
    if (wrote) return performance.now();
  }
}

const sectionOf = (engine: Engine, times: readonly number[]): Section => ({
  title: `Emergency failover, from the last consent to the first acknowledged write, ${DIALECT[engine]}`,
  figures: [{ name: 'until somebody can write', unit: 'ms', summary: summarise(times), goal: `${MOST_MS}` }],
  missing: [],
  method: `Method: three servers of the lab; the primary is killed while the one that takes over has ${UNAPPLIED} transactions
received and not applied, its applier stopped. Timed from the moment at which the name is typed: connections and lease, the fence over SSH, the old
primary's logs read again, the relay log drained, the opening, and a client beside the server that tries again and again. The first run does not count.
The console's journal lies in memory: a desk does not share its disk with three database servers.`,
});
