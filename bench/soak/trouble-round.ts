import { setTimeout as sleep } from 'node:timers/promises';
import type { TestConsole } from '../../electron/core/testing/console';
import { armed, begun, ended } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import { type Hands, handsOn } from '../../lab/replication/hands';
import type { Node } from '../../lab/replication/scenario';
import type { RunState } from '../../shared/runbook/state-model';
import { BETWEEN, CLUSTER } from '../switchover/lab';
import { type Allowed, wrongAfter } from './allowed';
import { ON_ITS_WAY, SETTING, type TroubleCase, troubled } from './troubles';

const LOOK_MS = 50;

/** What came of one case, and what was wrong with it. */
export interface TroublePlayed {
  wrong: string[];
  /** Did the step have its trouble at all? */
  struck: boolean;
}

/**
 * A switchover with trouble in one step. Whatever it comes to by itself, or by going on once the trouble is over, has to be
 * one of the two states; the servers are then as they were before.
 */
export async function playTrouble(
  lab: Lab,
  desk: TestConsole,
  one: TroubleCase,
  node: Node,
  allowed: Allowed,
): Promise<TroublePlayed> {
  const hands = handsOn(lab.raw);
  const set = (value: number) => hands.sql(node, `SET GLOBAL max_connect_errors = ${value};`);
  const over = new AbortController();
  await set(SETTING[one.trouble]);
  const cutting = one.trouble === 'lost' ? cut(hands, node, over.signal) : Promise.resolve(0);
  try {
    const run = await begun(desk, { cluster: CLUSTER, to: BETWEEN[1], alter: (plan) => troubled(plan, one) });
    let state = await ended(desk, run);
    over.abort();
    const struck = (await cutting) > 0 || hadTrouble(state, one);
    await set(SETTING.none);
    if (state.status === 'stopped') {
      await armed(desk).runs.resume(run);
      state = await ended(desk, run);
    }
    const { status } = state;
    const wrong = await wrongAfter(lab, desk, { status, good: ['done', 'undone', 'left'], allowed });
    return { wrong: struck ? wrong : ['the step had no trouble', ...wrong], struck };
  } finally {
    over.abort();
    await set(SETTING.none);
  }
}

/** A statement that fails or is given up shows in the state of its step, or in that it was proved by looking. */
const hadTrouble = ({ status, steps }: RunState, { step }: TroubleCase): boolean =>
  steps[step]?.error != null || steps[step]?.by === 'probe' || status !== 'done';

/** Ends every session that is on its way with the statement, until told. Resolves with how many there were. */
async function cut(hands: Hands, node: Node, signal: AbortSignal): Promise<number> {
  let cuts = 0;
  while (!signal.aborted) {
    const listed = await hands.sql(
      node,
      `SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE '${ON_ITS_WAY}%';`,
    );
    for (const id of listed.split('\n').filter(Boolean)) {
      await hands.sql(node, `KILL ${id};`).catch(() => undefined);
      cuts += 1;
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  return cuts;
}
