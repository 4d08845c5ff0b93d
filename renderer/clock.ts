import { useSyncExternalStore } from 'react';

/** The one clock of the window: every age is computed from it, no component counts by itself. */
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

const tick = () => {
  now = Date.now();
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
};
const read = () => now;

/** Epoch milliseconds, renewed once a second. */
export const useNow = (): number => useSyncExternalStore(subscribe, read);
