import type { AppError, Result } from '@shared/errors';
import type { WhatIf } from '@shared/views/what-if';
import type { Change } from '@shared/what-if/change';
import { simulateOf } from '@shared/what-if/simulate-of';
import { useCallback, useMemo } from 'react';
import { useCall } from '../api';
import { NO_ENTRIES } from '../plan/use-plan';
import { useRoute } from '../route';
import { useSettings } from '../settings';
import { useWatched } from '../watched';
import { changesIn, changesText } from './changes';

/** What a person has changed in the drawing, and what it comes to. Everything is computed here; nothing is sent. */
export function useWhatIf(): {
  changes: readonly Change[];
  setChanges: (changes: readonly Change[]) => void;
  found: Result<WhatIf, AppError[]>;
} {
  const { estate, snapshot } = useWatched();
  const { language } = useSettings();
  const { route, setQuery } = useRoute();
  const { data: entries = NO_ENTRIES } = useCall('ledger.get', undefined);
  const text = route.query.changes;
  const changes = useMemo(() => changesIn(text), [text]);
  const seen = snapshot.takenAt > 0 ? snapshot : null;
  const found = useMemo(
    () => simulateOf(estate, entries, seen, changes, language),
    [estate, entries, seen, changes, language],
  );
  const setChanges = useCallback(
    (next: readonly Change[]) => setQuery({ changes: changesText(next) }),
    [setQuery],
  );
  return { changes, setChanges, found };
}
