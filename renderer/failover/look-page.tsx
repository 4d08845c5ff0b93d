import { isolationOf } from '@shared/failover/look-view';
import type { FailoverLook } from '@shared/failover/model';
import type { ReplicationCluster } from '@shared/replication/model';
import { lookTitle, standingText } from '@shared/text/failover-view-text';
import type { PlanMade } from '@shared/views/lever';
import { useState } from 'react';
import { useRealNow } from '../clock';
import { useKeys } from '../keys';
import { useRoute } from '../route';
import { Keeping } from '../switchover/keeping';
import { PageHead } from '../switchover/page-head';
import { PlanFacts } from '../switchover/plan-facts';
import { PlanNotes } from '../switchover/plan-notes';
import { PlanStatements } from '../switchover/plan-statements';
import { Shape } from '../ui/marks';
import { ScrollingSection } from '../ui/scrolling';
import { Segments } from '../ui/segments';
import type { Asked } from '../use-asked';
import { useWords } from '../words';
import { Consent } from './consent';
import { Fences } from './fences';
import { LeverSide } from './lever-side';
import { LossPanel } from './loss-panel';
import { PictureAge } from './picture-age';
import { RankingPanel } from './ranking-panel';
import { ViewsPanel } from './views-panel';
import { WaitingPanel } from './waiting-panel';

interface LookPageProps {
  cluster: ReplicationCluster;
  asked: Asked<unknown> & { answer: { look: FailoverLook; made: PlanMade } };
  onAgain: () => void;
  onOverride: (typed: { code: string; typed: string }[]) => void;
  onLeave: () => void;
}

/**
 * One look, whole: at the left who sees what and who could take over, in the middle what would be lost or every statement, at
 * the right what would be done and then the lever.
 */
export function LookPage({ cluster, asked, onAgain, onOverride, onLeave }: LookPageProps) {
  const words = useWords();
  const { failover, failoverView, language } = words;
  const { route, setQuery } = useRoute();
  const { look, made } = asked.answer;
  const plan = made.state === 'ready' ? made : null;
  // The lever belongs to one plan: a newer one closes it.
  const [pulledOut, setPulledOut] = useState<string | null>(null);
  const leverOpen = plan !== null && asked.since === null && pulledOut === plan.hash;
  const statements = plan !== null && route.query.show === 'statements';
  const toStatements = () => setQuery({ show: 'statements' });
  useKeys({
    Escape: leverOpen ? () => setPulledOut(null) : onLeave,
    ...(plan && !statements ? { 'Shift+E': toStatements } : {}),
  });
  return (
    <>
      <div className={look.old.answers ? 'failover-head' : 'failover-head failover-head-down'}>
        <PageHead
          cluster={cluster}
          what={failover.title}
          title={plan ? words.plan(plan.plan.procedure, plan.plan.title) : lookTitle(look, language)}
          {...(plan ? { plan: { hash: plan.hash, madeAt: plan.plan.madeAt } } : {})}
        />
        <Standing look={look} />
      </div>
      <PictureAge takenAt={look.takenAt} asked={asked} onAgain={onAgain} />
      <div className="lever-page failover" data-testid="failover-look" data-isolation={isolationOf(look)}>
        <ScrollingSection className="lever-column" label={failoverView.views(look.old.node)}>
          {plan && leverOpen && <PlanFacts hash={plan.hash} plan={plan.plan} />}
          <ViewsPanel look={look} />
          <RankingPanel cluster={cluster.id} look={look} />
          <Fences look={look} />
          {plan ? <PlanNotes plan={plan.plan} /> : <Blind node={look.old.node} />}
        </ScrollingSection>
        <ScrollingSection className="lever-column" label={failover.loss.title}>
          {plan && (
            <Segments
              label={failoverView.show.label}
              value={statements ? 'statements' : 'loss'}
              options={[
                { value: 'loss', label: failoverView.show.loss },
                { value: 'statements', label: failoverView.show.statements },
              ]}
              onChange={(show) => setQuery({ show: show === 'loss' ? null : show })}
            />
          )}
          {plan && statements ? (
            <>
              <PlanStatements plan={plan.plan} />
              <Keeping hash={plan.hash} />
            </>
          ) : (
            <>
              <LossPanel cluster={cluster} look={look} />
              <WaitingPanel look={look} />
            </>
          )}
        </ScrollingSection>
        {plan && leverOpen ? (
          <LeverSide look={look} made={plan} onLeave={() => setPulledOut(null)} />
        ) : (
          <Consent
            look={look}
            made={made}
            asking={asked.since !== null}
            onLever={() => plan && setPulledOut(plan.hash)}
            onOverride={onOverride}
            onLeave={onLeave}
          />
        )}
      </div>
    </>
  );
}

/** Since when it is missed, by whom, and that nothing happens by itself. */
function Standing({ look }: { look: FailoverLook }) {
  const { failover, failoverView, language, time, age } = useWords();
  const now = useRealNow();
  const { downSince } = look.waiting;
  return (
    <div className="failover-standing" data-testid="standing">
      {downSince !== null && (
        <p>
          <b>{failoverView.downSince(look.old.node, time(downSince), age(Math.max(0, now - downSince)))}</b>
        </p>
      )}
      <p>{standingText(look, language)}</p>
      <p>{failover.neverByItself}</p>
    </div>
  );
}

function Blind({ node }: { node: string }) {
  const { failoverView } = useWords();
  return (
    <>
      <h2 className="label">{failoverView.blind}</h2>
      <ul className="said-list" data-testid="blind">
        {failoverView.blindLines(node).map((line) => (
          <li key={line}>
            <Shape mark="unknown" size={13} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
