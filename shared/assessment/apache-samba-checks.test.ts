import { describe, expect, test } from 'vitest';
import filesOpen from '../testing/outputs/files-assess-open.txt?raw';
import filesShares from '../testing/outputs/files-assess-shares.txt?raw';
import filesWalk from '../testing/outputs/files-assess-walk.txt?raw';
import webApache from '../testing/outputs/web-assess-apache.txt?raw';
import { assessed, checkOf, resultOf } from './hosts.test-kit';

const lines = (...rows: string[]) => [...rows, 'end', ''].join('\n');

describe('Apache', () => {
  const check = (output: string, code: string) =>
    resultOf(assessed({ web: { 'apache.assess.config': output } }), 'host:web', code);

  test('of the real web server: one virtual host, two modules more than usual, sessions in files', () => {
    expect(check(webApache, 'APACHE_VHOSTS').hits[0]?.params).toEqual({
      count: '1',
      names: 'patronus.lab (*:80)',
    });
    expect(check(webApache, 'APACHE_MODULES').hits[0]?.params).toEqual({
      all: '28',
      count: '3',
      names: 'mpm_prefork, php, status',
    });
    expect(check(webApache, 'APACHE_SESSIONS_LOCAL').hits[0]?.params.file).toBe(
      '/etc/php/8.2/apache2/php.ini',
    );
    const without = assessed({ web: { 'apache.assess.config': webApache } });
    expect(checkOf(without, 'host:web', 'APACHE_CERTIFICATE_ENDS')).toBeUndefined();
    expect(checkOf(without, 'host:db', 'APACHE_MODULES')).toBeUndefined();
  });

  test.each([
    // The console's clock stands at 2027-01-15.
    ['Nov 22 05:21:00 2026 GMT', 'blocker', 'past'],
    ['Jan 30 05:21:00 2027 GMT', 'warning', 'soon'],
    ['Jan 30 05:21:00 2037 GMT', undefined, undefined],
  ])('a certificate until %s', (end, severity, form) => {
    const { hits } = check(lines(`certificate\t${end}\t/etc/ssl/a.pem`), 'APACHE_CERTIFICATE_ENDS');
    expect([hits[0]?.severity, hits[0]?.params.form]).toEqual([severity, form]);
  });
  test('one that cannot be read is unknown, and so is everything behind a file that is closed', () => {
    expect(check(lines('certificate\t\t/etc/ssl/a.pem'), 'APACHE_CERTIFICATE_ENDS').reason?.code).toBe(
      'root',
    );
    expect(check(lines('hidden\t/etc/x.conf', 'vhosts'), 'APACHE_VHOSTS').reason?.code).toBe('root');
    expect(check(lines(), 'APACHE_VHOSTS').reason?.code).toBe('not-told');
  });
  test('a session handler other than files keeps nobody on this host', () => {
    const shared = lines('module\tphp', 'sessions\tfiles\t/etc/php.ini', 'sessions\tredis\tvhost');
    expect(check(shared, 'APACHE_SESSIONS_LOCAL').state).toBe('clear');
    expect(check(lines('module\tphp'), 'APACHE_SESSIONS_LOCAL').state).toBe('applies');
  });

  test('a configuration with a fault is a blocker; one that sudo would have to read is unknown', () => {
    const test = (output: string | object) =>
      resultOf(assessed({ web: { 'apache.assess.test': output } }), 'host:web', 'APACHE_CONFIG_FAULTY');
    expect(test(lines('test\t0\tSyntax OK')).state).toBe('clear');
    expect(test(lines('test\t1\tAH00526: Syntax error on line 4')).hits[0]).toMatchObject({
      severity: 'blocker',
      params: { said: 'AH00526: Syntax error on line 4' },
    });
    expect(test({ exit: 1, stderr: 'sudo: a password is required' })).toMatchObject({
      state: 'unknown',
      reason: { code: 'root', more: 'patronus-watch ALL=(root) NOPASSWD: /usr/sbin/apachectl -t' },
    });
    expect(test(lines('missing')).reason?.code).toBe('not-installed');
  });
});

describe('a share', () => {
  const SUBJECT = 'share:share@files/patronus';
  const check = (walk: string, code: string, shares = filesShares) =>
    resultOf(
      assessed({ files: { 'samba.assess.shares': shares, 'samba.assess.walk': walk } }),
      SUBJECT,
      code,
    );
  const entry = (...rows: string[]) =>
    lines(...rows.map((row) => row.replaceAll('|', '\t').replaceAll('@', 'patronus')));
  const WHOLE = 'walk|@|1|10|1000';

  test('the real one: every condition that was made is found, by name', () => {
    const named = (code: string) => check(filesWalk, code).hits[0]?.params.names;
    expect(named('SAMBA_CASE_CLASH')).toBe('Clash/Été.txt');
    expect(named('SAMBA_LONG_NAMES')).toMatch(/^Clash\/n{180}$/);
    expect(named('SAMBA_ODD_NAMES')).toBe('Clash/new\\x01end\\x01line, Clash/why: not?');
    expect(named('SAMBA_SYMLINKS')).toBe('Clash/link');
    expect(named('SAMBA_HARDLINKS')).toBe('Clash/Été.txt, Clash/second');
    expect(named('SAMBA_FOLDERS_CLOSED')).toBe('closed');
    expect(check(filesWalk, 'SAMBA_ACLS').hits[0]?.params).toMatchObject({ count: '2' });
    expect(named('SAMBA_ATTRIBUTES')).toMatch(/^user\.DOSATTRIB \(\d+\), security\.NTACL \(1\)$/);
    // A closed folder may hold one: not found is not known.
    expect(check(filesWalk, 'SAMBA_SPECIAL_FILES').reason?.code).toBe('root');
    expect(check(filesWalk, 'SAMBA_MODULES').state).toBe('clear');
  });

  test.each([
    ['whole', [WHOLE], 'clear', undefined],
    ['cut short', ['walk|@|0|200000|1'], 'unknown', 'cut'],
    ['with a closed folder', [WHOLE, 'count|@|closed|2'], 'unknown', 'root'],
    ['empty', ['walk|@|1|0|0'], 'unknown', 'nothing-counted'],
    ['not begun', ['late|@'], 'unknown', 'timeout'],
    ['closed', ['hidden|@'], 'unknown', 'root'],
    ['of another share', ['walk|other|1|10|10'], 'unknown', 'not-told'],
    [
      'cut short, but with a case',
      ['walk|@|0|9|1', 'count|@|clash|1', 'case|@|clash|a'],
      'applies',
      undefined,
    ],
  ])('a walk that is %s', (_what, rows, state, reason) => {
    const result = check(entry(...rows), 'SAMBA_CASE_CLASH');
    expect([result.state, result.reason?.code]).toEqual([state, reason]);
  });

  test('without the program that tells attributes, they are unknown; lists are told by ls', () => {
    const walk = entry(WHOLE, 'acl|@|11|0');
    expect(check(walk, 'SAMBA_ACLS').state).toBe('clear');
    expect(check(walk, 'SAMBA_ATTRIBUTES').reason?.code).toBe('not-installed');
    expect(check(entry(WHOLE, 'acl|@|0|0'), 'SAMBA_ACLS').reason?.code).toBe('cut');
    const fewer = entry('walk|@|1|1000|1', 'count|@|file|1000', 'acl|@|900|0', 'xattr|@||');
    expect(check(fewer, 'SAMBA_ACLS').reason?.code).toBe('cut');
    expect(check(fewer, 'SAMBA_ATTRIBUTES').reason?.code).toBe('cut');
  });

  test('modules and settings, the share before the globals', () => {
    const shares =
      '[global]\n\tvfs objects = acl_xattr\n\toplocks = No\n\n[patronus]\n\tpath = /srv/a\n\tvfs objects = recycle, full_audit\n#exit 0\n';
    expect(check(entry(WHOLE), 'SAMBA_MODULES', shares).hits[0]?.params.names).toBe('recycle, full_audit');
    expect(check(entry(WHOLE), 'SAMBA_SETTINGS', shares).hits[0]?.params.names).toBe('oplocks = No');
  });

  test('who holds a file open to write, as smbstatus told it; without root it is unknown', () => {
    const open = (output: string | object) =>
      resultOf(
        assessed({ files: { 'samba.assess.shares': filesShares, 'samba.assess.open': output } }),
        SUBJECT,
        'SAMBA_FILES_OPEN',
      );
    expect(open(filesOpen).hits[0]?.params).toEqual({ count: '1', names: 'held.txt' });
    expect(open(lines()).state).toBe('clear');
    expect(open({ exit: 1, stderr: 'sudo: a password is required' }).reason).toMatchObject({
      code: 'root',
      more: 'patronus-watch ALL=(root) NOPASSWD: /usr/bin/smbstatus -L',
    });
  });

  test('a configuration that testparm cannot read leaves one subject that is unknown', () => {
    const closed = assessed({ files: { 'samba.assess.shares': '#exit 1\n' } });
    expect(resultOf(closed, 'share:share@files', 'SAMBA_MODULES').state).toBe('unknown');
  });
});
