import type { Minutes, Plan } from '@shared/views/plan';
import { Shape, Status } from '../ui/marks';
import { useWords } from '../words';

/** The conclusion first: what decides, how long users are cut off, and how much of it is known. */
export function VerdictStrip({ plan, verdict }: { plan: Plan; verdict: string }) {
  const { ui } = useWords();
  const { totals, assumptions } = plan;
  const known = assumptions.filter((each) => each.value !== null).length;
  const open = totals.outage === null;
  return (
    <section className="verdict" data-testid="verdict" aria-label={verdict}>
      <div className={open ? 'verdict-main' : 'verdict-main verdict-known'}>
        <h2>
          {open && <Shape mark="unknown" size={16} />}
          {verdict}
        </h2>
      </div>
      <Total
        label={ui.plan.outage}
        minutes={totals.outage}
        note={ui.plan.critical(totals.criticalPath.length)}
      />
      <Total label={ui.plan.preparation} minutes={totals.preparation} note="" />
      <div className="total">
        <span className="label">{ui.plan.confidence}</span>
        <span className="total-value">
          {known} / {assumptions.length}
        </span>
      </div>
    </section>
  );
}

function Total({ label, minutes, note }: { label: string; minutes: Minutes | null; note: string }) {
  const { ui, common, minutes: say } = useWords();
  return (
    <div className="total">
      <span className="label">{label}</span>
      {minutes ? (
        <>
          <span className="total-value">{say(minutes.likely)}</span>
          <span className="note">
            {ui.plan.range(say(minutes.optimistic), say(minutes.pessimistic))}
            {note && ` · ${note}`}
          </span>
        </>
      ) : (
        <Status mark="unknown" label={common.unknown} />
      )}
    </div>
  );
}
