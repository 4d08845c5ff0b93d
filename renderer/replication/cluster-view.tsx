import type { ReplicationCluster } from '@shared/replication/model';
import type { Finding } from '@shared/views/topology';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useNow } from '../clock';
import { useKeys } from '../keys';
import { findingKey, type Sample } from '../memory';
import { ComesBack } from '../rejoin/comes-back';
import { useRoute } from '../route';
import { EmptyState } from '../ui/empty-state';
import { FindingCard } from '../ui/finding-card';
import { FindingRow } from '../ui/finding-row';
import { useWords } from '../words';
import { ComparePanel, comparedOf } from './compare-panel';
import { LagPanel } from './lag-panel';
import { MemberFacts } from './member-facts';
import { useReplicationAt } from './moment';
import { Replaced } from './replaced-panel';
import { focusCard, Tree } from './tree';
import { isRange, useLagHistory } from './use-lag-history';
import { VerdictPanel } from './verdict-panel';

const RANK = { critical: 0, warning: 1, info: 2 } as const;

/** Findings of a cluster and of its members, each once, worst first. */
const findingsOf = ({ findings, members }: ReplicationCluster): Finding[] =>
  [
    ...new Map(
      [...findings, ...members.flatMap((member) => member.findings)].map((one) => [findingKey(one), one]),
    ).values(),
  ].sort((a, b) => RANK[a.severity] - RANK[b.severity]);

/** One cluster: its tree and who could take over at the left; at the right lag, findings, and what a server says. */
export function ClusterView({ cluster }: { cluster: ReplicationCluster }) {
  const { ui, replication, age } = useWords();
  const { route, setQuery } = useRoute();
  const at = useReplicationAt();
  const now = useNow();
  const findings = useMemo(() => findingsOf(cluster), [cluster]);
  const { query } = route;
  const { rules } = cluster;
  const index = Math.max(
    0,
    findings.findIndex((finding) => findingKey(finding) === query.finding),
  );
  const open = findings[index];
  const range = isRange(query.range) ? query.range : '5min';
  const history = useLagHistory(cluster, range, now);
  const samples = useMemo(() => samplesBy(history.data?.series ?? []), [history.data]);
  const compared = comparedOf(cluster, query.compare);
  const nodes = cluster.members.map(({ server }) => server.node);
  const first = open?.nodes.find((node) => nodes.includes(node)) ?? cluster.primaries[0] ?? nodes[0];
  const selected = query.server !== undefined && nodes.includes(query.server) ? query.server : first;
  const member = cluster.members.find(({ server }) => server.node === selected);
  const step = (by: number) => {
    const next = findings[(index + by + findings.length) % findings.length];
    // The server of the new finding is shown with it.
    if (next) setQuery({ finding: findingKey(next), server: null });
  };
  useKeys({
    J: () => step(1),
    K: () => step(-1),
    C: () => document.querySelector<HTMLElement>('.finding [data-copy]')?.click(),
    E: () => showEvidence(),
    ArrowDown: () => selected !== undefined && focusCard(selected),
    ArrowUp: () => selected !== undefined && focusCard(selected),
    ...(compared ? { Escape: () => setQuery({ compare: null }) } : {}),
  });
  return (
    <div className="replication" data-testid="replication">
      <div className="column">
        <section className="panel">
          <header className="panel-head">
            <h2>{ui.replication.who}</h2>
            <span className="note">{replication.shape[cluster.shape]}</span>
            {nodes.length > 1 && (
              <button
                type="button"
                className="link-button"
                aria-pressed={compared !== null}
                onClick={() => setQuery({ compare: compared ? null : pairOf(nodes, selected, cluster) })}
              >
                <IconArrowsDiff size={14} aria-hidden="true" />
                {replication.compare.open}
              </button>
            )}
          </header>
          <Tree
            cluster={cluster}
            selected={selected ?? null}
            onSelect={(node) => setQuery({ server: node })}
            samplesOf={(node) => samples.get(node) ?? []}
          />
        </section>
        <Replaced cluster={cluster} />
        <ComesBack cluster={cluster} />
        {cluster.verdicts.map((verdict) => (
          <VerdictPanel key={verdict.node} cluster={cluster.id} verdict={verdict} />
        ))}
      </div>
      <div className="column">
        {compared && <ComparePanel cluster={cluster} nodes={compared} />}
        {!compared && nodes.length > 1 && <LagPanel cluster={cluster} history={history.data} range={range} />}
        {open ? (
          <FindingCard key={findingKey(open)} finding={open} />
        ) : (
          <section className="panel">
            {cluster.members.some(({ server }) => server.state === 'answers') ? (
              <EmptyState
                title={ui.finding.none}
                more={replication.nothingMore(
                  rules.checked,
                  rules.unknown.length,
                  age(Math.max(0, now - at)),
                )}
              />
            ) : (
              <EmptyState title={replication.silent} more={replication.silentMore} />
            )}
          </section>
        )}
        {findings.length > 1 && (
          <section className="panel" data-testid="other-findings">
            <header className="panel-head">
              <h2>{ui.finding.title}</h2>
              <span className="note">
                {index + 1} / {findings.length} · <kbd>J</kbd> <kbd>K</kbd>
              </span>
            </header>
            <div className="panel-body">
              {findings
                .filter((finding) => finding !== open)
                .map((finding) => (
                  <FindingRow
                    key={findingKey(finding)}
                    finding={finding}
                    open={false}
                    onToggle={() => setQuery({ finding: findingKey(finding), server: null })}
                  />
                ))}
            </div>
          </section>
        )}
        {member && <MemberFacts key={member.server.node} member={member} />}
      </div>
    </div>
  );
}

/** Two servers worth comparing: the one that is shown and the primary, or the primary and its first replica. */
function pairOf(
  nodes: readonly string[],
  selected: string | undefined,
  { primaries }: ReplicationCluster,
): string {
  const a = primaries[0] ?? nodes[0] ?? '';
  const b = selected !== undefined && selected !== a ? selected : (nodes.find((node) => node !== a) ?? a);
  return `${a},${b}`;
}

/** `E`: to the statement that shows the open finding. */
function showEvidence(): void {
  const raw = document.querySelector<HTMLElement>('.finding-evidence .raw');
  raw?.scrollIntoView({ block: 'nearest' });
  raw?.focus();
}

type Series = { node: string; points: { at: number; seconds: number | null }[] };
const samplesBy = (series: readonly Series[]): Map<string, Sample[]> =>
  new Map(
    series.map(({ node, points }) => [
      node,
      points.flatMap(({ at, seconds }) => (seconds === null ? [] : [{ at, value: seconds }])),
    ]),
  );
