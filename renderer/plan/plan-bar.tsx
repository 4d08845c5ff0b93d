import { shortHash } from '@shared/plan/plan-record';
import type { Plan } from '@shared/views/plan';
import { IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMoment } from '../recording/moment';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** The name of the place, its parts, the window of the cutover, the plan's hash, and paper. */
export function PlanBar({
  plan,
  tabs,
  onWindow,
}: {
  plan: Plan;
  /** Its parts. */
  tabs: ReactNode;
  onWindow: () => void;
}) {
  const { ui, planScreen, date } = useWords();
  const words = planScreen.window;
  const isLive = useMoment() === null;
  const { window: cutover, hash } = plan;
  const says = {
    unset: () => words.unset,
    refused: () => words.refused,
    set: () =>
      cutover.state === 'set'
        ? words.set(date(cutover.start.at), cutover.start.local, cutover.end.local, cutover.entered.zone)
        : '',
  }[cutover.state]();
  return (
    <header className="bar">
      <h1>{ui.places.plan}</h1>
      {tabs}
      <span className="grow" />
      <span className="soft plan-window" data-testid="plan-window">
        {cutover.state === 'refused' && <Shape mark="attention" />} {says}
        {hash !== null && (
          <>
            {' · '}
            <span data-testid="plan-hash">{planScreen.hash(shortHash(hash))}</span>
          </>
        )}
      </span>
      {isLive && (
        <button type="button" className="button" data-testid="set-window" onClick={onWindow}>
          {words.enter}
        </button>
      )}
      <button type="button" className="button" onClick={() => window.print()}>
        <IconPrinter size={14} aria-hidden="true" />
        {planScreen.print} <kbd>Ctrl P</kbd>
      </button>
    </header>
  );
}
