import type { Language } from '../contract';
import { type AppError, ok, type Result } from '../errors';
import { applyScenario } from '../estate/apply-scenario';
import type { Estate, Link } from '../estate/schema';
import { rowOf } from '../plan/runbook/rows';
import { stepsOf } from '../plan/steps';
import type { Snapshot } from '../snapshot';
import { texts } from '../text';
import { linkKey } from '../topology/boxes';
import type { Topology, TopologyNode } from '../views/topology';
import type { Frame, NodeStage, Scrubber } from '../views/what-if';
import { linkIn, pictureOf } from './overlay';
import { isPlaceOf, unionOf } from './union-estate';

/** How far a migration is, as far as it changes the picture. */
const STAGES = ['as-is', 'build', 'copy', 'fence', 'promote', 'reverse', 'switch', 'open', 'retire'] as const;
type Stage = (typeof STAGES)[number];

/** The rows of the runbook after which the picture is another. */
const STAGE_OF_ROW: Readonly<Record<string, Stage>> = {
  build: 'build',
  load: 'copy',
  copy: 'copy',
  freeze: 'fence',
  'read-only': 'fence',
  'close-shares': 'fence',
  promote: 'promote',
  reverse: 'reverse',
  'reverse-files': 'reverse',
  switch: 'switch',
  open: 'open',
  retire: 'retire',
};

/** One place of the picture, in both estates. */
interface Actor {
  node: TopologyNode;
  before: boolean;
  after: boolean;
  /** Holds data: it copies, and is written to at one place. */
  stores: boolean;
  /** Is the one that is written to, in the estate that it is to be. */
  writes: boolean;
  /** The data set behind it, where the plan has a step of its own for it. */
  sets: readonly string[];
}

/**
 * The estate as it is, after each step of its plan that changes it, and as a scenario wants it: what the scrubber goes
 * through. Nodes stand where they stand in the picture of both together. Pure.
 * @returns the mistakes of the scenario, when it cannot be laid over the estate.
 */
export function framesOf(
  estate: Estate,
  snapshot: Snapshot | null,
  scenario: string,
  language: Language,
): Result<Scrubber, AppError[]> {
  const applied = applyScenario(estate, scenario);
  if (!applied.ok) return applied;
  const to = applied.value;
  const topology = pictureOf(unionOf(estate, to), snapshot);
  const actors = topology.nodes.map((node) => actorOf(estate, to, node));
  const words = texts(language).whatIf.frames;
  const frames: Frame[] = [];
  const add = (id: string, title: string, number: string | null, done: ReadonlySet<string>) => {
    const nodes = Object.fromEntries(actors.map((actor) => [actor.node.id, stageOf(actor, done)]));
    const links = linksAt(estate, to, topology, nodes, done);
    const before = frames.at(-1);
    frames.push({ id, title, number, nodes, links, changed: before ? changedOf(before, nodes, links) : [] });
  };
  const done = new Set<string>();
  add('as-is', words.asIs(), null, done);
  for (const step of stepsOf(estate, language)) {
    const stage = STAGE_OF_ROW[step.row];
    if (!stage) continue;
    // What a step does for one data set changes the nodes of that set alone.
    const set = step.id.startsWith(`${step.row}-`) ? step.id.slice(step.row.length + 1) : '';
    done.add(set === '' ? stage : `${stage} ${set}`);
    add(step.id, step.title, rowOf(step.row).number, done);
  }
  for (const stage of STAGES) done.add(stage);
  add('to-be', words.toBe(), null, done);
  return ok({ topology, frames: frames.filter(({ id, changed }) => KEPT.has(id) || changed.length > 0) });
}
const KEPT: ReadonlySet<string> = new Set(['as-is', 'to-be']);

function actorOf(estate: Estate, to: Estate, node: TopologyNode): Actor {
  const { service, host } = node;
  const sets = [...estate.dataSets, ...to.dataSets]
    .filter((set) => set.service === service)
    .map(({ id }) => id);
  const cluster = to.clusters.find(({ members }) => members.some((member) => member.service === service));
  const role = cluster?.members.find((member) => member.service === service)?.role;
  // A copy is made and promoted with the data set of its cluster, or of its role where it is of no cluster.
  const kin = new Set([
    ...(cluster?.members.map((member) => member.service) ?? []),
    ...estate.services.filter((each) => each.role === node.role).map(({ id }) => id),
  ]);
  const shared = estate.dataSets.filter((set) => kin.has(set.service)).map(({ id }) => id);
  return {
    node,
    before: isPlaceOf(estate, service, host),
    after: isPlaceOf(to, service, host),
    stores: STORES.has(node.role),
    writes: role === undefined || role === 'primary' || role === 'unknown',
    sets: sets.length > 0 ? [...new Set([...sets, ...shared])] : shared,
  };
}
const STORES: ReadonlySet<string> = new Set(['database', 'files']);

function stageOf({ before, after, stores, writes, sets }: Actor, done: ReadonlySet<string>): NodeStage {
  const has = (stage: Stage) => done.has(stage) || sets.some((set) => done.has(`${stage} ${set}`));
  if (before && after) return 'works';
  if (after) {
    if (!has('build')) return 'absent';
    if (!stores) return has('switch') ? 'works' : 'idle';
    if (has('promote') || has('switch')) return writes ? 'writable' : 'copies';
    return has('copy') ? 'copies' : 'idle';
  }
  if (has('retire')) return 'absent';
  if (!stores) return has('open') ? 'forwards' : 'works';
  if (has('reverse')) return 'copies';
  return has('fence') ? 'read-only' : 'works';
}

/** A line is there when both its ends are, and it is one of what stands at that moment. */
function linksAt(
  estate: Estate,
  to: Estate,
  topology: Topology,
  nodes: Readonly<Record<string, NodeStage>>,
  done: ReadonlySet<string>,
): string[] {
  return topology.links.flatMap((each) => {
    if (nodes[each.from] === 'absent' || nodes[each.to] === 'absent') return [];
    const [old, next] = [linkIn(estate, topology, each), linkIn(to, topology, each)];
    const isThere = !each.declared || (old && (next || !done.has('retire'))) || (next && hasCome(next, done));
    return isThere ? [linkKey(each)] : [];
  });
}

/** Copies travel once data is loaded; requests come when the target is opened; all else when it is switched to. */
function hasCome({ purpose }: Link, done: ReadonlySet<string>): boolean {
  if (purpose === 'replicate') return [...done].some((each) => each.startsWith('copy'));
  return purpose === 'request' ? done.has('open') : done.has('switch');
}

const changedOf = (before: Frame, nodes: Frame['nodes'], links: readonly string[]): string[] => [
  ...Object.keys(nodes).filter((id) => before.nodes[id] !== nodes[id]),
  ...links.filter((key) => !before.links.includes(key)),
  ...before.links.filter((key) => !links.includes(key)),
];
