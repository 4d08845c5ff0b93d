import type { EstateFacts, Subject } from './estate-facts';
import type { Row, RowId, Work } from './row';

/** A step of one estate, before it is put into words. Plain data: it is handed to workers. */
export interface Instance {
  id: string;
  row: RowId;
  /** The data set or clients it is for; null: for all. */
  subject: Subject | null;
  /** Ids. Steps with the same needs share one list: the graph is quicker for it. */
  needs: string[];
  work: Work;
}

/** The rows of a runbook as the steps of one estate, listed after what they need. */
export function instantiate(rows: readonly Row[], facts: EstateFacts): Instance[] {
  const stepsOfRow = stepFinder(rows, facts);
  return rows.flatMap((row) => {
    const shared = row.needs.some((need) => need.startsWith(SAME))
      ? null
      : distinct(row.needs.flatMap((need) => stepsOfRow(nameOf(need))));
    const needsOf = (subject: Subject | null) =>
      row.needs.flatMap((need) =>
        need.startsWith(SAME) ? [idOf(nameOf(need), subject)] : stepsOfRow(nameOf(need)),
      );
    return subjectsOf(row, facts).map(
      (subject): Instance => ({
        id: idOf(row.id, subject),
        row: row.id,
        subject,
        needs: shared ?? needsOf(subject),
        work: row.work?.(subject?.id ?? '') ?? { kind: 'stated' },
      }),
    );
  });
}

/** Finds every step of a row; of a row without any, what it needs itself. */
function stepFinder(rows: readonly Row[], facts: EstateFacts): (id: RowId) => readonly string[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = new Map<RowId, readonly string[]>();
  const find = (id: RowId): readonly string[] => {
    const known = found.get(id);
    if (known) return known;
    const row = byId.get(id);
    const own = row ? subjectsOf(row, facts).map((subject) => idOf(id, subject)) : [];
    const steps = own.length > 0 || !row ? own : distinct(row.needs.flatMap((need) => find(nameOf(need))));
    found.set(id, steps);
    return steps;
  };
  return find;
}

function subjectsOf(row: Row, facts: EstateFacts): readonly (Subject | null)[] {
  if (row.only && !row.only(facts)) return [];
  return row.each ? facts[row.each] : [null];
}

const SAME = 'same:';
const idOf = (row: RowId, subject: Subject | null) => (subject ? `${row}-${subject.id}` : row);
const nameOf = (need: Row['needs'][number]): RowId => need.replace(SAME, '') as RowId;
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
