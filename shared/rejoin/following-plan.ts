import { serviceControl } from '../estate/service-control';
import type { Fact } from '../runbook/command';
import type { RunPlan, Step } from '../runbook/plan';
import { type Said, said } from '../runbook/said';
import { bootChange } from '../switchover/boot';
import { channelOf, sessionOf } from '../switchover/member';
import type { MemberReading } from '../switchover/readings';
import { refusal } from '../switchover/refusal';
import { replicationSecret, replicationUser, type Side } from '../switchover/scene';
import { channelFacts, semiSyncFacts, writableFacts } from '../switchover/server-facts';
import { awakeEvents } from '../switchover/steps-before';
import type { Refusal } from '../views/lever';
import type { RejoinGround } from './rejoin-ground';
import { serviceFact } from './restart-steps';
import type { RejoinScene } from './steps-rejoin';

/** What the plans of every way by which an old primary follows in the end have in common. */

/** What was given, or that a server that the plan needs was not read. */
export const reasonsOr = ({ readings }: RejoinGround, reasons: Refusal[]): Refusal[] =>
  reasons.length > 0 ? reasons : [refusal('NOT_READ', { node: readings.from })];

interface Own {
  title: Said;
  facts: Fact[];
  steps: Step[];
  warnings: Said[];
  /** Besides the replication account of the present primary. */
  secrets?: RunPlan['secrets'];
}

export function planOf(
  { estate, readings, madeAt }: RejoinGround,
  { old, next, kept }: RejoinScene,
  { title, facts, steps, warnings, secrets = {} }: Own,
): RunPlan {
  return {
    version: 1,
    procedure: 'rejoin',
    title,
    estate: estate.estate,
    subject: readings.cluster,
    confirm: old.node,
    madeAt,
    targets: Object.fromEntries([old, next, ...kept].map((side) => [side.node, targetOf(side)])),
    // Never on the old primary: it is restarted, and a lock that is held there would be lost with it.
    keptOn: [next, ...kept].map(({ node }) => node),
    secrets: {
      [replicationSecret(next.node)]: { service: next.member.service, account: 'replication' },
      ...secrets,
    },
    facts,
    preconditions: [],
    steps,
    overrides: [],
    blind: [],
    warnings,
    limitMs: null,
  };
}

export const targetOf = ({ member }: Side): RunPlan['targets'][string] => ({
  host: member.host,
  service: member.service,
  identity: member.identity,
  session: sessionOf(member),
});

/** A server by its name, where it was read. */
export const sideOf = ({ readings }: Pick<RejoinGround, 'readings'>, node: string): Side[] => {
  const member = readings.members[node];
  return member ? [{ node, member }] : [];
};

/** What it takes to follow; null: something of it is not there. */
export function sceneOf(ground: RejoinGround): RejoinScene | null {
  const { estate, readings } = ground;
  const cluster = estate.clusters.find(({ id }) => id === readings.cluster);
  const [[old], [next]] = [sideOf(ground, readings.from), sideOf(ground, readings.to)];
  const others = readings.others.flatMap((node) => sideOf(ground, node));
  const [like] = others.flatMap(({ member }) => channelOf(member) ?? []);
  if (!cluster || !old || !next || !like) return null;
  const closes = (cluster.acting?.boot ?? 'read-only') === 'read-only';
  const { service, dialect } = old.member;
  return {
    old,
    next,
    kept: others.slice(0, 1),
    like,
    user: replicationUser(estate, next.member.service) ?? '',
    boot: closes ? bootChange(old.node, old.member) : null,
    control: closes ? serviceControl(cluster, service, dialect) : null,
  };
}

/** What is changed or relied on wherever it follows in the end. */
export function followFacts({ old, next, like, boot, control }: RejoinScene): Fact[] {
  return [
    ...[old, next].flatMap(({ node, member }) => writableFacts(node, member)),
    ...semiSyncFacts(old.node, old.member),
    ...channelFacts(old.node, old.member, like.name),
    ...(boot === null || boot === 'unknown' ? [] : boot.facts),
    ...(control ? [serviceFact(old.node, control)] : []),
  ];
}

export function warningsOf({ old, control }: RejoinScene): Said[] {
  const { node, member } = old;
  const events = awakeEvents(member).map(({ event }) => `${event.schema}.${event.name}`);
  const privileged = openWriters(member);
  return [
    ...(events.length > 0 ? [said('WARN_REJOIN_EVENTS', { node, list: events.join(', ') })] : []),
    ...(privileged.length > 0 ? [said('WARN_REJOIN_WRITERS', { node, list: privileged.join(', ') })] : []),
    ...(control ? [said('WARN_REJOIN_RESTART', { node })] : [said('WARN_REJOIN_AS_WAS', { node })]),
  ];
}

const openWriters = ({ privileged }: MemberReading): string[] =>
  (privileged ?? []).filter(({ locked }) => !locked).map(({ user, host }) => `${user}@${host}`);
