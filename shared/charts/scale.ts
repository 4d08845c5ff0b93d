/** A value of the axis → a pixel. Values outside the domain land outside the range. */
export type Scale = (value: number) => number;

export const linearScale =
  (domain: readonly [number, number], range: readonly [number, number]): Scale =>
  (value) =>
    range[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (range[1] - range[0]);

/** Values and domain must be greater than zero. */
export const logScale = (domain: readonly [number, number], range: readonly [number, number]): Scale => {
  const inner = linearScale([Math.log(domain[0]), Math.log(domain[1])], range);
  return (value) => inner(Math.log(value));
};

/** Steps between marks of a time axis that people count in: minutes, up to a day. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440] as const;

/** Marks from the last one at or before `start` to the first one at or after `end`, about `most` of them; minutes. */
export function timeMarks(end: number, most: number, start = 0): number[] {
  const wanted = (end - start) / most;
  const step = TIME_STEPS.find((each) => each >= wanted) ?? Math.ceil(wanted / 1440) * 1440;
  const from = Math.floor(start / step);
  const count = Math.max(1, Math.ceil(end / step) - from);
  return Array.from({ length: count + 1 }, (_, n) => (from + n) * step);
}

/**
 * Marks that surround `low` and `high` on a logarithmic axis: 5 · 2ⁿ, widened to 5 · 10ⁿ where doubling would
 * draw more than `most`.
 */
export function logMarks(low: number, high: number, most: number): number[] {
  const marks = (base: number) => {
    const from = Math.floor(Math.log(low / 5) / Math.log(base));
    const to = Math.max(from + 1, Math.ceil(Math.log(high / 5) / Math.log(base)));
    return Array.from({ length: to - from + 1 }, (_, n) => 5 * base ** (from + n));
  };
  const doubled = marks(2);
  return doubled.length <= most ? doubled : marks(10);
}
