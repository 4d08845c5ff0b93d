import type { EvidenceHead, Fact, HostAnswer, HostReading, Table } from '../snapshot';
import { HostReading as HostReadingSchema } from '../snapshot';
import type { Json } from './diff';

/**
 * A reading as it is kept: what was read by one command carries the time of that command once, in the command's
 * own entry. So a look that changed nothing is a few numbers, and not a new time in every fact.
 */
export function compactOf(reading: HostReading): Json {
  switch (reading.state) {
    case 'unasked':
      return { state: reading.state };
    case 'answered':
      return { state: reading.state, answer: compactAnswer(reading.answer) };
    case 'unreachable': {
      const { last, ...rest } = reading;
      // Under the same name as the answer before, so that losing a host does not write its answer again.
      return asJson({ ...rest, answer: last === null ? null : compactAnswer(last) });
    }
  }
}

/** The reading as it was; null when what is kept does not add up to one. */
export function readingOf(kept: Json | undefined): HostReading | null {
  if (!isRecord(kept)) return null;
  const { answer, ...rest } = kept;
  const whole = isRecord(answer) ? wholeAnswer(answer) : answer;
  const candidate = rest.state === 'unreachable' ? { ...rest, last: whole } : { ...kept, answer: whole };
  const parsed = HostReadingSchema.safeParse(rest.state === 'unasked' ? rest : candidate);
  return parsed.success ? parsed.data : null;
}

type Stamped = Fact | Table;

function compactAnswer(answer: HostAnswer): Json {
  const times = new Map(answer.evidence.map((head: EvidenceHead) => [head.id, head.at]));
  const brief = (one: Stamped) => {
    const { at, ...rest } = one;
    return times.get(one.evidence) === at ? rest : one;
  };
  return asJson(mapStamped(asRecord(answer), (one) => brief(one as Stamped)));
}

function wholeAnswer(kept: Tree): Tree {
  const heads = Array.isArray(kept.evidence) ? kept.evidence : [];
  const times = new Map<unknown, unknown>(
    heads.filter(isRecord).map((head: Tree) => [head.id, head.at] as const),
  );
  return mapStamped(kept, (one) =>
    isRecord(one) && !Object.hasOwn(one, 'at') ? { ...one, at: times.get(one.evidence) } : one,
  );
}

type Tree = { readonly [key: string]: unknown };
const isRecord = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asRecord = (value: object): Tree => ({ ...value });

/** Snapshots come from schemas that hold nothing JSON could not. */
const asJson = (value: unknown): Json => value as Json;

/** Visits everything in an answer that carries its own time and the command it was read by. */
function mapStamped(answer: Tree, change: (one: unknown) => unknown): Tree {
  const each = (record: unknown) =>
    isRecord(record)
      ? Object.fromEntries(Object.entries(record).map(([id, one]) => [id, change(one)]))
      : record;
  const service = (one: unknown) =>
    isRecord(one)
      ? {
          ...one,
          facts: each(one.facts),
          ...(Object.hasOwn(one, 'tables') ? { tables: each(one.tables) } : {}),
        }
      : one;
  const services = isRecord(answer.services)
    ? Object.fromEntries(Object.entries(answer.services).map(([id, one]) => [id, service(one)]))
    : answer.services;
  return { ...answer, facts: each(answer.facts), services };
}
