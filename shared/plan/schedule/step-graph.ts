import { ok } from '../../errors';
import { type BadInput, type Outcome, refuse } from '../../units/outcome';

/** What the order of steps is decided from. */
export interface GraphStep {
  id: string;
  needs: readonly string[];
}

/**
 * Steps in an order in which each comes after everything that it needs. Steps that share one list of needs, as all
 * promotions do, share it here, too: a thousand steps that each wait for a thousand others are a thousand, not a million.
 */
export interface StepGraph<T extends GraphStep = GraphStep> {
  steps: readonly T[];
  /** Lists of needs, by the places of the needed steps. */
  lists: readonly (readonly number[])[];
  /** Of each step, which of the lists is its own. */
  listOf: readonly number[];
}

/**
 * Checks steps and puts them in order, keeping the order given where it can. Refused by name: an id used twice, a need
 * that no step has, a cycle (by one of its steps; `against` is the need that closes it).
 */
export function graphOf<T extends GraphStep>(steps: readonly T[]): Outcome<StepGraph<T>> {
  const asListed = graphAsListed(steps);
  if (asListed) return ok(asListed);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const bad = [...duplicatesOf(steps), ...unknownNeedsOf(steps, byId)];
  if (bad.length > 0) return { ok: false, error: bad };
  const sorted = inOrderOfNeeds(steps, byId);
  if (!sorted.ok) return sorted;
  const graph = graphAsListed(sorted.value);
  return graph ? ok(graph) : refuse('steps', 'cycle');
}

/** The graph of steps that are listed after what they need already, as those of a plan are; null for any others. */
function graphAsListed<T extends GraphStep>(steps: readonly T[]): StepGraph<T> | null {
  const place = new Map<string, number>();
  const numbers = new Map<readonly string[], number>();
  const lists: number[][] = [];
  const listOf: number[] = [];
  for (const { id, needs } of steps) {
    let list = numbers.get(needs);
    if (list === undefined) {
      const places = needs.flatMap((need) => place.get(need) ?? []);
      if (places.length < needs.length) return null;
      list = lists.push(places) - 1;
      numbers.set(needs, list);
    }
    if (place.has(id)) return null;
    place.set(id, listOf.push(list) - 1);
  }
  return { steps, lists, listOf };
}

function duplicatesOf(steps: readonly GraphStep[]): BadInput[] {
  const seen = new Set<string>();
  return steps.flatMap(({ id }): BadInput[] => {
    if (seen.has(id)) return [{ input: `steps/${id}`, problem: 'duplicate' }];
    seen.add(id);
    return [];
  });
}

function unknownNeedsOf(steps: readonly GraphStep[], byId: ReadonlyMap<string, GraphStep>): BadInput[] {
  const checked = new Set<readonly string[]>();
  const bad: BadInput[] = [];
  for (const { id, needs } of steps) {
    if (checked.has(needs)) continue;
    checked.add(needs);
    for (const need of needs) {
      if (!byId.has(need)) bad.push({ input: `steps/${id}/needs`, problem: 'unknown-need', value: need });
    }
  }
  return bad;
}

/** Depth first, with a stack of its own: a chain of thousands of steps must not end the call stack. */
function inOrderOfNeeds<T extends GraphStep>(
  steps: readonly T[],
  byId: ReadonlyMap<string, T>,
): Outcome<T[]> {
  const ordered: T[] = [];
  const done = new Set<string>();
  const open = new Set<string>();
  const met = new Set<readonly string[]>();
  for (const first of steps) {
    if (done.has(first.id)) continue;
    const stack = [{ step: first, next: 0 }];
    open.add(first.id);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { step } = top;
      const need = met.has(step.needs) ? undefined : step.needs[top.next];
      if (need === undefined) {
        met.add(step.needs);
        open.delete(step.id);
        done.add(step.id);
        ordered.push(step);
        stack.pop();
        continue;
      }
      top.next += 1;
      const needed = byId.get(need);
      if (!needed || done.has(need)) continue;
      if (open.has(need)) {
        return { ok: false, error: [{ input: `steps/${step.id}/needs`, problem: 'cycle', against: need }] };
      }
      open.add(need);
      stack.push({ step: needed, next: 0 });
    }
  }
  return ok(ordered);
}

/** Ids of what is undone after this much was done, in that order: the reverse of the order in which it was done. */
export const undoOrder = <T extends GraphStep>(graph: StepGraph<T>, done: ReadonlySet<string>): string[] =>
  graph.steps
    .filter(({ id }) => done.has(id))
    .map(({ id }) => id)
    .reverse();
