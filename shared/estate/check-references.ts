import { didYouMean } from './did-you-mean';
import { MAX_MISTAKES, type Mistake, printable, type RawPath } from './mistake';
import type { Estate } from './schema';

/** What a reference may name, in the words of a message. */
const TARGETS = {
  site: ['sites'],
  host: ['hosts'],
  service: ['services'],
  link: ['links'],
  client: ['actors', 'services'],
  end: ['services', 'actors', 'hosts', 'sites'],
  element: ['sites', 'subnets', 'hosts', 'services', 'links', 'actors', 'dataSets', 'clusters', 'documents'],
} as const satisfies Record<string, readonly (keyof Estate)[]>;
type Target = keyof typeof TARGETS;

const WORDS: Readonly<Record<Target, string>> = {
  site: 'site',
  host: 'host',
  service: 'service',
  link: 'link',
  client: 'actor or service',
  end: 'service, actor, host or site',
  element: 'element of this estate',
};

interface Reference {
  to: Target;
  name: string;
  path: RawPath;
}

/** References that name nothing, and hosts that lead back to themselves. */
export function checkReferences(estate: Estate): Mistake[] {
  const names = new Map(
    Object.entries(TARGETS).map(([target, collections]) => [
      target,
      new Set(collections.flatMap((collection) => estate[collection].map(({ id }) => id))),
    ]),
  );
  const dangling: Mistake[] = [];
  for (const { to, name, path } of referencesOf(estate)) {
    const known = names.get(to) ?? new Set();
    if (!known.has(name)) dangling.push(noSuch(WORDS[to], name, path, known));
    if (dangling.length >= MAX_MISTAKES) break;
  }
  return [
    ...dangling,
    ...cycles(estate, 'E_ESTATE_JUMP_CYCLE', ['ssh', 'jump'], (host) => host.ssh?.jump),
    ...cycles(estate, 'E_ESTATE_WITHIN_CYCLE', ['within'], (host) => host.within),
  ];
}

/** Every reference of an estate, with its place. A new kind of reference is one line here. */
function* referencesOf(estate: Estate): Generator<Reference> {
  const many = function* (to: Target, names: readonly string[] | undefined, path: RawPath) {
    for (const [k, name] of (names ?? []).entries()) yield { to, name, path: [...path, k] };
  };
  const one = function* (to: Target, name: string | undefined, path: RawPath) {
    if (name !== undefined) yield { to, name, path };
  };
  for (const [i, { site }] of estate.subnets.entries())
    yield { to: 'site', name: site, path: ['subnets', i, 'site'] };
  for (const [i, host] of estate.hosts.entries()) {
    yield { to: 'site', name: host.site, path: ['hosts', i, 'site'] };
    yield* one('host', host.ssh?.jump, ['hosts', i, 'ssh', 'jump']);
    yield* one('host', host.within, ['hosts', i, 'within']);
  }
  for (const [i, service] of estate.services.entries()) {
    yield* many('host', service.hosts, ['services', i, 'hosts']);
    yield* one('service', service.multiplicity?.ratio?.per, ['services', i, 'multiplicity', 'ratio', 'per']);
  }
  for (const [i, { from, to }] of estate.links.entries()) {
    yield { to: 'end', name: from, path: ['links', i, 'from'] };
    yield { to: 'end', name: to, path: ['links', i, 'to'] };
  }
  for (const [i, { steps }] of estate.workflows.entries())
    for (const [j, step] of steps.entries()) {
      yield { to: 'end', name: step.from, path: ['workflows', i, 'steps', j, 'from'] };
      yield { to: 'end', name: step.to, path: ['workflows', i, 'steps', j, 'to'] };
      yield* one('link', step.link, ['workflows', i, 'steps', j, 'link']);
    }
  for (const [i, { to }] of estate.routing.entries())
    yield { to: 'service', name: to, path: ['routing', i, 'to'] };
  for (const [i, policy] of estate.clientPolicies.entries()) {
    yield { to: 'client', name: policy.actor, path: ['clientPolicies', i, 'actor'] };
    for (const [j, { service, host }] of policy.candidates.entries()) {
      yield { to: 'service', name: service, path: ['clientPolicies', i, 'candidates', j, 'service'] };
      yield* one('host', host, ['clientPolicies', i, 'candidates', j, 'host']);
    }
  }
  for (const [i, { service }] of estate.dataSets.entries())
    yield { to: 'service', name: service, path: ['dataSets', i, 'service'] };
  for (const [i, { members }] of estate.clusters.entries())
    for (const [j, { service }] of members.entries())
      yield { to: 'service', name: service, path: ['clusters', i, 'members', j, 'service'] };
  for (const [i, { applies }] of estate.requirements.entries())
    yield* many('element', applies, ['requirements', i, 'applies']);
  for (const [i, { affects }] of estate.problems.entries())
    yield* many('element', affects, ['problems', i, 'affects']);
}

/** A name that names nothing; also used for scenarios. */
export function noSuch(what: string, name: string, path: RawPath, known: Iterable<string>): Mistake {
  const names = [...known];
  const suggestion = didYouMean(name, names);
  const hint =
    names.length > 0 ? `Known here: ${names.slice(0, 12).map(printable).join(', ')}.` : `Declare it first.`;
  return {
    code: 'E_ESTATE_REFERENCE',
    path,
    at: 'value',
    message: `there is no ${printable(what)} \`${printable(name)}\``,
    remedy: suggestion ? `Did you mean \`${suggestion}\`?` : hint,
    params: { name: printable(name), expected: printable(what), ...(suggestion ? { suggestion } : {}) },
  };
}

/** Hosts that reach themselves by following `next`; each ring is told once, at the first of its hosts in the file. */
function cycles(
  estate: Estate,
  code: Mistake['code'],
  key: RawPath,
  next: (host: Estate['hosts'][number]) => string | undefined,
): Mistake[] {
  const byId = new Map(estate.hosts.map((host) => [host.id, host]));
  const told = new Set<string>();
  return estate.hosts.flatMap((start, i) => {
    const ring = new Set<string>();
    for (let host = start; !ring.has(host.id); ) {
      ring.add(host.id);
      const following = byId.get(next(host) ?? '');
      if (!following) return [];
      host = following;
      if (host.id !== start.id) continue;
      if (told.has(start.id)) return [];
      for (const id of ring) told.add(id);
      const way = [...ring, start.id].join(' → ');
      return [
        {
          code,
          path: ['hosts', i, ...key],
          at: 'value',
          message: `this leads back to itself: ${way}`,
          remedy: 'Take one step of the ring away.',
          params: { way },
        },
      ];
    }
    return [];
  });
}
