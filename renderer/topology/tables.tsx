import { useNow } from '../clock';
import { readingOf } from '../node-reading';
import { RoleChip } from '../ui/chips';
import { markOfHealth, Status } from '../ui/marks';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { linkState } from './link-state';

interface TablesProps {
  selected: string | null;
  matches: (id: string) => boolean;
  onOpen: (id: string) => void;
}

/** The graph as two tables: the same facts for whoever reads rather than looks. */
export function Tables({ selected, matches, onOpen }: TablesProps) {
  const words = useWords();
  const { ui, common, say, tier, quantity, age } = words;
  const watched = useWatched();
  const now = useNow();
  const { topology, estate } = watched;
  const columns = ui.topology.columns;
  const site = (id: string | null) => {
    const found = estate.sites.find((each) => each.id === id);
    return found ? say(found.title) : (id ?? ui.topology.unplaced);
  };
  const nodes = topology.nodes.filter((node) => matches(node.id));
  const links = topology.links.filter((link) => matches(link.from) || matches(link.to));
  return (
    <section className="tables" data-testid="tables" aria-label={ui.topology.table}>
      <table className="table">
        <caption>{ui.topology.tables.nodes}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.node}</th>
            <th scope="col">{columns.site}</th>
            <th scope="col">{columns.tier}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.role}</th>
            <th scope="col">{columns.health}</th>
            <th scope="col" className="right">
              {columns.vital}
            </th>
            <th scope="col" className="right">
              {columns.links}
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => {
            const { kind, vital, reading } = readingOf(node, watched);
            const value = reading?.state === 'answered' ? (vital?.value ?? null) : null;
            const shown = vital && value !== null ? quantity(value, vital.format, say(vital.unit)) : null;
            return (
              <tr key={node.id} className={node.id === selected ? 'row-selected' : ''}>
                <th scope="row">
                  <button type="button" className="link-button mono" onClick={() => onOpen(node.id)}>
                    {node.id}
                  </button>
                </th>
                <td>{site(node.site)}</td>
                <td>{tier(node.tier)}</td>
                <td>
                  {[node.product ?? (kind ? say(kind.title) : node.kind), node.version]
                    .filter(Boolean)
                    .join(' ')}
                </td>
                <td>
                  <RoleChip writable={node.writable} />
                </td>
                <td>
                  <Status mark={markOfHealth[node.health]} label={common.health[node.health]} />
                </td>
                <td className="right">{shown ? `${shown.text} ${shown.unit}` : '—'}</td>
                <td className="right">
                  {topology.links.filter((link) => link.from === node.id || link.to === node.id).length}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <table className="table">
        <caption>{ui.topology.tables.links}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.from}</th>
            <th scope="col">{columns.to}</th>
            <th scope="col">{columns.protocol}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.step}</th>
            <th scope="col" className="right">
              {columns.count}
            </th>
            <th scope="col" className="right">
              {columns.lastSeen}
            </th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={`${link.from} ${link.to} ${link.protocol} ${link.port}`}>
              <th scope="row" className="mono">
                {link.from}
              </th>
              <td className="mono">{link.to}</td>
              <td>
                {link.protocol}
                {link.port !== null && ` ${link.port}`}
              </td>
              <td>{ui.topology.link[linkState(link)]}</td>
              <td>{link.path?.join(', ') ?? ''}</td>
              <td className="right">{link.count ?? '—'}</td>
              <td className="right">{link.lastSeen === null ? '—' : age(now - link.lastSeen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
