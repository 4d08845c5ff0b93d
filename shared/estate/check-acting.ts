import { noSuch } from './check-references';
import { MAX_MISTAKES, type Mistake, printable, type RawPath } from './mistake';
import type { Cluster, Estate, TrafficHook } from './schema';
import type { Fence } from './schema-access';
import { CONTROLS } from './service-control';

/**
 * How the primary of a cluster may be changed: what names a host or a member must be one, a hook must tell two servers
 * apart, and the people who approve must be people with keys of their own.
 */
export function checkActing(estate: Estate): Mistake[] {
  const found: Mistake[] = [];
  for (const mistake of mistakesOf(estate)) if (found.push(mistake) >= MAX_MISTAKES) break;
  return found;
}

/** One by one: a person mends some of them, and a file may be made to have very many. */
function* mistakesOf(estate: Estate): Generator<Mistake> {
  const hosts = new Set(estate.hosts.map(({ id }) => id));
  for (const [i, cluster] of estate.clusters.entries()) {
    const { backup, traffic = [], fence = [] } = cluster.acting ?? {};
    const path: RawPath = ['clusters', i, 'acting'];
    if (backup !== undefined && !hosts.has(backup.host))
      yield noSuch('host', backup.host, [...path, 'backup', 'host'], hosts);
    for (const [j, hook] of traffic.entries())
      yield* mistakesOfHook(hook, [...path, 'traffic', j], hosts, cluster);
    yield* twoOfOneId(traffic, [...path, 'traffic']);
    yield* checkControl(cluster, [...path, 'service']);
    for (const [j, one] of fence.entries())
      yield* mistakesOfFence(one, [...path, 'fence', j], hosts, estate, cluster);
    yield* twoOfOneId(fence, [...path, 'fence']);
    yield* checkApprovers(cluster, path);
  }
}

function* mistakesOfHook(
  hook: TrafficHook,
  path: RawPath,
  hosts: ReadonlySet<string>,
  { members }: Cluster,
): Generator<Mistake> {
  const named: [string, RawPath][] =
    hook.kind === 'setting'
      ? hook.hosts.map((host, k) => [host, [...path, 'hosts', k]])
      : [[hook.host, [...path, 'host']]];
  for (const [host, where] of named) if (!hosts.has(host)) yield noSuch('host', host, where, hosts);
  const services = new Set(members.map(({ service }) => service));
  for (const [key, map] of mapsOf(hook)) {
    for (const service of Object.keys(map))
      if (!services.has(service))
        yield {
          ...noSuch('member of this cluster', service, [...path, key, service], services),
          at: 'key',
        };
    yield* alike(map, [...path, key]);
  }
}

/** What of a hook is told by service. */
function mapsOf(hook: TrafficHook): [key: string, map: Readonly<Record<string, string | string[]>>][] {
  switch (hook.kind) {
    case 'haproxy':
      return [['servers', hook.servers]];
    case 'setting':
      return [['values', hook.values]];
    case 'command':
      return [
        ['run', hook.run],
        ['values', hook.values],
      ];
  }
}

/** Two services for which the same is said: after the change nobody could tell that it was made. */
function alike(map: Readonly<Record<string, string | string[]>>, path: RawPath): Mistake[] {
  const first = new Map<string, string>();
  return Object.entries(map).flatMap(([service, value]) => {
    const text = JSON.stringify(value);
    const other = first.get(text);
    if (other === undefined) {
      first.set(text, service);
      return [];
    }
    return [acting([...path, service], `this is the same as for \`${printable(other)}\``)];
  });
}

/** Whoever stops a service in a way of their own starts it in a way of their own: half of one is none. */
function* checkControl({ acting: stated, members }: Cluster, path: RawPath): Generator<Mistake> {
  const services = new Set(members.map(({ service }) => service));
  for (const [service, control] of Object.entries(stated?.service ?? {})) {
    if (!services.has(service))
      yield { ...noSuch('member of this cluster', service, [...path, service], services), at: 'key' };
    const missing = CONTROLS.filter((name) => control[name] === undefined);
    const own = CONTROLS.length - missing.length;
    if (own > 0 && missing.length > 0)
      yield acting([...path, service], `commands of its own want all six; ${missing.join(', ')} is missing`);
    if (own > 0 && control.unit !== undefined)
      yield acting([...path, service, 'unit'], 'either a unit of systemd or commands of its own');
  }
}

function* mistakesOfFence(
  { member, host, isolated, free }: Fence,
  path: RawPath,
  hosts: ReadonlySet<string>,
  { services }: Estate,
  { members }: Cluster,
): Generator<Mistake> {
  const known = new Set(members.map(({ service }) => service));
  if (!hosts.has(host)) yield noSuch('host', host, [...path, 'host'], hosts);
  if (!known.has(member)) yield noSuch('member of this cluster', member, [...path, 'member'], known);
  // Who is to be cut off may be hung, or answer for itself.
  if (services.find(({ id }) => id === member)?.hosts?.includes(host))
    yield acting([...path, 'host'], `\`${printable(member)}\` runs there: it is isolated from another host`);
  if (isolated === free) yield acting([...path, 'free'], 'this is the same as `isolated`');
}

function twoOfOneId(hooks: readonly { id: string }[], path: RawPath): Mistake[] {
  const seen = new Set<string>();
  return hooks.flatMap(({ id }, j) => {
    if (seen.has(id)) return [acting([...path, j, 'id'], `the hook \`${printable(id)}\` stands twice`)];
    seen.add(id);
    return [];
  });
}

/** A name or a key that stands twice would let one person be two. */
function checkApprovers({ acting: stated }: Cluster, path: RawPath): Mistake[] {
  const names = new Set<string>();
  const keys = new Set<string>();
  return (stated?.approvers ?? []).flatMap(({ name, key }, j) => {
    const at = (part: string): RawPath => [...path, 'approvers', j, part];
    const body = ed25519Key(key);
    const mistakes = [
      ...(names.has(name) ? [acting(at('name'), `\`${printable(name)}\` stands twice`)] : []),
      ...(body === null ? [acting(at('key'), 'this is no Ed25519 public key (ssh-ed25519 AAAA…)')] : []),
      ...(body !== null && keys.has(body) ? [acting(at('key'), 'this key has another name already')] : []),
    ];
    names.add(name);
    if (body !== null) keys.add(body);
    return mistakes;
  });
}

/** Octets of "ssh-ed25519" and of the key with their lengths before them (RFC 8709, section 4). */
const ED25519 = /^AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}$/;

/** The body of `ssh-ed25519 AAAA… [comment]`; null when it is none. */
export function ed25519Key(text: string): string | null {
  const [type, body = ''] = text.trim().split(/[ \t]+/);
  return type === 'ssh-ed25519' && ED25519.test(body) ? body : null;
}

const acting = (path: RawPath, detail: string): Mistake => ({
  code: 'E_ESTATE_ACTING',
  path,
  at: 'value',
  message: detail,
  remedy: 'Correct this line: who acts would otherwise be misled by it.',
  params: { detail },
});
