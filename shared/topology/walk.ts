import type { Box } from './boxes';
import { ROW } from './grid';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest box in a direction, or null: what the arrow keys walk to. Of an open group its head counts. */
export function neighbourOf(boxes: readonly Box[], id: string, direction: Direction): string | null {
  const from = boxes.find((box) => box.id === id);
  if (!from) return null;
  const centre = (box: Box) => ({
    x: box.x + (box.open ? ROW.width : box.width) / 2,
    y: box.y + (box.open ? ROW.head : box.height) / 2,
  });
  const at = centre(from);
  let best: { id: string; cost: number } | null = null;
  for (const box of boxes) {
    if (box.id === id) continue;
    const dx = centre(box).x - at.x;
    const dy = centre(box).y - at.y;
    const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const across = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    if (along <= 0 || across > along * 2) continue;
    const cost = along + across * 2;
    if (!best || cost < best.cost) best = { id: box.id, cost };
  }
  return best?.id ?? null;
}
