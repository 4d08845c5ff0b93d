import { toAppError } from '@shared/errors';
import type { RunPlan } from '@shared/runbook/plan';
import type { Said } from '@shared/runbook/said';
import type { Reading, RunView, StepState } from '@shared/runbook/state-model';
import { useAction } from '../api';
import { ArmButton } from '../arm/arm-button';
import { useArm, useOpenLever } from '../arm/use-lever';
import { ErrorSentence } from '../ui/error-sentence';
import { type Mark, Shape } from '../ui/marks';
import { useWords, type Words } from '../words';
import { MARK_OF_STEP } from './marks';
import { type ResumeRow, resumeRows, type So } from './resume-rows';
import type { StepRow } from './step-rows';

const MARK_OF_SO: Readonly<Record<So, Mark>> = {
  proved: 'proved',
  happened: 'proved',
  changed: 'attention',
  partly: 'attention',
  left: 'attention',
  ahead: 'attention',
  'not-happened': 'todo',
  todo: 'todo',
  undone: 'undone',
  unknown: 'unknown',
};

/** A run that nobody acts in: what the journal says, what the servers say, and what follows. Nothing starts by itself. */
export function ResumePanel({ view, current }: { view: RunView; current: StepRow | null }) {
  const words = useWords();
  const { resume, nobody } = words.runs.run;
  const { plan, state } = view;
  const lever = useOpenLever();
  const arm = useArm();
  const read = useAction('runbook.readings');
  const live = lever && 'run' in lever.request && lever.request.run === state.id ? lever.readings : [];
  const readings: readonly Reading[] | null = live.length > 0 ? live : (read.data ?? null);
  const at = readings && readings.length > 0 ? Math.max(...readings.map((reading) => reading.at)) : null;
  const during =
    current && current.state.state !== 'pending' && current.state.state !== 'done' ? current.step : null;
  const rows = resumeRows(plan, state, readings);
  return (
    <article className="resume" data-testid="resume">
      <header>
        <h2>{during ? resume.title(during.number) : resume.titleBetween}</h2>
        <p className="soft">
          {readings ? resume.now : nobody} {resume.more}
        </p>
        {current?.state.error && <ErrorSentence error={current.state.error} mark="critical" />}
        {arm?.armed === false ? (
          <ArmButton />
        ) : (
          <button
            type="button"
            className="button"
            disabled={read.isPending}
            data-testid="ask-servers"
            onClick={() => read.mutate({ plan: state.plan })}
          >
            {read.isPending ? words.runs.readings.reading : resume.ask}
          </button>
        )}
      </header>
      {read.error && <ErrorSentence error={toAppError(read.error)} mark="critical" />}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{resume.columns.step}</th>
            <th scope="col">{resume.columns.journal}</th>
            <th scope="col">{at === null ? resume.columns.servers : resume.asked(words.time(at))}</th>
            <th scope="col">{resume.columns.so}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.step.id} row={row} plan={plan} asked={readings !== null} />
          ))}
        </tbody>
      </table>
    </article>
  );
}

function Row({ row, plan, asked }: { row: ResumeRow; plan: RunPlan; asked: boolean }) {
  const words = useWords();
  const { resume } = words.runs.run;
  const { step, state, says, so } = row;
  return (
    <tr data-step={step.id} data-so={so ?? ''}>
      <th scope="row">
        <span className="with-mark">
          <Shape mark={so === null ? MARK_OF_STEP[state.state] : MARK_OF_SO[so]} size={13} />
          <b>
            {step.number} {words.plan(plan.procedure, step.title)}
          </b>
        </span>
      </th>
      <td>{journalSays(state, words)}</td>
      <td>
        {!asked
          ? resume.notAsked
          : says.length === 0
            ? resume.noFacts
            : says.map(({ fact, target, value }) => (
                <p key={fact}>
                  {value === null ? (
                    resume.noAnswer(target)
                  ) : (
                    <>
                      {words.runs.readings.named(words.plan(plan.procedure, factTitle(plan, fact)))}{' '}
                      <span className="mono foreign">{value === '' ? words.runs.readings.empty : value}</span>
                    </>
                  )}
                </p>
              ))}
      </td>
      <td>{so === null ? '' : resume.so[so]}</td>
    </tr>
  );
}

const factTitle = ({ facts }: RunPlan, key: string): Said =>
  facts.find((fact) => fact.key === key)?.title ?? { code: key, params: {} };

/** What stands in the journal of one step. */
function journalSays({ state, startedAt, endedAt }: StepState, { runs, time }: Words): string {
  const { journal } = runs.run.resume;
  const ended = endedAt === null ? '' : time(endedAt);
  const started = startedAt === null ? '' : time(startedAt);
  switch (state) {
    case 'pending':
      return journal.pending;
    case 'done':
      return journal.done(ended);
    case 'undone':
      return journal.undone(ended);
    case 'failed':
    case 'undo-failed':
      return journal.failed(ended);
    case 'undoing':
      return journal.undoing(started);
    case 'waiting':
      return journal.waiting(started);
    case 'running':
    case 'unknown':
      return journal.sent(started);
  }
}
