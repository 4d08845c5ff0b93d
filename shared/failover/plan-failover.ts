import type { ReplicationCluster } from '../replication/model';
import type { Check, Fact } from '../runbook/command';
import type { RunPlan, Target } from '../runbook/plan';
import { type Said, said } from '../runbook/said';
import { bootChange } from '../switchover/boot';
import { check } from '../switchover/commands';
import { channelOf, channelStatus, isMysql, sessionOf } from '../switchover/member';
import { isOverridden, typedFor } from '../switchover/overridden';
import type { SwitchoverInput, SwitchoverPlan } from '../switchover/plan-switchover';
import { refusal } from '../switchover/refusal';
import { replicationSecret, type Side } from '../switchover/scene';
import { channelFacts, eventFact, semiSyncFacts, writableFacts } from '../switchover/server-facts';
import { eventsToWake } from '../switchover/steps-after';
import { blindOf, warningsOf } from './failover-notes';
import { type FailoverGround, type FailoverScene, isReceiver, sceneOf, sidesOf } from './failover-scene';
import { firstReasons, refuseFailover } from './refuse-failover';
import { stepsFence } from './steps-fence';
import { stepsAfterFailover, stepsReceived } from './steps-follow-safely';
import { stepsPromote } from './steps-promote';
import { consentIn, stepsRecount } from './steps-recount';

export interface FailoverInput extends FailoverGround, Pick<SwitchoverInput, 'overrides' | 'madeAt'> {}

/**
 * The emergency failover of a primary that is given up, as data, in the order of `docs/failover.md`; or every reason why there
 * is none. It stands on one look, and what would be lost by that look is part of it: its hash is the consent to that loss and
 * to no other. Pure: the same look and readings give the same plan, to the letter.
 */
export function planFailover({ overrides, madeAt, ...ground }: FailoverInput): SwitchoverPlan {
  const { estate, readings, look } = ground;
  const first = firstReasons(look);
  if (first.length > 0) return { ok: false, reasons: first };
  const all = refuseFailover(ground, madeAt);
  const reasons = all.filter((reason) => !isOverridden(reason, overrides));
  if (reasons.length > 0) return { ok: false, reasons };
  const scene = sceneOf(ground);
  if (!scene) return { ok: false, reasons: [refusal('NOT_READ', { node: readings.to })] };
  const { from } = scene;
  return {
    ok: true,
    plan: {
      version: 1,
      procedure: 'failover',
      title: titleOf(scene),
      estate: estate.estate,
      subject: readings.cluster,
      confirm: from.node,
      madeAt,
      targets: targetsOf(scene, ground),
      keptOn: sidesOf(scene)
        .map(({ node }) => node)
        .slice(0, 2),
      secrets: secretsOf(scene),
      facts: factsOf(scene),
      preconditions: preconditionsOf(scene, ground.replication),
      steps: [
        ...stepsFence(scene),
        ...stepsRecount(scene),
        ...stepsReceived(scene),
        ...stepsPromote(scene),
        ...stepsAfterFailover(scene),
      ],
      overrides: all
        .filter((reason) => isOverridden(reason, overrides))
        .map(({ code }) => ({ code, typed: typedFor(code, overrides) ?? '' })),
      blind: blindOf(scene),
      warnings: warningsOf(scene, readings),
      limitMs: null,
    },
  };
}

/** Who takes over, who is given up, and what is lost by it, in one sentence. */
function titleOf(scene: FailoverScene): Said {
  const { kind, transactions, gtids } = consentIn(scene);
  const params = { from: scene.from.node, to: scene.to.node };
  switch (kind) {
    case 'unknown':
      return said('TITLE_UNKNOWN', params);
    case 'at-least':
      return said('TITLE_AT_LEAST', { ...params, count: transactions, gtids });
    case 'exact':
      return transactions === '0'
        ? said('TITLE_NOTHING', params)
        : said('TITLE_EXACT', { ...params, count: transactions, gtids });
  }
}

function targetsOf(scene: FailoverScene, { readings }: FailoverGround): Record<string, Target> {
  const { from, oldTarget, oldIdentity, hooks, fences } = scene;
  const servers = sidesOf(scene).map(({ node, member }): [string, Target] => [
    node,
    { host: member.host, service: member.service, identity: member.identity, session: sessionOf(member) },
  ]);
  const old: [string, Target][] =
    oldTarget !== null && oldIdentity
      ? [
          [
            oldTarget,
            {
              ...{ host: from.member.host, service: null, identity: oldIdentity, session: [] },
              dispensable: true,
            },
          ],
        ]
      : [];
  const known = new Set([...servers, ...old].map(([key]) => key));
  const hosts = [...hooks, ...fences].flatMap(({ target }): [string, Target][] => {
    const identity = readings.hosts[target]?.identity;
    if (known.has(target) || !identity) return [];
    return [[target, { host: target, service: null, identity, session: [], dispensable: true }]];
  });
  return Object.fromEntries([...servers, ...old, ...hosts]);
}

/** The old primary's only where semi-sync has others follow before it is certain: undoing leads them back. */
function secretsOf({ from, to, needed, moving }: FailoverScene): RunPlan['secrets'] {
  const of = ({ node, member }: Side) =>
    [replicationSecret(node), { service: member.service, account: 'replication' as const }] as const;
  if (moving.length === 0) return {};
  return Object.fromEntries([of(to), ...(needed === null ? [] : [of(from)])]);
}

/** Of a dead source's replicas a receiver may give up at any moment: no plan stands on that. */
function factsOf(scene: FailoverScene): Fact[] {
  const { from, to, channel, acting, hooks } = scene;
  const closes = (acting.boot ?? 'read-only') === 'read-only';
  return [
    ...sidesOf(scene).flatMap(({ node, member }) => {
      const boot = closes ? bootChange(node, member) : null;
      return [
        ...writableFacts(node, member),
        ...semiSyncFacts(node, member),
        ...channelFacts(node, member, channelOf(member)?.name ?? channel.name).filter(
          ({ key }) => !isReceiver(key),
        ),
        ...(boot === null || boot === 'unknown' ? [] : boot.facts),
      ];
    }),
    ...eventsToWake(from.member, to.member).map(({ event, index }) => eventFact(to.node, event, index)),
    ...hooks.flatMap((hook) => hook.facts),
  ];
}

/**
 * Who had lost it when the look was taken and hears it now says that it lives. A link that was cut in the middle looks whole for as
 * long as its own limit: of such a one nothing is asked.
 */
function preconditionsOf({ to, moving, from }: FailoverScene, { members }: ReplicationCluster): Check[] {
  const hadLost = (node: string) =>
    members.some(
      ({ server }) =>
        server.node === node && (server.channels ?? []).every(({ receiver }) => receiver !== 'on'),
    );
  const sides = moving.some(({ node }) => node === to.node) ? moving : [to, ...moving];
  return sides
    .filter(({ node }) => hadLost(node))
    .map(({ node, member }) => {
      const [column, values] = isMysql(member)
        ? (['receiving', ['CONNECTING', 'OFF', '']] as const)
        : (['Slave_IO_Running', ['Connecting', 'Preparing', 'No', '']] as const);
      return check(
        `deaf ${node}`,
        said('CHECK_HEARS_NOT', { node, from: from.node }),
        channelStatus(node, member, channelOf(member)?.name ?? ''),
        { kind: 'one-of', column, values: [...values] },
      );
    });
}
