import { type OpenedFigureLine, openedLines } from '@shared/plan/open-figure';
import { targetBasisOf, targetFigure } from '@shared/targets/basis';
import { compareTargets } from '@shared/targets/compare';
import { targetInputsOf } from '@shared/targets/inputs';
import type { TargetComparison } from '@shared/views/targets';
import { useDeferredValue, useMemo } from 'react';
import { useCall } from '../api';
import { useSettings } from '../settings';
import { useWatched } from '../watched';
import { NO_ENTRIES } from './use-plan';

/** The estate beside each of its targets, from the same ledger as the plan; and what a number of it is made of. */
export function useTargets(): {
  comparison: TargetComparison;
  /** Empty for an id that is none of the comparison's. */
  open: (id: string) => OpenedFigureLine[];
} {
  const { estate, snapshot } = useWatched();
  const { language } = useSettings();
  const { data: entries = NO_ENTRIES } = useCall('ledger.get', undefined);
  const seen = snapshot.takenAt > 0 ? snapshot : null;
  // The plan itself comes first, its targets with the next frame.
  const settled = useDeferredValue(entries);
  const settledSeen = useDeferredValue(seen);
  const comparison = useMemo(
    () => compareTargets(estate, settled, settledSeen, language),
    [estate, settled, settledSeen, language],
  );
  const open = (id: string) => {
    const derived = targetFigure(targetBasisOf(estate, entries, seen, language), id);
    const titles = new Map(targetInputsOf(estate, language).map(({ path, title }) => [path, title]));
    return derived ? openedLines(derived, titles, language) : [];
  };
  return { comparison, open };
}
