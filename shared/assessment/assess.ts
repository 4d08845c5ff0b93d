import type { Estate } from '../estate/schema';
import type {
  Assessment,
  AssessmentSubject,
  CheckHit,
  CheckResult,
  Readiness,
  Reason,
  SubjectVerdict,
} from '../views/assessment';
import { type FactsInput, type Reach, reachOf, silenceOf, withAccount } from './facts-of';
import type { Gathered } from './gathered';
import { type AssessmentProbe, type Check, isUnread } from './model';
import { type MonthlyCost, problemsOf } from './problems';
import { starsOf } from './stars';
import { isOfKind, subjectsOf } from './subjects';
import { CHECKS, PROBES } from './tables';

/** What the assessment is decided from. */
export interface AssessmentInput {
  estate: Estate;
  /** The last run; null: there was none. */
  gathered: Gathered | null;
  /** How long loading a database takes, s, by the plan; null: the plan cannot say. */
  seedSeconds: number | null;
  /** What a month costs today and with each target (`monthlyCosts`); left out: nobody compared. */
  costs?: readonly MonthlyCost[];
}

/** The tables that are decided by: those of the product, unless a test brings its own. */
export interface AssessmentTables {
  probes: readonly AssessmentProbe[];
  checks: readonly Check[];
}
const TABLES: AssessmentTables = { probes: PROBES, checks: CHECKS };

/**
 * What the last run of the assessment says about every host, database, share and site. Without one, everything is
 * unknown: the same subjects and checks, each with the reason that nobody has asked.
 */
export function assessmentOf(input: AssessmentInput, tables: AssessmentTables = TABLES): Assessment {
  const { estate, gathered } = input;
  const subjects = subjectsOf(estate, gathered).map((subject) =>
    verdictOn(subject, checksOf(input, subject, tables)),
  );
  const checks = subjects.flatMap((subject) => subject.checks);
  return {
    takenAt: gathered?.finishedAt ?? null,
    startedAt: gathered?.startedAt ?? null,
    complete: gathered?.complete ?? false,
    subjects,
    problems: problemsOf({ estate, look: gathered?.look ?? null, subjects, costs: input.costs ?? [] }),
    confidence: starsOf(checks),
    evidence: gathered?.evidence ?? [],
  };
}

function checksOf(
  { estate, gathered, seedSeconds }: AssessmentInput,
  subject: AssessmentSubject,
  { probes, checks }: AssessmentTables,
): CheckResult[] {
  const reaches = new Map<string | null, { input: FactsInput; reach: Reach }>();
  const reachFor = (service: string | null) => {
    const known = reaches.get(service);
    if (known) return known;
    const input: FactsInput = { estate, gathered, probes, subject, service, seedSeconds };
    const fresh = { input, reach: reachOf(input) };
    reaches.set(service, fresh);
    return fresh;
  };
  return checks.flatMap((check) => {
    if (check.subject !== subject.kind) return [];
    const service = serviceFor(estate, subject, check);
    if (check.kind !== undefined && service === null) return [];
    const { input, reach } = reachFor(service);
    if (check.concerns && !check.concerns(reach.facts)) return [];
    return [resultOf(check, input, reach)];
  });
}

/** The service that a check is about: the subject's own, else the one of its kind that runs on this host. */
function serviceFor(estate: Estate, subject: AssessmentSubject, { kind }: Check): string | null {
  if (kind === undefined || subject.kind === 'site') return subject.service;
  const fits = estate.services.filter(
    (service) =>
      isOfKind(service, kind) &&
      (subject.service === null
        ? subject.host !== null && service.hosts?.includes(subject.host)
        : service.id === subject.service),
  );
  return fits[0]?.id ?? null;
}

function resultOf(check: Check, input: FactsInput, reach: Reach): CheckResult {
  const base = { code: check.code, severity: check.severity, evidence: evidenceOf(check, input, reach) };
  const unknown = (reason: Reason): CheckResult => ({ ...base, state: 'unknown', hits: [], reason });
  for (const name of check.needs) {
    const { rows, reason } = reach.reading(name);
    if (rows === null) return unknown(reason ?? { code: 'not-asked', params: {}, more: null });
  }
  if (check.needsServer && reach.facts.server === null) return unknown(silenceOf(input));
  // Of a site nobody has asked about, no reading says anything.
  if (input.gathered === null) return unknown({ code: 'not-asked', params: {}, more: null });
  const outcome = check.when(reach.facts);
  if (isUnread(outcome)) {
    const { unread: code, params = {}, more = null } = outcome;
    const where = {
      host: input.subject.host ?? '',
      service: reach.facts.service?.id ?? null,
      evidence: null,
    };
    return unknown(withAccount({ code, params: { ...params }, more }, where, input.gathered));
  }
  const hits = outcome.map(
    ({ severity = check.severity, params, statements = [] }): CheckHit => ({
      severity,
      params: { ...params },
      statements: [...statements],
    }),
  );
  return { ...base, state: hits.length > 0 ? 'applies' : 'clear', hits, reason: null };
}

/** The readings it needs and uses, and what it took from the look. */
function evidenceOf(check: Check, { subject, gathered }: FactsInput, reach: Reach): CheckResult['evidence'] {
  const { service } = reach.facts;
  const own = [...check.needs, ...(check.uses ?? [])].flatMap((name) => {
    const one = reach.reading(name);
    return one.evidence === null ? [] : [{ host: one.host, id: one.evidence }];
  });
  const { host } = subject;
  const looked =
    host === null
      ? []
      : (check.looks ?? []).flatMap((id) => [id, `${service?.id}/${id}`].map((full) => ({ host, id: full })));
  const there = looked.filter(({ id }) =>
    gathered?.evidence.some((one) => one.host === host && one.id === id),
  );
  const seen = new Set<string>();
  return [...own, ...there].filter(({ host: at, id }) => {
    const key = `${at} ${id}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function verdictOn(subject: AssessmentSubject, checks: CheckResult[]): SubjectVerdict {
  return { subject, verdict: readinessOf(checks), checks, confidence: starsOf(checks) };
}

/**
 * One blocker makes it not ready, whatever else is unknown. Nothing measured, or a possible blocker that could not be
 * told, is unknown. What may be a warning and is not known is a condition like a warning: it is never just ready.
 */
export function readinessOf(checks: readonly CheckResult[]): Readiness {
  const hits = checks.flatMap((check) => check.hits);
  const untold = checks.filter(({ state }) => state === 'unknown');
  if (hits.some(({ severity }) => severity === 'blocker')) return 'not-ready';
  if (untold.length === checks.length || untold.some(({ severity }) => severity === 'blocker'))
    return 'unknown';
  const open = untold.some(({ severity }) => severity === 'warning');
  return open || hits.some(({ severity }) => severity === 'warning') ? 'conditionally-ready' : 'ready';
}
