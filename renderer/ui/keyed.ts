/**
 * A key for each element of a list that has no ids: what it says, and which of those that say the same it is. It does
 * not change while the list only grows at its end.
 */
export function keyed<T>(list: readonly T[], textOf: (one: T) => string): { key: string; one: T }[] {
  const seen = new Map<string, number>();
  return list.map((one) => {
    const text = textOf(one);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { key: `${count} ${text}`, one };
  });
}
