import { serviceControl } from '../estate/service-control';
import type { Fact } from '../runbook/command';
import type { RunPlan } from '../runbook/plan';
import { said } from '../runbook/said';
import { bootChange } from '../switchover/boot';
import { channelOf, isMysql, sessionOf } from '../switchover/member';
import type { SwitchoverInput, SwitchoverPlan } from '../switchover/plan-switchover';
import type { MemberReading } from '../switchover/readings';
import { refusal } from '../switchover/refusal';
import { replicationSecret, replicationUser, type Side } from '../switchover/scene';
import { channelFacts, semiSyncFacts, writableFacts } from '../switchover/server-facts';
import { awakeEvents } from '../switchover/steps-before';
import { refuseRejoin } from './refuse-rejoin';
import { serviceFact } from './restart-steps';
import { type RejoinScene, stepsOf } from './steps-rejoin';

/**
 * The old primary comes back as a replica. Only the case in which it has nothing of its own: what it holds alone is a
 * refusal that names every transaction. Pure. `from` of the readings is the old primary, `to` the new one.
 */
export function planRejoin({
  estate,
  cluster: replication,
  readings,
  madeAt,
}: Omit<SwitchoverInput, 'overrides'>): SwitchoverPlan {
  const reasons = refuseRejoin({ estate, replication, readings, madeAt });
  if (reasons.length > 0) return { ok: false, reasons };
  const scene = sceneOf({ estate, readings });
  if (!scene) return { ok: false, reasons: [refusal('NOT_READ', { node: readings.from })] };
  const { old, next, kept } = scene;
  return {
    ok: true,
    plan: {
      version: 1,
      procedure: 'rejoin',
      title: said('TITLE', { node: old.node, to: next.node }),
      estate: estate.estate,
      subject: readings.cluster,
      confirm: old.node,
      madeAt,
      targets: Object.fromEntries(
        [old, next, ...kept].map(({ node, member }) => [
          node,
          {
            host: member.host,
            service: member.service,
            identity: member.identity,
            session: sessionOf(member),
          },
        ]),
      ),
      // Never on the old primary: it is restarted, and a lock that is held there would be lost with it.
      keptOn: [next, ...kept].map(({ node }) => node),
      secrets: {
        [replicationSecret(next.node)]: { service: next.member.service, account: 'replication' },
      },
      facts: factsOf(scene),
      preconditions: [],
      steps: stepsOf(scene),
      overrides: [],
      blind: isMysql(next.member) ? [] : [said('BLIND_PURGED', { to: next.node })],
      warnings: warningsOf(scene),
      limitMs: null,
    },
  };
}

function sceneOf({ estate, readings }: Pick<SwitchoverInput, 'estate' | 'readings'>): RejoinScene | null {
  const side = (node: string): Side[] => {
    const member = readings.members[node];
    return member ? [{ node, member }] : [];
  };
  const cluster = estate.clusters.find(({ id }) => id === readings.cluster);
  const [[old], [next]] = [side(readings.from), side(readings.to)];
  const others = readings.others.flatMap(side);
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

function factsOf({ old, next, like, boot, control }: RejoinScene): Fact[] {
  return [
    ...[old, next].flatMap(({ node, member }) => writableFacts(node, member)),
    ...semiSyncFacts(old.node, old.member),
    ...channelFacts(old.node, old.member, like.name),
    ...(boot === null || boot === 'unknown' ? [] : boot.facts),
    ...(control ? [serviceFact(old.node, control)] : []),
  ];
}

function warningsOf({ old, control }: RejoinScene): RunPlan['warnings'] {
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
