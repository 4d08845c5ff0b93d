import { expect, test } from 'vitest';
import { BASE, errorsOf } from './example.test-kit';

const workflow = (...steps: string[]): string =>
  `workflows: [{ id: w, title: W, steps: [${steps.join(', ')}] }]`;
const step = (n: number, from: string, to: string, more = ''): string =>
  `{ n: ${n}, title: T, from: ${from}, to: ${to}${more} }`;
const HOST = 'site: dc, address: unknown';

/** [what is wrong, hosts added, text added, code, path] */
test.each([
  [
    'a gap in the steps',
    '',
    workflow(step(1, 'web', 'web'), step(3, 'web', 'web')),
    'E_ESTATE_STEPS',
    'workflows/w/steps/3/n',
  ],
  [
    'a step along a link that joins others',
    '',
    workflow(step(1, 'web', 'web', ', link: users-web')),
    'E_ESTATE_STEPS',
    'workflows/w/steps/1/link',
  ],
  ['a step along no link', '', workflow(step(1, 'users', 'web')), 'E_ESTATE_STEPS', 'workflows/w/steps/1/to'],
  [
    'a step to nobody',
    '',
    workflow(step(1, 'nobody', 'nobody')),
    'E_ESTATE_REFERENCE',
    'workflows/w/steps/1/from',
  ],
  [
    'a step along no such link',
    '',
    workflow(step(1, 'users', 'web', ', link: users-wbe')),
    'E_ESTATE_REFERENCE',
    'workflows/w/steps/1/link',
  ],
  [
    'a subnet of no site',
    '',
    'subnets: [{ id: n, site: cd, cidr: 10.0.0.0/24 }]',
    'E_ESTATE_REFERENCE',
    'subnets/n/site',
  ],
  [
    'a member that is not there',
    '',
    'clusters: [{ id: c, technology: none, members: [{ service: db, role: unknown }] }]',
    'E_ESTATE_REFERENCE',
    'clusters/c/members/db/service',
  ],
  [
    'a member twice',
    '',
    'clusters: [{ id: c, technology: none, members: [{ service: web, role: primary }, { service: web, role: replica }] }]',
    'E_ESTATE_DUPLICATE_ID',
    'clusters/c/members/web/service',
  ],
  [
    'data of no service',
    '',
    'dataSets: [{ id: d, title: D, service: db, store: files, size: unknown }]',
    'E_ESTATE_REFERENCE',
    'dataSets/d/service',
  ],
  [
    'a rule to no service',
    '',
    'routing: [{ id: r, workload: R, to: db }]',
    'E_ESTATE_REFERENCE',
    'routing/r/to',
  ],
  [
    'a policy of nobody',
    '',
    'clientPolicies: [{ id: p, actor: a, candidates: [{ service: web }], select: random }]',
    'E_ESTATE_REFERENCE',
    'clientPolicies/p/actor',
  ],
  [
    'a policy for no service',
    '',
    'clientPolicies: [{ id: p, actor: users, candidates: [{ service: wbe }], select: random }]',
    'E_ESTATE_REFERENCE',
    'clientPolicies/p/candidates/wbe/service',
  ],
  [
    'a policy for no host',
    '',
    'clientPolicies: [{ id: p, actor: users, candidates: [{ service: web, host: b }], select: random }]',
    'E_ESTATE_REFERENCE',
    'clientPolicies/p/candidates/web/host',
  ],
  [
    'a candidate twice',
    '',
    'clientPolicies: [{ id: p, actor: users, candidates: [{ service: web }, { service: web }], select: random }]',
    'E_ESTATE_DUPLICATE_ID',
    'clientPolicies/p/candidates/web/service',
  ],
  [
    'a requirement of nothing',
    '',
    'requirements: [{ id: r, title: R, metric: m, applies: [web, wbe] }]',
    'E_ESTATE_REFERENCE',
    'requirements/r/applies/1',
  ],
  [
    'a problem of nothing',
    '',
    'problems: [{ id: p, title: P, source: stated, affects: [nothing] }]',
    'E_ESTATE_REFERENCE',
    'problems/p/affects/0',
  ],
  [
    'a jump over nobody',
    `{ id: b, ${HOST}, ssh: { jump: c } }`,
    '',
    'E_ESTATE_REFERENCE',
    'hosts/b/ssh/jump',
  ],
  [
    'a jump in a ring',
    `{ id: b, ${HOST}, ssh: { jump: c } }\n  - { id: c, ${HOST}, ssh: { jump: b } }`,
    '',
    'E_ESTATE_JUMP_CYCLE',
    'hosts/b/ssh/jump',
  ],
  [
    'a container within itself',
    `{ id: b, ${HOST}, within: b }`,
    '',
    'E_ESTATE_WITHIN_CYCLE',
    'hosts/b/within',
  ],
  [
    'a document twice',
    '',
    'documents: [{ id: d, title: D }, { id: d, title: E }]',
    'E_ESTATE_DUPLICATE_ID',
    'documents/d/id',
  ],
])('%s', (_, hosts, more, code, path) => {
  const text = BASE.replace('services:\n', `${hosts && `  - ${hosts}\n`}services:\n`) + more;
  const errors = errorsOf(text);
  expect(new Set(errors.map((e) => e.code))).toEqual(new Set([code]));
  expect(errors[0]?.params?.path).toBe(path);
});

test('hosts that lead into a ring without being in it are not told', () => {
  const ring = `  - { id: b, ${HOST}, ssh: { jump: c } }\n  - { id: c, ${HOST}, ssh: { jump: c } }\n`;
  const errors = errorsOf(BASE.replace('services:\n', `${ring}services:\n`));
  expect(errors.map((e) => e.params?.way)).toEqual(['c → c']);
});

test('a host may bear the name of the service that runs on it', () => {
  expect(errorsOf(BASE.replace('id: a', 'id: web').replace('[a]', '[web]'))).toEqual([]);
});
