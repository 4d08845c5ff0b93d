import type { PlanInfluence } from '@shared/views/plan';
import { useWords } from '../words';

/** How far an input moves the outage: its minutes, and a bar beside the longest; hollow where it is only assumed. */
export function WeightBar({ bar, longest }: { bar: PlanInfluence; longest: number }) {
  const { planScreen, minutes } = useWords();
  const { ledger } = planScreen;
  if (bar.swing === null) return <span className="weight-says">{ledger.decides}</span>;
  const share = longest === 0 ? 0 : bar.swing / longest;
  return (
    <span className="weight" title={ledger.basis[bar.basis]}>
      <svg className="weight-bar" viewBox="0 0 60 10" width="60" height="10" aria-hidden="true">
        <rect
          className={bar.source === 'assumed' ? 'weight-hollow' : 'weight-full'}
          x="0.5"
          y="1.5"
          width={Math.max(0.5, share * 59)}
          height="7"
        />
      </svg>
      <span className="weight-says">{bar.swing === 0 ? ledger.nothing : minutes(bar.swing)}</span>
    </span>
  );
}

/** The longest of the bars that have a length. */
export const longestOf = (bars: readonly PlanInfluence[]): number =>
  Math.max(0, ...bars.map(({ swing }) => swing ?? 0));
