import type { RunView as View } from '@shared/runbook/state-model';
import { useRef } from 'react';
import { LeverPlace } from '../arm/lever-place';
import { useNow } from '../clock';
import { useKeys } from '../keys';
import { formatRoute, useRoute } from '../route';
import { useSize } from '../topology/use-size';
import { ChartView } from '../ui/chart-view';
import { Shape, Status } from '../ui/marks';
import { useWords } from '../words';
import { leverRequest } from './lever-act';
import { MARK_OF_RUN } from './marks';
import { ResumePanel } from './resume-panel';
import { runName } from './run-words';
import { SentLog } from './sent-log';
import { shortHash } from './short-hash';
import { StepList } from './step-list';
import { StepPanel } from './step-panel';
import { countOf, currentRow, stepRowsOf } from './step-rows';
import { stripOf } from './strip';
import { UndoStack } from './undo-stack';
import { Ways } from './ways';

/** One run: its steps, what happens now and what was sent, and the way back. */
export function RunView({ view }: { view: View }) {
  const { plan, state } = view;
  const { route, setQuery } = useRoute();
  const rows = stepRowsOf(plan, state);
  const current = currentRow(rows);
  const shown = rows.find(({ step }) => step.id === route.query.step) ?? current;
  const request = leverRequest(state.id, route.query.act, route.query.at);
  const closeLever = () => setQuery({ act: null, at: null });
  const own = rows.filter(({ step }) => step.kind !== 'group');
  const walk = (by: number) => {
    const at = own.findIndex(({ step }) => step.id === shown?.step.id);
    const next = own[Math.min(own.length - 1, Math.max(0, at + by))];
    if (next) setQuery({ step: next.step.id });
  };
  useKeys({
    J: () => walk(1),
    K: () => walk(-1),
    L: () => document.querySelector<HTMLElement>('[data-sent-log]')?.focus(),
    Escape: () => (request ? closeLever() : setQuery({ step: null })),
  });
  const stopped = state.closedAt === null && (!view.here || state.status === 'stopped');
  return (
    <>
      <RunBar view={view} />
      <Strip view={view} />
      <div className="run" data-testid="run" data-run={state.id} data-status={state.status}>
        <StepList
          rows={rows}
          procedure={plan.procedure}
          selected={shown?.step.id ?? null}
          onSelect={(id) => setQuery({ step: id })}
        />
        <section className="run-centre">
          {view.elsewhere !== null && state.closedAt === null && <Elsewhere who={view.elsewhere} />}
          {stopped && view.elsewhere === null && route.query.step === undefined ? (
            <ResumePanel view={view} current={current} />
          ) : (
            shown && <StepPanel key={shown.step.id} view={view} row={shown} />
          )}
          <SentLog view={view} />
        </section>
        {request ? (
          <div className="run-side run-side-lever">
            <LeverPlace
              key={JSON.stringify(request)}
              request={request}
              onLeave={closeLever}
              onStarted={closeLever}
            />
          </div>
        ) : (
          <div className="run-side">
            <Ways view={view} />
            <UndoStack view={view} />
          </div>
        )}
      </div>
    </>
  );
}

function RunBar({ view: { plan, state } }: { view: View }) {
  const words = useWords();
  const { runs, time, date } = words;
  return (
    <header className="bar run-bar">
      <a className="link-button" href={formatRoute({ place: 'runs', id: null, query: {} })}>
        {runs.list.all}
      </a>
      <h1>{words.plan(plan.procedure, plan.title)}</h1>
      <span className="badge-run" data-testid="run-status" data-status={state.status}>
        <Status mark={MARK_OF_RUN[state.status]} label={runs.status[state.status]} />
      </span>
      <span className="soft bar-summary">
        {runName(state.id, words)} · {runs.switchover.planWord}{' '}
        <span className="mono">{shortHash(state.plan)}</span> ·{' '}
        {runs.run.started(`${date(state.openedAt)} ${time(state.openedAt)}`, state.by)}
        {state.closedAt !== null && ` · ${runs.run.ended(time(state.closedAt))}`}
      </span>
    </header>
  );
}

/** Plan and what really happened over the same time. */
function Strip({ view: { plan, state } }: { view: View }) {
  const { runs, language, time } = useWords();
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const { done, of } = countOf(stepRowsOf(plan, state));
  const at = state.closedAt ?? Math.max(now, state.openedAt);
  const { chart, says } = stripOf({ plan, state, at, time, words: runs.run.strip, language, width });
  return (
    <div className="run-strip" ref={box}>
      {width > 0 && <ChartView chart={chart} label={runs.run.strip.label(done, of, says)} />}
    </div>
  );
}

function Elsewhere({ who }: { who: string }) {
  const { runs } = useWords();
  return (
    <div className="run-note" data-testid="run-elsewhere">
      <Shape mark="attention" size={14} />
      <p>
        <b>{runs.run.elsewhere(who)}</b> <span className="soft">{runs.run.elsewhereMore}</span>
      </p>
    </div>
  );
}
