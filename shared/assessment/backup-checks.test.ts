import { expect, test } from 'vitest';
import filesBackups from '../testing/outputs/files-assess-backups.txt?raw';
import filesJobs from '../testing/outputs/files-assess-jobs.txt?raw';
import webBackups from '../testing/outputs/web-assess-backups.txt?raw';
import { patronus } from '../testing/patronus';
import { assessed, checkOf, resultOf } from './hosts.test-kit';

const SITE = 'site:datacenter';
const lines = (...rows: string[]) => [...rows, 'end', ''].join('\n');
const NO_JOBS = lines('timer\t\tdpkg-db-backup.timer');
/** Nothing anywhere: every host was asked, and looked at. */
const quiet = { 'host.assess.backups': webBackups, 'host.assess.jobs': NO_JOBS };
const nowhere = { web: quiet, db: quiet, files: quiet };
const NOW_SECONDS = 1_800_000_000;
const dump = (hoursAgo: number, size = 5_000_000, path = '/var/backups/app.sql.gz') =>
  lines(
    'place\tseen\t/var/backups',
    `file\t${NOW_SECONDS - hoursAgo * 3600}\t${size}\t${path}`,
    `now\t${NOW_SECONDS}`,
  );

test('none seen is a blocker for each that keeps data, and says where was looked and where not', () => {
  const result = resultOf(assessed(nowhere), SITE, 'BACKUP_NONE_SEEN');
  expect(result.hits.map(({ severity, params }) => [severity, params.service, params.form])).toEqual([
    ['blocker', 'sql', 'database'],
    ['blocker', 'share', 'files'],
  ]);
  expect(result.hits[0]?.params.looked).toContain('db: /var/backups, /home, /mnt, /media');
  expect(result.hits[0]?.params.notLooked).toContain('db: /root');
  expect(checkOf(assessed(nowhere), SITE, 'BACKUP_OLD')).toBeUndefined();
});

test('a host that was not asked may hold it: unknown, never a finding and never clear', () => {
  const { state, reason } = resultOf(assessed({ ...nowhere, db: {} }), SITE, 'BACKUP_NONE_SEEN');
  expect([state, reason?.code]).toEqual(['unknown', 'not-asked']);
});

test('a search that ran out of time has not shown that there is none', () => {
  const late = { ...quiet, 'host.assess.backups': lines('searched\t124') };
  expect(resultOf(assessed({ ...nowhere, db: late }), SITE, 'BACKUP_NONE_SEEN').reason?.code).toBe('timeout');
});

test.each([
  [
    'a job that dumps',
    { 'host.assess.jobs': lines('cron\t17 3 * * *\troot\tmysqldump \tsave\t/etc/cron.d/save') },
    ['share'],
  ],
  ['a job that copies files', { 'host.assess.jobs': lines('timer\trsync \tmirror.timer') }, ['sql']],
  ['an agent', { 'host.assess.backups': lines('agent\tbacula-fd') }, []],
  ['a job that is called so', { 'host.assess.jobs': lines('timer\t\tnightly-backup.timer') }, []],
  ['a dump', { 'host.assess.backups': dump(2) }, ['share']],
  ['an archive', { 'host.assess.backups': dump(2, 9e6, '/backup/share.tar.gz') }, ['sql']],
  ['nothing', {}, ['sql', 'share']],
])('%s on the database host', (_what, more, without) => {
  const result = resultOf(assessed({ ...nowhere, db: { ...quiet, ...more } }), SITE, 'BACKUP_NONE_SEEN');
  expect(result.hits.map(({ params }) => params.service)).toEqual(without);
});

test('a link with the purpose backup in the estate file counts', () => {
  const links = [
    ...patronus().links,
    { id: 'save', from: 'share', to: 'sql', protocol: 'ssh', purpose: 'backup' },
  ];
  expect(resultOf(assessed(nowhere, { links }), SITE, 'BACKUP_NONE_SEEN').state).toBe('clear');
});

test('the real file server: a dump of 40 days, of two bytes, and jobs that dump; no copy of the files', () => {
  const real = { 'host.assess.backups': filesBackups, 'host.assess.jobs': filesJobs };
  const site = assessed({ ...nowhere, files: real });
  expect(resultOf(site, SITE, 'BACKUP_NONE_SEEN').hits.map(({ params }) => params.service)).toEqual([
    'share',
  ]);
  expect(resultOf(site, SITE, 'BACKUP_OLD').hits[0]?.params).toEqual({
    form: 'database',
    name: 'files:/var/backups/patronus-2026.sql.gz',
    days: '40',
  });
  expect(resultOf(site, SITE, 'BACKUP_EMPTY').hits[0]?.params.names).toBe(
    'files:/var/backups/patronus-2026.sql.gz (2 B)',
  );
});

test('age: of the newest, by the clock of its own host', () => {
  const at = (hours: number) =>
    resultOf(
      assessed({ ...nowhere, db: { ...quiet, 'host.assess.backups': dump(hours) } }),
      SITE,
      'BACKUP_OLD',
    ).state;
  expect([at(20), at(47), at(49)]).toEqual(['clear', 'clear', 'applies']);
});

test('copies that lie beside what they copy, unless something takes them away', () => {
  const beside = { ...quiet, 'host.assess.backups': dump(2) };
  const onDb = (jobs: string) =>
    resultOf(assessed({ ...nowhere, db: { ...beside, 'host.assess.jobs': jobs } }), SITE, 'BACKUP_SAME_HOST')
      .state;
  expect(onDb(NO_JOBS)).toBe('applies');
  expect(onDb(lines('cron\tdaily\troot\trsync \toff-site\t/etc/cron.daily'))).toBe('clear');
  expect(resultOf(assessed({ ...nowhere, files: beside }), SITE, 'BACKUP_SAME_HOST').state).toBe('clear');
});

test('a restore that nobody has stated was never tried', () => {
  const services = (quantities: object) =>
    patronus().services.map((one) => (one.id === 'sql' ? { ...one, quantities } : one));
  const tested = (quantities: object) =>
    resultOf(
      assessed(
        { ...nowhere, db: { ...quiet, 'host.assess.backups': dump(2) } },
        { services: services(quantities) },
      ),
      SITE,
      'BACKUP_RESTORE_UNTESTED',
    ).hits[0]?.params;
  const age = (value: number) => ({ restoreTestAge: { value, unit: 'd', source: 'stated' } });
  expect(tested({})).toEqual({ service: 'sql', form: 'never' });
  expect(tested({ restoreTestAge: 'unknown' })).toEqual({ service: 'sql', form: 'never' });
  expect(tested(age(400))).toEqual({ service: 'sql', form: 'old', days: '400' });
  expect(tested(age(30))).toBeUndefined();
});
