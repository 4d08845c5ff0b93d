import type { TopologyLink } from '@shared/views/topology';
import { useWords } from '../words';
import { linkState } from './link-state';

/** The links of one node, in words. */
export function LinksSection({ links }: { links: readonly TopologyLink[] }) {
  const { ui } = useWords();
  if (links.length === 0) return null;
  return (
    <section className="section">
      <h3 className="label">{ui.drawer.links}</h3>
      <ul className="link-list">
        {links.map((link) => (
          <li key={`${link.from} ${link.to} ${link.protocol} ${link.port}`}>
            <span className="mono">
              {link.from} → {link.to}
              {link.port === null ? '' : `:${link.port}`}
            </span>{' '}
            <span className="soft">
              {link.protocol} · {ui.topology.link[linkState(link)]}
              {link.count !== null && ` · ${ui.topology.link.connections(link.count)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
