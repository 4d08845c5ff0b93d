import type { Plan } from '@shared/views/plan';
import { Shape } from '../ui/marks';
import { AllowanceCard, ConfidenceCard, LossCard, OutageCard } from './cards';
import type { Sums } from './use-sums';

/** The conclusion first: what decides, how long users are cut off, what the month allows, and how much of it is known. */
export function VerdictStrip({ plan, verdict, sums }: { plan: Plan; verdict: string; sums: Sums }) {
  const open = plan.totals.outage === null || plan.blockers.length > 0;
  const short = (plan.wallet?.leftMinutes ?? 0) < 0 || plan.clock.fits === false;
  const mark = open ? 'unknown' : short ? 'attention' : null;
  return (
    <section className="verdict" data-testid="verdict" aria-label={verdict}>
      <div className={`verdict-main verdict-${mark ?? 'known'}`}>
        <h2>
          {mark && <Shape mark={mark} size={16} />}
          {verdict}
        </h2>
      </div>
      <OutageCard plan={plan} sums={sums} />
      <AllowanceCard plan={plan} />
      <LossCard plan={plan} />
      <ConfidenceCard plan={plan} />
    </section>
  );
}
