import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { estateText, fileNameOf } from '../access/estate-file';
import { LabError } from '../engine/errors';
import { healEverything } from '../engine/faults';
import type { Lab } from '../engine/lab';
import { startServices } from '../engine/services';
import { writeEstate } from '../engine/up';
import { leadTo, markBackup, scheduleEvents } from './acting';
import { statedEstate } from './estate';
import { type Hands, handsOn, until } from './hands';
import { type Expected, expectedOf, isHere, NODES, type Node, nodesOf, type Scenario } from './scenario';
import { SCENARIOS, scenarioNamed } from './scenarios';
import { straighten, wire } from './straighten';

/** A scenario as it stands on a running lab. */
export interface Bent {
  readonly scenario: string;
  /** The estate file of exactly its members. */
  readonly estateFile: string;
  readonly expected: readonly Expected[];
}

/**
 * Puts a running replication lab into the state of that name. `healthy` is called between wiring and bending.
 * @throws LabError E_SCENARIO
 */
export async function bend(lab: Lab, name: string, healthy?: (wired: Bent) => Promise<void>): Promise<Bent> {
  const bent = await wireScenario(lab, name);
  await healthy?.(bent);
  await applyBend(lab, name);
  return bent;
}

/**
 * The healthy wiring of a scenario, from whatever state the lab is in: what was bent before is taken back first.
 * @throws LabError E_SCENARIO when the lab's engine or hosts cannot have it
 */
export async function wireScenario(lab: Lab, name: string): Promise<Bent> {
  const scenario = scenarioNamed(name);
  const expected = mustBeHere(lab, scenario);
  const hands = handsOn(lab);
  await unbend(lab);
  const nodes = ownNodes(lab);
  await straighten(hands, nodes);
  await writeFile(bentFile(lab), scenario.name);
  await scenario.before?.(hands);
  await wire(hands, scenario.wiring, nodes);
  await readyToAct(hands, scenario);
  const estateFile = join(lab.paths.estate, fileNameOf(`replication/${scenario.name}`));
  await writeEstate(lab, estateFile, await estateText(lab, statedEstate(scenario, lab.config.engine)));
  return { scenario: scenario.name, estateFile, expected };
}

/** What a change of the primary finds, beside the servers. */
async function readyToAct(hands: Hands, scenario: Scenario): Promise<void> {
  const members = Object.keys(scenario.wiring.members) as Node[];
  const [primary] = scenario.wiring.open;
  const last = members.at(-1);
  if (primary === undefined || last === undefined) return;
  await scheduleEvents(hands, primary, members);
  await markBackup(hands, last);
  await leadTo(hands, primary);
}

/** Bends what `wireScenario` made straight, and waits until the servers themselves show it. */
export async function applyBend(lab: Lab, name: string): Promise<void> {
  const scenario = scenarioNamed(name);
  const hands = handsOn(lab);
  await scenario.bend?.(hands);
  const { shown } = scenario;
  if (shown) await until(scenario.title, () => shown(hands));
  if (scenario.lastsMs) await sleep(scenario.lastsMs);
}

/** Takes back what the last scenario did beyond rows, logs and channels; every server runs after. */
async function unbend(lab: Lab): Promise<void> {
  const last = await readFile(bentFile(lab), 'utf8').catch(() => undefined);
  if (last === undefined) return;
  const { faulty, undo } = scenarioNamed(last);
  const hands = handsOn(lab);
  if (faulty) await healEverything(lab);
  for (const node of ownNodes(lab)) await hands.enabled(node);
  await startServices(lab);
  await undo?.(hands);
  await rm(bentFile(lab), { force: true });
}

/** Outlives the program that bent it: the next one knows what to take back. */
const bentFile = (lab: Lab) => join(lab.paths.base, 'bent');

const ownNodes = (lab: Lab): Node[] =>
  NODES.filter((node) => lab.spec.hosts.some((host) => host.name === node));

function mustBeHere(lab: Lab, scenario: Scenario): readonly Expected[] {
  const expected = expectedOf(scenario, lab.config.engine);
  if (!isHere(expected))
    throw new LabError('E_SCENARIO', `${scenario.name} with ${lab.config.engine}: ${expected.notHere}`, {
      exitCode: 2,
    });
  const missing = nodesOf(scenario).filter((node) => !ownNodes(lab).includes(node));
  if (missing.length > 0)
    throw new LabError('E_SCENARIO', `${scenario.name} needs ${missing.join(', ')}, which this lab has not`, {
      exitCode: 2,
      hint: 'npm run lab -- up replication/tree has four servers',
    });
  const releases = (nodes: readonly Node[]) => nodes.join(', ') || 'none';
  const [wanted, there] = [releases(scenario.newer ?? []), releases(newerIn(lab))];
  if (wanted !== there)
    throw new LabError(
      'E_SCENARIO',
      `${scenario.name} wants the other release of the engine on: ${wanted}; this lab has it on: ${there}`,
      { exitCode: 2, hint: `npm run lab -- up replication/${scenario.name}, in a lab of its own` },
    );
  return expected;
}

/** Servers of a lab that run the other release of its engine. */
const newerIn = ({ spec }: Lab): readonly Node[] =>
  SCENARIOS.find(({ name }) => spec.name === `replication/${name}`)?.newer ?? [];
