import { IconFilter } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useKeys } from '../keys';
import { go, useRoute } from '../route';
import { Segments } from '../ui/segments';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { Drawer } from './drawer';
import { Graph } from './graph';
import { linkState } from './link-state';
import { isListName, ListDrawer } from './list-drawer';
import { Tables } from './tables';

/** Topology: what is there, what talks to what, and why it would break. */
export function TopologyPlace() {
  const { ui } = useWords();
  const { topology } = useWatched();
  const { route, setQuery } = useRoute();
  const filterField = useRef<HTMLInputElement>(null);
  const lastOpened = useRef<string | null>(null);
  const { id, query } = route;
  const filter = query.filter?.toLowerCase() ?? '';
  const lit = query.path !== 'off';
  const asTable = query.view === 'table';

  const matches = (box: string): boolean => {
    const node = topology.nodes.find((each) => each.id === box);
    const text = node
      ? [node.id, node.title, node.host, node.address, node.kind, node.product, node.tier].join(' ')
      : box;
    return text.toLowerCase().includes(filter);
  };
  const open = (box: string | null) => {
    const kept = Object.entries(query).filter(([key]) => ['view', 'path', 'filter'].includes(key));
    go({ place: 'topology', id: box, query: Object.fromEntries(kept) });
  };
  useEffect(() => {
    if (id !== null) lastOpened.current = id;
  }, [id]);
  const walk = (by: number) => {
    const ids = topology.nodes.map((node) => node.id).filter(matches);
    const at = id === null ? -1 : ids.indexOf(id);
    const next = ids[(at + by + ids.length) % ids.length] ?? ids[0];
    if (next !== undefined) open(next);
  };
  const close = () => {
    const box = id;
    open(null);
    document.querySelector<HTMLElement>(`[data-box="${CSS.escape(box ?? '')}"]`)?.focus();
  };
  const list = isListName(query.list) ? query.list : null;
  useKeys({
    '/': () => filterField.current?.focus(),
    J: () => walk(1),
    K: () => walk(-1),
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    T: () => setQuery({ view: asTable ? null : 'table' }),
    R: () => setQuery({ path: lit ? 'off' : null }),
    E: () => (id === null ? open(lastOpened.current ?? topology.nodes[0]?.id ?? null) : close()),
    C: () => document.querySelector<HTMLElement>('[data-copy]')?.click(),
    Escape: () => (id !== null || list ? close() : setQuery({ filter: null })),
  });

  const counts = { seen: 0, declared: 0, observed: 0, replication: 0, broken: 0, unknown: 0 };
  for (const link of topology.links) counts[linkState(link)] += 1;
  return (
    <>
      <header className="bar">
        <h1>{ui.places.topology}</h1>
        <Segments
          label={ui.topology.view}
          value={asTable ? 'table' : 'graph'}
          options={[
            { value: 'graph', label: ui.topology.graph },
            { value: 'table', label: ui.topology.table },
          ]}
          onChange={(view) => setQuery({ view: view === 'table' ? view : null })}
        />
        <Segments
          label={ui.topology.linksLabel}
          value={lit ? 'path' : 'all'}
          options={[
            { value: 'path', label: ui.topology.path },
            { value: 'all', label: ui.topology.allLinks },
          ]}
          onChange={(value) => setQuery({ path: value === 'path' ? null : 'off' })}
        />
        <span className="grow" />
        <span className="soft bar-summary" data-testid="link-summary">
          {ui.topology.linksLabel}{' '}
          {ui.topology.links(
            counts.seen + counts.replication,
            counts.declared,
            counts.observed,
            counts.broken,
            counts.unknown,
          )}
        </span>
        <label className="filter">
          <IconFilter size={14} aria-hidden="true" />
          <span className="visually-hidden">{ui.topology.filter}</span>
          <input
            ref={filterField}
            type="search"
            placeholder={ui.topology.filter}
            value={query.filter ?? ''}
            onChange={(event) => setQuery({ filter: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              setQuery({ filter: null });
              event.currentTarget.blur();
            }}
          />
          <kbd>/</kbd>
        </label>
      </header>
      <div className="with-drawer">
        <div className="work">
          {filter !== '' && !topology.nodes.some((node) => matches(node.id)) && (
            <p className="filter-none" role="status">
              {ui.topology.filterNone(query.filter ?? '')}
            </p>
          )}
          {asTable ? (
            <Tables selected={id} matches={matches} onOpen={open} />
          ) : (
            <Graph selected={id} lit={lit} matches={matches} onOpen={open} />
          )}
        </div>
        {id !== null && (
          <Drawer
            key={id}
            id={id}
            shown={query.show ?? null}
            finding={query.finding ?? null}
            onShow={(show) => setQuery({ show })}
            onFinding={(finding) => setQuery({ finding })}
            onClose={close}
          />
        )}
        {id === null && list && (
          <ListDrawer
            list={list}
            open={query.finding ?? null}
            onFinding={(finding) => setQuery({ finding })}
            onNode={open}
            onClose={() => setQuery({ list: null, finding: null })}
          />
        )}
      </div>
    </>
  );
}
