import type { Estate, Link, Service } from '../estate/schema';
import { factOf, truthOf } from '../kinds/fact-of';
import { answerOf, type Snapshot } from '../snapshot';
import type { TopologyLink } from '../views/topology';
import { addressBook } from './address-book';
import { placesOf } from './nodes';
import { NodeFinder, type Observation, observationsOf, portOf } from './observed';

/** Were this host's sockets read, and does it still answer? Only then is an absent conversation an observation. */
export function seesSockets(snapshot: Snapshot, host: string | null): boolean {
  const reading = host === null ? undefined : snapshot.hosts[host];
  if (reading?.state !== 'answered') return false;
  return truthOf(factOf(reading.answer, null, 'host.sockets.sampled')) === true;
}

interface Draft extends TopologyLink {
  /** Declared by this link of the estate. */
  link: Link | null;
}

/**
 * Declared × observed × configured, each link once. Nothing is invented: a declared link that no socket
 * showed is not observed, and one of which no end can be seen is unknown.
 */
export function linksOf(estate: Estate, snapshot: Snapshot): TopologyLink[] {
  const book = addressBook(estate, snapshot);
  const services = new Map(estate.services.map((service) => [service.id, service]));
  const links = new Drafts(estate.links.flatMap((link) => declaredOf(services, link)));
  for (const observation of observationsOf(estate, snapshot, book)) addObserved(links, observation);
  addConfigured(links, estate, snapshot, book);
  const hostOf = new Map(
    estate.services.flatMap((service) => placesOf(service).map(({ id, host }) => [id, host] as const)),
  );
  const sees = (end: string) => seesSockets(snapshot, hostOf.get(end) ?? book(end));
  return links.all.map(({ link, ...shown }) => {
    const path = link ? pathOf(estate, link) : [];
    return {
      ...shown,
      unknown: !sees(shown.from) && !sees(shown.to),
      ...(path.length === 0 ? {} : { path }),
    };
  });
}

/** A declared link between every place of the one end and every place of the other. */
function declaredOf(services: ReadonlyMap<string, Service>, link: Link): Draft[] {
  const ends = (id: string) => {
    const service = services.get(id);
    return service ? placesOf(service).map((place) => place.id) : [id];
  };
  const listens = services.get(link.purpose === 'replicate' ? link.from : link.to);
  const port = typeof link.port === 'number' ? link.port : listens ? portOf(listens) : null;
  return ends(link.from).flatMap((from) =>
    ends(link.to)
      .filter((to) => to !== from)
      .map((to) => ({ ...blank(from, to, port, link.protocol), declared: true, link })),
  );
}

const blank = (from: string, to: string, port: number | null, protocol: string): Draft => ({
  from,
  to,
  protocol,
  port,
  declared: false,
  observed: false,
  configured: [],
  unknown: false,
  broken: false,
  firstSeen: null,
  lastSeen: null,
  count: null,
  link: null,
});

/** Who opens the connection of a drawn link: for replication the data goes the other way. */
const opens = (draft: Draft) =>
  draft.link?.purpose === 'replicate'
    ? { from: draft.to, to: draft.from }
    : { from: draft.from, to: draft.to };

/** Everything that will be drawn, found by who opens the connection to whom. */
class Drafts {
  readonly all: Draft[] = [];
  readonly #byEnds = new Map<string, Draft[]>();
  constructor(declared: readonly Draft[]) {
    for (const draft of declared) this.add(draft);
  }
  add(draft: Draft): void {
    const { from, to } = opens(draft);
    const key = `${from} ${to}`;
    this.all.push(draft);
    const between = this.#byEnds.get(key);
    if (between) between.push(draft);
    else this.#byEnds.set(key, [draft]);
  }
  /** Those that a connection belongs to; port 0 or null: not stated, any. */
  matching(from: string, to: string, port: number): Draft[] {
    const between = this.#byEnds.get(`${from} ${to}`) ?? [];
    return between.filter((draft) => draft.port === null || port === 0 || draft.port === port);
  }
}

function addObserved(links: Drafts, seen: Observation): void {
  let found = links.matching(seen.from, seen.to, seen.port);
  if (found.length === 0) {
    found = [blank(seen.from, seen.to, seen.port, seen.protocol)];
    for (const draft of found) links.add(draft);
  }
  for (const draft of found) {
    draft.observed = true;
    draft.port ??= seen.port;
    draft.firstSeen = Math.min(draft.firstSeen ?? seen.firstSeen, seen.firstSeen);
    draft.lastSeen = Math.max(draft.lastSeen ?? seen.lastSeen, seen.lastSeen);
    draft.count = seen.count;
  }
}

function addConfigured(
  links: Drafts,
  estate: Estate,
  snapshot: Snapshot,
  book: ReturnType<typeof addressBook>,
): void {
  const finder = new NodeFinder(estate);
  for (const host of estate.hosts) {
    for (const one of answerOf(snapshot.hosts[host.id])?.configured ?? []) {
      const target = book(one.address);
      if (target === host.id) continue;
      const server = target === null ? null : finder.server(target, one.port);
      const own = estate.services.find((service) => service.id === one.service);
      const place = own && placesOf(own).find((candidate) => candidate.host === host.id);
      const from = place?.id ?? finder.client(host.id, undefined, server?.service ?? null) ?? host.address;
      const to = server?.id ?? one.address;
      let found = links.matching(from, to, one.port);
      if (found.length === 0) {
        found = [blank(from, to, one.port === 0 ? null : one.port, one.protocol)];
        for (const draft of found) links.add(draft);
      }
      for (const draft of found) {
        if (!draft.configured.includes(one.origin)) draft.configured = [...draft.configured, one.origin];
      }
    }
  }
}

/** Numbers of the request path's steps that travel this link, the answer on its way back included. */
function pathOf(estate: Estate, link: Link): number[] {
  const workflow = estate.workflows.find((one) => one.id === 'request') ?? estate.workflows[0];
  return (workflow?.steps ?? [])
    .filter((step) => {
      if (step.link !== undefined) return step.link === link.id;
      const there = step.from === link.from && step.to === link.to;
      return there || (step.from === link.to && step.to === link.from);
    })
    .map((step) => step.n);
}
