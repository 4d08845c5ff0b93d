import type { Role, Shape } from './chart';

/** The shapes of a drawing, said in few words. */

type Anchor = 'start' | 'middle' | 'end';

export const textAt = (role: Role, x: number, y: number, anchor: Anchor, text: string): Shape => ({
  kind: 'text',
  role,
  x,
  y,
  anchor,
  text,
});

export const lineAt = (role: Role, x1: number, y1: number, x2: number, y2: number): Shape => ({
  kind: 'line',
  role,
  x1,
  y1,
  x2,
  y2,
});

export const rectAt = (
  role: Role,
  x: number,
  y: number,
  width: number,
  height: number,
  id?: string,
): Shape => ({
  kind: 'rect',
  role,
  x,
  y,
  width,
  height,
  ...(id === undefined ? {} : { id }),
});

/** Width of a letter at 12 px, on the wide side: nothing here can measure text. */
export const LETTER = 6;

/** A text that ends before `width` pixels are over; what is left out is told by an ellipsis. */
export function shorten(text: string, width: number): string {
  const most = Math.max(1, Math.floor(width / LETTER));
  const letters = [...text];
  if (letters.length <= most) return text;
  return `${letters
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
}
