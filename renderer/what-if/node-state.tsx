import type { NodeMark } from '@shared/views/what-if';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { SHAPE_OF_NODE } from './marks-of';

/** What becomes of a node, in a shape and a word. */
export function NodeState({ mark }: { mark: NodeMark }) {
  const words = useWords().planScreen.whatIf;
  const shape = SHAPE_OF_NODE[mark];
  return (
    <span className="what-if-state">
      {shape && <Shape mark={shape} />}
      {words.nodeMark[mark]}
    </span>
  );
}
