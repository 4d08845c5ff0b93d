import { listOf } from '../kinds/fact-of';
import { answerOf } from '../snapshot';
import { addressBook } from '../topology/address-book';
import { seesSockets } from '../topology/links';
import type { TopologyLink } from '../views/topology';
import { answered, dependents, hostFact, shows } from './ask';
import { lookup } from './lookup';
import type { Hit, Rule, View } from './view';

/** What the model and the sockets together show: single servers, links without a declaration and the reverse. */

/** Ten minutes of samples, one every 30 s: less proves nothing about a link that is used now and then. */
const ENOUGH_SAMPLES = 20;
const MOUNT_PROTOCOLS = ['cifs', 'smb', 'nfs'];
const BACKUP_PROCESSES =
  /^(bacula-fd|bareos-fd|borg|restic|rsnapshot|duplicity|veeamservice|nbdisco|xtrabackup|mariadb-backup)$/;

const hostOf = (view: View, node: string) => lookup(view).nodes.get(node)?.host ?? null;

/** Evidence of a link: the socket samples of the ends that can be seen. */
function socketsOf(view: View, link: TopologyLink): Hit['evidence'] {
  return [link.from, link.to].flatMap((end) => {
    const host = hostOf(view, end);
    const answer = answerOf(host === null ? undefined : view.snapshot.hosts[host]);
    return host === null || !answer ? [] : shows(host, hostFact(answer, 'host.sockets.sampled'));
  });
}

/** Samples that could have shown the link: the longest-known edge of an end counts the samples since. */
function samplesOf(view: View, link: TopologyLink): number {
  const counts = [link.from, link.to].flatMap((end) => {
    const host = hostOf(view, end);
    if (host === null || !seesSockets(view.snapshot, host)) return [];
    return (answerOf(view.snapshot.hosts[host])?.edges ?? []).map((edge) => edge.of);
  });
  return Math.max(0, ...counts);
}

const linkParams = (link: TopologyLink) => ({
  from: link.from,
  to: link.to,
  port: String(link.port ?? '?'),
  protocol: link.protocol,
});

/** Members of one declared cluster talk to each other: that is what declaring it says. */
function isWithinCluster(view: View, { from, to }: Pick<TopologyLink, 'from' | 'to'>): boolean {
  const service = (id: string) => lookup(view).nodes.get(id)?.service;
  const [one, other] = [service(from), service(to)];
  return view.estate.clusters.some(({ members }) =>
    [one, other].every((end) => members.some((member) => member.service === end)),
  );
}

export const DESIGN_RULES: readonly Rule[] = [
  {
    code: 'SINGLE_POINT_OF_FAILURE',
    severity: 'warning',
    masks: [],
    when: (view) =>
      view.nodes.flatMap((node) => {
        const service = lookup(view).services.get(node.service);
        if (!service || node.host === null || typeof service.need === 'object') return [];
        const same = lookup(view).nodesOfRole.get(node.role) ?? [];
        // two instances on one machine fall together
        if (same[0]?.id !== node.id || same.some((one) => one.host !== node.host)) return [];
        const answer = answerOf(view.snapshot.hosts[node.host]);
        return [
          {
            nodes: same.map((one) => one.id),
            params: {
              service: node.service,
              role: node.role,
              host: node.host,
              services: dependents(view, node.service),
            },
            evidence: answer ? shows(node.host, hostFact(answer, 'host.halted')) : [],
          },
        ];
      }),
  },
  {
    code: 'LINK_UNANSWERED',
    severity: 'critical',
    masks: ['DECLARED_NOT_SEEN'],
    when: (view) => {
      const book = addressBook(view.estate, view.snapshot);
      return answered(view).flatMap(({ host, answer }) => {
        const fact = hostFact(answer, 'host.sockets.unanswered');
        return (listOf(fact) ?? []).flatMap((entry) => {
          const [address = '', port = '', attempts = ''] = entry.split(' ');
          return (lookup(view).declaredFromHost.get(host.id) ?? [])
            .filter((link) => String(link.port) === port && hostOf(view, link.to) === book(address))
            .map((link) => ({
              nodes: [link.from, link.to],
              params: { ...linkParams(link), host: host.id, address, attempts },
              evidence: shows(host.id, fact),
            }));
        });
      });
    },
  },
  {
    code: 'UNDECLARED_LINK',
    severity: 'warning',
    masks: [],
    when: (view) =>
      view.links
        .filter((link) => !link.declared && (link.observed || link.configured.length > 0))
        .filter((link) => !isWithinCluster(view, link))
        .map((link) => ({
          nodes: [link.from, link.to].filter((end) => lookup(view).nodes.has(end)),
          params: { ...linkParams(link), form: link.observed ? 'observed' : 'configured' },
          evidence: socketsOf(view, link),
        })),
  },
  {
    code: 'DECLARED_NOT_SEEN',
    severity: 'info',
    masks: [],
    when: (view) =>
      view.links
        .filter((link) => link.declared && !link.observed && !link.unknown)
        .flatMap((link) => {
          const samples = samplesOf(view, link);
          if (samples < ENOUGH_SAMPLES) return [];
          return [
            {
              nodes: [link.from, link.to],
              params: { ...linkParams(link), samples: String(samples) },
              evidence: socketsOf(view, link),
            },
          ];
        }),
  },
  {
    code: 'MOUNT_MISSING',
    severity: 'warning',
    masks: ['DECLARED_NOT_SEEN'],
    when: (view) => {
      const book = addressBook(view.estate, view.snapshot);
      return answered(view).flatMap(({ host, answer }) => {
        const fact = hostFact(answer, 'host.mounts');
        if (listOf(fact) === null) return [];
        return (lookup(view).declaredFromHost.get(host.id) ?? [])
          .filter((link) => MOUNT_PROTOCOLS.includes(link.protocol))
          .flatMap((link) => {
            const target = hostOf(view, link.to);
            const mounted = answer.configured.some(
              (one) => one.origin === 'mount' && book(one.address) === target,
            );
            if (target === null || mounted) return [];
            const address = view.estate.hosts.find((one) => one.id === target)?.address ?? '?';
            return [
              {
                nodes: [link.from, link.to],
                params: { ...linkParams(link), host: host.id, address },
                evidence: shows(host.id, fact),
              },
            ];
          });
      });
    },
  },
  {
    code: 'NO_BACKUP_SEEN',
    severity: 'info',
    masks: [],
    when: (view) => {
      const { estate } = view;
      const declared =
        estate.services.some((service) => service.role === 'backup') ||
        estate.links.some((link) => link.purpose === 'backup');
      const seen = answered(view).some(({ answer }) =>
        Object.keys(answer.processes).some((name) => BACKUP_PROCESSES.test(name)),
      );
      const holders = view.nodes.filter((node) =>
        estate.dataSets.some((set) => set.service === node.service),
      );
      if (declared || seen || holders.length === 0) return [];
      return [
        {
          nodes: holders.map((node) => node.id),
          params: { services: [...new Set(holders.map((node) => node.service))].join(', ') },
          evidence: [],
        },
      ];
    },
  },
];
