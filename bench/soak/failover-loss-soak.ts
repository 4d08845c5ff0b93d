import { failoverDesk } from '../../electron/core/testing/failover-desk';
import { type LossRound, playLoss, untruths } from '../../lab/proof/loss-round';
import type { Section } from '../report';
import { summarise } from '../stats';
import { ENGINES, type Engine, withServers } from '../switchover/lab';
import type { Soak } from './soak';

const GATE_PORT = 2561;
const ROUNDS = 50;
/** Of 50 rounds in which nothing is lost nothing is shown. */
const LOSING = 30;

interface Played {
  round: number;
  cutConsole: boolean;
  played: LossRound;
  wrong: string[];
}

/** The loss statement against what the old primary is later found to hold alone, with its host in reach and out of it. */
export const failoverLossSoak: Soak = {
  about: `${ROUNDS} dead primaries in reach and ${ROUNDS} out of it, MySQL and MariaDB: the loss statement is true`,
  minutes: 90,
  async run(scale, say) {
    const sections: Section[] = [];
    const broken: string[] = [];
    const rounds = Math.max(2, Math.round(ROUNDS * scale));
    for (const engine of ENGINES) {
      const all = await soak(engine, rounds, say);
      sections.push(sectionOf(engine, all));
      for (const { round, cutConsole, wrong } of all)
        broken.push(
          ...wrong.map((what) => `${engine}, round ${round + 1}${cutConsole ? ', cut off' : ''}: ${what}`),
        );
      for (const cutConsole of [false, true]) {
        const lost = losing(all, cutConsole).length;
        const least = Math.floor((LOSING * rounds) / ROUNDS);
        if (lost < least) broken.push(`${engine}: only ${lost} of ${rounds} rounds lost anything`);
      }
    }
    return { sections, broken };
  },
};

const soak = (engine: Engine, rounds: number, say: (text: string) => void): Promise<Played[]> =>
  withServers(engine, GATE_PORT, say, async (lab, desk) => {
    const all: Played[] = [];
    for (const cutConsole of [false, true]) {
      for (let round = 0; round < rounds; round += 1) {
        const played = await playLoss(lab, failoverDesk(desk), { round, cutConsole });
        const wrong = untruths(played, cutConsole);
        all.push({ round, cutConsole, played, wrong });
        const { loss } = played.look;
        const told = `${loss?.kind ?? 'none'}, ${played.stated.size} of ${played.truth.size} named`;
        say(
          `${engine}${cutConsole ? ', cut off' : ''}: ${round + 1} of ${rounds}, ${told} ${wrong.join('; ')}`,
        );
      }
    }
    return all;
  });

const losing = (all: readonly Played[], cutOff: boolean): Played[] =>
  all.filter(({ cutConsole, played }) => cutConsole === cutOff && played.truth.size > 0);

function sectionOf(engine: Engine, all: readonly Played[]): Section {
  const count = (of: (one: Played) => boolean) => summarise([all.filter(of).length]);
  const kind = (wanted: string) => count(({ played }) => played.look.loss?.kind === wanted);
  return {
    title: `${all.length} loss statements, ${engine === 'mysql' ? 'MySQL 9.7' : 'MariaDB 10.11'}`,
    method: METHOD,
    missing: [],
    figures: [
      {
        name: 'untrue statements',
        unit: 'in all',
        summary: count(({ wrong }) => wrong.length > 0),
        goal: '0',
      },
      {
        name: 'rounds that lost something',
        unit: 'in all',
        summary: count(({ played }) => played.truth.size > 0),
      },
      { name: 'exact', unit: 'in all', summary: kind('exact') },
      { name: 'at least', unit: 'in all', summary: kind('at-least') },
      { name: 'unknown', unit: 'in all', summary: kind('unknown') },
      {
        name: 'transactions lost in a round',
        unit: 'transactions',
        summary: summarise(all.map(({ played }) => played.truth.size)),
      },
    ],
  };
}

const METHOD = `Method: a star of three servers; a client on the primary writes as fast as it can. The replicas' links are cut, the primary
writes alone for up to 400 ms and is killed (kill -9). The console looks; then the primary is started again, closed and alone, and
asked what it has that the chosen replica has not: MySQL by GTID_SUBTRACT, MariaDB by mariadb-binlog over its logs. In reach both
sets have to be equal; with the console cut off from the host what is named has to be a part of it.`;
