import type { Estate } from '../estate/schema';
import type { ReplicationCluster } from '../replication/model';
import type { Fact } from '../runbook/command';
import type { RunPlan, Step, Target } from '../runbook/plan';
import { said } from '../runbook/said';
import type { Refusal } from '../views/lever';
import { bootChange } from './boot';
import { LOCKING_MS } from './commands';
import { channelOf, sessionOf } from './member';
import { blindOf, warningsOf } from './notes';
import { isOverridden, type Overrides, typedFor } from './overridden';
import { preconditionsOf } from './preconditions';
import type { SwitchoverReadings } from './readings';
import { refusal } from './refusal';
import { refuseAccess } from './refuse-access';
import { onlyReason, refuseCandidate } from './refuse-candidate';
import { refuseServers } from './refuse-servers';
import { hookOnlyHosts, replicationSecret, type Scene, type Side, sceneOf } from './scene';
import { accountFact, channelFacts, eventFact, semiSyncFacts, writableFacts } from './server-facts';
import { eventsToWake, stepsAfter } from './steps-after';
import { awakeEvents, openAccounts, stepsBefore } from './steps-before';
import { stepsWithoutWrites } from './steps-freeze';

export interface SwitchoverInput {
  estate: Estate;
  cluster: ReplicationCluster;
  readings: SwitchoverReadings;
  /** What somebody typed to go on in spite of a refusal. */
  overrides: Overrides;
  madeAt: number;
}
export type SwitchoverPlan = { ok: true; plan: RunPlan } | { ok: false; reasons: Refusal[] };

/**
 * The planned switchover of a primary, as data, in the order of `docs/switchover.md`; or every reason why there is
 * none. Pure: the same readings give the same plan, to the letter.
 */
export function planSwitchover({
  estate,
  cluster: replication,
  readings,
  overrides,
  madeAt,
}: SwitchoverInput): SwitchoverPlan {
  const only = onlyReason(replication, readings.to);
  if (only) return { ok: false, reasons: [only] };
  const ground = { estate, replication, readings, madeAt };
  const all = [refuseCandidate, refuseServers, refuseAccess].flatMap((refuse) => refuse(ground));
  const reasons = all.filter((reason) => !isOverridden(reason, overrides));
  if (reasons.length > 0) return { ok: false, reasons };
  const scene = sceneOf(estate, replication, readings);
  if (!scene) return { ok: false, reasons: [refusal('NOT_READ', { node: readings.to })] };
  const { from, to } = scene;
  const before = stepsBefore(scene);
  const steps = [
    ...before,
    ...stepsWithoutWrites(
      scene,
      before.map(({ id }) => id),
    ),
    ...stepsAfter(scene),
  ];
  return {
    ok: true,
    plan: {
      version: 1,
      procedure: 'switchover',
      title: said('TITLE', { from: from.node, to: to.node }),
      estate: estate.estate,
      subject: readings.cluster,
      confirm: from.node,
      madeAt,
      targets: targetsOf(scene, readings),
      keptOn: [from.node, to.node],
      secrets: secretsOf(scene),
      facts: factsOf(scene),
      preconditions: preconditionsOf(scene, replication),
      steps,
      overrides: all
        .filter((reason) => isOverridden(reason, overrides))
        .map(({ code }) => ({ code, typed: typedFor(code, overrides) ?? '' })),
      blind: blindOf(scene),
      warnings: warningsOf(scene, replication),
      limitMs: limitOf(steps),
    },
  };
}

function targetsOf(scene: Scene, readings: SwitchoverReadings): Record<string, Target> {
  const servers = [scene.from, scene.to, ...scene.others].map(({ node, member }): [string, Target] => [
    node,
    { host: member.host, service: member.service, identity: member.identity, session: sessionOf(member) },
  ]);
  const hosts = hookOnlyHosts(scene, readings).flatMap((host): [string, Target][] => {
    const identity = readings.hosts[host]?.identity;
    return identity ? [[host, { host, service: null, identity, session: [] }]] : [];
  });
  return Object.fromEntries([...servers, ...hosts]);
}

/** The old primary's is needed where servers may have to be led back to it: with semi-sync they move before it is certain. */
function secretsOf({ from, to, needed }: Scene): RunPlan['secrets'] {
  const of = ({ node, member }: Side) =>
    [replicationSecret(node), { service: member.service, account: 'replication' as const }] as const;
  return Object.fromEntries([of(to), ...(needed === null ? [] : [of(from)])]);
}

/** Exactly what the plan stands on. */
function factsOf(scene: Scene): Fact[] {
  const { from, to, others, channel, acting, hooks } = scene;
  const closes = (acting.boot ?? 'read-only') === 'read-only';
  return [
    ...[from, to, ...others].flatMap(({ node, member }) => {
      const boot = closes ? bootChange(node, member) : null;
      return [
        ...writableFacts(node, member),
        ...semiSyncFacts(node, member),
        ...channelFacts(node, member, channelOf(member)?.name ?? channel.name),
        ...(boot === null || boot === 'unknown' ? [] : boot.facts),
      ];
    }),
    ...awakeEvents(from.member).map(({ event, index }) => eventFact(from.node, event, index)),
    ...eventsToWake(from.member, to.member).map(({ event, index }) => eventFact(to.node, event, index)),
    ...openAccounts(from.member).map(({ account, index }) => accountFact(from.node, account, index)),
    ...hooks.flatMap((hook) => hook.facts),
  ];
}

/** Sessions are ended within a few rounds, or what they roll back is long: then the lock's limit is over too. */
const ENDING_MS = 10_000;

/** From the freeze on, what the steps themselves allow before all is undone. */
function limitOf(steps: readonly Step[]): number {
  const waits = steps.filter((step) => step.kind === 'wait' && step.group !== null);
  return waits.reduce((sum, step) => sum + (step.kind === 'wait' ? step.limitMs : 0), LOCKING_MS + ENDING_MS);
}
