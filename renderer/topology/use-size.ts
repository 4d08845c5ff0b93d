import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Size } from './view';

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
