import type { RunPlan, Step } from './plan';

/** A step that is done by itself. A group is nothing but its members. */
export type Leaf = Exclude<Step, { kind: 'group' }>;

export interface Order {
  /** So that everything stands after what it needs; where that leaves a choice, as the plan lists them. */
  leaves: readonly Leaf[];
  /** What each waits for, groups resolved into their members. */
  needs: ReadonlyMap<string, ReadonlySet<string>>;
  /** All that is over before it begins, however far back. */
  before: ReadonlyMap<string, ReadonlySet<string>>;
  /** Steps that wait for each other in a circle: a mistake of who made the plan; they stand last in `leaves`. */
  circular: readonly string[];
}

export const isLeaf = (step: Step): step is Leaf => step.kind !== 'group';

/** The steps of a group, those of groups within it too. */
export function membersOf(plan: RunPlan, group: string): Leaf[] {
  return plan.steps.filter(isLeaf).filter((leaf) => groupsOf(plan, leaf).some(({ id }) => id === group));
}

/** The groups a step belongs to, from the nearest out. */
export function groupsOf(plan: RunPlan, step: Step): Step[] {
  const found: Step[] = [];
  let next = step.group;
  while (next !== null) {
    const group = plan.steps.find(({ id }) => id === next);
    if (group?.kind !== 'group' || found.includes(group)) break;
    found.push(group);
    next = group.group;
  }
  return found;
}

/** A plan never changes: it is put in order once, however often a run asks. */
const ordered = new WeakMap<RunPlan, Order>();

/** Which step comes before which. Total: names that lead nowhere are passed over, circles end somewhere. */
export function orderOf(plan: RunPlan): Order {
  const known = ordered.get(plan);
  if (known) return known;
  const order = putInOrder(plan);
  ordered.set(plan, order);
  return order;
}

function putInOrder(plan: RunPlan): Order {
  const leaves = plan.steps.filter(isLeaf);
  const known = new Set(leaves.map(({ id }) => id));
  const resolved = (id: string): string[] =>
    known.has(id) ? [id] : membersOf(plan, id).map((member) => member.id);
  const needs = new Map(
    leaves.map((leaf) => {
      // What a group needs, each of its members needs.
      const wanted = [leaf, ...groupsOf(plan, leaf)].flatMap((one) => one.needs).flatMap(resolved);
      return [leaf.id, new Set(wanted.filter((id) => id !== leaf.id))] as const;
    }),
  );
  const sorted: Leaf[] = [];
  const placed = new Set<string>();
  const isFree = (leaf: Leaf) =>
    !placed.has(leaf.id) && [...(needs.get(leaf.id) ?? [])].every((id) => placed.has(id));
  for (let next = leaves.find(isFree); next; next = leaves.find(isFree)) {
    sorted.push(next);
    placed.add(next.id);
  }
  const circular = leaves.filter(({ id }) => !placed.has(id));
  const before = new Map<string, ReadonlySet<string>>();
  for (const { id } of [...sorted, ...circular]) {
    const direct = [...(needs.get(id) ?? [])];
    before.set(id, new Set([...direct, ...direct.flatMap((one) => [...(before.get(one) ?? [])])]));
  }
  return { leaves: [...sorted, ...circular], needs, before, circular: circular.map(({ id }) => id) };
}
