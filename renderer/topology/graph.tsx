import { groupOf, linkKey, type Rect } from '@shared/topology/boxes';
import { placeLabels } from '@shared/topology/labels';
import { neighbourhoodOf, tailsOf } from '@shared/topology/neighbourhood';
import { type Direction, neighbourOf } from '@shared/topology/walk';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useKeys } from '../keys';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { drawnLinks } from './drawn-links';
import { GraphBoxes } from './graph-boxes';
import { GraphFoot } from './graph-foot';
import { wishOf } from './label-text';
import { LinkLines } from './link-lines';
import { usePanZoom } from './pan-zoom';
import { isGrouped, opensByItself, useLayout, useStructure } from './use-layout';
import { useSize } from './use-size';
import type { View } from './view';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
/** Few links need no stepping back: everything is still seen at once. */
const CROWDED = 8;
/** Scale at which a row is read without effort. */
const READABLE = 0.8;

interface GraphProps {
  selected: string | null;
  lit: boolean;
  /** null: nothing is searched for. */
  matches: ((id: string) => boolean) | null;
  /** Groups whose state a person has changed. */
  changed: ReadonlySet<string>;
  onOpen: (id: string) => void;
  onToggle: (group: string) => void;
  onList: () => void;
  onReset: () => void;
}

/** The estate as a picture: sites are columns, tiers are lanes. Drawn with SVG lines under HTML boxes. */
export function Graph({ selected, lit, matches, changed, onOpen, onToggle, onList, onReset }: GraphProps) {
  const words = useWords();
  const { ui, say, tier } = words;
  const { estate, topology } = useWatched();
  const canvas = useRef<HTMLDivElement>(null);
  const plane = useRef<HTMLElement>(null);
  const lanes = useRef<HTMLDivElement>(null);
  const laneNames = useRef<HTMLDivElement>(null);
  const size = useSize(canvas);
  const structure = useStructure(topology);
  const grouped = isGrouped(structure);

  // What is selected is seen: its group is open for as long.
  const openGroups = useMemo(() => {
    const group = selected === null ? null : groupOf(structure, selected);
    const byItself = opensByItself(structure);
    if (group === null || changed.has(group) !== byItself) return changed;
    const groups = new Set(changed);
    if (!groups.delete(group)) groups.add(group);
    return groups;
  }, [structure, selected, changed]);
  const layout = useLayout(structure, size, openGroups);

  const paint = useCallback(
    ({ x, y, k }: View) => {
      if (plane.current) plane.current.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
      for (const { current } of [lanes, laneNames]) {
        if (!current) continue;
        current.style.transform = `translateY(${y}px)`;
        for (const [i, lane] of layout.lanes.entries()) {
          const line = current.children[i];
          if (line instanceof HTMLElement) line.style.top = `${lane.y * k}px`;
        }
      }
    },
    [layout],
  );
  const content = useMemo(
    () => ({ ...layout, readable: grouped && opensByItself(structure) ? READABLE : 0.5 }),
    [layout, grouped, structure],
  );
  const { handlers, zoom, fit, reveal, hold } = usePanZoom(canvas, size, content, paint);
  useKeys({ '+': () => zoom(1.2), '-': () => zoom(1 / 1.2), '0': fit });

  const byKey = useMemo(() => new Map(topology.links.map((link) => [linkKey(link), link])), [topology]);
  const focus = useMemo(
    () =>
      selected !== null && structure.links.length > CROWDED ? neighbourhoodOf(structure, [selected]) : null,
    [structure, selected],
  );
  const drawn = useMemo(() => drawnLinks(layout, byKey, lit, focus), [layout, byKey, lit, focus]);
  const labels = useMemo(() => {
    const known = new Map(structure.links.map((link) => [linkKey(link), link]));
    const wishes = layout.links
      .filter((route) => !focus || route.links.some((key) => focus.links.has(key)))
      .map((route) =>
        wishOf(
          route,
          route.links.flatMap((key) => known.get(key) ?? []),
          words,
        ),
      );
    return new Map(placeLabels(layout, wishes).map((place) => [place.key, place]));
  }, [layout, structure, focus, words]);
  const tails = useMemo(() => (focus ? tailsOf(layout, focus, byKey) : []), [layout, focus, byKey]);

  const pending = useRef<{ id: string; before: Rect } | null>(null);
  useLayoutEffect(() => {
    const { current } = pending;
    const after = layout.boxes.find((box) => box.id === current?.id);
    if (current && after) hold(current.before, after, READABLE);
    pending.current = null;
  }, [layout, hold]);
  const seen = useRef<string | null>(null);
  useEffect(() => {
    const box = layout.boxes.find((each) => each.id === selected);
    if (selected !== seen.current && box && size.width > 0) reveal(box, grouped ? READABLE : 0);
    if (size.width > 0) seen.current = selected;
  }, [selected, layout, reveal, grouped, size.width]);

  const actions = useMemo(() => {
    const box = (id: string) => layout.boxes.find((each) => each.id === id);
    return {
      open: onOpen,
      list: onList,
      toggle(id: string) {
        const before = box(id);
        if (before) pending.current = { id, before };
        onToggle(id);
      },
      key(id: string, key: string) {
        const direction = ARROWS[key];
        const next = direction ? neighbourOf(layout.boxes, id, direction) : null;
        if (next === null) return false;
        const element = canvas.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(next)}"]`);
        element?.focus({ preventScroll: true });
        return true;
      },
      focus(id: string) {
        const found = box(id);
        if (found && !found.open) reveal(found);
      },
    };
  }, [layout, onOpen, onList, onToggle, reveal]);

  const siteTitle = (id: string | null) => {
    const site = estate.sites.find((each) => each.id === id);
    return site ? say(site.title) : (id ?? ui.topology.unplaced);
  };
  return (
    <div className="graph">
      <div className="canvas" ref={canvas} data-testid="graph" data-form={layout.form} {...handlers}>
        <div className="lanes" ref={lanes} aria-hidden="true">
          {layout.lanes.map((lane, i) => (
            <div key={lane.tier ?? ''} className={i === 0 ? 'lane lane-first' : 'lane'} />
          ))}
        </div>
        <section className="plane" ref={plane} aria-label={ui.topology.canvas}>
          {layout.sites.map((site) => (
            <div
              key={site.id ?? ''}
              className="site"
              style={{ left: site.x, width: site.width, top: 0, height: layout.height }}
            >
              <span className="label">{siteTitle(site.id)}</span>
            </div>
          ))}
          {layout.outsideX !== null && (
            <span className="label outside-label" style={{ left: layout.outsideX, top: 9 }}>
              {ui.topology.outside}
            </span>
          )}
          <LinkLines layout={layout} drawn={drawn} labels={labels} tails={tails} dims={focus !== null} />
          <GraphBoxes
            boxes={layout.boxes}
            selected={selected}
            lit={lit}
            focus={focus}
            matches={matches}
            siteTitle={siteTitle}
            actions={actions}
          />
        </section>
        <div className="lanes lane-names" ref={laneNames} aria-hidden="true">
          {layout.lanes.map((lane, i) => (
            <div key={lane.tier ?? ''} className={i === 0 ? 'lane-name lane-name-first' : 'lane-name'}>
              <span className="label">
                {lane.tier === null ? topology.actors.length > 0 && ui.topology.users : tier(lane.tier)}
              </span>
            </div>
          ))}
        </div>
      </div>
      <GraphFoot
        reset={!grouped || changed.size === 0 ? null : opensByItself(structure) ? 'open' : 'fold'}
        onReset={onReset}
        onZoom={zoom}
        onFit={fit}
      />
    </div>
  );
}
