import { expect, test } from 'vitest';
import webConfig from '../testing/outputs/web-apache-config.txt?raw';
import webStatus from '../testing/outputs/web-server-status.txt?raw';
import { parseConfig } from './apache-config';
import { apacheHealth, parseStatus } from './apache-status';

const output = (stdout: string) => ({ stdout, stderr: '', exit: 0 });
const page = (body: string, status = 200) => ({ status, headers: {}, body });
const host = { id: 'web', site: 's', address: '10.0.10.1' };
const service = { id: 'app', kind: 'apache', role: 'web' };

test('mod_status of Apache 2.4', () => {
  expect(parseStatus(page(webStatus)).facts).toEqual({
    'apache.requests.total': 241,
    'apache.bytes.total': 93 * 1024,
    'apache.reqPerSec': 1.95935,
    'apache.workers.busy': 3,
    'apache.workers.idle': 2,
    'apache.uptime': 123,
    'apache.product': 'Apache',
    'apache.version': '2.4.71',
  });
});

test.each([
  [page('', 404), 'mod_status answers 404'],
  [page('', 403), 'mod_status answers 403'],
  [page('<html>hello</html>'), 'this is not the page of mod_status'],
  [page('BusyWorkers: 1\n'), 'ExtendedStatus is off'],
])('without counters they are unknown, and Apache is not at fault', (answer, why) => {
  const { facts, error } = parseStatus(answer);
  expect(facts['apache.requests.total']).toEqual({ value: null, why });
  expect(error).toBeUndefined();
});

test('a 5xx is a fault', () => {
  expect(parseStatus(page('', 503)).error).toMatchObject({ code: 'E_HTTP_STATUS', stage: 'http' });
});

test('only the path that the estate names is asked for, never /', () => {
  if (apacheHealth.via !== 'http') throw new Error('the health probe asks over HTTP');
  expect(apacheHealth.path({ host, service })).toBeNull();
  const target = { host, service: { ...service, healthPath: '/alive.txt' } };
  expect(apacheHealth.path(target)).toBe('/alive.txt');
  expect(apacheHealth.parse(page('ok'), target)).toEqual({ facts: { 'apache.health': 200 } });
  expect(apacheHealth.parse(page('', 503), target).error).toMatchObject({ code: 'E_HTTP_STATUS' });
});

test('the configuration of the web server: a database is named, its port is not', () => {
  const { facts, configured } = parseConfig(output(webConfig));
  expect(facts).toMatchObject({
    'apache.product': 'Apache',
    'apache.version': '2.4.71',
    'apache.vhosts': ['*:80 patronus.lab'],
  });
  expect(facts['apache.modules']).toContain('status');
  expect(configured).toEqual([
    {
      origin: 'dsn',
      address: '10.0.20.2',
      port: 0,
      protocol: 'unknown',
      detail: '/etc/apache2/sites-enabled/patronus.conf: SetEnv DATABASE_HOST 10.0.20.2',
    },
  ]);
});

test.each([
  [
    'ProxyPass / http://10.0.30.1:8080/',
    { origin: 'vhost', address: '10.0.30.1', port: 8080, protocol: 'http' },
  ],
  ['ProxyPass /x https://backend/', { origin: 'vhost', address: 'backend', port: 443 }],
  ['BalancerMember ajp://10.0.30.2', { origin: 'vhost', address: '10.0.30.2', port: 8009 }],
  [
    'SetEnv DSN mysql://10.0.20.2/app',
    { origin: 'dsn', address: '10.0.20.2', port: 3306, protocol: 'mysql' },
  ],
  ['SetEnv CACHE "10.0.20.5:11211"', { origin: 'dsn', address: '10.0.20.5', port: 11211 }],
  ['ProxyPass / http://[fd00::5]:81/', { address: 'fd00::5', port: 81 }],
  ['ProxyPass / http://127.0.0.1:8080/', null],
  ['ProxyPass / http://localhost/', null],
  ['ProxyPass / balancer://pool/', null],
  ['ProxyPass / http://h:999999/', null],
  ['SetEnv', null],
])('%s', (row, expected) => {
  const { configured } = parseConfig(output(`#config\n/f ${row}\n#end`));
  if (expected === null) expect(configured).toEqual([]);
  else expect(configured).toMatchObject([expected]);
});

test('a file that cannot be read makes the virtual hosts unknown, not fewer', () => {
  const { facts } = parseConfig(output('#config\n! /etc/apache2/sites-enabled/secret.conf\n#end'));
  expect(facts['apache.vhosts']).toEqual({
    value: null,
    why: '/etc/apache2/sites-enabled/secret.conf cannot be read by this account',
  });
});
