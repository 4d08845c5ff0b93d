import type { Estate, Service } from '../estate/schema';
import { portOf } from './own-port';
import { startOrder } from './start-order';

/** What a manifest waits for, where a person states it. */
export interface ManifestLack {
  /** `services/module-a/image`. */
  path: string;
  problem: 'no-image' | 'no-port' | 'start-ring';
}

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: object; annotations?: object };
  [part: string]: unknown;
}

/** Manifests of one wave of the start order: applied together, and ready before the next. */
export interface ManifestWave {
  services: readonly string[];
  manifests: readonly Manifest[];
}

export interface Manifests {
  /** The first holds the namespace. Empty where services wait for each other to start. */
  waves: readonly ManifestWave[];
  lacks: readonly ManifestLack[];
}

/**
 * Kubernetes manifests of every service of an estate that is placed in containers, from the model alone: a Deployment
 * with as many replicas as it has containers, a Service by whose name others call it, and a NetworkPolicy that lets in
 * whoever the links let in. What nobody has stated is named in `lacks`; its image is one of the reserved domain
 * `invalid`, which no registry answers to. Pure.
 */
export function kubernetesManifests(estate: Estate): Manifests {
  const order = startOrder(estate);
  if (order.kind === 'ring') {
    const lacks = order.services.map((id) => ({ path: `services/${id}`, problem: 'start-ring' as const }));
    return { waves: [], lacks };
  }
  const lacks: ManifestLack[] = [];
  const waves = order.waves.flatMap((ids, index): ManifestWave[] => {
    const services = estate.services.filter(
      (service) => ids.includes(service.id) && inContainers(service, estate),
    );
    if (services.length === 0) return [];
    const manifests = services.flatMap((service) => manifestsOf(service, index + 1, estate, lacks));
    return [{ services: services.map(({ id }) => id), manifests }];
  });
  const [first, ...rest] = waves;
  if (!first) return { waves: [], lacks };
  return { waves: [{ ...first, manifests: [namespaceOf(estate), ...first.manifests] }, ...rest], lacks };
}

const inContainers = ({ hosts = [] }: Service, estate: Estate): boolean =>
  hosts.length > 0 && hosts.every((id) => estate.hosts.find((host) => host.id === id)?.form === 'container');

const namespaceOf = ({ estate }: Estate): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: nameOf(estate) },
});

function manifestsOf(service: Service, wave: number, estate: Estate, lacks: ManifestLack[]): Manifest[] {
  const port = portOf(service, estate.links);
  if (service.image === undefined) lacks.push({ path: `services/${service.id}/image`, problem: 'no-image' });
  if (port === undefined) lacks.push({ path: `services/${service.id}/port`, problem: 'no-port' });
  const deployment = deploymentOf(service, port, wave, estate);
  if (port === undefined) return [deployment];
  return [deployment, serviceOf(service, port, estate), networkPolicyOf(service, port, estate)];
}

function deploymentOf(service: Service, port: number | undefined, wave: number, estate: Estate): Manifest {
  const labels = labelsOf(service, estate);
  const calls = estate.links
    .filter(({ from, purpose }) => from === service.id && purpose !== 'start')
    .map(({ to }) => to);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      ...metadataOf(service, estate),
      annotations: {
        'patronus-console/start-wave': String(wave),
        ...(calls.length > 0 ? { 'patronus-console/calls': [...new Set(calls)].join(' ') } : {}),
      },
    },
    spec: {
      replicas: service.singleton ? 1 : new Set(service.hosts).size,
      selector: { matchLabels: selectorOf(service) },
      // Two at once would do harm: the old one goes before the new one comes. All others overlap, so that nobody waits.
      strategy: service.singleton
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels },
        spec: {
          ...(isSpread(service, estate) ? { topologySpreadConstraints: [spreadOf(service)] } : {}),
          containers: [
            {
              name: nameOf(service.id),
              image: service.image ?? `image.invalid/${nameOf(service.id)}:unknown`,
              ...(port === undefined
                ? {}
                : { ports: [{ name: 'main', containerPort: port }], ...probesOf(service) }),
            },
          ],
        },
      },
    },
  };
}

/** Asked at its health path where one is stated; else whether it takes connections. Times are Kubernetes' own defaults. */
function probesOf({ healthPath }: Service): object {
  const ask =
    healthPath === undefined
      ? { tcpSocket: { port: 'main' } }
      : { httpGet: { path: healthPath, port: 'main' } };
  return { startupProbe: { ...ask, failureThreshold: 30 }, readinessProbe: ask, livenessProbe: ask };
}

function serviceOf(service: Service, port: number, estate: Estate): Manifest {
  const isPublic = estate.actors.some(({ id }) => callersOf(service, estate).includes(id));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(service, estate),
    spec: {
      type: isPublic ? 'LoadBalancer' : 'ClusterIP',
      selector: selectorOf(service),
      ports: [{ name: 'main', port, targetPort: 'main', protocol: 'TCP' }],
    },
  };
}

/** Who is let in: the services whose links lead here, and everybody where an actor's does. */
function networkPolicyOf(service: Service, port: number, estate: Estate): Manifest {
  const callers = callersOf(service, estate);
  const isPublic = estate.actors.some(({ id }) => callers.includes(id));
  const pods = estate.services
    .filter(({ id }) => callers.includes(id))
    .map((caller) => ({ podSelector: { matchLabels: selectorOf(caller) } }));
  const rules = isPublic
    ? [{ ports: [{ port, protocol: 'TCP' }] }]
    : pods.length > 0
      ? [{ from: pods, ports: [{ port, protocol: 'TCP' }] }]
      : [];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(service, estate),
    spec: { podSelector: { matchLabels: selectorOf(service) }, policyTypes: ['Ingress'], ingress: rules },
  };
}

const callersOf = ({ id }: Service, { links }: Estate): string[] =>
  links.filter(({ to }) => to === id).map(({ from }) => from);

/** Do its containers stand on several machines? */
const isSpread = ({ hosts = [] }: Service, estate: Estate): boolean =>
  new Set(hosts.map((id) => estate.hosts.find((host) => host.id === id)?.within)).size > 1;

const spreadOf = (service: Service): object => ({
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: selectorOf(service) },
});

const metadataOf = (service: Service, estate: Estate) => ({
  name: nameOf(service.id),
  namespace: nameOf(estate.estate),
  labels: labelsOf(service, estate),
});

const selectorOf = ({ id }: Service) => ({ 'app.kubernetes.io/name': nameOf(id) });

const labelsOf = (service: Service, { estate }: Estate) => ({
  ...selectorOf(service),
  'app.kubernetes.io/component': service.role,
  'app.kubernetes.io/part-of': nameOf(estate),
});

/** A name of Kubernetes (RFC 1123): ids may hold `.` and `_`, and start with a digit; names of Services may not. */
const nameOf = (id: string): string => {
  const name = id.replaceAll(/[._]/g, '-').replaceAll(/-+$/g, '');
  return /^[a-z]/.test(name) ? name : `s-${name}`;
};
