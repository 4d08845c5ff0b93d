import type { Estate } from '../estate/schema';
import { type ServiceCommands, serviceControl } from '../estate/service-control';
import type { Identity } from '../identity/identity';
import type { ReplicationCluster } from '../replication/model';
import { channelOf, isMysql } from '../switchover/member';
import type { EventReading, HostReading, MemberReading, SwitchoverReadings } from '../switchover/readings';
import { type Scene, type Side, sceneOf as switchoverSceneOf, targetOfHost } from '../switchover/scene';
import type { HookPlan } from '../switchover/traffic';
import type { FailoverLook } from './model';

/** What the acting account read for a failover. `from` is the server that is given up: it is not among the members. */
export interface FailoverReadings extends SwitchoverReadings {
  /** The host of the old primary, where it answers over SSH; null: it does not. */
  oldHost: HostReading | null;
  /** Path of its binary logs without their number. */
  logBase: string;
  /** `schema.name` of the events that ran there when it was last seen; null: that was never read. */
  awake: readonly string[] | null;
}

/** Everything that the steps are made from, looked up once. */
export interface FailoverScene extends Scene {
  look: FailoverLook;
  /** The target that stands for the host of the old primary; null: it cannot be reached. */
  oldTarget: string | null;
  oldIdentity: Identity | null;
  control: ServiceCommands;
  logBase: string;
  fences: readonly FenceCommand[];
  /** Replicas that follow nobody new: unreachable, or with transactions that the new primary lacks. */
  leftOut: readonly string[];
  /** Hooks whose host does not answer. */
  hooksLeftOut: readonly string[];
  /** Semi-sync was on, and too few will follow to acknowledge. */
  semiSyncShort: boolean;
}

/** One way of the estate's own to isolate it, on a host that answers. */
export interface FenceCommand {
  id: string;
  target: string;
  run: readonly string[];
  verify: readonly string[];
  isolated: string;
}

export interface FailoverGround {
  estate: Estate;
  replication: ReplicationCluster;
  look: FailoverLook;
  readings: FailoverReadings;
}

/** null: a member that the plan cannot do without was not read at all, or the estate does not know the old primary. */
export function sceneOf(ground: FailoverGround): FailoverScene | null {
  const { estate, replication, look, readings } = ground;
  const { from, to, members } = readings;
  const [next] = [members[to]];
  const old = next && goneMember(ground, next);
  if (!next || !old) return null;
  const ahead = aheadOf(look);
  const semi = semiSyncOf(readings, ahead);
  const ghost: MemberReading = { ...old, semiSync: semi.on ? { ...NO_SEMI_SYNC, source: true } : null };
  const all = { ...readings, members: { ...members, [from]: ghost } };
  const scene = switchoverSceneOf(estate, replication, all);
  if (!scene) return null;
  const oldIdentity = readings.oldHost?.identity ?? null;
  const reached = (target: string) =>
    target === from
      ? oldIdentity !== null
      : members[target] !== undefined || (readings.hosts[target]?.identity ?? null) !== null;
  const hooks = scene.hooks.filter(({ target }) => reached(target));
  const { fence = [] } = scene.acting;
  return {
    ...scene,
    look,
    hooks: hooks.map(withoutOld),
    // Whoever is ahead of the new primary would lose what it alone has, or never follow.
    others: scene.others.filter(({ node }) => !ahead.has(node)),
    moving: scene.moving.filter(({ node }) => !ahead.has(node)),
    oldTarget: oldIdentity ? from : null,
    oldIdentity,
    control: serviceControl(scene, old.service, old.dialect),
    logBase: readings.logBase,
    fences: fence
      .filter(({ member }) => member === old.service)
      .map(({ id, host, run, verify, isolated }) => ({
        ...{ id, target: targetOfHost(all, host), run, verify, isolated },
      }))
      .filter(({ target }) => reached(target)),
    leftOut: [...Object.keys(readings.unreached ?? {}).filter((node) => node !== from), ...ahead],
    hooksLeftOut: scene.hooks
      .filter(({ target }) => !reached(target))
      .map(({ id, target }) => `${id} (${target})`),
    semiSyncShort: semi.short,
  };
}

/** Replicas that hold what the one that was named does not. */
export const aheadOf = ({ choice }: FailoverLook): ReadonlySet<string> =>
  new Set(choice.kind === 'asked' ? choice.behind : []);

const NO_SEMI_SYNC = { source: false, replica: false, needed: 1, clients: 0 };

/** The candidate says whether semi-sync was in use: its replica's side is on. It is kept where enough will acknowledge. */
function semiSyncOf({ to, others, members }: FailoverReadings, ahead: ReadonlySet<string>) {
  const own = members[to]?.semiSync;
  const wasOn = own?.replica === true;
  const acknowledging = others.filter(
    (node) => !ahead.has(node) && members[node]?.semiSync?.replica === true,
  ).length;
  const enough = acknowledging >= Math.max(1, own?.needed ?? 1);
  return { on: wasOn && enough, short: wasOn && !enough };
}

/** The old primary as far as its replicas, the estate and the last look at it tell; the rest is of no use to any step. */
function goneMember(
  { estate, replication, readings }: FailoverGround,
  next: MemberReading,
): MemberReading | null {
  const server = replication.members.find((one) => one.server.node === readings.from)?.server;
  const service = estate.services.find(({ id }) => id === server?.service);
  const host = estate.hosts.find(({ id }) => id === server?.host);
  const channel = channelOf(next);
  if (!server || !service || !host || !channel) return null;
  return {
    ...{ node: server.node, host: host.id, service: service.id },
    // As its replicas reach it: undoing leads them back there.
    ...{ address: channel.sourceHost, port: channel.sourcePort },
    ...{ dialect: next.dialect, version: next.version, identity: NOBODY(host.id) },
    ...{ actingAccount: '', actingUser: '', readUser: '', grants: null, sudoRefuses: null },
    ...{ readOnly: false, superReadOnly: isMysql(next) ? false : null, persisted: null, configuration: null },
    ...{ channels: [], events: (readings.awake ?? []).map(eventOf), eventScheduler: null, privileged: null },
    ...{ semiSync: null, longTransactions: null, openTransactions: null, tableLocks: null, prepared: null },
    ...{ position: null, binlogState: null, errors: [] },
  };
}

const NOBODY = (host: string): Identity => ({ host, hostKey: '', name: null, machine: null, sql: null });

/** By name: everything else of an event is read where it is woken. */
function eventOf(name: string): EventReading {
  const at = name.indexOf('.');
  return {
    ...{ schema: name.slice(0, at), name: name.slice(at + 1), status: 'ENABLED', definer: '' },
    ...{ sqlMode: '', timeZone: '', characterSetClient: '', collationConnection: '' },
  };
}

/** What a hook shows of a server that is gone is nothing that a plan may stand on. */
function withoutOld(hook: HookPlan): HookPlan {
  const old = new Set((hook.close?.changes ?? []).map(([key]) => key));
  return {
    ...hook,
    facts: hook.facts.filter(({ key }) => !old.has(key)),
    point: { ...hook.point, changes: hook.point.changes.filter(([key]) => !old.has(key)) },
  };
}

/** A side's channel facts whose value a dying source changes by itself: a receiver that gives up is off. */
export const isReceiver = (key: string): boolean => key.endsWith('/receiver');

export const sidesOf = ({ to, others }: FailoverScene): Side[] => [to, ...others];
