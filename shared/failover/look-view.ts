import { assertNever } from '../errors';
import type { PrimaryVerdict, Term } from '../replication/model';
import type { Choice, Decoded, FailoverLook, LossStatement } from './model';

/** What a screen shows of a look, decided once: whose view says what, how the loss reads as a figure, what isolates. */

/** Who looks: this console, the old primary's own host or server, a replica, another host. */
export type Viewer = 'console' | 'itself' | 'replica' | 'host';

export interface View {
  viewer: Viewer;
  term: Term;
  /** `waits`: it lives, and something holds it up. */
  says: 'sees' | 'misses' | 'waits' | 'unknown';
}

const VIEWERS: Readonly<Record<string, Viewer>> = {
  'console-ssh': 'console',
  'console-sql': 'console',
  'process-runs': 'itself',
  'semi-sync-waits': 'itself',
  'disk-waits': 'itself',
  'replica-hears': 'replica',
  'host-reaches': 'host',
};
const ORDER: readonly Viewer[] = ['console', 'itself', 'replica', 'host'];
/** Of what may hold a living server up, only what does is worth a line. */
const ONLY_IF_SO = new Set(['semi-sync-waits', 'disk-waits']);

/**
 * The terms of a verdict by who looks: the console's own first, then everybody's whose word counts for more.
 * @param takenAt when the console looked, epoch milliseconds: the age of what it saw itself of a server that does not answer
 */
export function viewsOf(verdict: PrimaryVerdict | null, takenAt: number): View[] {
  const views = (verdict?.terms ?? [])
    .filter(({ code, holds }) => !ONLY_IF_SO.has(code) || holds === true)
    .map((term): View => {
      const viewer = VIEWERS[term.code] ?? 'host';
      const seen = (viewer === 'console' || viewer === 'itself') && term.holds !== null;
      return { viewer, term: seen ? { ...term, at: term.at ?? takenAt } : term, says: saysOf(term) };
    });
  return ORDER.flatMap((wanted) => views.filter(({ viewer }) => viewer === wanted));
}

function saysOf({ code, holds }: Term): View['says'] {
  if (holds === null) return 'unknown';
  if (ONLY_IF_SO.has(code)) return 'waits';
  return holds ? 'sees' : 'misses';
}

/** `own-view`: nobody but the console misses it for sure. Nothing is ever advised on that. */
export type Standing = 'lives' | 'own-view' | 'seen-by-others';

export const standingOf = ({ old, seenByOthers }: Pick<FailoverLook, 'old' | 'seenByOthers'>): Standing =>
  old.answers ? 'lives' : seenByOthers ? 'seen-by-others' : 'own-view';

/** Who would take over; null: that is not clear. */
export const nextOf = (choice: Choice): string | null => (choice.kind === 'unclear' ? null : choice.node);

/**
 * Whether anything keeps the old primary from taking writes. Leading traffic away does not: whoever knows its name gets there
 * all the same. `can` is a promise of nothing: what became of each way is told when it was gone.
 */
export type Isolation = 'lives' | 'can' | 'may-return' | 'unproved';

export function isolationOf({ old, fences }: Pick<FailoverLook, 'old' | 'fences'>): Isolation {
  if (old.answers) return 'lives';
  const stops = fences.some(({ kind, can }) => can === 'can' && STOPS.has(kind));
  if (stops) return 'can';
  return old.process === 'gone' ? 'may-return' : 'unproved';
}
const STOPS = new Set(['read-only', 'stop-service', 'command']);

/** The loss as one figure; `count` null: nobody knows one. */
export interface LossFigure {
  sign: '' | '≥ ';
  /** Digits, exact at any size. */
  count: string | null;
  isNothing: boolean;
}

export function lossFigure(loss: LossStatement): LossFigure {
  switch (loss.kind) {
    case 'exact':
      return { sign: '', count: loss.transactions, isNothing: loss.transactions === '0' };
    case 'at-least':
      return { sign: '≥ ', count: loss.transactions, isNothing: false };
    case 'unknown':
      return { sign: '', count: null, isNothing: false };
    default:
      return assertNever(loss);
  }
}

/** What the old primary's log shows of the loss; null: nothing of it could be read. */
export const decodedOf = (loss: LossStatement): Decoded | null =>
  loss.kind === 'exact' ? loss : loss.kind === 'at-least' ? loss.decoded : null;

/** Characters of a position that are shown at once. */
const TAIL = 22;

/** "…:1-48790433": the end of a position, where it grows; the whole of it is shown when asked for. */
export const positionTail = (position: string): string =>
  position.length <= TAIL ? position : `…${position.slice(-(TAIL - 1))}`;

/**
 * How the kept transactions are read, rows as statements in comments, and how they are replayed: for a shell at this desk.
 */
export function salvageCommands(
  file: string,
  dialect: 'mysql' | 'mariadb',
  next: string,
): { read: string; replay: string } {
  const [log, client] = dialect === 'mysql' ? ['mysqlbinlog', 'mysql'] : ['mariadb-binlog', 'mariadb'];
  const path = shellWord(file);
  return {
    read: `${log} --verbose ${path}`,
    replay: `${log} ${path} | ${client} --host=${shellWord(next)}`,
  };
}

const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
