import { expect, test } from 'vitest';
import { refusalsOf, solved } from '../../units/testing/expect-outcome';
import { longestPath, slackOf } from './longest-path';
import { type GeneratorState, next, seeded } from './seeded';
import { type GraphStep, graphOf, undoOrder } from './step-graph';

const step = (id: string, ...needs: string[]): GraphStep => ({ id, needs });

/** A graph of so many steps, each needing some of those before it, in an order that hides that. */
function someGraph(seed: number, size: number): GraphStep[] {
  const random: GeneratorState = seeded(seed);
  const steps = Array.from({ length: size }, (_, n) =>
    step(`s${n}`, ...Array.from({ length: n }, (__, m) => `s${m}`).filter(() => next(random) < 3 / size)),
  );
  return steps
    .map((each) => ({ each, key: next(random) }))
    .sort((a, b) => a.key - b.key)
    .map(({ each }) => each);
}

test.each([
  ['an id used twice', [step('a'), step('a')], ['steps/a: duplicate']],
  ['a need that no step has', [step('a', 'b')], ['steps/a/needs: unknown-need']],
  ['a step that needs itself', [step('a', 'a')], ['steps/a/needs: cycle']],
  [
    'a cycle of three',
    [step('x'), step('a', 'c'), step('b', 'a'), step('c', 'b', 'x')],
    ['steps/b/needs: cycle'],
  ],
])('%s is refused by name', (_, steps, refusals) => {
  expect(refusalsOf(graphOf(steps))).toEqual(refusals);
});

test('every step comes after all that it needs, and undoing is the reverse, over many graphs', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const graph = solved(graphOf(someGraph(seed, 40)));
    const place = new Map(graph.steps.map(({ id }, at) => [id, at]));
    for (const [at, { needs }] of graph.steps.entries()) {
      for (const need of needs) expect(place.get(need)).toBeLessThan(at);
    }
    const done = new Set(graph.steps.filter((_, at) => at % 3 !== 0).map(({ id }) => id));
    const undo = undoOrder(graph, done);
    expect(undo.map((id) => place.get(id))).toEqual([...done].map((id) => place.get(id)).reverse());
    // Nothing is undone while something that needs it still stands.
    const undone = new Set<string>();
    for (const id of undo) {
      const leaning = graph.steps.filter(({ id: other, needs }) => needs.includes(id) && done.has(other));
      for (const { id: other } of leaning) expect(undone).toContain(other);
      undone.add(id);
    }
  }
});

/** The longest path by trying every way: slow, and plainly right. */
function slowest(steps: readonly GraphStep[], lengths: ReadonlyMap<string, number>): number {
  const byId = new Map(steps.map((each) => [each.id, each]));
  const end = (id: string): number =>
    Math.max(0, ...(byId.get(id)?.needs ?? []).map(end)) + (lengths.get(id) ?? 0);
  return Math.max(0, ...steps.map(({ id }) => end(id)));
}

test('the longest path is that of trying every way; no step on it has slack, and using slack keeps the length', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const steps = someGraph(seed, 14);
    const graph = solved(graphOf(steps));
    const random = seeded(seed + 1000);
    const durations = graph.steps.map(() => Math.floor(next(random) * 10));
    const lengths = new Map(graph.steps.map(({ id }, at) => [id, durations[at] ?? 0]));
    const { length, path } = longestPath(graph, durations);
    expect(length).toBe(slowest(steps, lengths));
    expect(path.reduce((sum, id) => sum + (lengths.get(id) ?? 0), 0)).toBe(length);
    const slack = slackOf(graph, durations);
    for (const id of path) expect(slack.get(id)).toBe(0);
    for (const [at, { id }] of graph.steps.entries()) {
      const longer = durations.map((each, n) => (n === at ? each + (slack.get(id) ?? 0) : each));
      expect(longestPath(graph, longer).length).toBe(length);
      expect(
        longestPath(
          graph,
          longer.map((each, n) => (n === at ? each + 1 : each)),
        ).length,
      ).toBe(length + 1);
    }
  }
});

test('a chain of fifty thousand steps does not end the call stack; no steps take no time', () => {
  const chain = Array.from({ length: 50_000 }, (_, n) => step(`s${n}`, ...(n < 49_999 ? [`s${n + 1}`] : [])));
  const graph = solved(graphOf(chain));
  expect(longestPath(graph, new Float64Array(50_000).fill(1)).length).toBe(50_000);
  expect(longestPath(solved(graphOf([])), [])).toEqual({ length: 0, path: [] });
});
