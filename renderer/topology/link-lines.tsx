import type { LabelPlace } from '@shared/topology/labels';
import { isTwoLines, TWO_WAYS } from '@shared/topology/labels';
import type { Layout } from '@shared/topology/layout';
import type { Point } from '@shared/topology/link-routes';
import { memo } from 'react';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import type { DrawnLink } from './drawn-links';
import { labelText } from './label-text';
import type { LinkState } from './link-state';

interface LinkLinesProps {
  layout: Layout;
  drawn: readonly DrawnLink[];
  labels: ReadonlyMap<string, LabelPlace>;
  /** From rows in focus to where their lines leave the group. */
  tails: readonly Point[][];
  /** Is something in focus, or found, so that the rest steps back? */
  dims: boolean;
}

/** All links: lines in SVG, and their labels and numbers as text above them. */
export function LinkLines({ layout, drawn, labels, tails, dims }: LinkLinesProps) {
  const words = useWords();
  // The request path last, so that nothing crosses over it.
  const inOrder = drawn.toSorted((a, b) => Number(a.steps.length > 0) - Number(b.steps.length > 0));
  return (
    <>
      <svg className="links" width={layout.width} height={layout.height} aria-hidden="true">
        <defs>
          <Marker id="arrow" refX="7">
            <path d="M0 0 8 4 0 8z" fill="context-stroke" />
          </Marker>
          <Marker id="ring" refX="6.5">
            <circle cx="4" cy="4" r="2.6" fill="var(--bg0)" stroke="context-stroke" />
          </Marker>
        </defs>
        {inOrder.map(({ route, state, steps, lit }) => (
          <Line
            key={route.key}
            path={pathOf(route.points)}
            back={
              steps.length > 1 && isTwoLines(route)
                ? pathOf(shifted(route.points.toReversed(), TWO_WAYS))
                : null
            }
            there={pathOf(shifted(route.points, -TWO_WAYS))}
            state={state}
            onPath={steps.length > 0}
            dimmed={dims && lit === 0}
          />
        ))}
        {tails.map((points) => (
          <path key={pathOf(points)} className="line line-tail" d={pathOf(points)} />
        ))}
      </svg>
      {drawn.map((each) => {
        const place = labels.get(each.route.key);
        if (!place || (dims && each.lit === 0)) return null;
        const [first, ...rest] = each.steps;
        return (
          <Label
            key={each.route.key}
            place={place}
            state={each.state}
            first={first === undefined ? '' : String(first)}
            rest={rest.join(' ')}
            words={place.text ? labelText(each, place.text.wording, words) : ''}
          />
        );
      })}
    </>
  );
}

const Marker = ({ id, refX, children }: { id: string; refX: string; children: React.ReactNode }) => (
  <marker
    id={id}
    viewBox="0 0 8 8"
    refX={refX}
    refY="4"
    markerWidth="9"
    markerHeight="9"
    markerUnits="userSpaceOnUse"
    orient="auto-start-reverse"
  >
    {children}
  </marker>
);

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
const shifted = (points: readonly Point[], dx: number): Point[] =>
  points.map(({ x, y }) => ({ x: x + dx, y }));

interface LineProps {
  path: string;
  /** Way there and way back, where one link carries both on a straight line. */
  there: string;
  back: string | null;
  state: LinkState;
  onPath: boolean;
  dimmed: boolean;
}

const Line = memo(function Line({ path, there, back, state, onPath, dimmed }: LineProps) {
  const className = `line line-${state}${onPath ? ' line-path' : ''}${dimmed ? ' line-dimmed' : ''}`;
  const end = state === 'declared' ? 'url(#ring)' : 'url(#arrow)';
  const double = state === 'replication' && !onPath;
  return (
    <g data-testid="link" data-state={state}>
      <path className={className} d={back === null ? path : there} markerEnd={end} />
      {back !== null && <path className={className} d={back} markerEnd={end} />}
      {double && <path className="line-core" d={path} />}
    </g>
  );
});

interface LabelProps {
  place: LabelPlace;
  state: LinkState;
  /** Its step of the request path, and the further ones; empty: none. */
  first: string;
  rest: string;
  words: string;
}

/** The numbers and the text of one line, in the room that was found for them. Drawn anew only when they changed. */
const Label = memo(function Label({ place, state, first, rest, words }: LabelProps) {
  const [one, other] = place.stops;
  const { text } = place;
  return (
    <>
      {first !== '' && one && <Stop text={first} at={one} />}
      {rest !== '' && other && <Stop text={rest} at={other} />}
      {text && (
        <span
          className={`link-label link-label-${text.toward}`}
          style={{ left: text.x, top: text.y, width: text.width }}
          aria-hidden="true"
        >
          <span className="link-text">
            {state === 'unknown' && <Shape mark="unknown" />}
            {state === 'broken' && <Shape mark="critical" />}
            <span className="link-words">{words}</span>
          </span>
        </span>
      )}
    </>
  );
});

const Stop = ({ text, at }: { text: string; at: Point }) => (
  <span className="stop" style={{ left: at.x, top: at.y }} aria-hidden="true">
    {text}
  </span>
);
