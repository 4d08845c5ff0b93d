import type { Assessment, CheckResult } from '@shared/views/assessment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../lab/test-lab';
import { openConsole, type TestConsole } from '../testing/console';

const GATE_PORT = 2611;
const SHARE = 'share:files@files/patronus';
const RUN_MS = 400_000;

/** What is made wrong, on which host, as its root. */
const CONDITIONS: readonly [host: string, script: string][] = [
  [
    'files',
    `cd /srv/patronus && mkdir "Été" && echo a > "Été/Devis.txt" && echo b > "Été/DEVIS.txt" &&
     echo c > "Été/$(printf 'n%.0s' $(seq 1 180))" && ln -s /etc/hostname "Été/link" && mkdir -m 700 "Été/closed" &&
     printf 'a' > "$(printf 'Été/walk\\tpatronus\\t1\\nend')"`,
  ],
  [
    'db',
    'mkdir -p /var/backups && echo x > /var/backups/patronus.sql && touch -d "40 days ago" /var/backups/patronus.sql',
  ],
  [
    'web',
    `openssl req -x509 -newkey rsa:2048 -nodes -days 5 -subj /CN=patronus.lab -keyout /etc/ssl/lab.key -out /etc/ssl/lab.pem 2>/dev/null &&
     printf '<IfModule mod_ssl.c>\\n  SSLCertificateFile /etc/ssl/lab.pem\\n</IfModule>\\nNoSuchDirective 10.0.20.1\\n' > /etc/apache2/conf-enabled/app.conf`,
  ],
  [
    'files',
    `echo 'patronus-watch ALL=(root) NOPASSWD: /usr/bin/smbstatus -L' > /etc/sudoers.d/console && chmod 440 /etc/sudoers.d/console`,
  ],
];

describe('hosts, Apache, Samba, updates and backups of Patronus', () => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole;
  let healthy: Assessment;
  let broken: Assessment;
  let before: string[];

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { gatePort: GATE_PORT });
    before = await filesOfTheAccount(lab);
    desk = await openConsole(lab.estateFile);
    healthy = await desk.client.call('assessment.run', undefined);
    for (const [host, script] of CONDITIONS) await lab.exec(host, ['sh', '-c', script]);
    broken = await desk.client.call('assessment.run', undefined);
  }, 2 * RUN_MS);
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it('looks without a trace of failure: every reading is there, or only root may see it', () => {
    const untold = healthy.subjects.flatMap(({ subject, checks }) =>
      checks
        .filter(({ code, state }) => /^(HOST|UPDATES|APACHE|SAMBA|BACKUP)_/.test(code) && state === 'unknown')
        .map(({ code, reason }) => `${subject.id} ${code} ${reason?.code}`),
    );
    expect(
      untold.filter((row) => / (not-asked|timeout|not-understood|failed|cut|unreachable)$/.test(row)),
    ).toEqual([]);
    expect(untold).toContain(`${SHARE} SAMBA_FILES_OPEN root`);
  });

  it('as it came, nothing is said of what is not there', () => {
    for (const code of ['SAMBA_CASE_CLASH', 'SAMBA_LONG_NAMES', 'SAMBA_SYMLINKS', 'SAMBA_ODD_NAMES'])
      expect([code, of(healthy, SHARE, code).state]).toEqual([code, 'clear']);
    expect(of(healthy, SHARE, 'SAMBA_FOLDERS_CLOSED').state).toBe('clear');
    expect(of(healthy, 'host:web', 'APACHE_CONFIG_FAULTY').state).toBe('clear');
    expect(names(healthy, 'host:web', 'HOST_ADDRESSES_WRITTEN')).not.toContain('app.conf');
  });

  it('what is wrong with Patronus by itself is seen', () => {
    const none = of(healthy, 'site:datacenter', 'BACKUP_NONE_SEEN').hits;
    expect(none.map(({ severity, params }) => [severity, params.service])).toEqual([
      ['blocker', 'db'],
      ['blocker', 'files'],
    ]);
    expect(none[0]?.params.looked).toContain('db: /var/backups');
    for (const host of ['web', 'db', 'files'])
      expect(of(healthy, `host:${host}`, 'UPDATES_NOT_AUTOMATIC').state).toBe('applies');
    expect(names(healthy, 'host:web', 'HOST_ADDRESSES_WRITTEN')).toContain('10.0.20.2');
    expect(names(healthy, 'host:web', 'HOST_MOUNT_NOT_KEPT')).toBe('//10.0.20.1/patronus → /var/www/share');
    expect(of(healthy, 'host:web', 'APACHE_SESSIONS_LOCAL').state).toBe('applies');
    expect(names(healthy, 'host:web', 'APACHE_VHOSTS')).toBe('patronus.lab (*:80)');
    const { problems } = healthy;
    expect(problems.find(({ id }) => id === 'manual-updates')).toMatchObject({ state: 'seen', score: 100 });
  });

  it('finds each condition that was made, by name', () => {
    expect(names(broken, SHARE, 'SAMBA_CASE_CLASH')).toMatch(/^Été\/(DEVIS|Devis)\.txt$/);
    expect(names(broken, SHARE, 'SAMBA_LONG_NAMES')).toMatch(/^Été\/n{180}$/);
    expect(names(broken, SHARE, 'SAMBA_SYMLINKS')).toBe('Été/link');
    expect(names(broken, SHARE, 'SAMBA_FOLDERS_CLOSED')).toBe('Été/closed');
    // A name that holds a record of its own stays a name.
    expect(names(broken, SHARE, 'SAMBA_ODD_NAMES')).toBe('Été/walk\\x01patronus\\x011\\x01end');
    expect(names(broken, 'host:web', 'HOST_ADDRESSES_WRITTEN')).toContain(
      '10.0.20.1 (/etc/apache2/conf-enabled/app.conf:4)',
    );
    expect(of(broken, 'host:web', 'APACHE_CONFIG_FAULTY').hits[0]).toMatchObject({
      severity: 'blocker',
      params: { said: expect.stringContaining('NoSuchDirective') },
    });
    const certificate = of(broken, 'host:web', 'APACHE_CERTIFICATE_ENDS').hits[0];
    expect(certificate).toMatchObject({
      severity: 'warning',
      params: { file: '/etc/ssl/lab.pem', form: 'soon' },
    });
  });

  it('an old dump is a backup, and an old, nearly empty one on the server itself; files still have none', () => {
    const site = 'site:datacenter';
    const without = of(broken, site, 'BACKUP_NONE_SEEN').hits.map(({ params }) => params.service);
    expect(without).toEqual(['files']);
    expect(of(broken, site, 'BACKUP_OLD').hits[0]?.params).toMatchObject({
      days: '40',
      name: 'db:/var/backups/patronus.sql',
    });
    for (const code of ['BACKUP_EMPTY', 'BACKUP_SAME_HOST', 'BACKUP_RESTORE_UNTESTED'])
      expect([code, of(broken, site, code).state]).toEqual([code, 'applies']);
  });

  it('open files: unknown with the line for sudoers, and known once the account has it', () => {
    expect(of(healthy, SHARE, 'SAMBA_FILES_OPEN').reason?.more).toBe(
      'patronus-watch ALL=(root) NOPASSWD: /usr/bin/smbstatus -L',
    );
    expect(of(broken, SHARE, 'SAMBA_FILES_OPEN').state).not.toBe('unknown');
  });

  it('leaves nothing on the hosts, and sends no secret', async () => {
    const sent = broken.evidence.map(({ sent: text, raw }) => `${text}\n${raw}`).join('\n');
    expect(broken.evidence.length).toBeGreaterThan(20);
    const { stdout } = await lab.exec('web', ['cat', '/etc/patronus/database-password']);
    expect(stdout.trim().length).toBeGreaterThan(8);
    expect(sent).not.toContain(stdout.trim());
    expect(await filesOfTheAccount(lab)).toEqual(before);
  });
});

/** Every file of the looking account, host by host: its own shell files, and nothing that a probe left. */
async function filesOfTheAccount(lab: Lab): Promise<string[]> {
  const argv = [
    'find',
    '/home',
    '/tmp',
    '/var/tmp',
    '/dev/shm',
    '/run',
    '-user',
    'patronus-watch',
    '-type',
    'f',
  ];
  const found: string[] = [];
  for (const host of ['web', 'db', 'files']) {
    const { stdout } = await lab.exec(host, argv, { allowFailure: true });
    found.push(
      ...stdout
        .split('\n')
        .filter((file) => file !== '')
        .map((file) => `${host}:${file}`),
    );
  }
  return found.sort();
}

function of(assessment: Assessment, subject: string, code: string): CheckResult {
  const check = assessment.subjects
    .find((one) => one.subject.id === subject)
    ?.checks.find((one) => one.code === code);
  if (!check) throw new Error(`${subject} has no ${code}`);
  return check;
}

const names = (assessment: Assessment, subject: string, code: string): string =>
  of(assessment, subject, code).hits[0]?.params.names ?? 'no case';
