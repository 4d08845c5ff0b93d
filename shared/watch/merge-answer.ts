import type { AppError } from '../errors';
import { numberOf, textOf } from '../kinds/fact-of';
import type { Parsed, Probe } from '../kinds/kind';
import type { ConfiguredLink, EvidenceHead, Fact, Facts, HostAnswer, ServiceReading } from '../snapshot';
import { foldEdges } from './fold-edges';
import { noteIdentity } from './note-identity';

/** What one probe brought home: what was parsed, or what stood in the way. */
export interface ProbeOutcome {
  probe: Probe;
  /** Service the probe asked about; null for the host itself. */
  service: string | null;
  evidence: EvidenceHead;
  parsed: Parsed | null;
  error: AppError | null;
}

export interface Look {
  at: number;
  durationMs: number;
  hostKey: HostAnswer['hostKey'];
  outcomes: readonly ProbeOutcome[];
}

/**
 * The host's new answer: what this look read, over what earlier looks read and this one did not ask for.
 * Every fact keeps the time and the evidence of its own reading; a fact whose probe failed for good becomes
 * unknown with the reason, one whose probe failed for the moment stays and ages.
 */
export function mergeAnswer(
  before: HostAnswer | null,
  look: Look,
  serviceIds: readonly string[],
): HostAnswer {
  const hostFacts = mergeFacts(before?.facts ?? {}, outcomesOf(look, null));
  const services = Object.fromEntries(
    serviceIds.map((id) => [id, mergeService(before?.services[id], outcomesOf(look, id))]),
  );
  const newest = <K extends 'listeners' | 'processes'>(key: K, otherwise: HostAnswer[K]): HostAnswer[K] => {
    const found = look.outcomes.findLast((outcome) => outcome.parsed?.[key] !== undefined);
    return (found?.parsed?.[key] as HostAnswer[K] | undefined) ?? before?.[key] ?? otherwise;
  };
  const listeners = newest('listeners', []);
  const sampled = look.outcomes.filter((outcome) => outcome.parsed?.connections !== undefined);
  const conversations = sampled.flatMap((outcome) => outcome.parsed?.connections ?? []);
  return {
    at: look.at,
    durationMs: look.durationMs,
    facts: hostFacts,
    listeners,
    processes: newest('processes', {}),
    edges:
      sampled.length === 0
        ? (before?.edges ?? [])
        : foldEdges(before?.edges ?? [], conversations, listeners, look.at),
    configured: mergeConfigured(before?.configured ?? [], look.outcomes),
    services,
    errors: mergeErrors(before?.errors ?? [], look.outcomes),
    evidence: mergeById(before?.evidence ?? [], look.outcomes),
    hostKey: look.hostKey,
    ...identitiesOf(before, look, hostFacts),
  };
}

/** Noted only where the boot was read in this very look: with an older one it would be somebody else's. */
function identitiesOf(before: HostAnswer | null, look: Look, facts: Facts): Pick<HostAnswer, 'identities'> {
  const polled = outcomesOf(look, null).find((outcome) => outcome.parsed?.facts['host.boot'] !== undefined);
  const known = before?.identities ?? [];
  if (!polled) return known.length === 0 ? {} : { identities: known };
  const now = {
    hostKey: look.hostKey.fingerprint,
    boot: textOf(facts['host.boot']),
    uptime: numberOf(facts['host.uptime']),
    at: polled.evidence.at,
  };
  return { identities: noteIdentity(known, now) };
}

const outcomesOf = (look: Look, service: string | null) =>
  look.outcomes.filter((outcome) => outcome.service === service);

function mergeService(before: ServiceReading | undefined, outcomes: readonly ProbeOutcome[]): ServiceReading {
  // A right that is missing for one statement silences that statement, not the server.
  const failed = outcomes.find(
    (outcome) =>
      outcome.probe.every === 'poll' && (errorOf(outcome)?.code ?? 'E_SQL_GRANT') !== 'E_SQL_GRANT',
  );
  const error = failed && errorOf(failed);
  const tables = mergeTables(before?.tables, outcomes);
  return {
    facts: mergeFacts(before?.facts ?? {}, outcomes),
    ...(tables ? { tables } : {}),
    ...(error ? { error } : {}),
  };
}

/** Rows of a table that are kept: far more channels, sessions or accounts than anybody decides from. */
export const MAX_TABLE_ROWS = 500;

/** A table whose probe failed for good is unknown again; one whose probe failed for the moment stays and ages. */
function mergeTables(
  before: ServiceReading['tables'],
  outcomes: readonly ProbeOutcome[],
): ServiceReading['tables'] {
  const renewed = outcomes.filter(({ parsed, error }) => parsed?.tables || (error && !error.retryable));
  if (renewed.length === 0) return before;
  const gone = new Set(renewed.map(({ evidence }) => evidence.id));
  const tables = Object.fromEntries(
    Object.entries(before ?? {}).filter(([, table]) => !gone.has(table.evidence)),
  );
  for (const { parsed, evidence } of renewed) {
    for (const [name, rows] of Object.entries(parsed?.tables ?? {})) {
      tables[name] = {
        at: evidence.at,
        evidence: evidence.id,
        rows: rows.slice(0, MAX_TABLE_ROWS).map((row) => ({ ...row })),
        cut: rows.length > MAX_TABLE_ROWS,
      };
    }
  }
  return tables;
}

const errorOf = (outcome: ProbeOutcome): AppError | null => outcome.error ?? outcome.parsed?.error ?? null;

function mergeFacts(before: Facts, outcomes: readonly ProbeOutcome[]): Facts {
  const facts: Record<string, Fact> = { ...before };
  for (const { probe, evidence, parsed, error } of outcomes) {
    if (error && !error.retryable) {
      for (const id of probe.fills) {
        facts[id] = { value: null, at: evidence.at, evidence: evidence.id, why: error.message };
      }
    }
    for (const [id, value] of Object.entries(parsed?.facts ?? {})) {
      const known = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : { value };
      facts[id] = { ...known, at: evidence.at, evidence: evidence.id };
      const rate = rateOf(id, before[id], facts[id]);
      if (rate) facts[rate.id] = rate.fact;
    }
  }
  return facts;
}

/**
 * A counter called `x.total` gives `x.rate`, per second between two readings. A counter that went down was
 * restarted: then there is no rate yet, rather than a negative one.
 */
function rateOf(id: string, before: Fact | undefined, now: Fact): { id: string; fact: Fact } | null {
  if (
    !id.endsWith('.total') ||
    !before ||
    typeof before.value !== 'number' ||
    typeof now.value !== 'number'
  ) {
    return null;
  }
  const seconds = (now.at - before.at) / 1000;
  if (seconds <= 0) return null;
  const rateId = `${id.slice(0, -'.total'.length)}.rate`;
  const grown = now.value - before.value;
  return grown < 0
    ? { id: rateId, fact: { value: null, at: now.at, evidence: now.evidence, why: 'the counter restarted' } }
    : { id: rateId, fact: { value: rounded(grown / seconds), at: now.at, evidence: now.evidence } };
}

/** Four digits: what more there is comes from when exactly the host was asked, and would be recorded for nothing. */
const rounded = (rate: number): number => Number(rate.toPrecision(4));

function mergeConfigured(
  before: readonly ConfiguredLink[],
  outcomes: readonly ProbeOutcome[],
): ConfiguredLink[] {
  const renewed = new Set(
    outcomes.filter((outcome) => outcome.parsed?.configured).map((outcome) => outcome.evidence.id),
  );
  return [
    ...before.filter((link) => !renewed.has(link.evidence)),
    ...outcomes.flatMap(({ parsed, evidence, service }) =>
      (parsed?.configured ?? []).map((link) => ({
        ...link,
        evidence: evidence.id,
        ...(service === null ? {} : { service }),
      })),
    ),
  ];
}

/** Failures stay until the same probe runs again; `params.probe` says which it was. */
function mergeErrors(before: readonly AppError[], outcomes: readonly ProbeOutcome[]): AppError[] {
  const asked = new Set(outcomes.map((outcome) => outcome.evidence.id));
  return [
    ...before.filter((error) => !asked.has(error.params?.probe ?? '')),
    ...outcomes.flatMap((outcome) => {
      const error = errorOf(outcome);
      return error ? [{ ...error, params: { ...error.params, probe: outcome.evidence.id } }] : [];
    }),
  ];
}

/** In the order of their ids: they end in another order at every look, and a list must not move under a hand. */
function mergeById(before: readonly EvidenceHead[], outcomes: readonly ProbeOutcome[]): EvidenceHead[] {
  const byId = new Map(before.map((head) => [head.id, head]));
  for (const { evidence } of outcomes) byId.set(evidence.id, evidence);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
