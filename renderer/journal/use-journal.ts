import { GROUPS, type Group } from '@shared/journal/groups';
import type { JournalFilter, JournalPage } from '@shared/journal/search';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { callOptions, client, queryClient } from '../api';
import type { Route } from '../route';

export const RANGES = ['day', 'week', 'all'] as const;
export type Range = (typeof RANGES)[number];
const DAY_MS = 86_400_000;

/** What the address says is wanted. */
export interface Wanted {
  group: Group;
  range: Range;
  host: string | null;
  failed: boolean;
  text: string;
}

export function wantedOf({ query }: Route): Wanted {
  return {
    group: GROUPS.find((group) => group === query.kind) ?? 'events',
    range: RANGES.find((range) => range === query.range) ?? 'day',
    host: query.host ?? null,
    failed: query.failed === 'yes',
    text: query.filter ?? '',
  };
}

/** `now` is rounded to an hour, so that the same wish is the same question. */
export function filterOf({ group, range, host, failed, text }: Wanted, now: number): JournalFilter {
  const hour = Math.floor(now / 3_600_000) * 3_600_000;
  const days = { day: 1, week: 7, all: null }[range];
  return {
    group,
    ...(days === null ? {} : { since: hour - days * DAY_MS }),
    ...(host === null ? {} : { host }),
    ...(failed ? { failed } : {}),
    ...(text === '' ? {} : { text: text.slice(0, 200) }),
  };
}

/** Typing asks when it pauses. */
const TYPING_MS = 200;
/** A page is asked again this long after something was written: a search reads files. */
const AGAIN_MS = 3_000;

export function useDelayed<T>(value: T): T {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return delayed;
}

/** The newest `limit` entries that the filter finds, asked again after something was written. */
export function useEntries(filter: JournalFilter, limit: number): UseQueryResult<JournalPage> {
  const options = callOptions('journal.search', { filter, offset: 0, limit });
  const found = useQuery({ ...options, gcTime: 60_000, placeholderData: keepPreviousData });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const again = () => {
      timer = null;
      void queryClient.invalidateQueries({ queryKey: ['journal.search'], refetchType: 'active' });
    };
    const stop = client.on('journal.changed', () => {
      timer ??= setTimeout(again, AGAIN_MS);
    });
    // What was kept from an earlier visit is shown at once, and asked again.
    again();
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, []);
  return found;
}
