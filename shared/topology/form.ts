import type { Topology } from '../views/topology';
import { type Layout, type LayoutOptions, layoutOf } from './layout';

/** From roomy to tight. */
const FORMS = [
  { form: 'card', between: 88 },
  { form: 'card', between: 64 },
  { form: 'card', between: 48 },
  { form: 'compact', between: 48 },
  { form: 'compact', between: 42 },
] as const satisfies readonly LayoutOptions[];
/** A picture drawn at this scale is still read easily, and so is one that much smaller than the largest possible. */
const STILL_READ = 0.94;

/** Largest scale, up to 1, at which a picture is seen whole. */
const scaleIn = (room: { width: number; height: number }, { width, height }: Layout): number =>
  Math.min(1, room.width / width, room.height / Math.max(1, height));

/**
 * The roomiest picture, server by server, that is read easily in this room (pixels). Where nothing fits, the
 * roomiest of those that are drawn about as large as any: tighter rows do not help a picture that is too wide.
 */
export function layoutIn(topology: Topology, room: { width: number; height: number }): Layout {
  const layouts: Layout[] = [];
  for (const options of FORMS) {
    const layout = layoutOf(topology, options);
    if (scaleIn(room, layout) >= STILL_READ) return layout;
    layouts.push(layout);
  }
  const best = Math.max(...layouts.map((layout) => scaleIn(room, layout)));
  return layouts.find((layout) => scaleIn(room, layout) >= best * STILL_READ) ?? layoutOf(topology);
}
