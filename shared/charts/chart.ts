/**
 * A drawing as data: the window and paper both draw it, each with its own pen. Coordinates in pixels from the
 * upper left corner; `role` says what a shape means, and the pen decides how that looks.
 */
export type Role =
  | 'grid'
  | 'axis'
  | 'label'
  | 'lane'
  | 'bar'
  | 'bar-critical'
  | 'whisker'
  | 'curve'
  | 'point'
  /** A point that was computed and not measured. */
  | 'predicted'
  | 'value'
  | 'floor'
  /** A curve, a dot and their names that need attention. */
  | 'curve-attention'
  /** Where a value has to stay below. */
  | 'limit'
  /** Shown, and no evidence. */
  | 'footnote'
  /** Nothing is known here. */
  | 'gap'
  /** What is wished for, where it is not reached. */
  | 'target'
  /** What would be if one input were another; simulated. */
  | 'lever'
  /** Text inside a filled bar. */
  | 'bar-text'
  /** Said beside a mark, less loudly. */
  | 'note'
  /** A place where people decide, and its name. */
  | 'gate'
  /** As long as giving up costs nothing. */
  | 'zone-free'
  /** From where the way back is the reverse channel. */
  | 'zone-reverse'
  | 'zone-name'
  | 'no-return'
  | 'turn-back'
  | 'window-end'
  /** Minutes that are allowed, and those beyond. */
  | 'allowed'
  | 'over'
  /** How much an input moves a result; hollow where it is only assumed. */
  | 'weight'
  | 'weight-assumed';

export type Shape =
  | { kind: 'rect'; role: Role; x: number; y: number; width: number; height: number; id?: string }
  | { kind: 'line'; role: Role; x1: number; y1: number; x2: number; y2: number }
  /** An open line through these points. */
  | { kind: 'path'; role: Role; points: readonly (readonly [x: number, y: number])[] }
  | { kind: 'dot'; role: Role; x: number; y: number }
  /** `y` is the middle of the line of text. */
  | { kind: 'text'; role: Role; x: number; y: number; anchor: 'start' | 'middle' | 'end'; text: string };

export interface Chart {
  width: number;
  height: number;
  shapes: Shape[];
}
