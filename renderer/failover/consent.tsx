import type { FailoverLook } from '@shared/failover/model';
import type { RunPlan } from '@shared/runbook/plan';
import { isolationText } from '@shared/text/failover-view-text';
import type { PlanMade } from '@shared/views/lever';
import { Refused } from '../switchover/refused';
import { Shape } from '../ui/marks';
import { ScrollingSection } from '../ui/scrolling';
import { useWords } from '../words';

/**
 * Before the lever: whether anything isolates the old primary, what would be done or why it is refused, and the way to the
 * lever. Nothing here acts.
 */
export function Consent({
  look,
  made,
  asking,
  onLever,
  onOverride,
  onLeave,
}: {
  look: FailoverLook;
  made: PlanMade;
  /** A newer plan is on its way: this one is worth nothing any more. */
  asking: boolean;
  onLever: () => void;
  onOverride: (typed: { code: string; typed: string }[]) => void;
  onLeave: () => void;
}) {
  const { failoverView: words } = useWords();
  return (
    <div className="lever-side consent">
      <ScrollingSection className="consent-text" label={words.brief}>
        <IsolationBox look={look} />
        {made.state === 'ready' ? (
          <>
            <h2 className="label">{words.brief}</h2>
            <Brief plan={made.plan} />
            <p className="note">{words.toLeverMore}</p>
          </>
        ) : (
          <Refused
            key={JSON.stringify(made.reasons)}
            procedure="failover"
            reasons={made.reasons}
            onAgain={onOverride}
          />
        )}
        <p className="note page-foot">{words.foot(look.old.node)}</p>
      </ScrollingSection>
      {made.state === 'ready' && (
        <button
          type="button"
          className="button button-main consent-button"
          data-testid="to-lever"
          disabled={asking}
          onClick={onLever}
        >
          {words.toLever}
        </button>
      )}
      <button type="button" className="button consent-button" data-testid="failover-stay" onClick={onLeave}>
        {words.stay} <kbd>Esc</kbd>
      </button>
    </div>
  );
}

function IsolationBox({ look }: { look: FailoverLook }) {
  const { language } = useWords();
  const { kind, title, more } = isolationText(look, language);
  return (
    <section className={kind === 'can' ? 'isolation' : 'isolation isolation-open'} data-testid="isolation">
      <Shape mark={kind === 'can' ? 'note' : 'attention'} size={16} />
      <div>
        <h2>{title}</h2>
        <p>{more}</p>
      </div>
    </section>
  );
}

/** The steps by their titles: groups as one, the point of no return as a line. */
function Brief({ plan }: { plan: RunPlan }) {
  const { runs, plan: said } = useWords();
  const inGroup = new Set(plan.steps.flatMap(({ id, group }) => (group === null ? [] : [id])));
  const line = plan.steps.find(({ nature }) => nature === 'point-of-no-return');
  const before = line?.group ?? line?.id;
  return (
    <ol className="brief" data-testid="brief">
      {plan.steps
        .filter(({ id }) => !inGroup.has(id))
        .map((step) => (
          <li key={step.id} data-step={step.id}>
            {step.id === before && <p className="no-return">{runs.switchover.noReturn}</p>}
            <span className="step-number">{step.number}</span> {said(plan.procedure, step.title)}
          </li>
        ))}
    </ol>
  );
}
