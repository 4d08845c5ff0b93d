import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASE, errorsOf } from './example.test-kit';
import { applyScenario, parseEstate } from './parse';
import type { Estate } from './schema';

function estateOf(text: string): Estate {
  const parsed = parseEstate(text, 'x.yaml');
  if (!parsed.ok) throw new Error(parsed.error.map((e) => e.message).join('\n'));
  return parsed.value;
}
const fileOf = (name: string): Estate =>
  estateOf(readFileSync(resolve(import.meta.dirname, `../../estates/${name}.yaml`), 'utf8'));

/** BASE with one scenario; `body` is indented by four spaces. */
const withScenario = (body: string): string =>
  `${BASE}scenarios:\n  - id: s\n    title: S\n    form: to-be\n${body}`;

test('a scenario removes, then adds, then sets, by id', () => {
  const text = withScenario(`    remove: [links/users-web]
    add:
      services: [{ id: db, kind: mysql, role: database }]
      links: [{ id: users-web, from: users, to: web, protocol: https }]
    set: { services/web/port: 8080, services/db/port: 3306, assumptions/rate: unknown, services/web/hosts: null }
`);
  const before = estateOf(text);
  const frozen = JSON.stringify(before);
  const applied = applyScenario(before, 's');
  expect(applied).toMatchObject({
    ok: true,
    value: {
      services: [
        { id: 'web', port: 8080 },
        { id: 'db', port: 3306 },
      ],
      links: [{ id: 'users-web', protocol: 'https' }],
      scenarios: [],
    },
  });
  expect(applied.ok && applied.value.services[0]).not.toHaveProperty('hosts');
  expect(JSON.stringify(before)).toBe(frozen);
});

test('bases are laid below, whatever their order in the file', () => {
  const estate = estateOf(
    withScenario(`    base: t
    set: { services/db/port: 3307 }
  - id: t
    title: T
    form: step
    add: { services: [{ id: db, kind: mysql, role: database, port: 3306 }] }
`),
  );
  expect(applyScenario(estate, 's')).toMatchObject({ value: { services: [{}, { id: 'db', port: 3307 }] } });
  expect(applyScenario(estate, 't')).toMatchObject({ value: { services: [{}, { id: 'db', port: 3306 }] } });
});

test('patronus with a replica has it in the cluster and on its own host', () => {
  const applied = applyScenario(fileOf('patronus'), 'web-pair');
  expect(applied).toMatchObject({ ok: true });
  if (!applied.ok) return;
  expect(applied.value.clusters[0]?.members).toEqual([
    { service: 'db', role: 'primary' },
    { service: 'db2', role: 'replica' },
  ]);
  expect(applied.value.services.map((s) => `${s.id}@${s.hosts?.join('+') ?? '-'}`)).toEqual([
    'web@web+web2',
    'db@db',
    'files@files',
    'db2@db2',
    'balancer@-',
  ]);
});

test('software servers: every placement has the same links', () => {
  const estate = fileOf('software-servers');
  const placements = estate.scenarios.filter((s) => s.form === 'placement');
  expect(placements.map((s) => s.id)).toEqual(['one-machine', 'distributed', 'containers', 'mixed']);
  for (const { id } of placements) {
    const applied = applyScenario(estate, id);
    expect(applied.ok && applied.value.links).toEqual(estate.links);
    expect(applied.ok && applied.value.services.every((s) => s.hosts?.length === 1)).toBe(true);
  }
});

test('parking without its optional servers has exactly the four required', () => {
  const applied = applyScenario(fileOf('parking'), 'required-only');
  expect(applied.ok && applied.value.services.map((s) => [s.id, s.need])).toEqual(
    ['web', 'app', 'db', 'session'].map((id) => [id, 'required']),
  );
});

describe('a scenario that cannot be is told in the file, at its line', () => {
  test.each([
    [
      'removes what is not there',
      '    remove: [services/wbe]',
      29,
      'E_ESTATE_REFERENCE',
      'scenarios/s/remove/0',
    ],
    [
      'removes from no collection',
      '    remove: [servcies/web]',
      29,
      'E_ESTATE_REFERENCE',
      'scenarios/s/remove/0',
    ],
    ['leaves a link dangling', '    remove: [actors/users]', 26, 'E_ESTATE_REFERENCE', 'scenarios/s'],
    [
      'adds a taken id',
      '    add: { hosts: [{ id: a, site: dc, address: unknown }] }',
      26,
      'E_ESTATE_DUPLICATE_ID',
      'scenarios/s',
    ],
    [
      'sets in what is not there',
      '    set: { services/wbe/port: 1 }',
      29,
      'E_ESTATE_REFERENCE',
      'scenarios/s/set/services/wbe/port',
    ],
    [
      'sets a key that is none',
      '    set: { services/web/prot: 1 }',
      29,
      'E_ESTATE_UNKNOWN_KEY',
      'scenarios/s/set/services/web/prot',
    ],
    [
      'sets a wrong type',
      '    set: { services/web/port: many }',
      29,
      'E_ESTATE_TYPE',
      'scenarios/s/set/services/web/port',
    ],
    [
      'sets a dangling name',
      '    set: { services/web/hosts: [b] }',
      29,
      'E_ESTATE_REFERENCE',
      'scenarios/s/set/services/web/hosts',
    ],
    [
      'takes a required key away',
      '    set: { services/web/kind: null }',
      29,
      'E_ESTATE_MISSING_KEY',
      'scenarios/s/set/services/web/kind',
    ],
    [
      'sets a whole element',
      '    set: { services/web: {} }',
      29,
      'E_ESTATE_SCENARIO',
      'scenarios/s/set/services/web',
    ],
    [
      'sets by position',
      '    set: { services/0/port: 1 }',
      29,
      'E_ESTATE_REFERENCE',
      'scenarios/s/set/services/0/port',
    ],
    [
      'sets the name of the estate',
      '    set: { estate: other }',
      29,
      'E_ESTATE_SCENARIO',
      'scenarios/s/set/estate',
    ],
    [
      'sets the prototype',
      '    set: { services/web/__proto__: {} }',
      29,
      'E_ESTATE_SCENARIO',
      'scenarios/s/set/services/web/__proto__',
    ],
    [
      'removes a problem that is not there',
      '    removes: [slow]',
      29,
      'E_ESTATE_REFERENCE',
      'scenarios/s/removes/0',
    ],
    [
      'updates a host that is not there',
      '    rollingUpdate: [{ title: One, hosts: [wbe] }]',
      29,
      'E_ESTATE_REFERENCE',
      'scenarios/s/rollingUpdate/0/hosts/0',
    ],
    ['stands on nothing', '    base: t', 29, 'E_ESTATE_REFERENCE', 'scenarios/s/base'],
    ['stands on itself', '    base: s', 29, 'E_ESTATE_SCENARIO', 'scenarios/s/base'],
  ])('%s', (_, body, line, code, path) => {
    const errors = errorsOf(withScenario(`${body}\n`));
    expect(errors.map((e) => [e.code, e.params?.line, e.params?.path])).toEqual([[code, String(line), path]]);
  });
});

test('a scenario that is not there', () => {
  const applied = applyScenario(fileOf('patronus'), 'minimal-replic');
  expect(applied.ok ? [] : applied.error).toMatchObject([
    { code: 'E_ESTATE_REFERENCE', remedy: 'Did you mean `minimal-replica`?' },
  ]);
});

test('an estate made by hand is checked too', () => {
  const estate = fileOf('patronus');
  const broken = { ...estate, hosts: estate.hosts.slice(1) };
  const applied = applyScenario(broken, 'minimal-replica');
  expect(applied.ok ? [] : applied.error.map((e) => e.code)).toContain('E_ESTATE_REFERENCE');
});

test('what is wrong with the estate is told once, not for each scenario', () => {
  const text = withScenario('    set: { services/web/port: 81 }\n').replace('10.0.0.1', '10.0.0.256');
  expect(errorsOf(text).map((e) => [e.code, e.params?.line])).toEqual([['E_ESTATE_ADDRESS', '10']]);
});
