import type { LinkMark, NodeMark } from '@shared/views/what-if';
import type { Mark } from '../ui/marks';

/** Of several links on one line: what happened to them before what did not, and what is there before what is not. */
const ORDER: readonly LinkMark[] = ['cut', 'dead', 'carries-more', 'new', 'unaffected', 'absent'];

/** The mark that a line shows which stands for several links. */
export const worstMark = (marks: readonly LinkMark[]): LinkMark =>
  ORDER.find((mark) => marks.includes(mark)) ?? 'absent';

/** How a line is drawn: a cut one as a broken one, one whose end is gone as a faded one. */
export const CLASS_OF_LINK: Readonly<Record<LinkMark, string>> = {
  cut: 'line-broken',
  dead: 'line-broken line-dimmed',
  'carries-more': 'line-path',
  new: 'line-new',
  unaffected: 'line-seen',
  absent: 'line-absent',
};

/** The shape beside the word that says what becomes of a node; null: nothing does. */
export const SHAPE_OF_NODE: Readonly<Record<NodeMark, Mark | null>> = {
  unaffected: null,
  stopped: 'critical',
  emptied: 'undone',
  'left-out': 'undone',
  'takes-over': 'progress',
  new: 'progress',
  absent: 'todo',
};
