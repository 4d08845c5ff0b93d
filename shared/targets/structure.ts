import type { Language } from '../contract';
import type { Cluster, Estate, Service, Workflow } from '../estate/schema';
import { partsOf, type Stand } from './parts';
import type { Scene } from './scene';
import { machinesOf, serversOf } from './servers';
import type {
  Chooser,
  ClientChoosing,
  RequestPath,
  Server,
  SinglePoint,
  Structure,
  StructureGap,
} from './structure-model';

/**
 * The structure of an estate, after its scenarios: what each workflow needs in series, where several answer for each
 * other, and where nothing does. Pure; nothing of it is a number yet (`availability.ts`).
 */
export function structureOf(estate: Estate, language: Language = 'en'): Structure {
  const scene: Scene = {
    estate,
    language,
    services: new Map(estate.services.map((service) => [service.id, service])),
    machines: machinesOf(estate, language),
    gaps: [],
  };
  const paths = estate.workflows.map((workflow) => pathOf(workflow, scene));
  return {
    paths,
    singlePoints: singlePointsOf(paths),
    singletons: estate.services.filter(({ singleton }) => singleton).map(({ id }) => id),
    clients: estate.clientPolicies.map((policy): ClientChoosing => {
      const servers = policy.candidates.flatMap(({ service, host }) =>
        host === undefined
          ? (scene.services.get(service)?.hosts ?? []).map((each) => scene.machines.of(each))
          : [scene.machines.of(host)],
      );
      return { policy: policy.id, actor: policy.actor, servers: [...new Set(servers)] };
    }),
    gaps: distinctGaps(scene.gaps),
  };
}

function pathOf(workflow: Workflow, scene: Scene): RequestPath {
  const { estate, services } = scene;
  const [first] = workflow.steps;
  const actor = estate.actors.find(({ id }) => id === first?.from)?.id ?? null;
  const needed: Service[] = [];
  const helpful: string[] = [];
  const writes = new Set<string>();
  for (const step of workflow.steps) {
    const purpose = estate.links.find(({ id }) => id === step.link)?.purpose;
    if (purpose === 'write' || purpose === 'read-write') writes.add(step.to);
    for (const id of [step.from, step.to]) {
      const service = services.get(id);
      if (!service || needed.includes(service) || helpful.includes(id)) continue;
      // What copies, watches or saves may fail without anybody who waits for an answer being cut off.
      if (purpose !== undefined && BESIDE.has(purpose) && id === step.to) continue;
      if (service.role === 'cache') helpful.push(id);
      else needed.push(service);
    }
  }
  const stands = withBalancers(needed, scene).map((service) =>
    standOf(service, writes.has(service.id), scene),
  );
  return { workflow: workflow.id, title: workflow.title, actor, parts: partsOf(stands, scene), helpful };
}
const BESIDE: ReadonlySet<string> = new Set(['replicate', 'monitor', 'backup', 'health', 'admin']);

/** Where a balancer chooses between several servers, it is needed too, whether or not the workflow names it. */
function withBalancers(needed: readonly Service[], scene: Scene): Service[] {
  const all = new Set<Service>();
  for (const service of needed) {
    const balancer = balancerOf(service, scene);
    if (balancer && serversOf(service, scene.machines).length > 1) all.add(balancer);
    all.add(service);
  }
  return [...all];
}

const balancerOf = ({ id }: Service, { estate, services }: Scene): Service | undefined =>
  estate.links
    .filter(({ to, purpose }) => to === id && (purpose === undefined || purpose === 'request'))
    .map(({ from }) => services.get(from))
    .find((service) => service?.role === 'balancer' && service.id !== id);

/** How the servers of one service answer for each other. */
function standOf(service: Service, writes: boolean, scene: Scene): Stand {
  const own = serversOf(service, scene.machines);
  if (own.some(({ host }) => host === null) && own.length === 1)
    scene.gaps.push({ kind: 'not-placed', service: service.id });
  const cluster = scene.estate.clusters.find(({ members }) => members.some((m) => m.service === service.id));
  const others = standInsOf(service, cluster, scene);
  if (cluster && writes && others.length > 0 && !cluster.members.some(({ role }) => role === 'primary'))
    scene.gaps.push({ kind: 'no-primary', service: service.id, cluster: cluster.id });
  const standbys = others.flatMap((other) => serversOf(other, scene.machines));
  const elsewhere = standbys.filter(({ id }) => !own.some((each) => each.id === id));
  const services = [service, ...others];
  if (elsewhere.length > 0) {
    const servers = [...own, ...elsewhere];
    return { services, servers, redundancy: failover(servers, cluster?.id ?? null) };
  }
  if (own.length === 1) {
    const several = others.length > 0 || (service.hosts?.length ?? 0) > 1;
    const [only] = own;
    const because = only?.host === null ? 'not-placed' : several ? 'one-machine' : 'one-server';
    return { services: [service], servers: own, redundancy: { kind: 'single', because } };
  }
  const chooser = chooserOf(service, own, scene);
  const takesOver = service.singleton || (TAKES_OVER.has(service.role) && chooser.kind === 'caller');
  if (takesOver) return { services: [service], servers: own, redundancy: failover(own, null) };
  const needed = service.quantities?.needed;
  const atLeast = needed === undefined || needed === 'unknown' ? 1 : Math.max(1, Math.ceil(needed.value));
  if (atLeast >= own.length)
    return { services: [service], servers: own, redundancy: { kind: 'single', because: 'all-needed' } };
  if (chooser.kind === 'caller' && chooser.service === null)
    scene.gaps.push({ kind: 'nobody-chooses', service: service.id });
  return {
    services: [service],
    servers: own,
    redundancy: { kind: 'parallel', needed: atLeast, chooser },
  };
}

/** What holds an address or data is reached at one place: its second server takes over, it does not answer beside the first. */
const TAKES_OVER: ReadonlySet<string> = new Set(['balancer', 'database', 'files', 'session']);

const failover = (servers: Stand['servers'], cluster: string | null): Stand['redundancy'] => {
  const [active, ...standbys] = servers.map(({ id }) => id);
  return { kind: 'failover', active: active ?? '', standbys, cluster };
};

/** Services that can take over from this one: the other members of its cluster, and copies of the same role. */
function standInsOf(service: Service, cluster: Cluster | undefined, scene: Scene): Service[] {
  const members = cluster?.members ?? [];
  const copies = scene.estate.links.filter(
    ({ purpose, from }) => purpose === 'replicate' && from === service.id,
  );
  const names = [...members.map((member) => member.service), ...copies.map(({ to }) => to)];
  return [...new Set(names)].flatMap((name) => {
    const other = scene.services.get(name);
    return other && other.id !== service.id && other.role === service.role ? [other] : [];
  });
}

/** A balancer in front of it; else clients that choose between the very servers; else whoever calls it. */
function chooserOf(service: Service, own: readonly Server[], scene: Scene): Chooser {
  const { estate, machines, services } = scene;
  const balancer = balancerOf(service, scene);
  if (balancer) return { kind: 'balancer', service: balancer.id };
  const policy = estate.clientPolicies.find(({ actor, candidates }) => {
    if (candidates.some((candidate) => candidate.service === service.id)) return true;
    const isAsked = estate.links.some(({ from, to }) => from === actor && to === service.id);
    const chosen = candidates.flatMap(({ host }) => (host === undefined ? [] : [machines.of(host)]));
    return isAsked && own.every(({ id }) => chosen.includes(id));
  });
  if (policy) return { kind: 'client', policy: policy.id };
  const caller = estate.links.find(({ to, purpose }) => to === service.id && purpose !== 'health')?.from;
  return { kind: 'caller', service: caller !== undefined && services.has(caller) ? caller : null };
}

/** Every server that is alone in a part, with all that stops when it falls. */
function singlePointsOf(paths: readonly RequestPath[]): SinglePoint[] {
  const points = new Map<string, { point: SinglePoint; workflows: Set<string>; services: Set<string> }>();
  for (const { workflow, parts } of paths) {
    for (const { redundancy, servers, title } of parts) {
      if (redundancy.kind !== 'single') continue;
      for (const server of servers) {
        const known = points.get(server.id) ?? {
          point: {
            server: server.id,
            title: server.title === '' ? title : server.title,
            because: redundancy.because,
            services: [],
            workflows: [],
          },
          workflows: new Set<string>(),
          services: new Set<string>(),
        };
        known.workflows.add(workflow);
        for (const service of server.services) known.services.add(service);
        points.set(server.id, known);
      }
    }
  }
  return [...points.values()].map(({ point, workflows, services }) => ({
    ...point,
    services: [...services],
    workflows: [...workflows],
  }));
}

const distinctGaps = (gaps: readonly StructureGap[]): StructureGap[] => [
  ...new Map(gaps.map((gap) => [`${gap.kind}/${gap.service}`, gap])).values(),
];
