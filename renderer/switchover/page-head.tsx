import type { ReplicationCluster } from '@shared/replication/model';
import { IconRefresh } from '@tabler/icons-react';
import { shortHash } from '../runs/short-hash';
import { useWatched } from '../watched';
import { useWords } from '../words';

/** What it is, of which cluster and plan, and its sentence. */
export function PageHead({
  cluster,
  what,
  title,
  plan,
  onAgain,
  onLeave,
}: {
  cluster: ReplicationCluster;
  /** What kind of plan it is about. */
  what: string;
  title: string;
  /** Hash and time of the plan, once there is one. */
  plan?: { hash: string; madeAt: number };
  onAgain?: () => void;
  /** Without it the page says elsewhere how it is left. */
  onLeave?: () => void;
}) {
  const { runs, say, time } = useWords();
  const { estate } = useWatched();
  const words = runs.switchover;
  const stated = estate.clusters.find(({ id }) => id === cluster.id)?.title;
  return (
    <header className="page-head">
      <div className="page-title">
        <p className="label">
          {what} · {words.cluster(say(stated ?? cluster.title))}
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
        {onLeave && (
          <button type="button" className="button" data-testid="switchover-leave" onClick={onLeave}>
            {words.leave} <kbd>Esc</kbd>
          </button>
        )}
      </div>
    </header>
  );
}
