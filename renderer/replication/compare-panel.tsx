import { type DriftSection, driftOf, driftSideOf } from '@shared/replication/drift';
import type { ReplicationCluster } from '@shared/replication/model';
import { useMemo } from 'react';
import { useRoute } from '../route';
import { Status } from '../ui/marks';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** The two nodes of `?compare=a,b`, if both are members; else the first two. */
export function comparedOf(cluster: ReplicationCluster, asked: string | undefined): [string, string] | null {
  const nodes = cluster.members.map(({ server }) => server.node);
  const [first, second] = nodes;
  if (asked === undefined || first === undefined || second === undefined) return null;
  const [a, b] = asked.split(',');
  return a !== undefined && b !== undefined && nodes.includes(a) && nodes.includes(b)
    ? [a, b]
    : [first, second];
}

/** Two servers side by side: what would be different if one took the other's place. */
export function ComparePanel({ cluster, nodes }: { cluster: ReplicationCluster; nodes: [string, string] }) {
  const { replication } = useWords();
  const { snapshot } = useWatched();
  const { setQuery } = useRoute();
  const [a, b] = nodes;
  const sections = useMemo(() => {
    const sideOf = (node: string) => {
      const found = cluster.members.find(({ server }) => server.node === node);
      return found && driftSideOf(found.server, snapshot);
    };
    const [left, right] = [sideOf(a), sideOf(b)];
    return left && right ? driftOf(left, right) : [];
  }, [cluster, snapshot, a, b]);
  const names = cluster.members.map(({ server }) => server.node);
  const choice = (label: string, value: string, other: string, change: (node: string) => void) => (
    <label>
      <span className="note">{label}</span>
      <select className="field mono" value={value} onChange={(event) => change(event.target.value)}>
        {names
          .filter((name) => name !== other)
          .map((name) => (
            <option key={name}>{name}</option>
          ))}
      </select>
    </label>
  );
  return (
    <section className="panel" data-testid="compare">
      <header className="panel-head">
        <h2>{replication.compare.title(a, b)}</h2>
        <button type="button" className="button" onClick={() => setQuery({ compare: null })}>
          {replication.compare.close} <kbd>Esc</kbd>
        </button>
      </header>
      <div className="panel-body">
        <div className="compare-choice">
          {choice(replication.compare.first, a, b, (node) => setQuery({ compare: `${node},${b}` }))}
          {choice(replication.compare.second, b, a, (node) => setQuery({ compare: `${a},${node}` }))}
        </div>
        {sections.map((section) => (
          <Section key={section.subject} section={section} nodes={nodes} />
        ))}
      </div>
    </section>
  );
}

function Section({ section, nodes }: { section: DriftSection; nodes: [string, string] }) {
  const { replication } = useWords();
  const { compare } = replication;
  const { subject, unread, cut, differences, alike } = section;
  // A schema is there or not; a variable may be set to nothing.
  const empty = subject === 'schemas' ? compare.present : "''";
  const said = (value: string | null) =>
    value === null ? <span className="soft">{compare.absent}</span> : value || empty;
  return (
    <section className="drift" data-testid={`drift-${subject}`}>
      <h3>
        {compare.subject[subject]}
        <span className="note">
          {unread.length === 0 && `${compare.differ(differences.length)} · ${compare.alike(alike)}`}
        </span>
      </h3>
      {unread.length > 0 && <Status mark="unknown" label={compare.unread(unread.join(', '))} />}
      {cut.length > 0 && <Status mark="unknown" label={compare.cut(cut.join(', '))} />}
      {unread.length === 0 && differences.length === 0 && <p className="soft">{compare.noDifference}</p>}
      {differences.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{compare.name}</th>
              {nodes.map((node) => (
                <th key={node} scope="col" className="mono plain">
                  {node}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ name, a, b }) => (
              <tr key={name}>
                <th scope="row" className="mono">
                  {name}
                </th>
                <td className="mono">{said(a)}</td>
                <td className="mono">{said(b)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
