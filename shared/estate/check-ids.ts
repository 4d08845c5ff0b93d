import { type Mistake, namedPath, type RawPath } from './mistake';
import { COLLECTION_NAMES, type Estate } from './schema';

/** Names that stand twice where each must stand once. */
export function checkIds(estate: Estate): Mistake[] {
  return [
    ...[...COLLECTION_NAMES, 'scenarios' as const].flatMap((name) =>
      twice(
        estate,
        estate[name].map(({ id }, i) => ({ name: id, path: [name, i, 'id'] })),
      ),
    ),
    ...sharedNames(estate),
    ...estate.clusters.flatMap(({ members }, i) =>
      twice(
        estate,
        members.map(({ service }, j) => ({ name: service, path: ['clusters', i, 'members', j, 'service'] })),
      ),
    ),
    ...estate.clientPolicies.flatMap(({ candidates }, i) =>
      twice(
        estate,
        candidates.map(({ service, host }, j) => ({
          name: host === undefined ? service : `${service}@${host}`,
          path: ['clientPolicies', i, 'candidates', j, 'service'],
        })),
      ),
    ),
    ...estate.services.flatMap(({ hosts = [] }, i) =>
      twice(
        estate,
        hosts.map((name, j) => ({ name, path: ['services', i, 'hosts', j] })),
      ),
    ),
  ];
}

interface Named {
  name: string;
  path: RawPath;
}

/** Every name after the first of its kind. */
function twice(estate: Estate, all: readonly Named[]): Mistake[] {
  const first = new Map<string, RawPath>();
  return all.flatMap(({ name, path }) => {
    const before = first.get(name);
    if (before) return [duplicate(name, path, namedPath(estate, before.slice(0, -1)))];
    first.set(name, path);
    return [];
  });
}

/** Link ends name sites, hosts, services and actors: a name must mean one of them. */
function sharedNames(estate: Estate): Mistake[] {
  const first = new Map<string, string>();
  return (['services', 'actors', 'hosts', 'sites'] as const).flatMap((collection) => {
    const owners = new Map(first);
    return estate[collection].flatMap(({ id }, i) => {
      const owner = owners.get(id);
      if (owner === undefined) {
        first.set(id, collection);
        return [];
      }
      const runsHere = estate.services.some((s) => s.id === id && s.hosts?.includes(id));
      if (collection === 'hosts' && owner === 'services' && runsHere) return [];
      return [duplicate(id, [collection, i, 'id'], `${owner}/${id}`)];
    });
  });
}

const duplicate = (name: string, path: RawPath, other: string): Mistake => ({
  code: 'E_ESTATE_DUPLICATE_ID',
  path,
  at: 'value',
  message: `\`${name}\` is taken by ${other}`,
  remedy: 'Give one of the two another name; only a host may share its name, with a service that runs on it.',
  params: { name, other },
});
