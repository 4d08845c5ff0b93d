import { circleOf, shapeOf, sourcesOf } from '../graph';
import type { ServerReading } from '../model';
import { type Case, hit, type ReplicationRule, type ReplicationView, shows, speaking, UNKNOWN } from './rule';

/** The form of the whole: who is in it, and what follows from its shape. */

const alike = (view: ReplicationView, of: (server: ServerReading) => string | null): ServerReading[][] => {
  const groups = new Map<string, ServerReading[]>();
  for (const server of speaking(view)) {
    const key = of(server);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), server]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
};
const ofGroup = (group: readonly ServerReading[], got: string, ...tables: string[]) => ({
  nodes: group.map((one) => one.node),
  params: { hosts: group.map((one) => one.node).join(', '), got },
  evidence: group.flatMap((one) => shows(one, ...tables)),
});

export const SHAPE_RULES: readonly ReplicationRule[] = [
  {
    code: 'CIRCULAR',
    severity: 'warning',
    from: 'F32: circular replication',
    masks: ['MULTI_SOURCE'],
    when: (view) => {
      const circle = new Set(
        circleOf(
          view.servers.map(({ node }) => node),
          view.edges,
        ),
      );
      const members = view.servers.filter((server) => circle.has(server.node));
      return members.length === 0 ? [] : [ofGroup(members, '', 'channels')];
    },
  },
  {
    code: 'MULTI_SOURCE',
    severity: 'info',
    from: 'F32: several sources',
    masks: [],
    when: (view) =>
      speaking(view)
        .filter((server) => sourcesOf(server.node, view.edges).length > 1)
        .map((server) => hit(server, { hosts: sourcesOf(server.node, view.edges).join(', ') }, 'channels')),
  },
  {
    code: 'ISLANDS',
    severity: 'warning',
    from: 'declared as one cluster, joined by nothing',
    masks: [],
    when: (view) =>
      shapeOf(view.servers, view.edges) === 'islands' ? [ofGroup(view.servers, '', 'channels')] : [],
  },
  {
    code: 'UNKNOWN_MEMBER',
    severity: 'warning',
    from: 'issue 3: members found that the estate does not name',
    masks: [],
    when: (view) =>
      view.edges.flatMap((edge) => {
        if (edge.from !== null && edge.to !== null) return [];
        const known = view.servers.find((server) => server.node === (edge.from ?? edge.to));
        if (!known) return [];
        const [form, address] =
          edge.to === null ? ['replica', edge.replicaName] : ['source', edge.sourceName];
        return [hit(known, { address, form }, edge.to === null ? 'dumps' : 'channels')];
      }),
  },
  {
    code: 'DECLARED_ROLE_DIFFERS',
    severity: 'warning',
    from: 'the estate says one thing, the servers another',
    masks: [],
    when: (view) =>
      view.members.flatMap<Case>(({ server, role }) => {
        const declared = view.cluster.members.find((member) => member.service === server.service)?.role;
        if (declared === undefined || declared === 'unknown' || role === 'group-member') return [];
        if (role === 'unknown') return [UNKNOWN];
        const means =
          role === 'primary' ? ['primary'] : role === 'standalone' ? ['primary'] : ['replica', 'standby'];
        return means.includes(declared)
          ? []
          : [hit(server, { expected: declared, got: role, role }, 'channels', 'dumps')];
      }),
  },
  {
    code: 'DUPLICATE_SERVER_ID',
    severity: 'critical',
    from: 'F32; orchestrator: duplicate server_id',
    masks: [],
    when: (view) =>
      alike(view, ({ identity }) => identity.serverId).map((group) =>
        ofGroup(group, group[0]?.identity.serverId ?? '?', 'variables'),
      ),
  },
  {
    code: 'DUPLICATE_UUID',
    severity: 'critical',
    from: 'a copied data directory kept its auto.cnf',
    masks: [],
    when: (view) =>
      alike(view, ({ identity }) => identity.uuid).map((group) =>
        ofGroup(group, group[0]?.identity.uuid ?? '?', 'variables'),
      ),
  },
  {
    code: 'GROUP_NOT_ASYNC',
    severity: 'info',
    from: 'issue 3: recognised, shown, never treated as asynchronous',
    masks: [],
    when: (view) => {
      const members = view.servers.filter((server) => server.group !== null);
      const [first] = members;
      return first ? [ofGroup(members, first.group?.technology ?? '?', 'group', 'status')] : [];
    },
  },
  {
    code: 'NOT_UNDERSTOOD',
    severity: 'warning',
    from: 'issue: a finding, never a crash or a false green',
    masks: [],
    when: (view) =>
      view.servers
        .filter((server) => server.notUnderstood.length > 0)
        .map((server) =>
          hit(
            server,
            { got: server.notUnderstood.map(({ what, text }) => `${what}: ${text}`).join('; ') },
            'gtid',
            'channels',
          ),
        ),
  },
];
