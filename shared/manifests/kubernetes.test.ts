import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { applyScenario } from '../estate/apply-scenario';
import type { Estate } from '../estate/schema';
import { estatesFrom } from '../targets/targets.test-kit';
import { kubernetesManifests } from './kubernetes';
import { publishedSchema } from './kubernetes-schema.test-kit';
import { manifestFiles } from './manifest-text';
import { startOrder } from './start-order';

const estateOf = estatesFrom((file) =>
  readFileSync(path.resolve(import.meta.dirname, '../../estates', file), 'utf8'),
);
const placed = (name: string, scenario: string): Estate => {
  const applied = applyScenario(estateOf(name), scenario);
  if (!applied.ok) throw new Error(applied.error[0]?.message);
  return applied.value;
};
const containers = placed('software-servers', 'containers');
const all = (estate: Estate) => kubernetesManifests(estate).waves.flatMap(({ manifests }) => manifests);
const named = (estate: Estate, kind: string, name: string) =>
  all(estate).find((manifest) => manifest.kind === kind && manifest.metadata.name === name);

const schema = await publishedSchema();
const why = schema ? '' : ' (skipped: the package kubernetes-models is not installed)';

describe.skipIf(!schema)(`against the published schema of Kubernetes${why}`, () => {
  test.each([
    ['software-servers', 'containers'],
    ['software-servers', 'mixed'],
    ['patronus', 'web-containers'],
  ])('%s, %s: every manifest holds, and has no field that the schema does not know', (name, scenario) => {
    const files = manifestFiles(kubernetesManifests(placed(name, scenario)), 'en');
    const documents = files.flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS()));
    expect(documents.length).toBeGreaterThan(3);
    for (const document of documents) expect(schema?.problemsOf(document)).toEqual([]);
  });

  const deployment = named(containers, 'Deployment', 'module-a');
  const service = named(containers, 'Service', 'module-a');
  test.each<[string, object]>([
    ['a kind that there is not', { ...deployment, kind: 'Deploiment' }],
    ['no selector', { ...deployment, spec: { template: {} } }],
    ['replicas as text', { ...deployment, spec: { ...Object(deployment?.spec), replicas: '1' } }],
    ['a slip in a name', { ...deployment, spec: { ...Object(deployment?.spec), replica: 1 } }],
    ['a slip far inside', { ...service, spec: { ports: [{ port: 80, targetPorts: 'main' }] } }],
    ['a slip at the top', { ...service, specs: {} }],
    ['no port', { ...service, spec: { ports: [{ name: 'main' }] } }],
  ])('%s does not hold', (_, manifest) => {
    expect(schema?.problemsOf(manifest)).not.toEqual([]);
  });
});

test('the health management server starts first, then whatever it starts; the front end waits for nobody', () => {
  const { waves } = kubernetesManifests(containers);
  expect(waves.map(({ services }) => services)).toEqual([
    ['health', 'front'],
    ['module-a', 'module-b', 'module-c'],
  ]);
  const [first, second] = manifestFiles(kubernetesManifests(containers), 'en');
  expect(first?.commands).toEqual([
    'kubectl apply -f 1-2-services.yaml',
    'kubectl rollout status deployment/health -n software-servers',
    'kubectl rollout status deployment/front -n software-servers',
  ]);
  expect(second?.name).toBe('2-3-services.yaml');
});

test('services that start each other have no order, and no manifest pretends one', () => {
  const ring = {
    ...containers,
    links: [
      ...containers.links,
      { id: 'back', from: 'module-a', to: 'health', protocol: 'rest', purpose: 'start' as const },
    ],
  };
  expect(startOrder(ring)).toEqual({
    kind: 'ring',
    services: ['health', 'module-a', 'module-b', 'module-c'],
  });
  expect(kubernetesManifests(ring)).toMatchObject({
    waves: [],
    lacks: [{ problem: 'start-ring' }, {}, {}, {}],
  });
});

test('what nobody has stated is named, and stands as a name that no registry answers to', () => {
  const { lacks } = kubernetesManifests(containers);
  expect(lacks.map(({ path }) => path).sort()).toEqual(
    ['front', 'health', 'module-a', 'module-b', 'module-c'].map((id) => `services/${id}/image`),
  );
  const [file] = manifestFiles(kubernetesManifests(containers), 'fr');
  expect(file?.text).toContain('# Inconnu\u00a0: services/module-a/image.');
  expect(file?.text).toContain('image: image.invalid/health:unknown');
  const known = {
    ...containers,
    services: containers.services.map((each) => ({ ...each, image: `registry.example/${each.id}:1` })),
  };
  expect(kubernetesManifests(known).lacks).toEqual([]);
  expect(JSON.stringify(all(known))).not.toContain('invalid');
});

test('a singleton never runs twice, not even while it is updated; all others overlap', () => {
  expect(named(containers, 'Deployment', 'health')?.spec).toMatchObject({
    replicas: 1,
    strategy: { type: 'Recreate' },
  });
  expect(named(containers, 'Deployment', 'module-a')?.spec).toMatchObject({
    strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
  });
});

test('the links say who is let in: B from A and from the health server, the front end from everybody', () => {
  const policy = (name: string) => named(containers, 'NetworkPolicy', name)?.spec;
  const from = (...names: string[]) =>
    names.map((name) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } }));
  expect(policy('module-b')).toMatchObject({ ingress: [{ from: from('health', 'module-a') }] });
  expect(policy('front')).toMatchObject({ ingress: [{ ports: [{ port: 80 }] }] });
  expect(policy('health')).toMatchObject({ ingress: [] });
  expect(named(containers, 'Service', 'front')?.spec).toMatchObject({ type: 'LoadBalancer' });
  expect(named(containers, 'Service', 'module-b')?.spec).toMatchObject({ type: 'ClusterIP' });
});

test('only what is placed in containers gets a manifest; two containers stand on two machines', () => {
  const web = placed('patronus', 'web-containers');
  expect(all(web).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
    'Namespace/patronus',
    'Deployment/web',
    'Service/web',
    'NetworkPolicy/web',
  ]);
  expect(named(web, 'Deployment', 'web')?.spec).toMatchObject({
    replicas: 2,
    template: { spec: { topologySpreadConstraints: [{ whenUnsatisfiable: 'DoNotSchedule' }] } },
  });
  expect(kubernetesManifests(estateOf('patronus'))).toEqual({ waves: [], lacks: [] });
});
