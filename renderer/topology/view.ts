/** What part of the picture is seen: its origin on the canvas in pixels, and its scale. */
export interface View {
  x: number;
  y: number;
  k: number;
}
export interface Size {
  width: number;
  height: number;
}
export interface Rect extends Size {
  x: number;
  y: number;
}

const MARGIN = 16;
const TOP = 10;
const SMALLEST = 0.25;
const LARGEST = 2;

/**
 * The view that shows the whole picture, never enlarged: a bigger window gives room, not bigger text. What would
 * have to be smaller than `least` begins at its upper left corner.
 */
export function fitView(size: Size, content: Size, least = SMALLEST): View {
  const k = Math.max(
    least,
    Math.min(1, (size.width - MARGIN) / content.width, (size.height - 2 * TOP) / Math.max(1, content.height)),
  );
  return { x: Math.max(0, (size.width - content.width * k) / 2), y: TOP, k };
}

/** Scales by `factor` about a point of the canvas. */
export function zoomView(view: View, factor: number, at: { x: number; y: number }): View {
  const k = Math.min(LARGEST, Math.max(SMALLEST, view.k * factor));
  const by = k / view.k;
  return { x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by, k };
}

/** Moves the view just so far that a box is inside the canvas; scales it up when it is smaller than `least`. */
export function revealView(view: View, size: Size, box: Rect, least = 0): View {
  if (view.k < least) {
    const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    return { x: size.width / 2 - centre.x * least, y: size.height / 2 - centre.y * least, k: least };
  }
  const shift = (start: number, length: number, room: number) => {
    if (start < MARGIN) return MARGIN - start;
    return start + length > room - MARGIN ? Math.max(MARGIN - start, room - MARGIN - start - length) : 0;
  };
  const dx = shift(view.x + box.x * view.k, box.width * view.k, size.width);
  const dy = shift(view.y + box.y * view.k, box.height * view.k, size.height);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}
