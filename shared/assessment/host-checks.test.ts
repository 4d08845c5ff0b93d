import { describe, expect, test } from 'vitest';
import filesJobs from '../testing/outputs/files-assess-jobs.txt?raw';
import webAddresses from '../testing/outputs/web-assess-addresses.txt?raw';
import webMounts from '../testing/outputs/web-assess-mounts.txt?raw';
import webUpdates from '../testing/outputs/web-assess-updates.txt?raw';
import { assessed, checkOf, resultOf } from './hosts.test-kit';

/** What probe `id` answered on the host `web`, and the result of the check `code` there. */
const onWeb = (answers: Parameters<typeof assessed>[0][string], code: string) =>
  resultOf(assessed({ web: answers }), 'host:web', code);
const lines = (...rows: string[]) => [...rows, 'end', ''].join('\n');

describe('updates', () => {
  test('of a Debian host without unattended-upgrades: by hand, and 74 of 120 wait', () => {
    const updates = { 'host.assess.updates': webUpdates };
    expect(onWeb(updates, 'UPDATES_NOT_AUTOMATIC').hits).toEqual([
      { severity: 'warning', params: { form: 'not-installed', security: '74' }, statements: [] },
    ]);
    expect(onWeb(updates, 'UPDATES_SECURITY_PENDING').hits[0]?.params).toMatchObject({
      count: '74',
      all: '120',
      days: '0',
      applied: '?',
    });
    expect(onWeb(updates, 'UPDATES_LISTS_OLD').state).toBe('clear');
    expect(onWeb(updates, 'UPDATES_APPLIED_BY')).toMatchObject({
      state: 'unknown',
      reason: { code: 'not-told' },
    });
    expect(checkOf(assessed({ web: updates }), 'host:web', 'UPDATES_NOT_RUN')).toBeUndefined();
  });

  const automatic = ['manager\tapt', 'installed\tii', 'enabled\t1', 'timer\tenabled', 'now\t1800000000'];
  test.each([
    [automatic, 'clear', undefined],
    [automatic.with(2, 'enabled\t0'), 'applies', 'off'],
    [automatic.with(2, 'enabled\t'), 'applies', 'off'],
    [automatic.with(3, 'timer\tmasked'), 'applies', 'timer'],
    [automatic.with(1, 'installed\trc'), 'applies', 'not-installed'],
  ])('%j: %s', (rows, state, form) => {
    const result = onWeb({ 'host.assess.updates': lines(...rows) }, 'UPDATES_NOT_AUTOMATIC');
    expect([result.state, result.hits[0]?.params.form]).toEqual([state, form]);
  });

  test('none pending by lists of last month is not none', () => {
    const none = (at: number) => lines(...automatic, 'pending\t0\t0', `lists\t${at}`);
    const fresh = onWeb({ 'host.assess.updates': none(1_799_990_000) }, 'UPDATES_SECURITY_PENDING');
    const old = onWeb({ 'host.assess.updates': none(1_797_000_000) }, 'UPDATES_SECURITY_PENDING');
    expect([fresh.state, old.state]).toEqual(['clear', 'unknown']);
  });

  test('who installed last, and when the last run was', () => {
    const rows = [...automatic, 'applied\t2026-11-02\tapt-get\tmarie', 'ran\t1799000000'];
    const updates = { 'host.assess.updates': lines(...rows) };
    expect(onWeb(updates, 'UPDATES_APPLIED_BY').hits[0]?.params).toEqual({
      applied: '2026-11-02 apt-get (marie)',
    });
    expect(onWeb(updates, 'UPDATES_NOT_RUN').hits[0]?.params).toEqual({ days: '11' });
  });

  test('a system without apt is judged by the look, and what only apt tells is not asked of it', () => {
    const other = assessed({ web: { 'host.assess.updates': lines('manager\tdnf') } });
    expect(resultOf(other, 'host:web', 'UPDATES_NOT_AUTOMATIC').state).toBe('unknown');
    expect(checkOf(other, 'host:web', 'UPDATES_LISTS_OLD')).toBeUndefined();
  });

  test('a restart waits: asked for by a package, or for a newer kernel', () => {
    const restart = (updates: string, system: string) =>
      onWeb({ 'host.assess.updates': updates, 'host.assess.system': system }, 'UPDATES_RESTART_WAITS').hits[0]
        ?.params;
    const kernel = (running: string, newest: string) => lines(`kernel\t${running}\t${newest}`);
    expect(restart(lines('restart\tlibc6 '), kernel('6.1', ''))).toEqual({
      form: 'asked',
      packages: 'libc6',
    });
    expect(restart(lines(), kernel('6.1.0-40', '6.1.0-41'))).toMatchObject({ form: 'kernel' });
    expect(restart(lines(), kernel('6.1.0-41', '6.1.0-41'))).toBeUndefined();
    expect(restart(lines(), kernel('6.1.0-41', ''))).toBeUndefined();
  });
});

describe('addresses', () => {
  test('that of the database in the virtual host of the real web server, with its line', () => {
    const { hits } = onWeb({ 'host.assess.addresses': webAddresses }, 'HOST_ADDRESSES_WRITTEN');
    expect(hits[0]?.params).toEqual({
      count: '1',
      names: '10.0.20.2 (/etc/apache2/sites-enabled/patronus.conf:15)',
      addresses: '10.0.20.2',
      files: '108',
      hidden: '2',
    });
  });
  test.each([
    [lines('looked\t10\t0\t1'), 'clear', undefined],
    [lines('written\t192.0.2.9\t3\t/etc/x', 'looked\t10\t0\t1'), 'clear', undefined],
    [lines('looked\t10\t2\t1'), 'unknown', 'root'],
    [lines('looked\t3001\t0\t0'), 'unknown', 'cut'],
    [lines('late', 'looked\t10\t0\t1'), 'unknown', 'cut'],
    [lines('looked\t0\t0\t1'), 'unknown', 'nothing-counted'],
  ])('%j: %s', (output, state, reason) => {
    const result = onWeb({ 'host.assess.addresses': output }, 'HOST_ADDRESSES_WRITTEN');
    expect([result.state, result.reason?.code]).toEqual([state, reason]);
  });
});

describe('mounts', () => {
  const check = (output: string, code: string) => onWeb({ 'host.assess.mounts': output }, code);
  test('the share of the real web server is mounted by a script: nothing would mount it again', () => {
    expect(check(webMounts, 'HOST_MOUNT_NOT_KEPT').hits[0]?.params.names).toBe(
      '//10.0.20.1/patronus → /var/www/share',
    );
  });
  const stated = (inline: string, mode: string, file: string) =>
    `stated\t//10.0.20.1/p\t/srv/p\tcifs\t${inline}\t${mode}\t${file}`;
  const mounted = 'mounted\t//10.0.20.1/p\t/srv/p\tcifs';
  test('fstab or a unit keeps it, and what fstab names is missed', () => {
    expect(check(lines(stated('0', '', ''), mounted), 'HOST_MOUNT_NOT_KEPT').state).toBe('clear');
    expect(check(lines('unit\t/srv/p', mounted), 'HOST_MOUNT_NOT_KEPT').state).toBe('clear');
    expect(check(lines(stated('0', '', '')), 'HOST_MOUNT_MISSING').state).toBe('applies');
    expect(check(lines('hidden'), 'HOST_MOUNT_MISSING').reason?.code).toBe('root');
  });
  test.each([
    [stated('1', '', ''), 'applies'],
    [stated('0', '644', '/etc/cifs'), 'applies'],
    [stated('0', '600', '/etc/cifs'), 'clear'],
    [stated('0', '640', '/etc/cifs'), 'clear'],
    [stated('0', '', '/root/cifs'), 'clear'],
  ])('the password of %j', (row, state) => {
    expect(check(lines(row, mounted), 'HOST_MOUNT_PASSWORD_OPEN').state).toBe(state);
  });
});

describe('the system itself', () => {
  const system = (...rows: string[]) => ({ 'host.assess.system': lines(...rows) });
  test.each([
    ['2026-01-01', 'past'],
    ['2027-03-01', 'soon'],
    ['2035-01-01', undefined],
  ])('support until %s', (date, form) => {
    const { state, hits } = onWeb(system(`os\tSUPPORT_END\t${date}`), 'HOST_SUPPORT_ENDS');
    expect([state, hits[0]?.params.form]).toEqual([form ? 'applies' : 'clear', form]);
  });
  test('an end that nobody states is not known', () => {
    expect(onWeb(system('os\tID\tdebian', 'os\tSUPPORT_END\t'), 'HOST_SUPPORT_ENDS').reason?.code).toBe(
      'not-stated',
    );
  });
  test('room: what ordinary accounts may fill counts, and no file system at all is no answer', () => {
    const { hits } = onWeb(
      system('disk\t100\t89\t1\t/srv/a b', 'disk\t100\t10\t90\t/'),
      'HOST_DISK_NEARLY_FULL',
    );
    expect(hits[0]?.params.names).toBe('/srv/a b 99 %');
    expect(onWeb(system(), 'HOST_DISK_NEARLY_FULL').reason?.code).toBe('nothing-counted');
  });
  test('mail: a host that cannot send has no queue to be asked for', () => {
    const mail = (...rows: string[]) => assessed({ web: { 'host.assess.mail': lines(...rows) } });
    expect(resultOf(mail(), 'host:web', 'HOST_SENDS_MAIL').state).toBe('clear');
    expect(checkOf(mail(), 'host:web', 'HOST_MAIL_WAITING')).toBeUndefined();
    const exim = mail('listens\t25', 'sendmail\t/usr/sbin/exim4');
    expect(resultOf(exim, 'host:web', 'HOST_SENDS_MAIL').hits[0]?.params).toEqual({
      program: '/usr/sbin/exim4',
      ports: '25',
    });
    expect(resultOf(exim, 'host:web', 'HOST_MAIL_WAITING').state).toBe('unknown');
    expect(
      resultOf(mail('listens\t25', 'queue\t3'), 'host:web', 'HOST_MAIL_WAITING').hits[0]?.params,
    ).toEqual({ count: '3' });
  });
  test('jobs of a real host, by name, and no word of their command lines', () => {
    const { hits } = onWeb({ 'host.assess.jobs': filesJobs }, 'HOST_JOBS');
    expect(hits[0]?.params.count).toBe('17');
    expect(hits[0]?.params.names).toMatch(
      /^e2scrub_all_cron, e2scrub_all, sessionclean, save-db, mysqldump, /,
    );
    expect(filesJobs).not.toMatch(/hunter2|secret/);
  });
  test('crontabs of people: refused by sudo is unknown, with the line that lets them be seen', () => {
    const refused = { exit: 1, stderr: 'sudo: a password is required' };
    expect(onWeb({ 'host.assess.crontabs': refused }, 'HOST_CRONTABS')).toMatchObject({
      state: 'unknown',
      reason: {
        code: 'root',
        more: 'patronus-watch ALL=(root) NOPASSWD: /usr/bin/ls -1 /var/spool/cron/crontabs',
      },
    });
    expect(
      onWeb({ 'host.assess.crontabs': lines('owner\tbackup') }, 'HOST_CRONTABS').hits[0]?.params,
    ).toEqual({ count: '1', names: 'backup' });
  });
});
