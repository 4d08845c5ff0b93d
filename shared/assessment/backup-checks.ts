import { unitOf } from '../units/unit-names';
import { type BackupsSeen, backupsOf, hostNow, keepersAt, statesBackup } from './backups-seen';
import type { Check, Hit, Outcome, SubjectFacts } from './model';
import { hitOf, listed, unread } from './model';

const HOUR_MS = 3_600_000;
/** A backup each night is never older than a day and a bit: at two days one was missed. */
const OLD_HOURS = 48;
/** Nothing that is worth a restore is smaller; the header of an empty gzip file alone has 20 bytes. */
const EMPTY_BYTES = 1024;
/** A restore that was last tried longer ago has not been tried with today's data and people. */
const TESTED_DAYS = 180;

const covers = (seen: BackupsSeen, of: 'database' | 'files') =>
  seen.sightings.filter((sighting) => sighting.of === of || sighting.of === 'any');

/** One case per service that keeps data and of which no backup was seen, with where was looked. */
function noneSeen(facts: SubjectFacts): Outcome {
  const seen = backupsOf(facts);
  const without = keepersAt(facts.estate, facts.subject.site).filter(
    ({ service, of }) => covers(seen, of).length === 0 && !statesBackup(facts.estate, service),
  );
  const [unreadOne] = seen.unread;
  // Where a host could not be asked, the backup may be just there.
  if (without.length > 0 && unreadOne)
    return unread(unreadOne.reason?.code ?? 'not-asked', {
      host: unreadOne.host,
      ...unreadOne.reason?.params,
    });
  if (without.length > 0 && seen.late.length > 0)
    return unread('timeout', { name: 'host.assess.backups', host: listed(seen.late) });
  return without.map(
    ({ service, of }): Hit => ({
      params: {
        service: service.id,
        form: of,
        looked: seen.looked.length === 0 ? '–' : seen.looked.join(' · '),
        notLooked: seen.notLooked.length === 0 ? '–' : seen.notLooked.join(' · '),
      },
    }),
  );
}

/** The newest file of each kind; a job without a file that can be seen tells no age. */
function tooOld(facts: SubjectFacts): Outcome {
  const seen = backupsOf(facts);
  const kinds = [...new Set(keepersAt(facts.estate, facts.subject.site).map(({ of }) => of))];
  const ages = kinds.flatMap((of) => {
    const files = seen.sightings.filter((one) => one.of === of && one.file);
    const newest = files.reduce<(typeof files)[number] | null>(
      (best, one) => (best === null || (one.file?.at ?? 0) > (best.file?.at ?? 0) ? one : best),
      null,
    );
    return newest?.file
      ? [{ of, newest, hours: (hostNow(facts, newest.host) - newest.file.at) / HOUR_MS }]
      : [];
  });
  if (ages.length === 0) return unread('not-told', { what: 'backups' });
  return ages
    .filter(({ hours }) => hours > OLD_HOURS)
    .map(({ of, newest, hours }) => ({
      params: {
        form: of,
        name: `${newest.host}:${newest.name}`,
        days: String(Math.floor(hours / 24)),
      },
    }));
}

function empty(facts: SubjectFacts): Outcome {
  const files = backupsOf(facts).sightings.filter(
    ({ of, file }) => of === 'database' && file && file.size < EMPTY_BYTES,
  );
  // What a tool leaves beside its copy is a few lines long, and no copy.
  const copies = files.filter(({ name }) => !/_info$|@\.done\.json$/.test(name));
  return hitOf(copies.map(({ host, name, file }) => `${host}:${name} (${file?.size} B)`));
}

/** Copies that die with the server: nothing on this host takes them elsewhere, and they are nowhere else. */
function sameHost(facts: SubjectFacts): Outcome {
  const { sightings } = backupsOf(facts);
  const keepers = keepersAt(facts.estate, facts.subject.site);
  const hits = keepers.flatMap(({ service, of }): Hit[] => {
    const hosts = service.hosts ?? [];
    const copies = sightings.filter((one) => one.of === of && one.file);
    const taken = sightings.some(
      ({ of: what, file, host }) => !file && what !== 'database' && hosts.includes(host),
    );
    if (copies.length === 0 || taken || statesBackup(facts.estate, service)) return [];
    return copies.every(({ host }) => hosts.includes(host))
      ? [
          {
            params: { service: service.id, names: listed(copies.map(({ host, name }) => `${host}:${name}`)) },
          },
        ]
      : [];
  });
  return hits;
}

/** Services with a backup and without a stated restore test: no server can say that a copy was ever put back. */
function untested(facts: SubjectFacts): Outcome {
  const seen = backupsOf(facts);
  const backed = keepersAt(facts.estate, facts.subject.site).filter(
    ({ service, of }) => covers(seen, of).length > 0 || statesBackup(facts.estate, service),
  );
  return backed.flatMap(({ service }): Hit[] => {
    const stated = service.quantities?.restoreTestAge;
    const unit = stated === undefined || stated === 'unknown' ? undefined : unitOf(stated.unit);
    if (stated === undefined || stated === 'unknown' || unit?.dimension !== 'seconds')
      return [{ params: { service: service.id, form: 'never' } }];
    const days = (stated.value * unit.factor) / 86_400;
    return days <= TESTED_DAYS
      ? []
      : [{ params: { service: service.id, form: 'old', days: String(Math.floor(days)) } }];
  });
}

const keepsData = (facts: SubjectFacts) => keepersAt(facts.estate, facts.subject.site).length > 0;
const copiesSeen = (facts: SubjectFacts) =>
  keepsData(facts) && backupsOf(facts).sightings.some(({ file }) => file);

const row = (
  code: string,
  severity: Check['severity'],
  when: Check['when'],
  concerns: (facts: SubjectFacts) => boolean,
): Check => ({
  code,
  subject: 'site',
  severity,
  needs: [],
  uses: ['host.backups', 'host.jobs'],
  concerns,
  when,
});

export const BACKUP_CHECKS: readonly Check[] = [
  row('BACKUP_NONE_SEEN', 'blocker', noneSeen, keepsData),
  row('BACKUP_OLD', 'warning', tooOld, copiesSeen),
  row('BACKUP_EMPTY', 'warning', empty, copiesSeen),
  row('BACKUP_SAME_HOST', 'warning', sameHost, copiesSeen),
  row('BACKUP_RESTORE_UNTESTED', 'warning', untested, keepsData),
];
