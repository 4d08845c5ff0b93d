import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { BASE, errorsOf, withLine } from './example.test-kit';
import { parseEstate } from './parse';

const ESTATES = resolve(import.meta.dirname, '../../estates');
const files = readdirSync(ESTATES).filter((name) => name.endsWith('.yaml') && !name.endsWith('.ledger.yaml'));

test.each(files)('estates/%s is an estate without a problem', (name) => {
  const parsed = parseEstate(readFileSync(resolve(ESTATES, name), 'utf8'), name);
  expect(parsed.ok ? [] : parsed.error).toEqual([]);
});

test('the five estates are there', () => {
  expect(files.sort()).toEqual([
    'embassy.yaml',
    'longjump.yaml',
    'parking.yaml',
    'patronus.yaml',
    'software-servers.yaml',
  ]);
});

test('patronus states what its specification states, and no more', () => {
  const parsed = parseEstate(readFileSync(resolve(ESTATES, 'patronus.yaml'), 'utf8'), 'patronus.yaml');
  if (!parsed.ok) throw new Error(parsed.error[0]?.message);
  const { hosts, services, links, workflows, dataSets, problems, assumptions, costs, subnets } = parsed.value;
  expect(Object.fromEntries(hosts.map((h) => [h.id, h.address]))).toEqual({
    web: '10.0.10.1',
    db: '10.0.20.2',
    files: '10.0.20.1',
  });
  expect(services.map((s) => [s.id, s.kind, s.role, s.port, s.hosts])).toEqual([
    ['web', 'apache', 'web', 80, ['web']],
    ['db', 'mysql', 'database', 3306, ['db']],
    ['files', 'samba', 'files', 445, ['files']],
  ]);
  expect(links.map((l) => `${l.from}→${l.to} ${l.protocol} ${l.port}`)).toEqual([
    'users→web http 80',
    'web→db mysql 3306',
    'web→files cifs 445',
  ]);
  expect(workflows.map((w) => [w.id, w.steps.map((s) => s.conditional === true)])).toEqual([
    ['request', [false, false, true, true, false]],
  ]);
  expect(dataSets.map((d) => [d.size, d.basis])).toEqual([
    [{ value: 5, unit: 'GB', source: 'stated', approx: true }, 'text-dump'],
    [{ value: 1, unit: 'TB', source: 'stated', approx: true }, 'unknown'],
  ]);
  expect(problems).toHaveLength(4);
  for (const p of problems) expect(p).toMatchObject({ removedBy: {}, provedBy: {}, source: 'stated' });
  expect(subnets).toEqual([]);
  expect([...Object.values(assumptions), ...costs.map((c) => c.amount)].every((v) => v === 'unknown')).toBe(
    true,
  );
});

test('the message of a secret never repeats it', () => {
  const text = withLine(
    16,
    '    sql: { credentials: { read: { user: m, secret: hunter2 } } }\n    token: abc-hunter2',
  );
  expect(JSON.stringify(errorsOf(text))).not.toContain('hunter2');
});

test('text that only looks dangerous is text', () => {
  const title = `<img src=x onerror=alert(1)> $(reboot) '; DROP TABLE x; -- été 日本 👩‍💻`;
  const parsed = parseEstate(withLine(3, `title: ${JSON.stringify(title)}`), 'x.yaml');
  expect(parsed).toMatchObject({ ok: true, value: { title } });
});

test.each([
  'note: "password: ask Marie"',
  'note: "mot de passe : peut-être (voir Marie)"',
  'note: "password: (in the safe)"',
  'note: The password is in the safe',
  'ssh: { secret: prompt }',
  'ssh: { secret: "env:DB_PASSWORD" }',
  'ssh: { identity: file:keys/id_ed25519, secret: keyring }',
  'note: see https://wiki.example/page:12@home',
])('no secret: %s', (line) => {
  expect(errorsOf(withLine(10, `    address: 10.0.0.1\n    ${line}`))).toEqual([]);
});

test('all problems are told at once, in the order of the text', () => {
  const text = BASE.replace('10.0.0.1', '10.0.0.999')
    .replace('kind: apache', 'kind: apache\n    prot: 80')
    .replace('[a]', '[b]')
    .replace('port: 80', 'port: eighty\n    sql: { credentials: { read: { user: m, secret: x } } }')
    .replace('rate: unknown', 'rate: unknown # password=hunter2');
  expect(errorsOf(text).map((e) => `${e.params?.line} ${e.code}`)).toEqual([
    '10 E_ESTATE_ADDRESS',
    '15 E_ESTATE_UNKNOWN_KEY',
    '16 E_ESTATE_REFERENCE',
    '17 E_ESTATE_TYPE',
    '18 E_ESTATE_SECRET',
    '26 E_ESTATE_SECRET',
  ]);
});

test('a mistyped list does not make what names its elements look wrong', () => {
  const errors = errorsOf(BASE.replace('hosts:\n', 'hots:\n'));
  expect(errors.map((e) => e.code)).toEqual(['E_ESTATE_UNKNOWN_KEY']);
  expect(errors[0]?.remedy).toBe('Did you mean `hosts`?');
});

test('a file name with escapes is shown, not obeyed', () => {
  const parsed = parseEstate('[]', 'a\u001b[2Jb.yaml');
  expect(parsed.ok ? '' : parsed.error[0]?.message).toContain('a\\u{1b}[2Jb.yaml:1:1');
});
