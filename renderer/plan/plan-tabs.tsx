import { useWords } from '../words';
import { TABS, type Tab } from './tabs';

const BY: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The parts of the plan as tabs: one stop for the focus, arrows go from one to the next. */
export function PlanTabs({
  tab,
  counts,
  onTab,
}: {
  tab: Tab;
  counts: { assumptions: number; targets: number };
  onTab: (tab: Tab) => void;
}) {
  const { planScreen } = useWords();
  const names: Record<Tab, string> = {
    overview: planScreen.tab.overview,
    assumptions: planScreen.tab.assumptions(counts.assumptions),
    targets: planScreen.tab.targets(counts.targets),
    readiness: planScreen.tab.readiness,
    timeline: planScreen.tab.timeline,
    'what-if': planScreen.tab.whatIf,
  };
  const go = (to: Tab) => {
    onTab(to);
    // What-if has its tabs under a frame of its own: they are there after the next paint.
    requestAnimationFrame(() => document.getElementById(`plan-tab-${to}`)?.focus());
  };
  return (
    <div className="segments tabs" role="tablist" aria-label={planScreen.parts}>
      {TABS.map((each, at) => (
        <button
          key={each}
          id={`plan-tab-${each}`}
          type="button"
          role="tab"
          aria-selected={each === tab}
          aria-controls="plan-panel"
          tabIndex={each === tab ? 0 : -1}
          data-testid={`tab-${each}`}
          onClick={() => onTab(each)}
          onKeyDown={({ key }) => {
            const by = BY[key];
            const next = by === undefined ? undefined : TABS[(at + by + TABS.length) % TABS.length];
            if (next) go(next);
          }}
        >
          {names[each]}
        </button>
      ))}
    </div>
  );
}
