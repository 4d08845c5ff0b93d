import type { Estate, Service } from '../estate/schema';
import { DATABASE_TOOLS, FILE_TOOLS } from './host-jobs-probes';
import type { Reading, SubjectFacts } from './model';
import { countOf, fieldOf, only } from './records';

/** What a backup is good for: `any` is an agent or a link of which nobody says what it takes. */
export type BackedUp = 'database' | 'files' | 'any';

/** One sign of a backup: what it is, where, and of a file when and how large. */
export interface Sighting {
  of: BackedUp;
  host: string;
  /** As a person would look for it: "cron save-db (mysqldump)", "/var/backups/app.sql.gz". */
  name: string;
  file?: { at: number; size: number };
}

/** Everything that was seen on the hosts of a site, where was looked, and where nobody could look. */
export interface BackupsSeen {
  sightings: readonly Sighting[];
  /** "db: /var/backups, /home". */
  looked: readonly string[];
  /** "db: /root", and remote file systems that were left alone. */
  notLooked: readonly string[];
  /** Readings that are not there. */
  unread: readonly Reading[];
  /** Hosts on which the time did not suffice to look everywhere. */
  late: readonly string[];
}

const has = (list: readonly string[], name: string) => list.includes(name);
/** A job that nobody would name so if it saved nothing; Debian's own copy of the package list is none. */
const SAYS_BACKUP = /backup|sauvegarde/i;
const NOT_OURS = /^(dpkg-db-backup|e2scrub)/;

function jobSightings(host: string, reading: Reading): Sighting[] {
  return (reading.rows ?? []).flatMap((row): Sighting[] => {
    const label = row.what === 'timer' ? row.unit : row.program;
    if ((row.what !== 'cron' && row.what !== 'timer') || !label) return [];
    const tools = (row.tools ?? '').split(' ').filter((tool) => tool !== '');
    const name = `${row.what} ${label}${tools.length > 0 ? ` (${tools.join(', ')})` : ''}`;
    const seen: Sighting[] = [];
    if (tools.some((tool) => has(DATABASE_TOOLS, tool))) seen.push({ of: 'database', host, name });
    if (tools.some((tool) => has(FILE_TOOLS, tool))) seen.push({ of: 'files', host, name });
    if (seen.length === 0 && SAYS_BACKUP.test(label) && !NOT_OURS.test(label))
      seen.push({ of: 'any', host, name });
    return seen;
  });
}

const OF_DATABASE = /\.sql(\.\w+)?$|\.dump(\.gz)?$|\.[xm]bstream|_info$|@\.done\.json$/;

function fileSightings(host: string, reading: Reading): Sighting[] {
  return only(reading.rows ?? [], 'file').flatMap((row): Sighting[] => {
    const [at, size] = [countOf(row.at), countOf(row.size)];
    if (at === null || size === null || !row.path) return [];
    const of: BackedUp = OF_DATABASE.test(row.path) ? 'database' : 'files';
    return [{ of, host, name: row.path, file: { at: at * 1000, size } }];
  });
}

/** Everything that was seen of backups in the reach of these facts: a site, or one host. */
export function backupsOf(facts: SubjectFacts): BackupsSeen {
  const backups = facts.each('host.backups');
  const jobs = facts.each('host.jobs');
  const places = (state: readonly string[]) =>
    backups.flatMap(({ host, rows }) => {
      const paths = only(rows ?? [], 'place').flatMap((row) =>
        has(state, row.state ?? '') && row.path ? [row.path] : [],
      );
      return paths.length === 0 ? [] : [`${host}: ${paths.join(', ')}`];
    });
  return {
    sightings: [
      ...backups.flatMap((reading) => [
        ...fileSightings(reading.host, reading),
        ...only(reading.rows ?? [], 'agent').map(
          (row): Sighting => ({ of: 'any', host: reading.host, name: row.name ?? '?' }),
        ),
      ]),
      ...jobs.flatMap((reading) => jobSightings(reading.host, reading)),
    ],
    looked: places(['seen']),
    notLooked: places(['hidden', 'remote']),
    unread: [...backups, ...jobs].filter(({ rows }) => rows === null),
    late: backups.flatMap(({ host, rows }) =>
      fieldOf(rows ?? [], 'searched', 'exit') === '124' ? [host] : [],
    ),
  };
}

/** A service whose data would be gone, and of which kind they are. */
export interface Keeper {
  service: Service;
  of: 'database' | 'files';
}

/** The services of a site that keep data: by the data sets that the estate states, else by their role. */
export function keepersAt(estate: Estate, site: string | null): readonly Keeper[] {
  const here = new Set(estate.hosts.filter((host) => host.site === site).map(({ id }) => id));
  return estate.services.flatMap((service): Keeper[] => {
    if (!service.hosts?.some((host) => here.has(host))) return [];
    const stores = estate.dataSets.filter((set) => set.service === service.id).map(({ store }) => store);
    if (service.role === 'database' || stores.includes('database')) return [{ service, of: 'database' }];
    return service.role === 'files' || stores.some((store) => store === 'files' || store === 'document')
      ? [{ service, of: 'files' }]
      : [];
  });
}

/** Does the estate state that something takes this service's backup? */
export const statesBackup = (estate: Estate, { id }: Service): boolean =>
  estate.links.some(({ purpose, from, to }) => purpose === 'backup' && (from === id || to === id));

/** When the host of a reading says it is, epoch milliseconds; its own files are dated by that clock. */
export function hostNow(facts: SubjectFacts, host: string): number {
  const rows = facts.each('host.backups').find((reading) => reading.host === host)?.rows ?? [];
  const now = countOf(fieldOf(rows, 'now', 'at'));
  return now === null ? facts.now : now * 1000;
}
