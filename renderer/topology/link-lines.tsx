import type { Layout } from '@shared/topology/layout';
import type { LinkRoute, Point } from '@shared/topology/link-routes';
import type { TopologyLink } from '@shared/views/topology';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { linkState } from './link-state';

interface LinkLinesProps {
  layout: Layout;
  links: ReadonlyMap<string, TopologyLink>;
  lit: boolean;
  matches: (id: string) => boolean;
}

/** All links: lines in SVG, and their labels and numbers as text above them. */
export function LinkLines({ layout, links, lit, matches }: LinkLinesProps) {
  const drawn = layout.links.flatMap((route) => {
    const link = links.get(route.key);
    return link ? [{ route, link, onPath: lit && (link.path?.length ?? 0) > 0 }] : [];
  });
  // The request path last, so that nothing crosses over it.
  drawn.sort((a, b) => Number(a.onPath) - Number(b.onPath));
  return (
    <>
      <svg className="links" width={layout.width} height={layout.height} aria-hidden="true">
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8z" fill="context-stroke" />
          </marker>
          <marker
            id="ring"
            viewBox="0 0 8 8"
            refX="6.5"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
          >
            <circle cx="4" cy="4" r="2.6" fill="var(--bg0)" stroke="context-stroke" />
          </marker>
        </defs>
        {drawn.map(({ route, link, onPath }) => (
          <Line
            key={route.key}
            points={route.points}
            link={link}
            onPath={onPath}
            dimmed={!matches(link.from) && !matches(link.to)}
          />
        ))}
      </svg>
      {drawn.map(({ route, link, onPath }) => (
        <Label key={route.key} route={route} link={link} onPath={onPath} />
      ))}
    </>
  );
}

const toPath = (points: readonly Point[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
const shifted = (points: readonly Point[], dx: number): Point[] =>
  points.map(({ x, y }) => ({ x: x + dx, y }));

/** Half the distance between the way there and the way back, when one link carries both. */
const TWO_WAYS = 15;
const isTwoWays = (link: TopologyLink): boolean => (link.path?.length ?? 0) > 1;

function Line({
  points,
  link,
  onPath,
  dimmed,
}: {
  points: readonly Point[];
  link: TopologyLink;
  onPath: boolean;
  dimmed: boolean;
}) {
  const state = linkState(link);
  const className = `line line-${state}${onPath ? ' line-path' : ''}${dimmed ? ' line-dimmed' : ''}`;
  const end = state === 'declared' ? 'url(#ring)' : 'url(#arrow)';
  if (state === 'replication' && !onPath)
    return (
      <g data-testid="link" data-state={state}>
        <path className={className} d={toPath(points)} markerEnd={end} />
        <path className="line-core" d={toPath(points)} />
      </g>
    );
  if (!onPath || !isTwoWays(link))
    return (
      <path className={className} d={toPath(points)} markerEnd={end} data-testid="link" data-state={state} />
    );
  return (
    <g data-testid="link" data-state={state}>
      <path className={className} d={toPath(shifted(points, -TWO_WAYS))} markerEnd={end} />
      <path className={className} d={toPath(shifted(points.toReversed(), TWO_WAYS))} markerEnd={end} />
    </g>
  );
}

function Label({ route, link, onPath }: { route: LinkRoute; link: TopologyLink; onPath: boolean }) {
  const { ui, common } = useWords();
  const { middle } = route;
  const state = linkState(link);
  const twoWays = onPath && isTwoWays(link);
  // What is declared has its port in the estate; of a stranger the port is half of what is known.
  const protocol = link.declared || link.port === null ? link.protocol : `${link.protocol} ${link.port}`;
  // The mark says unknown already.
  const named = link.protocol !== 'unknown' ? protocol : state === 'unknown' ? '' : common.unknown;
  const text = [named, link.count === null ? '' : ui.topology.link.connections(link.count)]
    .filter(Boolean)
    .join(' · ');
  const [first, ...rest] = onPath ? (link.path ?? []) : [];
  const beside = (onPath ? 15 : 8) + (twoWays ? TWO_WAYS : 0);
  return (
    <>
      {first !== undefined && (
        <Stop step={String(first)} x={middle.x - (twoWays ? TWO_WAYS : 0)} y={middle.y} />
      )}
      {rest.length > 0 && <Stop step={rest.join(' ')} x={middle.x + TWO_WAYS} y={middle.y} />}
      <span
        className={middle.vertical ? 'link-label link-label-beside' : 'link-label link-label-above'}
        style={{ left: middle.x + (middle.vertical ? beside : 0), top: middle.y }}
        aria-hidden="true"
      >
        {state === 'unknown' && <Shape mark="unknown" />}
        {state === 'broken' && <Shape mark="critical" />}
        {text}
      </span>
    </>
  );
}

const Stop = ({ step, x, y }: { step: string; x: number; y: number }) => (
  <span className="stop" style={{ left: x, top: y }} aria-hidden="true">
    {step}
  </span>
);
