import type { Language } from '../contract';
import { texts } from '../text';
import type { HealthParams } from '../text/en/kinds';
import { findingText } from '../text/finding-text';
import { DASH } from '../text/format';
import type { Status } from '../views/status';
import type { Finding, Topology, TopologyLink, TopologyNode } from '../views/topology';
import { oneLine, textTable } from './table';

/** The answers of `status` and `topology` for people, in their language. Pure; UTC times. */

/** A moment on paper: UTC, because a terminal does not tell its reader's zone. */
export const when = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Marks by severity: a shape each, because a terminal may have no colour. */
const MARKS = { critical: '■', warning: '▲', info: '·' } as const;

/** What needs attention, with the code and the sentence of each. */
export function findingsText(findings: readonly Finding[], language: Language): string {
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
