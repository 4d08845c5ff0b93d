import { randomBytes } from 'node:crypto';
import type { Contract, Language } from '@shared/contract';
import type { Input } from '@shared/contract-kit';
import { Failure } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import type { FailoverLook } from '@shared/failover/model';
import type { DisarmedBy } from '@shared/journal/entry';
import { accountsOf } from '@shared/lever/accounts';
import type { SecondPerson } from '@shared/lever/open-lever';
import type { RejoinLook } from '@shared/rejoin/model';
import { fingerprintOf, planHash } from '@shared/runbook/fingerprint';
import { withMeasured } from '@shared/runbook/measured';
import type { RunPlan } from '@shared/runbook/plan';
import { asciiJson } from '@shared/runbook/remote-record';
import { scriptOf } from '@shared/runbook/script';
import type { RunView } from '@shared/runbook/state-model';
import type { Arm, PlanMade } from '@shared/views/lever';
import type { FailoverRequest } from '../failover/look-failover';
import type { FailoverMade, FailoverPlanned, FailoverPlanRequest } from '../failover/make-failover';
import { digest } from '../journal/digest';
import { LeverDesk } from '../lever/lever';
import { failure } from '../net/failure';
import type { Clock, Journal } from '../ports';
import type { RejoinRequest } from '../rejoin/look-rejoin';
import type { RejoinMade, RejoinPlanRequest } from '../rejoin/make-rejoin';
import type { Runs } from '../runbook/api';
import { writeAtomic } from '../stores/atomic-file';
import { ARMED_MS, Arming } from './arming';

export type SwitchoverRequest = Input<Contract, 'switchover.plan'>;

/** What a procedure makes of a request: a plan, or every reason against one. */
export type Made = { ok: true; plan: RunPlan } | { ok: false; reasons: RefusedPlan['reasons'] };
type RefusedPlan = Extract<PlanMade, { state: 'refused' }>;
type ReadyPlan = Extract<PlanMade, { state: 'ready' }>;

/** A look, and the plan that was made from it. */
export interface RejoinPlanned {
  look: RejoinLook;
  made: PlanMade;
}

/** Whether somebody else has approved a plan; the estate says whose word counts. */
export interface Approvals {
  of(plan: RunPlan, hash: string): Promise<SecondPerson>;
  /** Takes an approval from a file that a person chose; what speaks against it is what `of` says from then on. */
  take(hash: string, file: string): Promise<void>;
}

export interface ActingOptions {
  estate: Estate;
  clock: Clock;
  journal: Journal;
  make(request: SwitchoverRequest, signal: AbortSignal): Promise<Made>;
  lookRejoin(request: RejoinRequest, signal: AbortSignal): Promise<RejoinLook>;
  makeRejoin(request: RejoinPlanRequest, signal: AbortSignal): Promise<RejoinMade>;
  lookFailover(request: FailoverRequest, signal: AbortSignal): Promise<FailoverLook>;
  makeFailover(request: FailoverPlanRequest, signal: AbortSignal): Promise<FailoverMade>;
  runs: Runs;
  approvals: Approvals;
  onArm(arm: Arm): void;
  onRun(view: RunView): void;
  /** The lever that lies open is different, or another. */
  onLever(): void;
  /** Time went by over the lever that lies open. */
  onLeverTick(): void;
}

/** Acting on one open estate: whether it is armed, the plans that were made, the lever and the runs. */
export interface Acting {
  readonly arming: Arming;
  readonly runs: Runs;
  readonly lever: LeverDesk;
  /**
   * Plans a switchover, or names every reason against it. The plan is kept by its hash, instead of any other of the
   * same subject: a newer one makes the older one worthless. Asks the acting accounts; changes nothing.
   * @throws Failure E_NO_CLUSTER, and what stands in the way of asking at all.
   */
  plan(request: SwitchoverRequest, signal: AbortSignal): Promise<PlanMade>;
  /**
   * What an old primary holds alone, and by which ways it can come back. Asks the acting accounts; changes nothing.
   * @throws Failure E_NO_CLUSTER
   */
  lookRejoin(request: RejoinRequest, signal: AbortSignal): Promise<RejoinLook>;
  /** Looks anew and plans from that very look; kept as a switchover's plan is. @throws Failure as `lookRejoin` */
  planRejoin(request: RejoinPlanRequest, signal: AbortSignal): Promise<RejoinPlanned>;
  /**
   * What is known before an emergency failover: who could take over, and what would be lost. Asks the acting accounts; changes
   * nothing. @throws Failure E_NO_CLUSTER, E_NO_OLD_PRIMARY
   */
  lookFailover(request: FailoverRequest, signal: AbortSignal): Promise<FailoverLook>;
  /** Looks anew and plans from that very look; kept as a switchover's plan is. @throws Failure as `lookFailover` */
  planFailover(request: FailoverPlanRequest, signal: AbortSignal): Promise<FailoverPlanned>;
  /** Takes a plan that was made before and saved, by this console or another; `start` looks whether it still holds. */
  keep(plan: RunPlan): ReadyPlan;
  /** @throws Failure E_NO_PLAN */
  planOf(hash: string): RunPlan;
  /**
   * Writes the plan as a script that a person can paste by hand; into a file .json as the plan itself, for the second
   * person who signs it. @throws Failure E_NO_PLAN, E_STORE_WRITE
   */
  save(hash: string, file: string, language: Language): Promise<void>;
  /**
   * Begins a plan that was kept; resolves with the run's id.
   * @throws Failure E_NO_PLAN, E_APPROVAL…, and what Runs.start refuses.
   */
  start(hash: string, typed: string): Promise<string>;
  /** Takes the approval in this file; the lever says what speaks against it. */
  approve(hash: string, file: string): Promise<void>;
  /** As whom a plan acts, for people. */
  accounts(plan: RunPlan): string[];
  /** The subjects of the runs that this console has in its hands now. */
  underWay(): string[];
  /** The desk slept for so long: what acts is held after its step, and after a while nobody is known to be there. */
  woke(ms: number): void;
  /** Disarms and closes the lever: nobody is known to be there any more. */
  standDown(why: DisarmedBy): void;
  dispose(): Promise<void>;
}

/** Who was away for longer may be somebody else now; a desk that is only slow is not asleep for so long. */
const AWAY_MS = 30_000;

const ELSEWHERE_MS = 60_000;

export function createActing(options: ActingOptions): Acting {
  const { clock, journal, runs, approvals } = options;
  const { estate } = options.estate;
  const plans = new Map<string, RunPlan>();
  const inHand = new Map<string, RunView>();
  const ended = new AbortController();

  const arming = new Arming(clock, (arm, why) => {
    if (arm.armed) {
      journal.note({ kind: 'armed', estate, forMs: ARMED_MS });
      lookElsewhere();
    } else {
      journal.note({ kind: 'disarmed', estate, why });
      lever.close();
    }
    options.onArm(arm);
  });
  /** What other desks have left on the servers is told as runs are, as far as nobody has to be asked for it. */
  const lookElsewhere = () => {
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(ELSEWHERE_MS)]);
    runs.onServers(signal, { background: true }).catch(() => undefined);
  };
  const planOf = (hash: string): RunPlan => {
    const found = plans.get(hash);
    if (!found) throw failure('E_NO_PLAN', null);
    return found;
  };
  const start = async (hash: string, typed: string): Promise<string> => {
    const wanted = planOf(hash);
    const second = await approvals.of(wanted, hash);
    if (second.state === 'refused') throw new Failure(second.error);
    if (second.state === 'missing')
      throw failure('E_APPROVAL_MISSING', null, { name: second.approvers.join(', ') });
    return runs.start(wanted, { fingerprint: fingerprintOf(wanted, digest), typed });
  };
  const lever = new LeverDesk({
    clock,
    armed: () => arming.armed,
    plan: planOf,
    runs,
    start,
    secondPerson: (hash) => approvals.of(planOf(hash), hash),
    token: () => randomBytes(32).toString('base64url'),
    onChange: options.onLever,
    onTick: options.onLeverTick,
  });
  const stopListening = runs.onChange((view) => {
    if (isUnderWay(view)) inHand.set(view.state.id, view);
    else inHand.delete(view.state.id);
    options.onRun(view);
  });

  const keep: Acting['keep'] = (plan) => {
    const hash = planHash(plan, digest);
    for (const [older, { subject }] of plans) {
      if (subject !== plan.subject || older === hash) continue;
      plans.delete(older);
      lever.planGone(older);
    }
    plans.set(hash, plan);
    return { state: 'ready', hash, fingerprint: fingerprintOf(plan, digest), plan };
  };

  const planned = async (made: Made): Promise<PlanMade> => {
    lookElsewhere();
    if (!made.ok) return { state: 'refused', reasons: made.reasons };
    // Where the journal cannot be read, the plan is as good without its times.
    return keep(withMeasured(made.plan, await runs.list().catch(() => [])));
  };

  return {
    arming,
    runs,
    lever,
    planOf,
    start,
    plan: async (request, signal) => planned(await options.make(request, signal)),
    lookRejoin: options.lookRejoin,
    async planRejoin(request, signal) {
      const { look, made } = await options.makeRejoin(request, signal);
      return { look, made: await planned(made) };
    },
    lookFailover: options.lookFailover,
    async planFailover(request, signal) {
      const { look, made } = await options.makeFailover(request, signal);
      return { look, made: await planned(made) };
    },
    keep,
    async save(hash, file, language) {
      const wanted = planOf(hash);
      const isPlan = file.endsWith('.json');
      await writeAtomic(file, isPlan ? `${asciiJson(wanted)}\n` : scriptOf(wanted, language, hash));
    },
    async approve(hash, file) {
      await approvals.take(hash, file);
      await lever.lookForSecondPerson();
    },
    accounts: (wanted) => accountsOf(options.estate, wanted),
    underWay: () => [...inHand.values()].map(({ state }) => state.subject),
    woke(ms) {
      if (ms >= AWAY_MS) arming.set(false, 'slept');
      void runs.woke();
    },
    standDown: (why) => void arming.set(false, why),
    async dispose() {
      ended.abort();
      arming.set(false, 'closed');
      lever.dispose();
      await runs.dispose();
      stopListening();
    },
  };
}

/** Does this console act on it, or hold it until a person says how it goes on? */
const isUnderWay = ({ here, state }: RunView): boolean =>
  here && ['running', 'holding', 'waiting', 'undoing'].includes(state.status);
