import { lagPlotOf } from '@shared/charts/lag-plot';
import { CANDIDATE_LAG_SECONDS } from '@shared/replication/candidates';
import type { ReplicationCluster } from '@shared/replication/model';
import { useRef } from 'react';
import { useRoute } from '../route';
import { useSize } from '../topology/use-size';
import { ChartView } from '../ui/chart-view';
import { EmptyState } from '../ui/empty-state';
import { Segments } from '../ui/segments';
import { useWords, type Words } from '../words';
import { worstOf } from './member-card';
import { isRange, type LagHistory, RANGES, type Range, replicasOf } from './use-lag-history';

const HEIGHT = 236;

/** How old the replicas were: names at the ends of the lines, the limit, what was not read as gaps. */
export function LagPanel({
  cluster,
  history,
  range,
}: {
  cluster: ReplicationCluster;
  history: LagHistory | undefined;
  range: Range;
}) {
  const words = useWords();
  const { replication } = words;
  const { setQuery } = useRoute();
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const { plot } = replication;
  return (
    <section className="panel" data-testid="lag">
      <header className="panel-head">
        <h2>{plot.title}</h2>
        <span className="note">{plot.hatch}</span>
        <Segments
          label={plot.range}
          value={range}
          options={(Object.keys(RANGES) as string[])
            .filter(isRange)
            .map((value) => ({ value, label: plot.ranges[value] }))}
          onChange={(value) => setQuery({ range: value })}
        />
      </header>
      <div className="lag-box" ref={box}>
        {width > 0 && <Plot cluster={cluster} history={history} width={width} words={words} />}
      </div>
    </section>
  );
}

function Plot({
  cluster,
  history,
  width,
  words,
}: {
  cluster: ReplicationCluster;
  history: LagHistory | undefined;
  width: number;
  words: Words;
}) {
  const { replication, common, language, zone } = words;
  const { plot } = replication;
  const replicas = replicasOf(cluster.members);
  if (replicas.length === 0) return <EmptyState title={plot.alone} />;
  if (!history) return <EmptyState title={plot.waiting} />;
  const attention = new Set(
    replicas.filter((member) => worstOf(member) !== null).map(({ server }) => server.node),
  );
  const chart = lagPlotOf({
    series: history.series.map(({ node, points }) => ({ node, points, attention: attention.has(node) })),
    from: history.from,
    to: history.to,
    limitSeconds: CANDIDATE_LAG_SECONDS,
    words: { ...plot, unknown: common.unknown },
    language,
    zone,
    width,
    height: HEIGHT,
  });
  if (!chart && cluster.members.every(({ server }) => server.state === 'silent'))
    return <EmptyState title={plot.silent} />;
  if (!chart) return <EmptyState title={plot.empty} more={plot.emptyMore} />;
  return (
    <>
      <svg width="0" height="0" className="lag-defs" aria-hidden="true">
        <pattern
          id="lag-gap"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V6" stroke="var(--edge)" strokeWidth="1" />
        </pattern>
      </svg>
      <ChartView chart={chart} label={conclusionOf(replicas, words)} />
    </>
  );
}

/** What the plot shows, in a sentence. */
function conclusionOf(replicas: ReplicationCluster['members'], { replication, quantity }: Words): string {
  const { plot } = replication;
  const seconds = (value: number) => {
    const { text, unit } = quantity(value, 'seconds');
    return `${text} ${unit}`;
  };
  const unknown = replicas
    .filter(({ lag }) => (lag?.seconds ?? null) === null)
    .map(({ server }) => server.node);
  const [oldest] = replicas.toSorted((a, b) => (b.lag?.seconds ?? -1) - (a.lag?.seconds ?? -1));
  const age = oldest?.lag?.seconds ?? null;
  return [
    ...(oldest && age !== null
      ? [plot.summary(oldest.server.node, seconds(age), seconds(CANDIDATE_LAG_SECONDS))]
      : []),
    ...(unknown.length > 0 ? [plot.summaryUnknown(unknown.join(', '))] : []),
  ].join(' ');
}
