import type { ReplicationCluster } from '@shared/replication/model';
import type { RunPlan } from '@shared/runbook/plan';
import { LeverPlace } from '../arm/lever-place';
import { go } from '../route';
import { Shape } from '../ui/marks';
import { ScrollingSection } from '../ui/scrolling';
import { useWords } from '../words';
import { DurationLine } from './duration-line';
import { Keeping } from './keeping';
import { PageHead } from './page-head';
import { PlanFacts } from './plan-facts';
import { Accounts, PlanNotes } from './plan-notes';
import { PlanStatements } from './plan-statements';
import { Trees } from './trees';

export interface LeverPageProps {
  cluster: ReplicationCluster;
  hash: string;
  plan: RunPlan;
  from: string;
  to: string;
  onAgain: () => void;
  onLeave: () => void;
}

/** A plan in full before anything is sent: what changes, what it stands on, every statement; at the right the lever. */
export function LeverPage(props: LeverPageProps) {
  const { cluster, hash, plan, from, to, onAgain, onLeave } = props;
  const words = useWords();
  const { switchover } = words.runs;
  return (
    <>
      <PageHead
        cluster={cluster}
        what={switchover.title}
        title={words.plan(plan.procedure, plan.title)}
        plan={{ hash, madeAt: plan.madeAt }}
        onAgain={onAgain}
        onLeave={onLeave}
      />
      <div className="lever-page">
        <ScrollingSection className="lever-column" label={switchover.beforeAfter}>
          <h2 className="label">{switchover.beforeAfter}</h2>
          <Trees cluster={cluster} to={to} />
          <PlanFacts hash={hash} plan={plan} />
          <PlanNotes plan={plan} />
          <p className="note page-foot">{switchover.factsNote}</p>
        </ScrollingSection>
        <ScrollingSection className="lever-column" label={switchover.statements}>
          <PlanStatements plan={plan} />
          <Keeping hash={hash} />
        </ScrollingSection>
        <div className="lever-side">
          <LossBox plan={plan} from={from} to={to} />
          <DurationLine plan={plan} />
          <Accounts plan={plan} />
          <LeverPlace
            request={{ act: 'start', plan: hash }}
            onLeave={onLeave}
            onStarted={(run) => go({ place: 'runs', id: run, query: {} })}
          />
          <p className="note">{switchover.journal}</p>
        </div>
      </div>
    </>
  );
}

/** What may be lost, said before anybody is asked; true as far as the plan's own limits reach. */
function LossBox({ plan, from, to }: { plan: RunPlan; from: string; to: string }) {
  const { runs, duration } = useWords();
  const words = runs.switchover;
  return (
    <section className="loss" data-testid="loss">
      <Shape mark="proved" size={18} />
      <div>
        <h2>{words.lossTitle}</h2>
        <p>
          {words.loss(to, from)}{' '}
          {plan.limitMs === null ? words.lossNoLimit : words.lossLimit(duration(plan.limitMs))}
        </p>
      </div>
    </section>
  );
}
