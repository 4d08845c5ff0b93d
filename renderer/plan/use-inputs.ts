import { inputAt } from '@shared/plan/ledger/derived';
import type { Ledger } from '@shared/plan/ledger/ledger';
import { type OpenedFigureLine, openedLines } from '@shared/plan/open-figure';
import { assumptionsOf } from '@shared/plan/resolve-inputs';
import type { PlanAssumption } from '@shared/views/plan';
import { inputsOf } from '@shared/what-if/inputs';
import { useMemo } from 'react';
import { useCall } from '../api';
import { useSettings } from '../settings';
import { useWatched } from '../watched';
import { NO_ENTRIES } from './use-plan';

/** Every input of the place: of the plan, of its targets, and of what-if. */
export interface AllInputs {
  assumptions: readonly PlanAssumption[];
  ledger: Ledger;
  /** Its path where nothing is called so. */
  titleOf: (path: string) => string;
  open: (path: string) => OpenedFigureLine[];
}

export function useInputs(): AllInputs {
  const { estate, snapshot } = useWatched();
  const { language } = useSettings();
  const { data: entries = NO_ENTRIES } = useCall('ledger.get', undefined);
  const seen = snapshot.takenAt > 0 ? snapshot : null;
  return useMemo(() => {
    const { inputs, ledger } = inputsOf(estate, estate, entries, seen, language);
    const titles = new Map(inputs.map(({ path, title }) => [path, title]));
    return {
      assumptions: assumptionsOf(inputs, ledger, language),
      ledger,
      titleOf: (path) => titles.get(path) ?? path,
      open: (path) => openedLines(inputAt(ledger, path), titles, language),
    };
  }, [estate, entries, seen, language]);
}
