import { toAppError } from '@shared/errors';
import { CallFailed, Waiting } from '../frame/estate-states';
import { useMoment } from '../recording/moment';
import { formatRoute, useRoute } from '../route';
import { EmptyState } from '../ui/empty-state';
import { useWords } from '../words';
import { RunList } from './run-list';
import { RunView } from './run-view';
import { useRun, useRuns } from './use-run';

/** Runs: where are we, may we go on, how do we get back? */
export function RunsPlace() {
  const { ui, runs } = useWords();
  const { route } = useRoute();
  const moment = useMoment();
  if (moment !== null)
    return (
      <>
        <Head />
        <EmptyState title={runs.list.notLive} />
      </>
    );
  if (route.id !== null) return <OneRun key={route.id} id={route.id} />;
  return (
    <>
      <Head />
      <section className="work" aria-label={ui.places.runs}>
        <AllRuns />
      </section>
    </>
  );
}

function Head() {
  const { ui } = useWords();
  return (
    <header className="bar">
      <h1>{ui.places.runs}</h1>
    </header>
  );
}

function AllRuns() {
  const { runs: words } = useWords();
  const { runs, error, refetch } = useRuns();
  if (error) return <CallFailed error={error} onAgain={() => void refetch()} />;
  if (!runs) return <Waiting text={words.list.loading} />;
  if (runs.length > 0) return <RunList runs={runs} />;
  return (
    <EmptyState title={words.list.empty} more={words.list.emptyMore}>
      <a className="button" href={formatRoute({ place: 'replication', id: null, query: {} })}>
        {words.list.openReplication} <kbd>2</kbd>
      </a>
    </EmptyState>
  );
}

function OneRun({ id }: { id: string }) {
  const { runs } = useWords();
  const { data, error, refetch } = useRun(id);
  if (data) return <RunView view={data} />;
  return (
    <>
      <Head />
      {!error ? (
        <Waiting text={runs.list.loading} />
      ) : toAppError(error).code === 'E_NO_RUN' ? (
        <EmptyState title={runs.list.notFound(id)} more={runs.list.notFoundMore}>
          <a className="button" href={formatRoute({ place: 'runs', id: null, query: {} })}>
            {runs.list.all}
          </a>
        </EmptyState>
      ) : (
        <CallFailed error={error} onAgain={() => void refetch()} />
      )}
    </>
  );
}
