import { describe, expect, test } from 'vitest';
import { ed25519Key } from './check-acting';
import { BASE, errorsOf } from './example.test-kit';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDqCxfzbRZmquNge1224aZufPu6u8aTrqw5N3oomJDrI';
const OTHER = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEr16uzzUskG+Jll/GQuTn5g9hrxiwZhN5dM4uDZm9ZF';

/** BASE with a second server and a cluster of the two, of which this is said. */
const withActing = (acting: string): string => {
  const two = BASE.replace('services:\n', '  - { id: b, address: 10.0.0.2, site: dc }\nservices:\n').replace(
    '# more services\n',
    '  - { id: second, kind: apache, hosts: [b], role: web }\n',
  );
  return `${two}clusters:
  - id: data
    technology: mysql-async
    members: [{ service: web, role: primary }, { service: second, role: replica }]
    acting: ${acting}
`;
};
const haproxy = (host: string, servers: string): string =>
  `{ traffic: [{ kind: haproxy, id: lb, host: ${host}, socket: /run/h.sock, backend: db, servers: ${servers} }] }`;
const command = (run: string, values: string): string =>
  `{ traffic: [{ kind: command, id: vip, host: a, run: ${run}, verify: [where], values: ${values} }] }`;

const CONTROL =
  '{ stop: [ctl, stop], start: [ctl, start], disable: [ctl, off], enable: [ctl, on], state: [ctl, is], boot: [ctl, on?] }';
const fence = (id: string, member: string, host: string, free = 'on'): string =>
  `{ id: ${id}, member: ${member}, host: ${host}, run: [cut], release: [join], verify: [ask], isolated: cut, free: '${free}' }`;

test.each([
  ['nothing', '{}'],
  [
    'all that can be said',
    `{ boot: as-was, backup: { host: b, mark: /var/ok, withinHours: 24 }, catchUpSeconds: 5, approvers: [{ name: marie, key: ${KEY} marie@desk }, { name: jean, key: ${OTHER} }] }`,
  ],
  ['a balancer', haproxy('a', '{ web: w1, second: w2 }')],
  ['a command', command('{ web: [move, a], second: [move, b] }', '{ web: a, second: b }')],
  [
    'a setting on two hosts',
    '{ traffic: [{ kind: setting, id: conf, hosts: [a, b], file: /etc/app, key: DB, values: { web: a, second: b } }] }',
  ],
  ['a unit of systemd', '{ service: { web: { unit: mysqld } } }'],
  ['commands of its own', `{ service: { web: ${CONTROL} } }`],
  ['a fence', `{ fence: [${fence('pdu', 'web', 'b')}, ${fence('port', 'web', 'b')}] }`],
])('%s is in order', (_, acting) => {
  expect(errorsOf(withActing(acting))).toEqual([]);
});

const ACTING = 'clusters/data/acting';
test.each([
  [
    'a backup on no host',
    '{ backup: { host: c, mark: /x, withinHours: 1 } }',
    'E_ESTATE_REFERENCE',
    'backup/host',
  ],
  ['a balancer on no host', haproxy('lb', '{ web: w1 }'), 'E_ESTATE_REFERENCE', 'traffic/lb/host'],
  [
    'a setting on no host',
    '{ traffic: [{ kind: setting, id: conf, hosts: [a, c], file: /x, key: K, values: {} }] }',
    'E_ESTATE_REFERENCE',
    'traffic/conf/hosts/1',
  ],
  [
    'a balancer for no member',
    haproxy('a', '{ users: w1 }'),
    'E_ESTATE_REFERENCE',
    'traffic/lb/servers/users',
  ],
  ['a command for no member', command('{ users: [x] }', '{}'), 'E_ESTATE_REFERENCE', 'traffic/vip/run/users'],
  ['a value for no member', command('{}', '{ users: x }'), 'E_ESTATE_REFERENCE', 'traffic/vip/values/users'],
  [
    'one server for both',
    haproxy('a', '{ web: w1, second: w1 }'),
    'E_ESTATE_ACTING',
    'traffic/lb/servers/second',
  ],
  [
    'one command for both',
    command('{ web: [x], second: [x] }', '{}'),
    'E_ESTATE_ACTING',
    'traffic/vip/run/second',
  ],
  [
    'two hooks of one name',
    haproxy('a', '{}').replace('] }', `, ${haproxy('a', '{}').slice('{ traffic: ['.length)}`),
    'E_ESTATE_ACTING',
    'traffic/lb/id',
  ],
  [
    'a control of no member',
    '{ service: { users: { unit: mysql } } }',
    'E_ESTATE_REFERENCE',
    'service/users',
  ],
  [
    'half of a control',
    '{ service: { web: { stop: [ctl, stop], state: [ctl, is] } } }',
    'E_ESTATE_ACTING',
    'service/web',
  ],
  [
    'two controls',
    `{ service: { web: ${CONTROL.replace('{ stop', '{ unit: mysql, stop')} } }`,
    'E_ESTATE_ACTING',
    'service/web/unit',
  ],
  [
    'a fence of no member',
    `{ fence: [${fence('pdu', 'users', 'b')}] }`,
    'E_ESTATE_REFERENCE',
    'fence/pdu/member',
  ],
  ['a fence on no host', `{ fence: [${fence('pdu', 'web', 'c')}] }`, 'E_ESTATE_REFERENCE', 'fence/pdu/host'],
  [
    'a fence on the host itself',
    `{ fence: [${fence('pdu', 'web', 'a')}] }`,
    'E_ESTATE_ACTING',
    'fence/pdu/host',
  ],
  [
    'a fence that shows nothing',
    `{ fence: [${fence('pdu', 'web', 'b', 'cut')}] }`,
    'E_ESTATE_ACTING',
    'fence/pdu/free',
  ],
  [
    'two fences of one name',
    `{ fence: [${fence('pdu', 'web', 'b')}, ${fence('pdu', 'second', 'a')}] }`,
    'E_ESTATE_ACTING',
    'fence/pdu/id',
  ],
  [
    'an approver without a key',
    '{ approvers: [{ name: marie, key: ssh-rsa AAAAB3Nza }] }',
    'E_ESTATE_ACTING',
    'approvers/0/key',
  ],
  [
    'one person with two keys',
    `{ approvers: [{ name: marie, key: ${KEY} }, { name: marie, key: ${OTHER} }] }`,
    'E_ESTATE_ACTING',
    'approvers/1/name',
  ],
  [
    'one key for two people',
    `{ approvers: [{ name: marie, key: ${KEY} }, { name: jean, key: ${KEY} }] }`,
    'E_ESTATE_ACTING',
    'approvers/1/key',
  ],
])('%s is a mistake', (_, acting, code, path) => {
  const errors = errorsOf(withActing(acting));
  expect(errors.map((error) => [error.code, error.params?.path])).toEqual([[code, `${ACTING}/${path}`]]);
});

test('what is missing of a control is named', () => {
  const [error] = errorsOf(
    withActing('{ service: { web: { stop: [x], start: [x], state: [x], boot: [x] } } }'),
  );
  expect(error?.params?.detail).toBe('commands of its own want all six; disable, enable is missing');
});

test('a name that is nearly one is asked about', () => {
  const [error] = errorsOf(withActing(haproxy('a', '{ secnod: w1 }')));
  expect(error?.remedy).toBe('Did you mean `second`?');
});

describe('an approver’s key', () => {
  test.each([KEY, `${KEY} marie@desk`, ` ${KEY}\n`])('%j is one', (text) => {
    expect(ed25519Key(text)).toBe(KEY.split(' ')[1]);
  });
  test.each([
    '',
    'ssh-ed25519',
    `${KEY}A`,
    KEY.slice(0, -1),
    KEY.replace('ssh-ed25519', 'ssh-rsa'),
    KEY.replace('C3Nz', 'B3Nz'),
  ])('%j is none', (text) => {
    expect(ed25519Key(text)).toBe(null);
  });
});
