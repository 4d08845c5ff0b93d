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
  | 'value'
  | 'floor'
  /** A curve, a dot and their names that need attention. */
  | 'curve-attention'
  /** Where a value has to stay below. */
  | 'limit'
  /** Shown, and no evidence. */
  | 'footnote'
  /** Nothing is known here. */
  | 'gap';

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
