import { dryRunOf } from '@shared/runbook/dry-run';
import type { RunView } from '@shared/runbook/state-model';
import { useMemo } from 'react';
import { useNow } from '../clock';
import { useWords } from '../words';
import { CodeLines } from './code-lines';
import { stepRowsOf } from './step-rows';

/** The way back: how far, what would be lost, and every command of it, the first to be sent on top. */
export function UndoStack({ view }: { view: RunView }) {
  const words = useWords();
  const { plan, state } = view;
  const { back } = words.runs.run;
  const dry = useMemo(() => dryRunOf(plan), [plan]);
  const steps = state.undoStack.flatMap((id) => dry.rows.find((row) => row.id === id) ?? []);
  return (
    <section className="undo-stack" data-testid="undo-stack">
      <h2 className="label">{back.title}</h2>
      {state.closedAt !== null ? (
        <p className="soft">{back[endOf(state)]}</p>
      ) : state.pastNoReturn ? (
        <p>{back.past}</p>
      ) : steps.length === 0 ? (
        <p className="soft">{back.none}</p>
      ) : (
        <Totals view={view} count={steps.length} />
      )}
      {state.closedAt === null && !state.pastNoReturn && steps.length > 0 && (
        <>
          <h2 className="label">{back.stack}</h2>
          <ol>
            {steps.map((step) => (
              <li key={step.id} data-undo={step.id}>
                <span className="step-number">{step.number}</span>
                <div>
                  <p>{words.plan(plan.procedure, step.title)}</p>
                  {step.undo.length > 0 ? (
                    <CodeLines lines={step.undo} />
                  ) : (
                    <p className="note">{back.nothing}</p>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

/** What ended: a run that is left has something left of it, or never changed anything. */
function endOf({
  status,
  undoStack,
  pastNoReturn,
}: RunView['state']): 'undone' | 'over' | 'left' | 'unchanged' {
  if (status === 'undone') return 'undone';
  if (status !== 'left') return 'over';
  return undoStack.length > 0 || pastNoReturn ? 'left' : 'unchanged';
}

function Totals({ view: { plan, state }, count }: { view: RunView; count: number }) {
  const { runs, duration } = useWords();
  const { back } = runs.run;
  const now = useNow();
  const closed = stepRowsOf(plan, state).find(
    ({ step, state: own }) => step.kind === 'group' && step.unbroken && own.startedAt !== null,
  );
  const since = closed?.state.startedAt ?? null;
  return (
    <dl className="totals">
      <div>
        <dt>{back.toUndo(count)}</dt>
        <dd>{count}</dd>
      </div>
      <div>
        <dt>{back.lost}</dt>
        <dd>0</dd>
      </div>
      {since !== null && (
        <div>
          <dt>{back.closed}</dt>
          <dd>{duration(Math.max(0, (closed?.state.endedAt ?? now) - since))}</dd>
        </div>
      )}
    </dl>
  );
}
