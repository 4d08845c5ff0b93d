import { kindOf } from '@shared/kinds';
import { linkKey } from '@shared/topology/boxes';
import type { LinkRoute } from '@shared/topology/link-routes';
import type { Overlay } from '@shared/views/what-if';
import { useMemo, useRef } from 'react';
import { useKeys } from '../keys';
import { useLayout, useStructure } from '../topology/use-layout';
import { useSize } from '../topology/use-size';
import { fitView } from '../topology/view';
import { KindIcon } from '../ui/icons';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { CLASS_OF_LINK, worstMark } from './marks-of';
import { NodeState } from './node-state';

const NO_GROUPS: ReadonlySet<string> = new Set();

/** The graph of the estate with what the changes make of it: every node where it stands in the live one. */
export function WhatIfGraph({
  overlay,
  onStop,
  onCut,
}: {
  overlay: Overlay;
  onStop: (node: string) => void;
  onCut: (link: string) => void;
}) {
  const { planScreen, say, tier, ui } = useWords();
  const words = planScreen.whatIf;
  const { estate } = useWatched();
  const canvas = useRef<HTMLDivElement>(null);
  const size = useSize(canvas);
  const { topology } = overlay;
  const layout = useLayout(useStructure(topology), size, NO_GROUPS);
  const view = fitView(size, layout);
  const nodes = useMemo(() => new Map(topology.nodes.map((node) => [node.id, node])), [topology]);
  const marks = useMemo(() => new Map(overlay.links.map((link) => [link.key, link])), [overlay]);
  const linksOf = (route: LinkRoute) => route.links.flatMap((key) => marks.get(key) ?? []);
  useKeys({
    X: () => {
      const node = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.node : '';
      if (node) onStop(node);
    },
  });
  const siteTitle = (id: string | null) => {
    const site =
      topology.hosts.some((host) => host.site === id) && estate.sites.find((each) => each.id === id);
    return site ? say(site.title) : (id ?? ui.topology.unplaced);
  };
  return (
    <div className="canvas what-if-canvas" ref={canvas} data-testid="what-if-graph">
      <div
        className="plane"
        style={{
          transform: `translate(${view.x}px, ${view.y}px) scale(${view.k})`,
          width: layout.width,
          height: layout.height,
        }}
      >
        {layout.lanes.map((lane) => (
          <span key={lane.tier ?? ''} className="label what-if-lane" style={{ top: lane.y + 8 }}>
            {lane.tier === null ? '' : tier(lane.tier)}
          </span>
        ))}
        {layout.sites.map((site) => (
          <div
            key={site.id ?? ''}
            className="site"
            style={{ left: site.x, width: site.width, top: 0, height: layout.height }}
          >
            <span className="label">{siteTitle(site.id)}</span>
          </div>
        ))}
        <svg className="links" width={layout.width} height={layout.height} aria-hidden="true">
          {layout.links.map((route) => (
            <polyline
              key={route.key}
              className={`line ${CLASS_OF_LINK[worstMark(linksOf(route).map(({ mark }) => mark))]}`}
              points={route.points.map(({ x, y }) => `${x},${y}`).join(' ')}
            />
          ))}
        </svg>
        {layout.boxes.map((box) => {
          const node = nodes.get(box.id);
          const place = { left: box.x, top: box.y, width: box.width, height: box.height };
          if (!node)
            return (
              <span key={box.id} className="what-if-box" style={place}>
                {box.members.length > 1 ? words.servers(box.members.length) : box.id}
              </span>
            );
          const mark = overlay.nodes[node.id] ?? 'unaffected';
          return (
            <button
              key={box.id}
              type="button"
              className={`what-if-box what-if-node what-if-${mark}`}
              data-node={node.id}
              data-mark={mark}
              style={place}
              disabled={mark === 'absent'}
              onClick={() => onStop(node.id)}
            >
              <span className="what-if-name">
                <KindIcon icon={kindOf(node.kind)?.icon} />
                {node.id}
              </span>
              <NodeState mark={mark} />
            </button>
          );
        })}
      </div>
      <LinkButtons overlay={overlay} onCut={onCut} />
    </div>
  );
}

/** Every declared link as a button: a line is too thin to be hit, and no key reaches it. */
function LinkButtons({ overlay, onCut }: { overlay: Overlay; onCut: (link: string) => void }) {
  const words = useWords().planScreen.whatIf;
  const byKey = new Map(overlay.topology.links.map((link) => [linkKey(link), link]));
  return (
    <details className="what-if-links">
      <summary>{words.links}</summary>
      <ul>
        {overlay.links.map(({ key, link, mark }) => {
          const seen = byKey.get(key);
          if (link === null || !seen || mark === 'absent') return null;
          return (
            <li key={key}>
              <button
                type="button"
                className="link-button"
                aria-pressed={mark === 'cut'}
                onClick={() => onCut(link)}
              >
                {seen.from} → {seen.to} · {seen.protocol}
              </button>{' '}
              <span className="note">{words.linkMark[mark]}</span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
