import { useSyncExternalStore } from 'react';

/** The one clock of the window: every age is computed from it, no component counts by itself. */
let now = Date.now();
/** The moment of a recording that is shown: then no time passes. */
let held: number | null = null;
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
const read = () => held ?? now;
const readReal = () => now;

/** While a recording is shown, now is its moment; null: the real time again. */
export function holdClockAt(moment: number | null): void {
  if (held === moment) return;
  held = moment;
  for (const listener of listeners) listener();
}

/** Epoch milliseconds, renewed once a second: the time of what is shown. */
export const useNow = (): number => useSyncExternalStore(subscribe, read);

/** The time on the wall, whatever is shown. */
export const useRealNow = (): number => useSyncExternalStore(subscribe, readReal);
