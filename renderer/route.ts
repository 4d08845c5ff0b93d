import { useCallback, useSyncExternalStore } from 'react';

export const PLACES = ['topology', 'replication', 'plan', 'runs', 'journal'] as const;
export type Place = (typeof PLACES)[number];

/** Where the window is: a place, perhaps one thing in it, and how it is looked at. All of it is in the address. */
export interface Route {
  place: Place;
  /** Node, cluster or step. */
  id: string | null;
  query: Readonly<Record<string, string>>;
}

const isPlace = (text: string | undefined): text is Place => PLACES.some((place) => place === text);

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads `#/topology/db?fact=mysql.version`. Anything unreadable is the topology. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [place, id] = path.split('/', 2);
  if (!isPlace(place)) return { place: 'topology', id: null, query: {} };
  return { place, id: id ? decode(id) : null, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of a route. */
export function formatRoute({ place, id, query }: Route): string {
  const search = new URLSearchParams(query).toString();
  return `#/${place}${id === null ? '' : `/${encodeURIComponent(id)}`}${search ? `?${search}` : ''}`;
}

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};
const currentHash = () => window.location.hash;

/** Goes somewhere; `back` returns. */
export const go = (route: Route): void => {
  window.location.hash = formatRoute(route);
};

/** Where the window is, and how to look at it differently without a new step in the history. */
export function useRoute(): { route: Route; setQuery: (change: Record<string, string | null>) => void } {
  const hash = useSyncExternalStore(subscribe, currentHash);
  const setQuery = useCallback((change: Record<string, string | null>) => {
    const route = parseRoute(window.location.hash);
    const query = Object.entries({ ...route.query, ...change }).filter(
      (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
    );
    window.history.replaceState(null, '', formatRoute({ ...route, query: Object.fromEntries(query) }));
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }, []);
  return { route: parseRoute(hash), setQuery };
}
