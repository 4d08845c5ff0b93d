import type { AppError } from '../errors';
import type { LogRead } from '../failover/loss';
import type { Ground } from '../switchover/refusal';
import type { OwnLog } from './own-log';
import type { RebuildReadings } from './rebuild/readings';
import type { TouchedReading } from './touched';

/** What was read of the transactions that the old primary holds alone. */
export interface OwnReading {
  /** null: the logs could not be read, see `error`. */
  read: LogRead | null;
  error: AppError | null;
  /** null: not all of them was read. */
  log: OwnLog | null;
  /** null: nobody asked, because there is nothing to take back or no way to. */
  touched: TouchedReading | null;
}

/** Everything that a rejoin is decided from. `from` of the readings is the old primary, `to` the present one. */
export interface RejoinGround extends Ground {
  /** Of the look: what is kept of it is called by this name, here and on the old primary's host. */
  lookId: string;
  /** null: it has nothing of its own, or nobody can tell. */
  own: OwnReading | null;
  /** How its service is started with its host, in the words of the estate's own command; null: it could not be read. */
  startsBy: string | null;
  /** What only a rebuild has to know; null: it could not be read. Absent: nobody asked, and the way is not offered. */
  rebuild?: RebuildReadings | null;
}
