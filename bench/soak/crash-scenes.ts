import type { TestConsole } from '../../electron/core/testing/console';
import { failoverPlan, planFailover } from '../../electron/core/testing/failover-desk';
import { armed } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import { afterFailover, checksums, NEXT, OLD, REPLICA } from '../../lab/proof/old-primary';
import { type LabState, stateOf } from '../../lab/proof/state';
import { handsOn } from '../../lab/replication/hands';
import type { RejoinWay } from '../../shared/rejoin/model';
import type { RunPlan } from '../../shared/runbook/plan';
import { CLUSTER, type Engine } from '../switchover/lab';

/** A procedure whose console is killed everywhere. */
export interface CrashScene {
  name: string;
  /** Puts the servers into the state in which the procedure finds them, from whatever state they are in. */
  prepare(lab: Lab): Promise<void>;
  plan(desk: TestConsole): Promise<RunPlan>;
  /** What the procedure may change and takes back where it is undone. */
  before(lab: Lab): Promise<LabState>;
  /** What there is when it came to its end. */
  after(lab: Lab): Promise<LabState>;
}

const PATIENCE_MS = 120_000;
const PLAN_MS = 180_000;
const TABLES = ['patronus.account', 'patronus.note', 'patronus.ledger'];
const ALONE = "INSERT INTO patronus.account VALUES (910001, 'alone', 1.00), (910002, 'alone', 2.00);";

/** A primary that was killed with everything received. That it was told not to start again is never taken back. */
const failover: CrashScene = {
  name: 'failover',
  async prepare(lab) {
    await startable(lab);
    await lab.bend('star');
    await handsOn(lab.raw).fault('kill', OLD, 'mysql');
  },
  async plan(desk) {
    // As a person does it: until it is seen to be gone.
    for (const until = Date.now() + PATIENCE_MS; ; ) {
      const { made } = await planFailover(desk, { to: NEXT });
      if (made.state === 'ready') return made.plan;
      if (Date.now() > until) return (await failoverPlan(desk, { to: NEXT })).plan;
    }
  },
  before: (lab) => stateOf(lab, [NEXT, REPLICA]),
  after: (lab) => stateOf(lab, [NEXT, REPLICA]),
};

/** The old primary comes back after a failover; with rows of its own, but for being attached. */
const rejoin = (way: RejoinWay): CrashScene => ({
  name: `rejoin by ${way}`,
  async prepare(lab) {
    await startable(lab);
    await afterFailover(lab, way === 'attach' ? {} : { alone: ALONE });
  },
  async plan(desk) {
    const request = { cluster: CLUSTER, server: OLD, way, overrides: [] };
    const { made } = await armed(desk).planRejoin(request, AbortSignal.timeout(PLAN_MS));
    if (made.state === 'ready') return made.plan;
    throw new Error(made.reasons.map(({ code, params }) => `${code} ${JSON.stringify(params)}`).join('\n'));
  },
  before: async (lab) => ({
    ...(await stateOf(lab, [OLD, NEXT, REPLICA])),
    ...(await service(lab)),
    ...(await tables(lab)),
  }),
  after: async (lab) =>
    way === 'quarantine'
      ? { ...(await stateOf(lab, [NEXT, REPLICA])), ...(await service(lab)) }
      : {
          ...(await stateOf(lab, [OLD, NEXT, REPLICA])),
          ...(await service(lab)),
          ...(await sameTables(lab)),
        },
});

/** By dialect: rows can be taken back on MariaDB alone. */
export const scenesOf = (procedure: 'failover' | 'rejoin', engine: Engine): CrashScene[] => {
  if (procedure === 'failover') return [failover];
  const ways: RejoinWay[] = [
    'attach',
    ...(engine === 'mariadb' ? ['flashback' as const] : []),
    'rebuild',
    'quarantine',
  ];
  return ways.map(rejoin);
};

/** The old primary may start, and does: a case before may have fenced it, or put it away. */
async function startable(lab: Lab): Promise<void> {
  await handsOn(lab.raw).enabled(OLD);
  await lab.exec(OLD, [`/opt/lab/${lab.engine}.sh`, 'start']);
}

async function service(lab: Lab): Promise<LabState> {
  const ask = async (word: 'state' | 'boot') =>
    (await lab.exec(OLD, ['/opt/lab/service.sh', lab.engine, word])).stdout.trim();
  return { [`${OLD}/service`]: await ask('state'), [`${OLD}/boot`]: await ask('boot') };
}

const tables = async (lab: Lab): Promise<LabState> => ({
  [`${OLD}/tables`]: await checksums(handsOn(lab.raw), OLD, TABLES),
});

async function sameTables(lab: Lab): Promise<LabState> {
  const hands = handsOn(lab.raw);
  const [old, next] = [await checksums(hands, OLD, TABLES), await checksums(hands, NEXT, TABLES)];
  return { [`${OLD}/tables`]: old === next ? `as on ${NEXT}` : `${old}\n${next}` };
}
