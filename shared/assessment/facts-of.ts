import type { Estate } from '../estate/schema';
import type { ServerReading } from '../replication/model';
import { serverOf } from '../replication/read-server';
import { answerOf, type HostAnswer } from '../snapshot';
import { healthOf } from '../topology/health';
import type { AssessmentSubject, Reason } from '../views/assessment';
import type { Gathered, GatheredReading } from './gathered';
import type { AssessmentProbe, Reading, SubjectFacts } from './model';
import { isOfKind } from './subjects';

/** The facts of one subject, and why a reading is missing. */
export interface Reach {
  facts: SubjectFacts;
  /** The reading that a check means by this name; one that is missing comes with its reason. */
  reading(name: string): GatheredReading;
}

export interface FactsInput {
  estate: Estate;
  gathered: Gathered | null;
  probes: readonly AssessmentProbe[];
  subject: AssessmentSubject;
  /** Service that the check is about, where the subject is a host. */
  service: string | null;
  seedSeconds: number | null;
}

/** The reading in which a database server says which account it takes the console for: 'monitor'@'10.0.%'. */
export const ACCOUNT = 'mysql.account';

export function reachOf(input: FactsInput): Reach {
  const { estate, gathered, subject } = input;
  const host = estate.hosts.find(({ id }) => id === subject.host) ?? null;
  const service = estate.services.find(({ id }) => id === (subject.service ?? input.service)) ?? null;
  const hosts = host
    ? [host.id]
    : estate.hosts.filter(({ site }) => site === subject.site).map(({ id }) => id);
  const all = (name: string): GatheredReading[] =>
    hosts.flatMap((id) => {
      const found = readingsAt(gathered, id, name).filter(
        (one) => one.service === null || service === null || one.service === service.id,
      );
      return found.length > 0 ? found : missingAt(input, id, name);
    });
  const reading = (name: string): GatheredReading =>
    all(name)[0] ?? missing(name, { host: subject.host ?? '?', service: null }, notAsked);
  const answer = subject.host === null ? null : answerIn(gathered, subject.host);
  const facts: SubjectFacts = {
    estate,
    subject,
    host,
    service,
    seedSeconds: input.seedSeconds,
    now: gathered?.finishedAt ?? 0,
    rows(name) {
      const { rows } = reading(name);
      if (rows === null) throw new Error(`a check of ${subject.id} uses ${name} without needing it`);
      return rows;
    },
    maybe: (name) => reading(name).rows,
    each: (name) =>
      all(name).map(
        ({ rows, reason, ...one }): Reading => ({ host: one.host, service: one.service, rows, reason }),
      ),
    answer,
    look: gathered?.look ?? null,
    server: serverIn(input, service?.id ?? null),
  };
  return { facts, reading };
}

const notAsked: Reason = { code: 'not-asked', params: {}, more: null };
const missing = (
  name: string,
  at: { host: string; service: string | null },
  reason: Reason,
): GatheredReading => ({ ...at, name, at: 0, rows: null, reason, evidence: null });

const answerIn = (gathered: Gathered | null, host: string): HostAnswer | null =>
  answerOf(gathered?.look.hosts[host]);

/** Of several that give one name, those that were read; the line that would help is made whole. */
function readingsAt(gathered: Gathered | null, host: string, name: string): GatheredReading[] {
  if (!gathered) return [];
  const own = gathered.readings.filter((one) => one.host === host && one.name === name);
  const services = [...new Set(own.map((one) => one.service))];
  return services.flatMap((service) => {
    const same = own.filter((one) => one.service === service);
    const best = same.find((one) => one.rows !== null) ?? same[0];
    return best ? [{ ...best, reason: best.reason && withAccount(best.reason, best, gathered) }] : [];
  });
}

/** `{account}` and `{user}` in a line are who was logged in; a database server says its name of it itself. */
export function withAccount(
  reason: Reason,
  { host, service, evidence }: Pick<GatheredReading, 'host' | 'service' | 'evidence'>,
  gathered: Gathered | null,
): Reason {
  if (reason.more === null || gathered === null) return reason;
  const told = gathered.readings.find(
    (one) => one.name === ACCOUNT && one.host === host && one.service === service,
  )?.rows?.[0]?.account;
  const prefix = `${service}/`;
  const used =
    gathered.evidence.find(
      (one) => one.host === host && (evidence === null ? one.id.startsWith(prefix) : one.id === evidence),
    )?.account ?? '?';
  const at = told?.lastIndexOf('@') ?? -1;
  const account = told && at > 0 ? `'${told.slice(0, at)}'@'${told.slice(at + 1)}'` : `'${used}'`;
  const more = reason.more.replaceAll('{account}', account).replaceAll('{user}', used);
  return { ...reason, more };
}

/** Nothing was asked there: because the host did not answer, the server did not speak, or nobody asked yet. */
function missingAt(input: FactsInput, host: string, name: string): GatheredReading[] {
  const { estate, gathered, probes } = input;
  const kinds = new Set(probes.filter((probe) => probe.gives === name).map(({ kind }) => kind));
  const placed = estate.services.filter(
    (service) => service.hosts?.includes(host) && [...kinds].some((kind) => isOfKind(service, kind)),
  );
  const services = kinds.has('host') ? [null] : placed.map(({ id }) => id);
  return services.map((service) => missing(name, { host, service }, reasonAt(gathered, host, service)));
}

function reasonAt(gathered: Gathered | null, host: string, service: string | null): Reason {
  const reading = gathered?.look.hosts[host];
  if (reading?.state === 'unreachable') {
    const { code, message, params } = reading.error;
    return { code: 'unreachable', params: { ...params, host, code, message }, more: null };
  }
  const error = service === null ? undefined : answerOf(reading)?.services[service]?.error;
  if (!error) return notAsked;
  const { code, message, params } = error;
  return { code: 'unreachable', params: { ...params, host, code, message }, more: null };
}

/** What replication knows of a database server, from the look of the run; null: it did not speak. */
function serverIn({ estate, gathered, subject }: FactsInput, id: string | null): ServerReading | null {
  const service = estate.services.find((one) => one.id === id);
  const { host } = subject;
  if (!gathered || host === null || !service || !isOfKind(service, 'mysql')) return null;
  const { takenAt, periodMs, hosts } = gathered.look;
  const reading = hosts[host];
  const { health } = healthOf({ service, host, reading, takenAt, periodMs });
  const address = estate.hosts.find((one) => one.id === host)?.address ?? null;
  const server = serverOf({ node: service.id, host, service: service.id, address, reading, health });
  return server.state === 'answers' ? server : null;
}

/** Why the database server of this subject said nothing at the look. */
export const silenceOf = ({ gathered, subject }: FactsInput): Reason =>
  subject.host === null ? notAsked : reasonAt(gathered, subject.host, subject.service);
