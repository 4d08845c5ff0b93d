import { circleOf, followersOf } from '../graph';
import type { PrimaryVerdict, ServerReading } from '../model';
import { sourceOf } from '../resolve';
import {
  type Case,
  each,
  hit,
  type ReplicationHit,
  type ReplicationRule,
  type ReplicationView,
  replicasIn,
  shows,
  speaking,
  UNKNOWN,
  untold,
} from './rule';

/** Who takes writes, and what is the matter with who should. */

type Verdict = PrimaryVerdict['verdict'];

/** What only follows for the replicas of a primary that is gone. */
const CONSEQUENCES = [
  'RECEIVER_ERROR',
  'RECEIVER_CONNECTING',
  'RECEIVER_STOPPED',
  'HALF_OPEN_LINK',
  'LAGGING',
  'LAG_UNKNOWN',
  'NEVER_CATCHES_UP',
  'SEMI_SYNC_TOO_FEW',
  'NO_PRIMARY_WRITABLE',
] as const;

/** One finding a primary, touching its replicas too: that is where the consequences are masked. */
function ofVerdict(
  view: ReplicationView,
  wanted: Verdict,
  fits: (node: string) => boolean = () => true,
): ReplicationHit[] {
  return view.verdicts
    .filter(({ node, verdict }) => verdict === wanted && fits(node))
    .map(({ node, terms }) => {
      const server = view.servers.find((one) => one.node === node);
      return {
        nodes: [node, ...followersOf(node, view.edges)],
        params: {
          service: node,
          host: server?.host ?? '?',
          hosts: followersOf(node, view.edges).join(', ') || '—',
        },
        evidence: terms.flatMap((term) => (term.holds === null ? [] : term.evidence)),
      };
    });
}

const silentReplicas = (view: ReplicationView, node: string) =>
  followersOf(node, view.edges).filter(
    (one) => view.servers.find((server) => server.node === one)?.state === 'silent',
  );

export const PRIMARY_RULES: readonly ReplicationRule[] = [
  {
    code: 'PRIMARY_DEAD_AND_REPLICAS',
    severity: 'critical',
    from: 'orchestrator DeadMasterAndSomeReplicas',
    masks: [...CONSEQUENCES, 'PRIMARY_DEAD'],
    when: (view) => ofVerdict(view, 'dead', (node) => silentReplicas(view, node).length > 0),
  },
  {
    code: 'PRIMARY_DEAD',
    severity: 'critical',
    from: 'orchestrator DeadMaster',
    masks: [...CONSEQUENCES],
    when: (view) => ofVerdict(view, 'dead'),
  },
  {
    code: 'PRIMARY_UNREACHABLE',
    severity: 'warning',
    from: 'F13; orchestrator UnreachableMaster: no failover',
    masks: ['NO_PRIMARY_WRITABLE', 'LAG_UNKNOWN'],
    when: (view) => ofVerdict(view, 'unreachable-from-here'),
  },
  {
    code: 'PRIMARY_HUNG',
    severity: 'critical',
    from: 'F15: connects and says nothing',
    masks: [...CONSEQUENCES],
    when: (view) => ofVerdict(view, 'hung'),
  },
  {
    code: 'PRIMARY_DISK_STALLED',
    severity: 'critical',
    from: 'vitess PrimaryDiskStalled; F34',
    masks: [...CONSEQUENCES],
    when: (view) => ofVerdict(view, 'disk-stalled'),
  },
  {
    code: 'PRIMARY_REFUSES_CLIENTS',
    severity: 'critical',
    from: 'F33; orchestrator #1015: too many connections is not death',
    masks: [...CONSEQUENCES, 'CONNECTIONS_FULL'],
    when: (view) => ofVerdict(view, 'refusing-clients'),
  },
  {
    code: 'PRIMARY_LOCKED_SEMI_SYNC',
    severity: 'critical',
    from: 'T7; orchestrator LockedSemiSyncMaster',
    masks: ['SEMI_SYNC_TOO_FEW'],
    when: (view) => ofVerdict(view, 'locked-by-semi-sync'),
  },
  {
    code: 'ALL_REPLICAS_STOPPED',
    severity: 'critical',
    from: 'F14; orchestrator AllMasterReplicasNotReplicating',
    masks: ['RECEIVER_CONNECTING', 'RECEIVER_ERROR', 'RECEIVER_STOPPED', 'LAGGING', 'NEVER_CATCHES_UP'],
    when: (view) =>
      view.primaries.flatMap<Case>((node) => {
        const primary = speaking(view).find((server) => server.node === node);
        const replicas = followersOf(node, view.edges).flatMap(
          (one) => view.servers.find((server) => server.node === one) ?? [],
        );
        // One replica that is cut is its own finding; of all of them, the primary's side is the likelier cause.
        if (!primary || replicas.length < 2) return [];
        const receives = replicas.map((replica) => receivesFrom(replica, node, view));
        if (receives.includes(true)) return [];
        if (receives.includes(null)) return [UNKNOWN];
        const cut = replicas;
        return [
          {
            nodes: [node, ...cut.map((one) => one.node)],
            params: {
              service: node,
              host: primary.host ?? '?',
              hosts: cut.map((one) => one.node).join(', '),
            },
            evidence: cut.flatMap((one) => shows(one, 'channels')),
          },
        ];
      }),
  },
  {
    code: 'SEVERAL_WRITABLE',
    severity: 'critical',
    from: 'orchestrator structure warnings; split brain',
    masks: ['REPLICA_WRITABLE', 'CIRCULAR'],
    when: (view): readonly Case[] => {
      const heads = speaking(view).filter((server) => view.primaries.includes(server.node));
      // Two that nobody joins are islands, and two sources of one replica have a history each; two that
      // replicate into each other, however far round, are two writers of one history.
      const joinedTo = (one: ServerReading, all: readonly ServerReading[]) =>
        all.some((other) => other !== one && below(view, one.node).has(other.node));
      const writable = heads.filter((server) => server.readOnly === false);
      const joined = writable.filter((one) => joinedTo(one, writable));
      if (joined.length < 2 && heads.some((one) => one.readOnly === null && joinedTo(one, heads)))
        return [UNKNOWN];
      if (joined.length < 2) return [];
      return [
        {
          nodes: joined.map((one) => one.node),
          params: { hosts: joined.map((one) => one.node).join(', ') },
          evidence: joined.flatMap((one) => shows(one, 'variables')),
        },
      ];
    },
  },
  {
    code: 'NO_PRIMARY_WRITABLE',
    severity: 'critical',
    from: 'orchestrator NoWriteableMasterStructureWarning',
    masks: ['PRIMARY_READ_ONLY'],
    when: (view): readonly Case[] => {
      if (view.primaries.length === 0 || view.servers.some((server) => server.group)) return [];
      const heads = view.servers.filter((server) => view.primaries.includes(server.node));
      if (heads.some((server) => server.readOnly === false) || view.servers.length < 2) return [];
      if (heads.some((server) => server.readOnly === null)) return [UNKNOWN];
      return [
        {
          nodes: heads.map((one) => one.node),
          params: { hosts: heads.map((one) => one.node).join(', ') },
          evidence: heads.flatMap((one) => shows(one, 'variables')),
        },
      ];
    },
  },
  {
    code: 'PRIMARY_READ_ONLY',
    severity: 'warning',
    from: 'orchestrator MasterIsReadOnly',
    masks: [],
    when: (view) =>
      // In a circle all but one have to be.
      each(
        speaking(view).filter(
          ({ node }) => view.primaries.includes(node) && circleOf([node], view.edges).length === 0,
        ),
        (server) => server.readOnly,
        (server) => hit(server, {}, 'variables'),
      ),
  },
  {
    code: 'REPLICA_WRITABLE',
    severity: 'critical',
    from: 'T3, T5; vtorc ReplicaIsWritable',
    masks: ['REPLICA_WRITABLE_AFTER_RESTART', 'PRIVILEGED_WRITERS'],
    when: (view) => [
      ...untold(view),
      ...each(
        replicasIn(view).filter((server) => !view.primaries.includes(server.node)),
        (server) => (server.readOnly === null ? null : !server.readOnly),
        (server) => hit(server, {}, 'variables'),
      ),
    ],
  },
  {
    code: 'REPLICA_WRITABLE_AFTER_RESTART',
    severity: 'warning',
    from: 'T5, F31: a server comes back writable',
    masks: [],
    when: (view) => [
      ...untold(view),
      ...replicasIn(view).flatMap<Case>((server) => {
        if (server.readOnly === false) return [];
        if (server.readOnly === null || server.restart.readOnly === null) return [UNKNOWN];
        return server.restart.readOnly
          ? []
          : [hit(server, { mount: server.restart.where ?? '—' }, 'config', 'persisted')];
      }),
    ],
  },
  {
    code: 'PRIVILEGED_WRITERS',
    severity: 'info',
    from: 'T3: accounts that write through read_only',
    masks: [],
    when: (view) => [
      ...untold(view),
      ...replicasIn(view).flatMap<Case>((server) => {
        if (server.readOnly === false || server.superReadOnly === true) return [];
        const unread = server.dialect === 'mysql' && server.superReadOnly === null;
        if (server.readOnly === null || server.privileged === null || unread) return [UNKNOWN];
        return server.privileged.length === 0
          ? []
          : [hit(server, { account: server.privileged.join(', ') }, 'privileged', 'accounts')];
      }),
    ],
  },
];

/** Does a replica receive from this source on any of its channels? */
function receivesFrom(replica: ServerReading, source: string, view: ReplicationView): boolean | null {
  const receivers = (replica.channels ?? [])
    .filter((channel) => sourceOf(channel, view.servers)?.node === source)
    .map((channel) => channel.receiver);
  if (receivers.includes('on')) return true;
  return receivers.length === 0 || receivers.includes(null) ? null : false;
}

/** Everybody who gets what `node` writes, directly or through others. */
function below(view: ReplicationView, node: string): ReadonlySet<string> {
  const seen = new Set(followersOf(node, view.edges));
  for (const one of seen) for (const next of followersOf(one, view.edges)) seen.add(next);
  return seen;
}
