import { type AppError, assertNever, toAppError } from '@shared/errors';
import { enteredOf } from '@shared/measure/entries';
import type {
  EnteredValue,
  MeasuredValue,
  MeasureOffer,
  MeasureProgress,
  MeasureRequest,
  MeasureResult,
  Verdict,
} from '@shared/measure/model';
import { costOf } from '@shared/measure/offers';
import { failure } from '../net/failure';
import type { OpenEstate } from '../open-estate';
import type { Clock, Ports } from '../ports';
import type { MeasureContext } from './context';
import { measureCopy } from './measure-copy';
import { measureLatency } from './measure-latency';
import { measureChangedFiles, measureTreeWalk } from './measure-tree';
import { measureWriteRate } from './measure-write-rate';

export interface MeasureOptions {
  open: OpenEstate;
  ports: Ports;
  offer: MeasureOffer;
  signal: AbortSignal;
  tell(progress: MeasureProgress): void;
}

/** A screen needs no more than this of what goes on. */
const TELL_EVERY_MS = 250;

/**
 * Measures what was asked for and enters what came of it into the ledger. Rejects with Failure: E_MEASURE_TREES, and
 * everything that reaching the host or the server rejects with; nothing is entered then.
 */
export async function measure(request: MeasureRequest, options: MeasureOptions): Promise<MeasureResult> {
  const { open, ports, offer, signal, tell } = options;
  const { clock } = ports;
  const host = hostOf(offer);
  if ('trees' in request && request.trees.length === 0)
    throw failure('E_MEASURE_TREES', null, { name: request.subject });
  const teller = tellerOf(request, clock, tell);
  try {
    const verdict = await read(request, { open, ports, host, signal, progress: teller.progress });
    const at = clock.now();
    const outcome =
      verdict.state === 'unknown'
        ? ({ state: 'unknown', why: verdict.why } as const)
        : ({ state: 'measured', entered: await enter(options, request, host, at, verdict) } as const);
    teller.ended(null);
    return { request, host, at, facts: verdict.facts, outcome };
  } catch (thrown) {
    teller.ended(toAppError(thrown));
    throw thrown;
  }
}

/** Says that it began, how far it is, not more often than a screen needs, and that it has ended. */
function tellerOf(request: MeasureRequest, clock: Clock, tell: MeasureOptions['tell']) {
  const { kind, subject } = request;
  const started = clock.monotonic();
  const of = kind === 'latency' ? null : costOf(request).seconds;
  let toldAt = Number.NEGATIVE_INFINITY;
  let reached: Pick<MeasureProgress, 'done' | 'bytes'> = { done: 0, bytes: null };
  const say = (state: MeasureProgress['state'], error: AppError | null) =>
    tell({ kind, subject, state, seconds: (clock.monotonic() - started) / 1000, of, ...reached, error });
  say('running', null);
  return {
    progress(done: number, bytes?: number) {
      reached = { done, bytes: bytes ?? null };
      if (clock.monotonic() - toldAt < TELL_EVERY_MS) return;
      toldAt = clock.monotonic();
      say('running', null);
    },
    ended: (error: AppError | null) => say('ended', error),
  };
}

function hostOf({ host, lacks, subject }: MeasureOffer): string {
  if (host === null || lacks === 'host') throw failure('E_NO_ADDRESS', host ?? subject);
  if (lacks === 'sql-account') throw failure('E_SQL_NO_ACCOUNT', host, { name: subject });
  return host;
}

function read(request: MeasureRequest, context: MeasureContext): Promise<Verdict> {
  switch (request.kind) {
    case 'write-rate':
      return measureWriteRate(context, request, serviceOf(context.open, request.subject));
    case 'changed-files':
      return measureChangedFiles(context, request);
    case 'tree-walk':
      return measureTreeWalk(context, request);
    case 'copy':
      return measureCopy(context, request);
    case 'latency':
      return measureLatency(context, request);
    default:
      return assertNever(request);
  }
}

const serviceOf = ({ estate }: OpenEstate, dataSet: string): string =>
  estate.dataSets.find(({ id }) => id === dataSet)?.service ?? '';

/** The newest entry of each path stands; the others stay as they are. Each is journaled, as one that a person enters. */
async function enter(
  { open, ports }: MeasureOptions,
  { kind }: MeasureRequest,
  host: string,
  at: number,
  { values, facts }: { values: readonly MeasuredValue[]; facts: Verdict['facts'] },
): Promise<EnteredValue[]> {
  const ledger = await open.ledger.read();
  const entered = enteredOf(values, { kind, where: host, at, facts }, ledger);
  const paths = new Set(entered.map(({ path }) => path));
  const others = ledger.filter(({ path }) => !paths.has(path));
  await open.ledger.write([...others, ...entered.map(({ path, quantity }) => ({ path, quantity, at }))]);
  for (const { path, quantity } of entered)
    ports.journal.note({
      kind: 'ledger-changed',
      path,
      change: 'set',
      value: `${quantity.value} ${quantity.unit}`,
    });
  return entered;
}
