import { Language, type Settings } from '@shared/contract';
import { useSyncExternalStore } from 'react';
import { client } from './api';

const root = document.documentElement;

/** Main writes both into the page that it serves, so that the first paint is already right. */
const served: Settings = {
  language: Language.catch('en').parse(root.lang),
  theme: root.dataset.theme === 'light' ? 'light' : 'dark',
  projector: false,
};

/** Held here and not in the query cache: every text on the screen reads it, and there are thousands. */
let current = served;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
const read = () => current;

function show(settings: Settings): void {
  current = settings;
  root.lang = settings.language;
  root.dataset.theme = settings.theme;
  for (const listener of listeners) listener();
}
// The size is main's own doing; what it is set to is asked once.
client.call('settings.get', undefined).then(show, () => undefined);

/** The change is seen at once and kept by main; what main cannot keep is taken back. */
function change(part: Partial<Settings>): void {
  const before = current;
  show({ ...before, ...part });
  client.call('settings.set', current).catch(() => show(before));
}

/** Language, theme and size, and how to change them. */
export function useSettings(): Settings & { change: typeof change } {
  return { ...useSyncExternalStore(subscribe, read), change };
}
