import type { Box } from '@shared/topology/boxes';
import { IconUsers } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { Shape } from '../ui/marks';
import { NodeCard } from '../ui/node-card';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { type Counts, countsText, GroupTile, worstOf } from './group-tile';
import { nodeLabel, rowLabel } from './node-label';
import { NodeRow, type NodeRowProps } from './node-row';

/** What every box can be asked to do; the functions stay the same from look to look. */
export interface BoxActions {
  open: (id: string) => void;
  toggle: (group: string) => void;
  list: () => void;
  /** Returns whether the key led somewhere. */
  key: (id: string, key: string) => boolean;
  focus: (id: string) => void;
}
interface BoxProps {
  box: Box;
  selected: boolean;
  dimmed: boolean;
  actions: BoxActions;
}

/** One focus stop of the graph, with its whole state as its label. */
function BoxButton({
  box,
  selected,
  dimmed,
  actions,
  label,
  className = '',
  expanded,
  onClick,
  children,
}: BoxProps & {
  label: string;
  className?: string;
  expanded?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const state = `${selected ? ' box-selected' : ''}${dimmed ? ' box-dimmed' : ''}`;
  return (
    <button
      type="button"
      className={`box box-${box.what}${state}${className}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      aria-label={label}
      aria-pressed={expanded === undefined ? selected : undefined}
      aria-expanded={expanded}
      data-box={box.id}
      data-testid={`${box.what === 'row' ? 'node' : box.what}-${box.id}`}
      onClick={onClick}
      onFocus={() => actions.focus(box.id)}
      onKeyDown={(event) => {
        if (actions.key(box.id, event.key)) event.preventDefault();
      }}
    >
      {children}
    </button>
  );
}

/** A server as a card, the users, or an address from outside. */
export function GraphBox({ steps, ...props }: BoxProps & { steps: readonly number[] }) {
  const { box, actions } = props;
  const words = useWords();
  const watched = useWatched();
  const node = watched.topology.nodes.find((each) => each.id === box.id);
  const actor = watched.topology.actors.find((each) => each.id === box.id);
  const stated = watched.estate.actors.find((each) => each.id === box.id);
  const actorTitle = stated ? words.say(stated.title) : (actor?.title ?? box.id);
  if (box.what === 'strangers') {
    const text = words.graph.strangers(box.members.length);
    return (
      <BoxButton {...props} label={text} onClick={actions.list}>
        <span className="outside">
          <Shape mark="attention" size={11} />
          {text}
        </span>
      </BoxButton>
    );
  }
  const label = node
    ? nodeLabel(node, watched, words)
    : actor
      ? actorTitle
      : words.ui.topology.outsideAddress(box.id);
  return (
    <BoxButton {...props} label={label} onClick={() => actions.open(box.id)}>
      {node && <NodeCard node={node} />}
      {actor && (
        <span className="actor">
          <IconUsers size={16} stroke={1.75} aria-hidden="true" />
          <span className="actor-name">{actorTitle}</span>
        </span>
      )}
      {!node && !actor && (
        <span className="outside">
          <Shape mark="attention" size={11} />
          {box.id}
        </span>
      )}
      {steps.map((step) => (
        <span key={step} className="stop stop-inner" aria-hidden="true">
          {step}
        </span>
      ))}
    </BoxButton>
  );
}

/** A server as a row of an open group. Drawn anew only when something of it changed: there may be hundreds. */
export const RowBox = memo(function RowBox({
  icon,
  health,
  writable,
  ...props
}: BoxProps & Omit<NodeRowProps, 'id'>) {
  const words = useWords();
  const { id } = props.box;
  return (
    <BoxButton
      {...props}
      label={rowLabel(id, health, writable, words)}
      onClick={() => props.actions.open(id)}
    >
      <NodeRow id={id} icon={icon} health={health} writable={writable} />
    </BoxButton>
  );
});

interface GroupBoxProps extends BoxProps {
  tier: string;
  site: string;
  /** In the order of `ORDER`: text, so that an unchanged group is not drawn again. */
  counts: Counts;
  remark: string;
}

/** A group: folded it is its tile; open it is a frame, and its head folds it. */
export function GroupBox({ tier, site, counts, remark, ...props }: GroupBoxProps) {
  const { common, graph } = useWords();
  const { box, actions } = props;
  const label = [
    `${box.open ? graph.fold : graph.open}: ${graph.group(tier, box.members.length)}`,
    site,
    countsText(counts, common.health),
    remark,
  ];
  return (
    <BoxButton
      {...props}
      className={`${box.open ? ' box-open' : ''} card-${worstOf(counts)}`}
      label={label.filter(Boolean).join(', ')}
      expanded={box.open}
      onClick={() => actions.toggle(box.id)}
    >
      <GroupTile tier={tier} total={box.members.length} counts={counts} open={box.open} remark={remark} />
    </BoxButton>
  );
}
