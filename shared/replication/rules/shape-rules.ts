import { circleOf, shapeOf } from '../graph';
import { takesPartIn } from '../group';
import type { Edge, ServerReading } from '../model';
import { isCalled } from '../resolve';
import {
  type Case,
  following,
  hit,
  nameOf,
  type ReplicationRule,
  type ReplicationView,
  replicasIn,
  shows,
  speaking,
  UNKNOWN,
  untold,
} from './rule';

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

/** Servers whose name is not known, where there is another it could be shared with. */
const unnamed = (view: ReplicationView, is: (server: ServerReading) => boolean): Case[] =>
  view.servers.length > 1 && speaking(view).some(is) ? [UNKNOWN] : [];

/** Edges with an end that is no member, each end once, however many sessions or channels it has. */
const unknownEnds = ({ edges }: ReplicationView): Edge[] => {
  const nameOfEnd = (edge: Edge) => `${edge.from ?? edge.sourceName} → ${edge.to ?? edge.replicaName}`;
  const ends = edges.filter((edge) => edge.from === null || edge.to === null);
  return [...new Map(ends.map((edge) => [nameOfEnd(edge), edge])).values()];
};

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
    when: (view) => [
      ...untold(view),
      ...replicasIn(view).flatMap((server) => {
        const sources = new Set(
          following(view)
            .filter((one) => one.server === server)
            .map(({ channel, source }) => nameOf(channel, source)),
        );
        return sources.size > 1 ? [hit(server, { hosts: [...sources].join(', ') }, 'channels')] : [];
      }),
    ],
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
    from: 'members found that the estate does not name',
    masks: [],
    when: (view) =>
      unknownEnds(view).flatMap<Case>((edge) => {
        const known = view.servers.find((server) => server.node === (edge.from ?? edge.to));
        if (!known) return [];
        const [form, address] =
          edge.to === null ? ['replica', edge.replicaName] : ['source', edge.sourceName];
        // An address that several members share, or one that is called so and is somebody else: who, is unknown.
        const [, name = address, port] = /^(.*):(\d+)$/.exec(address) ?? [];
        if (view.servers.some((server) => isCalled(server, name, port === undefined ? null : Number(port))))
          return [UNKNOWN];
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
    when: (view) => [
      ...unnamed(view, ({ identity }) => identity.serverId === null),
      ...alike(view, ({ identity }) => identity.serverId).map((group) =>
        ofGroup(group, group[0]?.identity.serverId ?? '?', 'variables'),
      ),
    ],
  },
  {
    code: 'DUPLICATE_UUID',
    severity: 'critical',
    from: 'a copied data directory kept its auto.cnf',
    masks: [],
    when: (view) => [
      // MariaDB servers have none
      ...unnamed(view, ({ dialect, identity }) => dialect !== 'mariadb' && identity.uuid === null),
      ...alike(view, ({ identity }) => identity.uuid).map((group) =>
        ofGroup(group, group[0]?.identity.uuid ?? '?', 'variables'),
      ),
    ],
  },
  {
    code: 'GROUP_NOT_ASYNC',
    severity: 'info',
    from: 'recognised, shown, never treated as asynchronous',
    masks: [],
    when: (view) => {
      const members = view.servers.filter((server) => server.group !== null);
      const [first] = members;
      return first ? [ofGroup(members, first.group?.technology ?? '?', 'group', 'status')] : [];
    },
  },
  {
    code: 'GROUP_MEMBER_APART',
    severity: 'critical',
    from: 'issue 4, Deliver 3: a member outside of its group answers the console and refuses applications',
    masks: [],
    when: (view) =>
      view.servers
        .filter((server) => server.state === 'answers')
        .flatMap<Case>((server) => {
          if (server.group === null) return [];
          const { state, primary, technology } = server.group;
          const takesPart = takesPartIn(server.group);
          if (takesPart === null) return [UNKNOWN];
          const outside = technology === 'galera' && primary === false ? 'non-Primary' : '';
          const got = [state, outside].filter(Boolean).join(', ');
          return takesPart ? [] : [hit(server, { got }, 'status', 'group')];
        }),
  },
  {
    code: 'NOT_UNDERSTOOD',
    severity: 'warning',
    from: 'what cannot be read is a finding, never a crash, never fine',
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
