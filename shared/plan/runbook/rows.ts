import type { Row, RowId } from './row';
import { ROWS_AFTER, ROWS_BACK } from './rows-after';
import { ROWS_BEFORE } from './rows-before';
import { ROWS_CUTOVER } from './rows-cutover';

/** The runbook from the first look to the last server off the network, in its own order. */
export const RUNBOOK: readonly Row[] = [...ROWS_BEFORE, ...ROWS_CUTOVER, ...ROWS_AFTER];

const BY_ID = new Map([...RUNBOOK, ...ROWS_BACK].map((row) => [row.id, row]));

/** What the runbook says of one of its rows. */
export function rowOf(id: RowId): Row {
  const row = BY_ID.get(id);
  if (!row) throw new Error(`the runbook has no row ${id}`);
  return row;
}
