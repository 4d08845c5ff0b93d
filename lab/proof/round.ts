import type { Lab } from '../api';
import { handsOn } from '../replication/hands';
import type { Node } from '../replication/scenario';
import { bareSwitchover } from './bare-switchover';
import { gapBetween, type Verdict, verdictOf } from './check';
import { attachedTo, presentOn } from './present';
import { reattach } from './reattach';
import { type Load, type LoadOptions, startLoad } from './start-load';

/** How one server is made to stop and another to start taking writes. */
export interface Way {
  name: string;
  /** Resolves when the new one takes writes. */
  act(from: Node, to: Node, load: Load): Promise<void>;
  /** What is done outside of the time that is measured. */
  after?(to: Node, load: Load): Promise<void>;
}

export interface Turn {
  way: string;
  from: Node;
  to: Node;
  /** Longest time between two acknowledged writes of any client, ms. */
  gapMs: number;
  /** Servers that did not follow the new one right after. */
  detached: Node[];
}

export interface Round {
  turns: Turn[];
  verdict: Verdict;
}

/** There and back between two servers under one load, each turn by its own way; then everything is counted. */
export async function playRound(
  lab: Lab,
  options: LoadOptions,
  between: readonly [Node, Node],
  ways: readonly Way[],
): Promise<Round> {
  const hands = handsOn(lab.raw);
  const load = await startLoad(lab, options);
  try {
    const turns: Omit<Turn, 'gapMs'>[] = [];
    let [from, to] = between;
    for (const [index, way] of ways.entries()) {
      await load.mark(`begins ${index}`);
      await way.act(from, to, load);
      await load.writes(to);
      await load.mark(`ends ${index}`);
      await way.after?.(to, load);
      const others = load.nodes.filter((node) => node !== to);
      const attached = await Promise.all(others.map((node) => attachedTo(hands, node, to)));
      turns.push({ way: way.name, from, to, detached: others.filter((_, at) => !attached[at]) });
      [from, to] = [to, from];
    }
    const journal = await load.stop();
    return {
      turns: turns.map((turn, index) => ({
        ...turn,
        gapMs: gapBetween(journal, `begins ${index}`, `ends ${index}`),
      })),
      verdict: verdictOf(journal, await presentOn(lab, from, load.nodes), load.sum),
    };
  } finally {
    load.end();
  }
}

/** Sends a statement to a server by the connection that is to be measured with. */
export type SayTo = (
  node: Node,
  statement: string,
) => Promise<readonly Readonly<Record<string, string | null>>[]>;

/** The bare statements; everybody is attached again when the time is over. */
export const bareWay = (lab: Lab, say: SayTo): Way => ({
  name: 'bare',
  act: (from, to) =>
    bareSwitchover({
      engine: lab.engine,
      from: (statement) => say(from, statement),
      to: (statement) => say(to, statement),
    }),
  after: (to, { nodes }) =>
    reattach(
      lab,
      to,
      nodes.filter((node) => node !== to),
    ),
});
