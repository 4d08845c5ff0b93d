/** What a piece of line covers on its axis; the ends belong to it. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Parallel tracks for pieces of line, so that no two on one track touch. First fit in the order given: the order
 * says who gets the first tracks.
 * @param gap least distance between two pieces on one track
 */
export function assignTracks(spans: readonly Span[], gap = 0): { tracks: number[]; count: number } {
  const taken: Span[][] = [];
  const tracks = spans.map((span) => {
    const [from, to] = span.from <= span.to ? [span.from, span.to] : [span.to, span.from];
    const free = taken.findIndex((others) =>
      others.every((other) => other.to + gap < from || to + gap < other.from),
    );
    const track = free < 0 ? taken.push([]) - 1 : free;
    taken[track]?.push({ from, to });
    return track;
  });
  return { tracks, count: taken.length };
}
