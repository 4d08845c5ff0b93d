import type { Estate, Service } from '../estate/schema';
import { kindOf } from '../kinds';
import type { AssessmentSubject } from '../views/assessment';
import type { Gathered } from './gathered';

/** The reading whose rows name the shares of a file server, in the column `share`. */
export const SHARES = 'samba.shares';

export const isOfKind = (service: Service, kind: string): boolean => kindOf(service.kind)?.id === kind;

/** Everything that is judged: each host, database server, share and site of the estate, in its order. */
export function subjectsOf(estate: Estate, gathered: Gathered | null): AssessmentSubject[] {
  const siteOf = new Map(estate.hosts.map((host) => [host.id, host.site]));
  const placed = (kind: string) =>
    estate.services
      .filter((service) => isOfKind(service, kind))
      .flatMap((service) => (service.hosts ?? []).map((host) => ({ service, host })));
  const subject = (
    kind: AssessmentSubject['kind'],
    name: string,
    where: Partial<Omit<AssessmentSubject, 'kind' | 'id' | 'name'>>,
  ): AssessmentSubject => ({
    kind,
    id: `${kind}:${where.service ? `${where.service}@${where.host}` : name}${where.share ? `/${where.share}` : ''}`,
    name,
    site: (where.host ? siteOf.get(where.host) : where.site) ?? null,
    host: where.host ?? null,
    service: where.service ?? null,
    share: where.share ?? null,
  });
  const nameOf = ({ id, hosts = [] }: Service, host: string) => (hosts.length > 1 ? `${id}@${host}` : id);
  return [
    ...estate.hosts.map((host) => subject('host', host.id, { host: host.id })),
    ...placed('mysql').map(({ service, host }) =>
      subject('database', nameOf(service, host), { host, service: service.id }),
    ),
    ...placed('samba').flatMap(({ service, host }) => {
      const name = nameOf(service, host);
      const shares = sharesOf(gathered, service.id, host);
      // Nobody knows which shares there are: one subject stands for all of them, and is unknown.
      if (shares === null) return [subject('share', name, { host, service: service.id })];
      return shares.map((share) =>
        subject('share', `${name}/${share}`, { host, service: service.id, share }),
      );
    }),
    ...estate.sites.map((site) => subject('site', site.id, { site: site.id })),
  ];
}

function sharesOf(gathered: Gathered | null, service: string, host: string): string[] | null {
  const reading = gathered?.readings.find(
    (one) => one.name === SHARES && one.service === service && one.host === host,
  );
  const names = reading?.rows?.flatMap((row) => (row.share ? [row.share] : []));
  return names && names.length > 0 ? [...new Set(names)] : null;
}
