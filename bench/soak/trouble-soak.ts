import type { Lab } from '../../lab/api';
import type { Node } from '../../lab/replication/scenario';
import { isLeaf } from '../../shared/runbook/order';
import type { RunPlan } from '../../shared/runbook/plan';
import type { Section } from '../report';
import { summarise } from '../stats';
import { DIALECT, type Engine, withServers } from '../switchover/lab';
import { allowedStates, sample } from './allowed';
import type { Soak } from './soak';
import { playTrouble } from './trouble-round';
import { databaseOf, type TroubleCase, troubleCases, troubleText } from './troubles';

const GATE_PORT = 2523;

/** Every step of a switchover has a statement that fails, one that is given up, and a connection that is lost. */
export const troubleSoak = (engine: Engine): Soak => ({
  about: `a failing statement, a timeout and a lost connection in every step of a switchover on ${DIALECT[engine]}: one of two states`,
  minutes: 30,
  async run(scale, say) {
    const broken: string[] = [];
    const cases = await withServers(engine, GATE_PORT, say, async (lab: Lab, desk) => {
      const { plan, allowed } = await allowedStates(lab, desk);
      const all = sample(troubleCases(plan), scale);
      for (const [index, one] of all.entries()) {
        const { wrong } = await playTrouble(lab, desk, one, nodeOf(plan, one), allowed);
        say(
          `${engine}: ${index + 1} of ${all.length}: ${troubleText(one)}${wrong.length > 0 ? ' BROKEN' : ''}`,
        );
        broken.push(...wrong.map((what) => `${engine}, ${troubleText(one)}: ${what}`));
        // What comes after would be found on servers that nobody knows any more.
        if (wrong.length > 0) break;
      }
      return all;
    });
    return { sections: [sectionOf(engine, cases)], broken };
  },
});

/** In the lab a target of the plan is called as its host is. */
function nodeOf(plan: RunPlan, { step: id }: TroubleCase): Node {
  const leaf = plan.steps.filter(isLeaf).find((step) => step.id === id);
  return (leaf ? databaseOf(plan, leaf) : null) as Node;
}

const sectionOf = (engine: Engine, cases: readonly TroubleCase[]): Section => ({
  title: `Trouble in every step, ${DIALECT[engine]}`,
  method: METHOD,
  missing: [],
  figures: [{ name: 'cases', unit: 'in all', summary: summarise([cases.length]) }],
});

const METHOD = `Method: a star of three servers. A statement more is in the plan, before or after all others of one step: it fails, or is given
up after 1.5 s, or its connection is ended by root. What has no statement of its own has it among what is read before it. Whether
it has its trouble says a variable of the server, so that there is none when a stopped run goes on. However it ends, the state of
every server, read as root, must equal that after an undisturbed switchover, or that before.`;
