import type { Box } from '@shared/topology/layout';
import { IconUsers } from '@tabler/icons-react';
import { Shape } from '../ui/marks';
import { NodeCard } from '../ui/node-card';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { nodeLabel } from './node-label';

interface GraphBoxProps {
  box: Box;
  selected: boolean;
  dimmed: boolean;
  steps: readonly number[];
  onOpen: () => void;
  /** Returns whether the key led somewhere. */
  onKey: (key: string) => boolean;
  onFocus: () => void;
}

/** One thing in the graph: a card, the users, or an address from outside. One focus stop with its whole state. */
export function GraphBox({ box, selected, dimmed, steps, onOpen, onKey, onFocus }: GraphBoxProps) {
  const words = useWords();
  const watched = useWatched();
  const node = watched.topology.nodes.find((each) => each.id === box.id);
  const actor = watched.topology.actors.find((each) => each.id === box.id);
  const stated = watched.estate.actors.find((each) => each.id === box.id);
  const actorTitle = stated ? words.say(stated.title) : (actor?.title ?? box.id);
  const label = node
    ? nodeLabel(node, watched, words)
    : actor
      ? actorTitle
      : words.ui.topology.outsideAddress(box.id);
  return (
    <button
      type="button"
      className={`box box-${box.what}${selected ? ' box-selected' : ''}${dimmed ? ' box-dimmed' : ''}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      aria-label={label}
      aria-pressed={selected}
      data-box={box.id}
      data-testid={`${box.what}-${box.id}`}
      onClick={onOpen}
      onFocus={onFocus}
      onKeyDown={(event) => {
        if (onKey(event.key)) event.preventDefault();
      }}
    >
      {node && <NodeCard node={node} />}
      {actor && (
        <span className="actor">
          <IconUsers size={16} stroke={1.75} aria-hidden="true" />
          {actorTitle}
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
    </button>
  );
}
