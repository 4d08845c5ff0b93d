import { type Direction, layoutOf, linkKey, neighbourOf } from '@shared/topology/layout';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { useKeys } from '../keys';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { GraphBox } from './graph-box';
import { Legend } from './legend';
import { LinkLines } from './link-lines';
import { usePanZoom, useSize } from './pan-zoom';
import { innerSteps } from './request-path';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
/** Distances between two tiers, from roomy to tight: the widest that fits the window is taken. */
const LANE_HEIGHTS = [188, 160, 136];

interface GraphProps {
  selected: string | null;
  lit: boolean;
  matches: (id: string) => boolean;
  onOpen: (id: string) => void;
}

/** The estate as a picture: sites are columns, tiers are lanes. Drawn with SVG lines under HTML cards. */
export function Graph({ selected, lit, matches, onOpen }: GraphProps) {
  const { ui, say, tier } = useWords();
  const { estate, topology } = useWatched();
  const canvas = useRef<HTMLDivElement>(null);
  const size = useSize(canvas);
  const layout = useMemo(() => {
    const all = LANE_HEIGHTS.map((height) => layoutOf(topology, height));
    return all.find((each) => each.height + 20 <= size.height) ?? all.at(-1) ?? layoutOf(topology);
  }, [topology, size.height]);
  const { view, handlers, zoom, fit, reveal } = usePanZoom(canvas, size, layout);
  const links = useMemo(() => new Map(topology.links.map((link) => [linkKey(link), link])), [topology]);
  const inner = useMemo(() => innerSteps(estate, topology), [estate, topology]);
  useKeys({ '+': () => zoom(1.2), '-': () => zoom(1 / 1.2), '0': fit });

  const focusBox = (id: string) =>
    canvas.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(id)}"]`)?.focus();
  useEffect(() => {
    const box = layout.boxes.find((each) => each.id === selected);
    if (box) reveal(box);
  }, [selected, layout, reveal]);

  const siteTitle = (id: string | null) => {
    const site = estate.sites.find((each) => each.id === id);
    return site ? say(site.title) : (id ?? ui.topology.unplaced);
  };
  const move = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
  return (
    <div className="graph">
      <div className="canvas" ref={canvas} data-testid="graph" {...handlers}>
        <div className="lanes" aria-hidden="true">
          {layout.lanes.map((lane, i) => (
            <div
              key={lane.tier ?? ''}
              className={i === 0 ? 'lane lane-first' : 'lane'}
              style={{ top: view.y + lane.y * view.k, height: lane.height * view.k }}
            >
              <span className="label">
                {lane.tier === null ? topology.actors.length > 0 && ui.topology.users : tier(lane.tier)}
              </span>
            </div>
          ))}
        </div>
        <section className="plane" style={{ transform: move }} aria-label={ui.topology.canvas}>
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
          <LinkLines layout={layout} links={links} lit={lit} matches={matches} />
          {layout.boxes.map((box) => (
            <GraphBox
              key={box.id}
              box={box}
              selected={box.id === selected}
              dimmed={!matches(box.id)}
              steps={lit ? (inner.get(box.id) ?? []) : []}
              onOpen={() => onOpen(box.id)}
              onKey={(key) => {
                const direction = ARROWS[key];
                const next = direction ? neighbourOf(layout.boxes, box.id, direction) : null;
                if (next === null) return false;
                focusBox(next);
                return true;
              }}
              onFocus={() => reveal(box)}
            />
          ))}
        </section>
      </div>
      <div className="graph-foot">
        <Legend />
        <fieldset className="zoom" aria-label={ui.topology.view}>
          <button
            type="button"
            className="icon-button"
            aria-label={ui.topology.zoomOut}
            onClick={() => zoom(1 / 1.2)}
          >
            <IconMinus size={14} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={ui.topology.zoomIn}
            onClick={() => zoom(1.2)}
          >
            <IconPlus size={14} aria-hidden="true" />
          </button>
          <button type="button" className="icon-button" aria-label={ui.topology.fit} onClick={fit}>
            <IconMaximize size={14} aria-hidden="true" />
          </button>
        </fieldset>
      </div>
    </div>
  );
}
