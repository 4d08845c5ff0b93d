import type { TestConsole } from '../../electron/core/testing/console';
import { begun, ended } from '../../electron/core/testing/product-switchover';
import { bearableThink } from '../../lab/proof/bearable-load';
import { type Violation, violationText } from '../../lab/proof/check';
import { playRound, type Round, type Way } from '../../lab/proof/round';
import { FULL_LOAD } from '../../lab/proof/start-load';
import { BALANCER } from '../../lab/replication/addresses';
import type { Section } from '../report';
import { quantile } from '../scale/steady';
import { summarise } from '../stats';
import { BETWEEN, CLUSTER, DIALECT, type Engine, loadProgram, withServers } from '../switchover/lab';
import type { Soak } from './soak';

const GATE_PORT = 2519;
const RUNS = 300;
/** Under one load; then everything is counted and the tables are made anew. */
const AT_ONCE = 20;
/** On a machine that does other things a replica may not catch up in time: all is taken back, and it is begun again. */
const TRIES = 5;

/** What came of so many switchovers. */
interface Soaked {
  rounds: Round[];
  /** How many took themselves back before the point of no return. */
  undone: number;
  /** Between an answer and the next write of a client. */
  thinkMs: number;
}

/** Planned switchovers under every client of the checker: not one acknowledged write lost, never two writable servers. */
export const switchoverSoak = (engine: Engine): Soak => ({
  about: `${RUNS} planned switchovers under load on ${DIALECT[engine]}: nothing lost, never two writable`,
  minutes: 30,
  async run(scale, say) {
    const soaked = await soak(engine, Math.max(2, Math.round(RUNS * scale)), say);
    return { sections: [sectionOf(engine, soaked)], broken: brokenIn(engine, soaked.rounds) };
  },
});

const soak = (engine: Engine, runs: number, say: (text: string) => void): Promise<Soaked> =>
  withServers(engine, GATE_PORT, say, async (lab, desk) => {
    const rounds: Round[] = [];
    let undone = 0;
    const way = patientWay(desk, () => {
      undone += 1;
    });
    const program = loadProgram();
    // With more than the replicas can follow, most of the time would go into waiting for them.
    const thinkMs = await bearableThink(lab, { program }, BETWEEN[0]);
    say(`${engine}: ${thinkMs} ms between the writes of a client`);
    const options = {
      program,
      thinkMs,
      clients: [...FULL_LOAD, 'proxied'],
      proxy: { host: BALANCER.address, port: 3306 },
    } as const;
    for (let done = 0; done < runs; ) {
      // an even number, so that each round begins where the first did
      const turns = 2 * Math.ceil(Math.min(AT_ONCE, runs - done) / 2);
      const ways = Array.from({ length: turns }, () => way);
      const round = await playRound(lab, options, BETWEEN, ways);
      rounds.push(round);
      done += turns;
      say(
        `${engine}: ${done} of ${runs}, ${undone} taken back, ${round.verdict.violations.map(violationText).join('; ') || 'nothing lost'}`,
      );
    }
    return { rounds, undone, thinkMs };
  });

/** Looks, plans, types the name, does it; and again when it took itself back. */
const patientWay = (desk: TestConsole, undone: () => void): Way => ({
  name: 'product',
  async act(_from, to, { ease }) {
    for (let tries = 1; ; tries += 1) {
      const { status } = await ended(desk, await begun(desk, { cluster: CLUSTER, to, ease }));
      if (status === 'done') return;
      if (status !== 'undone' || tries === TRIES) throw new Error(`a switchover ended ${status}`);
      undone();
    }
  },
});

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

function sectionOf(engine: Engine, { rounds, undone, thinkMs }: Soaked): Section {
  const turns = rounds.flatMap((round) => round.turns);
  const of = (pick: (round: Round) => number) => summarise([sum(rounds.map(pick))]);
  const gaps = turns.map(({ gapMs }) => gapMs);
  return {
    title: `${turns.length} planned switchovers under load, ${DIALECT[engine]}`,
    method: methodOf(thinkMs),
    missing: [],
    figures: [
      { name: 'acknowledged writes', unit: 'in all', summary: of(({ verdict }) => verdict.acknowledged) },
      { name: 'acknowledged writes lost', unit: 'in all', summary: of(lostIn), goal: '0' },
      {
        name: 'two servers took writes',
        unit: 'ms',
        summary: of(({ verdict }) => verdict.overlapMs),
        goal: '0',
      },
      {
        name: 'servers not attached after',
        unit: 'in all',
        summary: summarise([detachedIn(rounds)]),
        goal: '0',
      },
      {
        name: 'took themselves back in time, and were begun again',
        unit: 'in all',
        summary: summarise([undone]),
      },
      { name: 'longest gap between acknowledged writes', unit: 'ms', summary: summarise(gaps) },
      { name: 'the same, p95', unit: 'ms', summary: summarise([quantile(gaps, 0.95)]), goal: '5000' },
    ],
  };
}

const isLost = (one: Violation) => one.kind === 'lost';
const lostIn = ({ verdict }: Round) =>
  Math.max(0, ...verdict.violations.filter(isLost).map((one) => ('count' in one ? one.count : 0)));
const detachedIn = (rounds: readonly Round[]) =>
  sum(rounds.flatMap(({ turns }) => turns.map(({ detached }) => detached.length)));

const brokenIn = (engine: Engine, rounds: readonly Round[]): string[] => [
  ...rounds.flatMap(({ verdict }, index) =>
    verdict.violations.map((one) => `${engine}, round ${index + 1}: ${violationText(one)}`),
  ),
  ...(detachedIn(rounds) > 0
    ? [`${engine}: ${detachedIn(rounds)} times a server was not attached afterwards`]
    : []),
];

const methodOf = (
  thinkMs: number,
) => `Method: the write checker of lab/proof on a star of three servers; the primary goes there and back between two of them.
Clients: autocommit, transfers of five rows, privileged, sticky, reconnecting, through HAProxy, ${thinkMs} ms between answer and next
write (of 5, 10, 20, … the least with which the replicas keep up on this machine); each write is noted before it is sent and when it is answered. A probe of every server each 10 ms by the application's account, and by a privileged one
past the binary log on the server that was just fenced. After each ${AT_ONCE} switchovers every server's rows are compared with
what the clients were told. No failure in n runs bounds the rate at 3/n with 95 % confidence: ${RUNS} runs, 1 %.`;
