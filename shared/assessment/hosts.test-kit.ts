import { clean } from '../clean';
import type { Estate } from '../estate/schema';
import type { CommandOutput } from '../kinds/kind';
import {
  answered,
  healthyDb,
  healthyFiles,
  healthyWeb,
  NOW,
  patronus,
  snapshotOf,
} from '../testing/patronus';
import type { Assessment, CheckResult } from '../views/assessment';
import { assessmentOf } from './assess';
import type { GatheredReading } from './gathered';
import { HOSTS_CHECKS, HOSTS_PROBES } from './hosts-tables';

/** What one probe answered on one host: its standard output, or all of it. */
export type Answers = Readonly<Record<string, Readonly<Record<string, string | Partial<CommandOutput>>>>>;

const SERVICE: Readonly<Record<string, string | null>> = { host: null, apache: 'app', samba: 'share' };

const SENT = {
  via: 'ssh' as const,
  sent: '',
  account: 'patronus-watch',
  route: '',
  at: NOW,
  durationMs: 0,
  exit: 0,
  bytes: 0,
  raw: '',
  truncated: false,
};

/** The whole way from outputs of probes (by host, then by the probe's id) to the assessment, by the tables of the hosts alone. */
export function assessed(answers: Answers, changes: Partial<Record<keyof Estate, unknown>> = {}): Assessment {
  const estate = patronus(changes);
  const readings = Object.entries(answers).flatMap(([host, outputs]) =>
    Object.entries(outputs).map(([id, output]): GatheredReading => {
      const probe = HOSTS_PROBES.find((one) => one.id === id);
      const found = estate.hosts.find((one) => one.id === host);
      if (probe?.via !== 'ssh' || !found) throw new Error(`no such probe: ${host} ${id}`);
      const out = {
        stdout: '',
        stderr: '',
        exit: 0,
        ...(typeof output === 'string' ? { stdout: output } : output),
      };
      const read = probe.parse(
        { ...out, stdout: clean(out.stdout), stderr: clean(out.stderr) },
        { host: found },
      );
      const base = { host, service: SERVICE[probe.kind] ?? null, name: probe.gives, at: NOW, evidence: id };
      return 'unread' in read
        ? {
            ...base,
            rows: null,
            reason: { code: read.unread, params: { ...read.params }, more: probe.more ?? null },
          }
        : { ...base, rows: [...read], reason: null };
    }),
  );
  const look = snapshotOf({
    web: answered(healthyWeb()),
    db: answered(healthyDb()),
    files: answered(healthyFiles()),
  });
  const gathered = {
    estate: 'patronus',
    startedAt: NOW,
    finishedAt: NOW,
    complete: true,
    look,
    readings,
    evidence: readings.map(({ host, evidence }) => ({ ...SENT, host, id: evidence ?? '' })),
  };
  const tables = { probes: HOSTS_PROBES, checks: HOSTS_CHECKS };
  return assessmentOf({ estate, gathered, seedSeconds: null }, tables);
}

/** The result of one check of one subject. @throws Error where there is none */
export function resultOf(assessment: Assessment, subject: string, code: string): CheckResult {
  const found = checkOf(assessment, subject, code);
  if (!found) throw new Error(`${subject} has no ${code}`);
  return found;
}

/** The same; undefined: the check does not concern it. */
export const checkOf = (assessment: Assessment, subject: string, code: string): CheckResult | undefined =>
  assessment.subjects.find((one) => one.subject.id === subject)?.checks.find((check) => check.code === code);
