import {
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

export interface View {
  x: number;
  y: number;
  k: number;
}
export interface Size {
  width: number;
  height: number;
}
interface Rect extends Size {
  x: number;
  y: number;
}

const MARGIN = 16;
const TOP = 10;
const SMALLEST = 0.4;
const LARGEST = 2;

/** The view that shows the whole picture, never enlarged: a bigger window gives room, not bigger text. */
export function fitView(size: Size, content: Size): View {
  const k = Math.max(
    SMALLEST,
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

/** Moves the view just so far that a box is inside the canvas. */
export function revealView(view: View, size: Size, box: Rect): View {
  const shift = (start: number, length: number, room: number) => {
    if (start < MARGIN) return MARGIN - start;
    return start + length > room - MARGIN ? Math.max(MARGIN - start, room - MARGIN - start - length) : 0;
  };
  const dx = shift(view.x + box.x * view.k, box.width * view.k, size.width);
  const dy = shift(view.y + box.y * view.k, box.height * view.k, size.height);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

/** Size of an element, kept up to date. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (!element.current) return;
    const measure = ({ clientWidth: width, clientHeight: height }: HTMLElement) =>
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    measure(element.current);
    const observer = new ResizeObserver(([entry]) => {
      if (entry?.target instanceof HTMLElement) measure(entry.target);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Panning by drag and wheel, zooming by Ctrl and wheel. Until a person moves the picture it fits by itself. */
export function usePanZoom(canvas: RefObject<HTMLElement | null>, size: Size, content: Size) {
  const [moved, setMoved] = useState<View | null>(null);
  const view = moved ?? fitView(size, content);
  const current = useRef(view);
  const drag = useRef<{ x: number; y: number; from: View } | null>(null);
  useEffect(() => {
    current.current = view;
  });

  useEffect(() => {
    const element = canvas.current;
    // React listens to wheel passively, and a passive listener cannot keep the page from zooming.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const before = current.current;
      const at = { x: event.offsetX, y: event.offsetY };
      if (element && event.target instanceof Element) {
        const box = element.getBoundingClientRect();
        at.x = event.clientX - box.left;
        at.y = event.clientY - box.top;
      }
      setMoved(
        event.ctrlKey
          ? zoomView(before, Math.exp(-event.deltaY / 300), at)
          : { ...before, x: before.x - event.deltaX, y: before.y - event.deltaY },
      );
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [canvas]);

  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, y: event.clientY, from: view };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = drag.current;
      if (!start) return;
      setMoved({
        ...start.from,
        x: start.from.x + event.clientX - start.x,
        y: start.from.y + event.clientY - start.y,
      });
    },
    onPointerUp: () => {
      drag.current = null;
    },
  };
  const { width, height } = size;
  const zoom = useCallback(
    (factor: number) => setMoved(zoomView(current.current, factor, { x: width / 2, y: height / 2 })),
    [width, height],
  );
  const reveal = useCallback(
    (box: Rect) => {
      if (width === 0) return;
      const next = revealView(current.current, { width, height }, box);
      if (next !== current.current) setMoved(next);
    },
    [width, height],
  );
  const fit = useCallback(() => setMoved(null), []);
  return { view, handlers, zoom, fit, reveal };
}
