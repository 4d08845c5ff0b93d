import type { ReplicationMember } from '@shared/replication/model';
import { becauseText } from '@shared/text/replication-text';
import type { Finding } from '@shared/views/topology';
import { useNow } from '../clock';
import { freshnessOf } from '../freshness';
import type { Sample } from '../memory';
import { readingOf } from '../node-reading';
import { RoleChip } from '../ui/chips';
import { KindIcon } from '../ui/icons';
import { type Mark, markOfHealth, markOfSeverity, Status } from '../ui/marks';
import { Num } from '../ui/num';
import { Spark } from '../ui/spark';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** The worst that is found on a server itself; what only follows from elsewhere is masked and not here. */
export const worstOf = ({ findings }: ReplicationMember): Finding | null =>
  findings.find(({ severity }) => severity === 'critical') ??
  findings.find(({ severity }) => severity === 'warning') ??
  null;

/** The state of a server in one mark and one word: what its host shows of it, then what its replication does. */
export function useMemberState(member: ReplicationMember): {
  mark: Mark;
  label: string;
  look: 'up' | 'degraded' | 'down' | 'unknown';
} {
  const { common } = useWords();
  const { topology } = useWatched();
  const health = topology.nodes.find((node) => node.id === member.server.node)?.health ?? 'unknown';
  const worst = worstOf(member);
  if (health === 'up' && member.server.state === 'answers' && worst && worst.severity !== 'info') {
    const look = worst.severity === 'critical' ? 'down' : 'degraded';
    return { mark: markOfSeverity[worst.severity], label: common.severity[worst.severity], look };
  }
  return { mark: markOfHealth[health], label: common.health[health], look: health };
}

/** One server of a cluster: who may write, whether it is well, and its one number: how old it is, or its work. */
export function MemberCard({ member, samples }: { member: ReplicationMember; samples: readonly Sample[] }) {
  const { ui, age, language } = useWords();
  const { snapshot } = useWatched();
  const now = useNow();
  const { server } = member;
  const state = useMemberState(member);
  const freshness = server.at === null ? 'fresh' : freshnessOf(server.at, now, snapshot);
  const product = [server.product, server.version?.join('.')].filter(Boolean).join(' ');
  const worst = worstOf(member);
  const said = worst && becauseText({ code: worst.code, params: worst.params ?? {} }, language);
  return (
    <span className={`card card-${state.look}`} data-health={state.look} data-freshness={freshness}>
      <span className="card-head">
        <KindIcon icon="database" />
        <span className="card-name">{server.node}</span>
        <RoleChip writable={member.writable} />
      </span>
      <span className="card-line">
        <span className="card-product">{product}</span>
        {server.address !== null && (
          <span className="card-address">
            {product && '· '}
            {server.address}
          </span>
        )}
        <Status mark={state.mark} label={state.label} />
      </span>
      <span className="card-vital">
        <Vital member={member} samples={samples} old={freshness === 'old'} />
      </span>
      <span className="card-badges">
        {worst && said !== worst.code && <span className={`badge badge-${worst.severity}`}>{said}</span>}
        {server.at !== null && freshness !== 'fresh' && (
          <span className="badge badge-unknown">{ui.states.staleBadge(age(now - server.at))}</span>
        )}
      </span>
    </span>
  );
}

/** A replica: its age and what that was computed from. A primary: what its kind counts. */
function Vital({
  member,
  samples,
  old,
}: {
  member: ReplicationMember;
  samples: readonly Sample[];
  old: boolean;
}) {
  const { replication, say } = useWords();
  const watched = useWatched();
  const { server, lag } = member;
  if (lag !== null) {
    const by = lag.by ?? 'unknown';
    return (
      <>
        <Num
          value={old ? null : lag.seconds}
          format="rate"
          unit={replication.behind}
          source={lag.by === null ? replication.lagBy.unknown : replication.basis[lag.by]}
          takenAt={server.at}
        />
        {lag.seconds !== null && <span className="vital-by">{replication.lagBy[by]}</span>}
        <Spark samples={samples} />
      </>
    );
  }
  const node = watched.topology.nodes.find((each) => each.id === server.node);
  if (!node) return null;
  const { vital, samples: own } = readingOf(node, watched);
  if (!vital) return null;
  return (
    <>
      <Num
        value={old || server.state !== 'answers' ? null : vital.value}
        format={vital.format}
        unit={say(vital.unit)}
        source={vital.fact?.evidence ?? ''}
        takenAt={vital.fact?.at ?? null}
      />
      {server.state === 'answers' && <Spark samples={own} />}
    </>
  );
}
