import type { ReplicationCluster, ReplicationMember } from '@shared/replication/model';
import { useNow } from '../clock';
import { useKeys } from '../keys';
import { findingKey } from '../memory';
import { useRoute } from '../route';
import { EmptyState } from '../ui/empty-state';
import { FindingCard } from '../ui/finding-card';
import { FindingRow } from '../ui/finding-row';
import { NodeCard } from '../ui/node-card';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { MemberFacts } from './member-facts';

type Cluster = ReplicationCluster;

/** Replication: who follows whom, how far behind, who could take over. */
export function ReplicationPlace() {
  const { ui, say } = useWords();
  const { replication, estate } = useWatched();
  const { route } = useRoute();
  const cluster = replication.clusters.find((each) => each.id === route.id) ?? replication.clusters[0];
  const title = (each: Cluster) =>
    say(estate.clusters.find((stated) => stated.id === each.id)?.title ?? each.title);
  return (
    <>
      <header className="bar">
        <h1>{ui.places.replication}</h1>
        {replication.clusters.map((each) => (
          <a
            key={each.id}
            className={each === cluster ? 'tab tab-on' : 'tab'}
            aria-current={each === cluster ? 'true' : undefined}
            href={`#/replication/${encodeURIComponent(each.id)}`}
          >
            {title(each)}
          </a>
        ))}
        {cluster && <ClusterSummary cluster={cluster} />}
      </header>
      {cluster ? (
        <ClusterView key={cluster.id} cluster={cluster} />
      ) : (
        <EmptyState title={ui.replication.empty} more={ui.replication.emptyMore} />
      )}
    </>
  );
}

function ClusterSummary({ cluster }: { cluster: Cluster }) {
  const { ui } = useWords();
  const { members } = cluster;
  const writable = members.filter((member) => member.writable).length;
  const unknown = members.filter((member) => member.role === 'unknown').length;
  const alone = isAlone(cluster) ? ui.replication.alone : null;
  return (
    <span className="soft">
      {alone ?? ui.replication.servers(members.length, writable)}
      {unknown > 0 && ` · ${ui.replication.unknown(unknown)}`}
    </span>
  );
}

/** One server that says itself that nobody replicates with it. One that cannot be asked may have replicas. */
const isAlone = ({ members: [only, ...others] }: Cluster): boolean =>
  only?.role === 'standalone' && others.length === 0;

function ClusterView({ cluster }: { cluster: Cluster }) {
  const { ui, age } = useWords();
  const { replication } = useWatched();
  const { route, setQuery } = useRoute();
  const now = useNow();
  const findings = [
    ...new Map(
      [...cluster.findings, ...cluster.members.flatMap((member) => member.findings)].map((finding) => [
        findingKey(finding),
        finding,
      ]),
    ).values(),
  ];
  const asked = route.query.finding;
  const at = Math.max(
    0,
    findings.findIndex((finding) => findingKey(finding) === asked),
  );
  const open = findings[at];
  const step = (by: number) => {
    const next = findings[(at + by + findings.length) % findings.length];
    if (next) setQuery({ finding: findingKey(next) });
  };
  useKeys({
    J: () => step(1),
    K: () => step(-1),
    C: () => document.querySelector<HTMLElement>('[data-copy]')?.click(),
  });
  return (
    <div className="replication" data-testid="replication">
      <div className="column">
        <section className="panel">
          <h2>{ui.replication.who}</h2>
          <div className="tree">
            {cluster.members.map((member) => (
              <Member key={member.server.node} member={member} />
            ))}
          </div>
        </section>
        <Replaced cluster={cluster} />
      </div>
      <div className="column">
        {open ? (
          <>
            <FindingCard finding={open} />
            {findings.length > 1 && (
              <section className="panel">
                <h2>{ui.finding.title}</h2>
                <div className="panel-body">
                  {findings
                    .filter((finding) => finding !== open)
                    .map((finding) => (
                      <FindingRow
                        key={findingKey(finding)}
                        finding={finding}
                        open={false}
                        onToggle={() => setQuery({ finding: findingKey(finding) })}
                      />
                    ))}
                </div>
              </section>
            )}
          </>
        ) : (
          <section className="panel">
            <EmptyState title={ui.finding.none} more={ui.finding.noneMore(age(now - replication.takenAt))} />
          </section>
        )}
        <section className="panel">
          <h2>{ui.replication.server}</h2>
          <div className="panel-body">
            {cluster.members.map((member) => (
              <MemberFacts key={member.server.node} member={member} />
            ))}
          </div>
        </section>
      </div>
    </div>
  );
}

function Member({ member }: { member: ReplicationMember }) {
  const { topology } = useWatched();
  const node = topology.nodes.find((each) => each.id === member.server.node);
  if (!node) return null;
  return (
    <a
      className="box box-node tree-node"
      href={`#/topology/${encodeURIComponent(node.id)}`}
      data-testid={`member-${node.id}`}
    >
      <NodeCard node={node} />
    </a>
  );
}

/** Who could take over: with one server, nobody; with more, the rules belong to a later version and it is said. */
function Replaced({ cluster }: { cluster: Cluster }) {
  const { ui } = useWords();
  const first = cluster.members.find((member) => member.writable) ?? cluster.members[0];
  if (!first) return null;
  return (
    <section className="panel" data-testid="replaced">
      <h2>{ui.replication.replaced(first.server.node)}</h2>
      <p className="panel-body">
        {isAlone(cluster)
          ? ui.replication.noCandidate
          : cluster.members.length === 1
            ? ui.replication.candidatesUnknown
            : ui.replication.candidates}
      </p>
    </section>
  );
}
