import { Language, type Settings } from '@shared/contract';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { callOptions, client, queryClient } from './api';

const root = document.documentElement;

/** Main writes both into the page that it serves, so that the first paint is already right. */
const served: Settings = {
  language: Language.catch('en').parse(root.lang),
  theme: root.dataset.theme === 'light' ? 'light' : 'dark',
};

const options = callOptions('settings.get', undefined);

function apply(settings: Settings): void {
  root.lang = settings.language;
  root.dataset.theme = settings.theme;
}

/** Language and theme, and how to change them. The change is seen at once and kept by main. */
export function useSettings(): Settings & { change: (part: Partial<Settings>) => void } {
  const { data = served } = useQuery({ ...options, placeholderData: served });
  const change = useCallback((part: Partial<Settings>) => {
    const before = queryClient.getQueryData(options.queryKey) ?? served;
    const after = { ...before, ...part };
    queryClient.setQueryData(options.queryKey, after);
    apply(after);
    client.call('settings.set', after).catch(() => {
      queryClient.setQueryData(options.queryKey, before);
      apply(before);
    });
  }, []);
  return { ...data, change };
}
