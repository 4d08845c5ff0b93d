/** Hands out a bounded number of places, first come first served; `first` goes before all who wait. */
export interface Slots {
  /** Resolves to the function that gives the place back (once). Rejects with the signal's reason. */
  take(signal: AbortSignal, how?: { first: boolean }): Promise<() => void>;
  inUse(): number;
  /** Resolves when nothing is in use. */
  idle(): Promise<void>;
}

export function createSlots(limit: number): Slots {
  let used = 0;
  const queue: (() => void)[] = [];
  const idlers: (() => void)[] = [];
  const place = () => {
    used += 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      used -= 1;
      queue.shift()?.();
      if (used === 0) for (const idler of idlers.splice(0)) idler();
    };
  };
  return {
    inUse: () => used,
    idle: () => (used === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    take: (given, { first } = { first: false }) =>
      new Promise((resolve, reject) => {
        const signal = AbortSignal.any([given]);
        if (signal.aborted) return reject(signal.reason);
        if (used < limit) return resolve(place());
        const onTurn = () => {
          signal.removeEventListener('abort', onAbort);
          resolve(place());
        };
        const onAbort = () => {
          queue.splice(queue.indexOf(onTurn), 1);
          reject(signal.reason);
        };
        if (first) queue.unshift(onTurn);
        else queue.push(onTurn);
        signal.addEventListener('abort', onAbort, { once: true });
      }),
  };
}
