import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useKeys } from '../keys';
import { Scrubber } from '../recording/scrubber';
import { go, parseRoute, useRoute } from '../route';
import { Segments } from '../ui/segments';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { Drawer } from './drawer';
import { FilterField } from './filter-field';
import { Graph } from './graph';
import { linkState } from './link-state';
import { isListName, ListDrawer } from './list-drawer';
import { searchOf, stepIn } from './search';
import { Tables } from './tables';

/** What stays as it is when something else is opened. */
const KEPT = ['view', 'path', 'filter', 'groups'];

const listOf = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

/** Topology: what is there, what talks to what, and why it would break. */
export function TopologyPlace() {
  const { ui } = useWords();
  const { topology } = useWatched();
  const { route, setQuery } = useRoute();
  const filterField = useRef<HTMLInputElement>(null);
  const lastOpened = useRef<string | null>(null);
  const { id, query } = route;
  const lit = query.path !== 'off';
  const asTable = query.view === 'table';

  const found = useMemo(() => searchOf(topology, query.filter ?? ''), [topology, query.filter]);
  const matches = (box: string): boolean => found === null || found.has(box);
  const open = useCallback((box: string | null) => {
    const kept = Object.entries(parseRoute(window.location.hash).query).filter(([key]) => KEPT.includes(key));
    go({ place: 'topology', id: box, query: Object.fromEntries(kept) });
  }, []);
  useEffect(() => {
    if (id !== null) lastOpened.current = id;
  }, [id]);
  const walk = (by: number) => {
    const next = stepIn(topology.nodes.map((node) => node.id).filter(matches), id, by);
    if (next !== null) open(next);
  };
  const toggle = useCallback(
    (group: string) => {
      const groups = new Set(listOf(parseRoute(window.location.hash).query.groups));
      if (!groups.delete(group)) groups.add(group);
      setQuery({ groups: [...groups].join(',') });
    },
    [setQuery],
  );
  const changed = useMemo(() => new Set(listOf(query.groups)), [query.groups]);
  const asList = useCallback(() => setQuery({ view: 'table' }), [setQuery]);
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
        <FilterField
          field={filterField}
          value={query.filter ?? ''}
          found={found && { at: id === null ? -1 : [...found].indexOf(id), all: found.size }}
          onChange={(filter) => setQuery({ filter })}
          onJump={(by) => {
            const next = stepIn([...(found ?? [])], id, by);
            if (next !== null) open(next);
          }}
        />
      </header>
      <div className="with-drawer">
        <div className="work">
          {found?.size === 0 && (
            <p className="filter-none" role="status">
              {ui.topology.filterNone(query.filter ?? '')}
            </p>
          )}
          {asTable ? (
            <Tables selected={id} matches={matches} onOpen={open} />
          ) : (
            <Graph
              selected={id}
              lit={lit}
              matches={found === null ? null : matches}
              changed={changed}
              onOpen={open}
              onToggle={toggle}
              onList={asList}
              onReset={() => setQuery({ groups: null })}
            />
          )}
          <Scrubber />
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
