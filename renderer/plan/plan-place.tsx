import { openFigure } from '@shared/plan/open-figure';
import { verdictOf } from '@shared/plan/plan-text';
import { useState } from 'react';
import { useKeys } from '../keys';
import { useRoute } from '../route';
import { SCROLLS } from '../ui/scrolling';
import { WhatIfPlace } from '../what-if/what-if-place';
import { useWords } from '../words';
import { Approval } from './approval';
import { FigureDrawer } from './figure-drawer';
import { Ledger } from './ledger';
import { Cutover, Overview } from './overview';
import { PlanBar } from './plan-bar';
import { PlanTabs } from './plan-tabs';
import { ReadinessTab } from './readiness';
import { StepsTable } from './steps-table';
import { type Tab, tabOf } from './tabs';
import { Targets } from './targets';
import { Unanswered } from './unanswered';
import { useInputs } from './use-inputs';
import { usePlan } from './use-plan';
import { useTargets } from './use-targets';
import { VerdictStrip } from './verdict-strip';
import { WindowForm } from './window-form';

const INPUT = 'input/';

/** Plan: does it hold, what decides, and what if? */
export function PlanPlace() {
  const { language } = useWords();
  const { route, setQuery } = useRoute();
  const here = usePlan();
  const { plan, basis, sums } = here;
  const { comparison, open } = useTargets();
  const inputs = useInputs();
  const [asksWindow, setAsksWindow] = useState(false);
  const tab = tabOf(route.query.tab);
  const shown = route.query.open ?? null;
  const toTab = (to: Tab) => setQuery({ tab: to === 'overview' ? null : to, open: null, edit: null });
  const close = () => {
    setQuery({ open: null });
    document.querySelector<HTMLElement>(`[data-figure="${CSS.escape(shown ?? '')}"]`)?.focus();
  };
  useKeys({
    H: () => toTab('assumptions'),
    W: () => toTab('what-if'),
    E: () => (shown === null ? setQuery({ open: focusedFigure() ?? 'outage' }) : close()),
    'Ctrl+P': () => window.print(),
    Escape: () => (shown === null ? toTab('overview') : close()),
  });
  const tabs = (
    <PlanTabs
      tab={tab}
      counts={{ assumptions: inputs.assumptions.length, targets: comparison.variants.length }}
      onTab={toTab}
    />
  );
  if (tab === 'what-if')
    return <WhatIfPlace tabs={tabs} titleOf={inputs.titleOf} onLeave={() => toTab('overview')} />;
  // By the kind that the name of a number begins with.
  const linesOf = (name: string) => {
    if (name.startsWith('targets/')) return open(name);
    return name.startsWith(INPUT) ? inputs.open(name.slice(INPUT.length)) : openFigure(basis, name, language);
  };
  return (
    <>
      <PlanBar plan={plan} tabs={tabs} onWindow={() => setAsksWindow(true)} />
      <VerdictStrip plan={plan} verdict={verdictOf(plan, language)} sums={sums} />
      <div className="with-drawer">
        <div
          className={`plan plan-${tab}`}
          id="plan-panel"
          role="tabpanel"
          aria-labelledby={`plan-tab-${tab}`}
          data-testid="plan"
          {...SCROLLS}
        >
          {tab === 'overview' && <Overview plan={plan} comparison={comparison} />}
          {tab === 'assumptions' && <Ledger here={here} inputs={inputs} />}
          {tab === 'targets' && <Targets comparison={comparison} />}
          {tab === 'readiness' && <ReadinessTab />}
          {tab === 'timeline' && (
            <>
              <Approval plan={plan} />
              <Cutover plan={plan} />
              <StepsTable plan={plan} />
              <Unanswered plan={plan} />
            </>
          )}
        </div>
        {shown !== null && <FigureDrawer lines={linesOf(shown)} onClose={close} />}
      </div>
      {asksWindow && <WindowForm plan={plan} onClose={() => setAsksWindow(false)} />}
    </>
  );
}

/** The number that has the focus, by the name under which it opens. */
const focusedFigure = (): string | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset.figure : undefined;
