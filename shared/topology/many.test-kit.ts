import { Estate } from '../estate/schema';

/** A wide estate for tests and measurements: `hosts` servers on several sites, about `links` links between them. */
export interface Many {
  hosts: number;
  links: number;
  sites?: number;
}

const TIERS = [
  { role: 'balancer', kind: 'nginx', share: 0.04, port: 443 },
  { role: 'web', kind: 'apache', share: 0.26, port: 80 },
  { role: 'application', kind: 'django', share: 0.3, port: 8000 },
  { role: 'cache', kind: 'memcached', share: 0.1, port: 11211 },
  { role: 'database', kind: 'mysql', share: 0.2, port: 3306 },
  { role: 'files', kind: 'samba', share: 0.1, port: 445 },
] as const;

/** The same numbers give the same estate. Its addresses are loopback ones that nobody listens on. */
export function manyHosts({ hosts: count, links: wanted, sites = 4 }: Many): unknown {
  const siteIds = Array.from({ length: sites }, (_, i) => `site-${i + 1}`);
  const hosts: { id: string; site: string | undefined; address: string }[] = [];
  const services: { id: string; kind: string; role: string; hosts: string[]; port: number }[] = [];
  const tiers: string[][] = [];
  let left = count;
  for (const [t, tier] of TIERS.entries()) {
    const size = t === TIERS.length - 1 ? left : Math.min(left, Math.max(1, Math.round(count * tier.share)));
    left -= size;
    const ids: string[] = [];
    for (let i = 0; i < size; i++) {
      const n = hosts.length;
      const id = `${tier.role}-${i + 1}`;
      hosts.push({
        id: `host-${n + 1}`,
        site: siteIds[i % sites],
        address: `127.${100 + Math.floor(n / 200)}.${n % 200}.1`,
      });
      services.push({ id, kind: tier.kind, role: tier.role, hosts: [`host-${n + 1}`], port: tier.port });
      ids.push(id);
    }
    tiers.push(ids);
  }
  const links = new Map<
    string,
    { id: string; from: string; to: string; protocol: string; purpose: string }
  >();
  const join = (from: string | undefined, to: string | undefined) => {
    const id = `${from}-${to}`;
    if (from && to && from !== to && links.size < wanted)
      links.set(id, { id, from, to, protocol: 'tcp', purpose: 'read-write' });
  };
  for (const balancer of tiers[0] ?? []) join('users', balancer);
  // Every server talks to some of the next tier; a prime step spreads them without chance.
  for (let round = 0; links.size < wanted && round < 50; round++)
    for (const [t, ids] of tiers.entries())
      for (const [i, id] of ids.entries()) {
        const below = tiers[t + 1 + (round % 2)] ?? tiers[t + 1];
        if (!below) continue;
        // Most talk within their site: servers of one site are as many places apart as there are sites.
        const abroad = (i + round) % 6 === 0 ? 1 : 0;
        join(id, below[(i + (round * 3 + (i % 5)) * sites + abroad) % below.length]);
      }
  return {
    version: 1,
    estate: 'many',
    title: 'Many servers',
    sites: siteIds.map((id) => ({ id, title: id })),
    hosts,
    services,
    actors: [{ id: 'users', title: 'Users' }],
    links: [...links.values()],
  };
}

export const manyEstate = (many: Many): Estate => Estate.parse(manyHosts(many));
