import type { Plan, PlanEstimate } from '@shared/views/plan';
import type { ReactNode } from 'react';
import { Status } from '../ui/marks';
import { useWords } from '../words';
import { Figure } from './figure';
import { sourcesOf } from './sources-of';
import type { Sums } from './use-sums';

/** One number of the strip: what it is, the number, and what it stands on. */
function Card({
  label,
  figure,
  value,
  note,
  short = false,
}: {
  label: string;
  /** Name by which the number opens; null: it is none. */
  figure: string | null;
  /** null: unknown. */
  value: ReactNode;
  note: ReactNode;
  short?: boolean;
}) {
  const { common } = useWords();
  const shown = value === null ? <Status mark="unknown" label={common.unknown} /> : value;
  return (
    <div className="total">
      <span className="label">{label}</span>
      {figure === null ? (
        <span className={value === null ? '' : 'total-value'}>{shown}</span>
      ) : (
        <Figure name={figure} label={label} className={value === null ? '' : 'total-value'}>
          {shown}
        </Figure>
      )}
      <span className={short ? 'note note-short' : 'note'}>{note}</span>
    </div>
  );
}

/** Minutes from which an outage is said in hours. */
const LONGEST_IN_MINUTES = 180;

/** P50 and P90 of the outage: by PERT at once, by the simulation when it has arrived. */
export function OutageCard({ plan, sums }: { plan: Plan; sums: Sums }) {
  const { planScreen, minutes, number } = useWords();
  const { card } = planScreen;
  // Two numbers of one unit are read together; hours and more need their own.
  const spanOf = ({ p50, p90 }: PlanEstimate) =>
    p90 < LONGEST_IN_MINUTES
      ? card.inMinutes(number(p50), number(p90))
      : card.both(minutes(p50), minutes(p90));
  const { estimate, criticalPath, missing } = plan.totals;
  return (
    <Card
      label={card.outage}
      figure="outage"
      value={estimate && spanOf(estimate)}
      note={
        estimate ? (
          <>
            {card.critical(criticalPath.length)}
            <br />
            <span data-testid="method" data-method={estimate.method}>
              {sums.simulated
                ? card.simulated(number(sums.simulated.runs), sums.simulated.seed)
                : card.estimated}
            </span>
          </>
        ) : (
          card.waits(missing.length)
        )
      }
    />
  );
}

/** What the month allows at the availability that is asked for, and what the cutover leaves of it. */
export function AllowanceCard({ plan: { wallet } }: { plan: Plan }) {
  const { planScreen, minutes, percent } = useWords();
  const { card } = planScreen;
  if (!wallet) {
    return <Card label={card.allowanceUnset} figure={null} value={null} note={card.noTarget} />;
  }
  const { target, allowedMinutes, leftMinutes } = wallet;
  const short = leftMinutes !== null && leftMinutes < 0;
  return (
    <Card
      label={card.allowance(percent(target * 100))}
      figure="allowance"
      value={minutes(allowedMinutes)}
      short={short}
      note={
        leftMinutes === null
          ? card.allowanceOnly
          : short
            ? card.short(minutes(-leftMinutes))
            : card.left(minutes(leftMinutes))
      }
    />
  );
}

/** What is lost if the way back is taken after the promotion. */
export function LossCard({ plan }: { plan: Plan }) {
  const { card } = useWords().planScreen;
  const point = plan.clock.pointOfNoReturn;
  const promotes = plan.steps.some(({ nature }) => nature === 'no-return');
  return (
    <Card
      label={point?.at ? card.loss(point.at.local) : card.lossUnset}
      figure={null}
      value={card.noLoss}
      note={promotes ? card.ifVerified : card.noDatabase}
    />
  );
}

/** Stars for the share of the inputs that was measured, and how many were. */
export function ConfidenceCard({ plan }: { plan: Plan }) {
  const { card } = useWords().planScreen;
  const { measured, assumed, unknown } = sourcesOf(plan.assumptions);
  const { stars } = plan.totals;
  return (
    <Card
      label={card.confidence}
      figure="outage"
      value={stars === null ? null : card.stars(String(stars))}
      note={card.sources(measured, assumed, unknown)}
    />
  );
}
