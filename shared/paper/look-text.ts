import type { Language } from '../contract';
import { texts } from '../text';
import type { HealthParams } from '../text/en/kinds';
import { findingText } from '../text/finding-text';
import { DASH } from '../text/format';
import type { Replication } from '../views/replication';
import type { Status } from '../views/status';
import type { Finding, Topology, TopologyLink, TopologyNode } from '../views/topology';
import { oneLine, textTable } from './table';

/** The answers of `status`, `topology` and `replication` for people, in their language. Pure; UTC times. */

const when = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Marks by severity: a shape each, because a terminal may have no colour. */
const MARKS = { critical: '■', warning: '▲', info: '·' } as const;

function findingsText(findings: readonly Finding[], language: Language): string {
  const { paper, common } = texts(language);
  if (findings.length === 0) return `\n${paper.noFinding}\n`;
  const lines = findings.map((finding) => {
    const { title, what } = findingText(finding, language);
    return `  ${MARKS[finding.severity]} ${oneLine(title)} [${finding.code}, ${common.severity[finding.severity]}]\n      ${oneLine(what)}\n`;
  });
  return `\n${paper.findings}\n${lines.join('')}`;
}

export function statusToText(status: Status, language: Language): string {
  const { paper, common } = texts(language);
  const { columns } = paper;
  const hosts = status.hosts.map((host) => [
    host.id,
    host.address,
    common.hostState[host.state],
    host.reason ?? '',
  ]);
  const services = status.nodes.map((node) => [
    node.id,
    node.host ?? DASH,
    [node.product, node.version].filter(Boolean).join(' ') || DASH,
    common.health[node.health],
    reasonOf(node, language),
  ]);
  return [
    `${status.estate} · ${paper.asOf(when(status.takenAt))}\n`,
    `\n${paper.hosts}\n`,
    textTable([columns.host, columns.address, columns.state, ''], hosts),
    `\n${paper.services}\n`,
    textTable([columns.service, columns.host, columns.product, columns.state, ''], services),
    findingsText(status.findings, language),
  ].join('');
}

/** Why a node is not well, in the reader's language; a clause this version does not know is English. */
function reasonOf(node: TopologyNode, language: Language): string {
  const clauses: Readonly<Record<string, (params: HealthParams) => string>> = texts(language).kinds.health;
  const clause = node.because && clauses[node.because.code];
  if (!node.because || !clause) return node.reason ?? '';
  const none = { host: '?', port: '?', process: '?', running: '?', halted: '?', message: '?' };
  return clause({ ...none, ...node.because.params });
}

export function topologyToText(topology: Topology, language: Language): string {
  const { paper } = texts(language);
  const { columns } = paper;
  const rows = topology.links.map((link) => [
    link.from,
    link.to,
    link.port === null ? link.protocol : `${link.protocol} ${link.port}`,
    link.path ? link.path.join(',') : '',
    seenText(link, language),
  ]);
  const { links: _links, actors: _actors, ...status } = topology;
  return [
    statusToText(status, language),
    `\n${paper.links}\n`,
    textTable([columns.from, columns.to, columns.protocol, '#', columns.seen], rows),
  ].join('');
}

function seenText(link: TopologyLink, language: Language): string {
  const { link: text } = texts(language).common;
  if (link.broken) return text.broken;
  if (link.unknown) return text.unknown;
  if (link.declared && link.observed) return `${text.declared}, ${text.observed}`;
  return link.declared ? text.declaredOnly : text.observedOnly;
}

export function replicationToText(replication: Replication, language: Language): string {
  const { paper, common } = texts(language);
  const { columns } = paper;
  if (replication.clusters.length === 0) return `${paper.noCluster}\n`;
  const parts = replication.clusters.map((cluster) => {
    const rows = cluster.members.map((member) => [
      member.server.node,
      member.server.host ?? DASH,
      [member.server.product, member.server.version?.join('.')].filter(Boolean).join(' ') || DASH,
      common.role[member.role],
      common.writable[member.writable === null ? 'unknown' : member.writable ? 'yes' : 'no'],
      lagText(member.role, member.lag?.seconds ?? null, language),
    ]);
    const head = [
      columns.service,
      columns.host,
      columns.product,
      columns.role,
      columns.writable,
      columns.lag,
    ];
    const findings = [...cluster.findings, ...cluster.members.flatMap((member) => member.findings)];
    return `\n${cluster.title} [${cluster.id}]\n${textTable(head, rows)}${findingsText(findings, language)}`;
  });
  return `${texts(language).paper.asOf(when(replication.takenAt))}\n${parts.join('')}`;
}

function lagText(role: string, seconds: number | null, language: Language): string {
  const { paper, common } = texts(language);
  if (role === 'standalone' || role === 'primary') return paper.notAReplica;
  return seconds === null ? common.unknown : `${seconds} s`;
}
