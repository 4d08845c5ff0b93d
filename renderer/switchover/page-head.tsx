import type { ReplicationCluster } from '@shared/replication/model';
import { IconRefresh } from '@tabler/icons-react';
import { shortHash } from '../runs/short-hash';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** What it is, of which cluster and plan, and its sentence. */
export function PageHead({
  cluster,
  title,
  plan,
  onAgain,
  onLeave,
}: {
  cluster: ReplicationCluster;
  title: string;
  /** Hash and time of the plan, once there is one. */
  plan?: { hash: string; madeAt: number };
  onAgain?: () => void;
  onLeave: () => void;
}) {
  const { runs, say, time } = useWords();
  const { estate } = useWatched();
  const words = runs.switchover;
  const stated = estate.clusters.find(({ id }) => id === cluster.id)?.title;
  return (
    <header className="page-head">
      <div className="page-title">
        <p className="label">
          {words.title} · {words.cluster(say(stated ?? cluster.title))}
          {plan && (
            <>
              {' · '}
              {words.planWord} <span className="hash">{shortHash(plan.hash)}</span> ·{' '}
              {words.made(time(plan.madeAt))}
            </>
          )}
        </p>
        <h1>{title}</h1>
      </div>
      <div className="page-actions">
        {onAgain && (
          <button type="button" className="button" data-testid="plan-again" onClick={onAgain}>
            <IconRefresh size={14} aria-hidden="true" />
            {words.planAgain}
          </button>
        )}
        <button type="button" className="button" data-testid="switchover-leave" onClick={onLeave}>
          {words.leave} <kbd>Esc</kbd>
        </button>
      </div>
    </header>
  );
}
