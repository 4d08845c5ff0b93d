import { type PointerEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { fitView, type Rect, revealView, type Size, type View, zoomView } from './view';

/** How a view comes to the screen: by styles of a few elements, so that React draws nothing while it moves. */
export type Paint = (view: View) => void;

/** The picture rests when nothing moved it for so long. */
const REST_MS = 300;

/**
 * Panning by drag and wheel, zooming by Ctrl and wheel. Until a person moves the picture it fits by itself, but
 * not below the scale at which it can be read.
 * `paint` is called at most once a frame.
 */
export function usePanZoom(
  canvas: RefObject<HTMLElement | null>,
  size: Size,
  content: Size & { readable: number },
  paint: Paint,
) {
  const view = useRef<View>({ x: 0, y: 0, k: 1 });
  /** `auto`: as large as can be read; `whole`: everything, as a person asked; `moved`: where a person put it. */
  const mode = useRef<'auto' | 'whole' | 'moved'>('auto');
  const frame = useRef<number | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const drag = useRef<{ x: number; y: number; from: View } | null>(null);
  const current = useRef({ size, content, paint });

  const draw = useCallback(() => {
    frame.current = null;
    current.current.paint(view.current);
  }, []);
  const moveTo = useCallback(
    (next: View) => {
      // A layer of its own makes moving cheap, but keeps the pixels of the scale that it was drawn in.
      if (canvas.current) canvas.current.dataset.moving = next.k === view.current.k ? 'pan' : 'zoom';
      clearTimeout(rest.current);
      rest.current = setTimeout(() => delete canvas.current?.dataset.moving, REST_MS);
      view.current = next;
      mode.current = 'moved';
      frame.current ??= requestAnimationFrame(draw);
    },
    [canvas, draw],
  );
  useLayoutEffect(() => {
    current.current = { size, content, paint };
    if (mode.current !== 'moved')
      view.current = fitView(size, content, mode.current === 'auto' ? content.readable : undefined);
    draw();
  }, [size, content, paint, draw]);
  useEffect(
    () => () => {
      if (frame.current !== null) cancelAnimationFrame(frame.current);
      frame.current = null;
      clearTimeout(rest.current);
    },
    [],
  );

  useEffect(() => {
    const element = canvas.current;
    // React listens to wheel passively, and a passive listener cannot keep the page from zooming.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { x, y } = view.current;
      if (!event.ctrlKey) return moveTo({ ...view.current, x: x - event.deltaX, y: y - event.deltaY });
      // Where the canvas lies is asked for a zoom alone: the answer makes the browser lay everything out.
      const box = element?.getBoundingClientRect();
      const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
      moveTo(zoomView(view.current, Math.exp(-event.deltaY / 300), at));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [canvas, moveTo]);

  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, y: event.clientY, from: view.current };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = drag.current;
      if (!start) return;
      moveTo({
        ...start.from,
        x: start.from.x + event.clientX - start.x,
        y: start.from.y + event.clientY - start.y,
      });
    },
    onPointerUp: () => {
      drag.current = null;
    },
  };
  const zoom = useCallback(
    (factor: number) => {
      const { width, height } = current.current.size;
      moveTo(zoomView(view.current, factor, { x: width / 2, y: height / 2 }));
    },
    [moveTo],
  );
  const reveal = useCallback(
    (box: Rect, least = 0) => {
      const { size: room } = current.current;
      if (room.width === 0) return;
      const next = revealView(view.current, room, box, least);
      if (next !== view.current) moveTo(next);
    },
    [moveTo],
  );
  const fit = useCallback(() => {
    mode.current = 'whole';
    view.current = fitView(current.current.size, current.current.content);
    draw();
  }, [draw]);
  /** Moves the picture so that what was at `before` stays under the eye at `after`, large enough to read. */
  const hold = useCallback(
    (before: Rect, after: Rect, least: number) => {
      const { x, y, k } = view.current;
      const larger = Math.max(k, least);
      moveTo({ x: x + before.x * k - after.x * larger, y: y + before.y * k - after.y * larger, k: larger });
    },
    [moveTo],
  );
  return { handlers, zoom, fit, reveal, hold };
}
