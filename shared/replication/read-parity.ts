import { PARITY_VARIABLES } from '../kinds/mysql-parity';
import type { ServerReading } from './model';
import type { Rows } from './rows';

/** The variables that servers which may change places need alike; null: none was read. */
export function parityOf(rows: Rows): ServerReading['parity'] {
  if (rows.all('variables') === null) return null;
  return Object.fromEntries(
    PARITY_VARIABLES.flatMap((name) => {
      const value = rows.named('variables', name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
