import type { Language } from '../contract';
import type { Lag, PrimaryVerdict, ReplicationCluster, ReplicationMember } from '../replication/model';
import { linkStateOf, rowName, shortGtid, type TreeRow, treeOf } from '../replication/tree';
import { texts } from '../text';
import { DASH, formatCount, formatDuration, formatNumber, withUnit } from '../text/format';
import { becauseText, termText } from '../text/replication-text';
import type { Replication } from '../views/replication';
import { findingsText, when } from './look-text';
import { oneLine, textTable } from './table';

/** The Replication screen for people at a terminal: the tree, findings, the verdict, who could take over. Pure; UTC. */
export function replicationToText({ clusters, takenAt }: Replication, language: Language): string {
  const { paper } = texts(language);
  if (clusters.length === 0) return `${paper.noCluster}\n`;
  const parts = clusters.map((cluster) => clusterText(cluster, takenAt, language));
  return `${paper.asOf(when(takenAt))}\n${parts.join('')}`;
}

function clusterText(cluster: ReplicationCluster, takenAt: number, language: Language): string {
  const { replication, ui } = texts(language);
  const writable = cluster.members.filter((member) => member.writable).length;
  const form = `${replication.shape[cluster.shape]} · ${ui.replication.servers(cluster.members.length, writable)}`;
  const findings = [...cluster.findings, ...cluster.members.flatMap((member) => member.findings)];
  return [
    `\n${oneLine(cluster.title)} [${cluster.id}] · ${form}\n`,
    treeText(cluster, language),
    findingsText(findings, language),
    ...cluster.verdicts.map((verdict) => verdictText(verdict, takenAt, language)),
    candidatesText(cluster, language),
    rulesText(cluster, language),
  ].join('');
}

function treeText(cluster: ReplicationCluster, language: Language): string {
  const { paper, replication } = texts(language);
  const { columns } = paper;
  const { rows, arrows } = treeOf(cluster);
  const head = [
    columns.service,
    columns.role,
    columns.writable,
    columns.product,
    columns.address,
    columns.lag,
  ];
  const table = textTable(
    [...head, columns.state],
    rows.map((row) => rowCells(row, language)),
  );
  const name = (id: string) => rowName(rows.find((row) => row.id === id) ?? { id });
  const also = arrows.map(({ from, to, edge }) => {
    const member = rows.find((row) => row.id === to)?.member ?? null;
    const state = replication.link[linkStateOf(edge, member)];
    const channel = edge.channel === '' ? [] : [replication.channel(edge.channel)];
    return `  ${oneLine([replication.extra(name(from), name(to)), ...channel, state].join(' · '))}\n`;
  });
  return table + also.join('');
}

function rowCells(row: TreeRow, language: Language): string[] {
  const { replication, common } = texts(language);
  const name = `${row.depth === 0 ? '' : `${'   '.repeat(row.depth - 1)}└─ `}${rowName(row)}`;
  const { member, edge } = row;
  if (!member) return [name, replication.paper.outside, DASH, DASH, DASH, DASH, DASH];
  const { server } = member;
  const product = [server.product, server.version?.join('.')].filter(Boolean).join(' ');
  return [
    name,
    common.role[member.role],
    common.writable[member.writable === null ? 'unknown' : member.writable ? 'yes' : 'no'],
    product || DASH,
    server.address ?? DASH,
    lagText(member, language),
    edge
      ? linkText(row, language)
      : server.state === 'silent'
        ? replication.paper.silent
        : headText(member, language),
  ];
}

/** The age with what it was computed from: a bare number of seconds is no evidence. */
function lagText({ role, lag }: ReplicationMember, language: Language): string {
  const { paper, replication, common } = texts(language);
  if (lag === null) return role === 'unknown' ? common.unknown : paper.notAReplica;
  if (lag.seconds === null || lag.by === null) return common.unknown;
  return `${withUnit(formatNumber(lag.seconds, language), 's')} (${replication.lagBy[lag.by]})`;
}

function headText({ server }: ReplicationMember, language: Language): string {
  const { executed } = server.gtid;
  const { replication, common } = texts(language);
  return executed === null ? DASH : `${replication.executed} ${shortGtid(executed) || common.none}`;
}

function linkText({ edge, member }: TreeRow, language: Language): string {
  const { replication } = texts(language);
  if (!edge) return DASH;
  const { lag } = member ?? { lag: null };
  const counts = [
    [replication.waiting, lag?.waiting ?? null],
    [replication.missing, lag?.missing ?? null],
  ].flatMap(([what, count]) => (count === null || count === '0' ? [] : [`${what} ${exact(count ?? DASH)}`]));
  const channel = edge.channel === '' ? [] : [replication.channel(edge.channel)];
  const state = linkStateOf(edge, member);
  const threads = `${replication.receiver[edge.receiver ?? 'unknown']}, ${replication.applier[edge.applier ?? 'unknown']}`;
  return [
    ...channel,
    state === 'flows' ? threads : `${replication.link[state]} (${threads})`,
    ...counts,
    ...(counts.length === 0 ? [] : catchUpText(lag?.catchUp ?? null, language)),
  ].join(' · ');
}

/** When it will have caught up at the present rates, if that can be told. */
function catchUpText(catchUp: Lag['catchUp'], language: Language): string[] {
  const { replication } = texts(language);
  if (catchUp === null) return [];
  const time = catchUp === 'never' ? replication.never : formatDuration(catchUp * 1000, language);
  return [`${replication.catchUp} ${time}`];
}

/** Counts are exact, with marks between thousands. */
const exact = (digits: string): string =>
  Number.isSafeInteger(Number(digits)) ? formatCount(Number(digits)) : digits;

/** A verdict with its terms: who says what, and how long ago. */
export function verdictText(
  { node, verdict, terms }: PrimaryVerdict,
  takenAt: number,
  language: Language,
): string {
  const { replication, common } = texts(language);
  const { columns } = replication.verdict;
  const rows = terms.map((term) => [
    term.observer === 'console' ? replication.verdict.console : term.observer,
    termText(term, language),
    common[term.holds === null ? 'unknown' : term.holds ? 'yes' : 'no'],
    term.at === null
      ? replication.verdict.notRead
      : replication.ago(formatDuration(Math.max(0, takenAt - term.at), language)),
  ]);
  return `\n${replication.paper.verdict(node, replication.verdict[verdict])}\n${textTable([columns.observer, columns.says, columns.holds, columns.age], rows)}`;
}

function candidatesText({ candidates, rules }: ReplicationCluster, language: Language): string {
  const { replication } = texts(language);
  if (candidates.length === 0) return '';
  const { columns } = replication;
  const rows = candidates.map((candidate) => [
    candidate.node,
    replication.candidate[candidate.verdict],
    candidate.because.length === 0
      ? replication.canBecause(rules.checked)
      : candidate.because.map((one) => becauseText(one, language)).join(', '),
  ]);
  return `\n${replication.paper.candidates}\n${textTable([columns.server, columns.verdict, columns.because], rows)}`;
}

function rulesText({ rules }: ReplicationCluster, language: Language): string {
  const { replication } = texts(language);
  const unknown =
    rules.unknown.length === 0 ? '' : `  ${replication.paper.unknownRules(rules.unknown.join(', '))}\n`;
  return `\n${replication.paper.rules(replication.checkedOf(rules.checked, rules.unknown.length))}\n${unknown}`;
}
