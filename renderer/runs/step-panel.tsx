import { dryRunOf } from '@shared/runbook/dry-run';
import type { RunView } from '@shared/runbook/state-model';
import { formatNumber } from '@shared/text/format';
import { stepWord } from '@shared/text/step-word';
import { useMemo } from 'react';
import { ReadingTable } from '../arm/readings';
import { useOpenLever } from '../arm/use-lever';
import { useNow } from '../clock';
import { ErrorSentence } from '../ui/error-sentence';
import { Shape, Status } from '../ui/marks';
import { useWords } from '../words';
import { Changes } from './changes-line';
import { CodeLines } from './code-lines';
import { MARK_OF_STEP } from './marks';
import { standsText } from './stands';
import type { StepRow } from './step-rows';
import { ThrottleControl } from './throttle-control';
import { StepWays } from './ways';

/** One step: how it stands, what it sends and changes, what proved it; a gate with its readings and its two answers. */
export function StepPanel({ view, row }: { view: RunView; row: StepRow }) {
  const words = useWords();
  const { runs, plan: said, time, duration, language } = words;
  const { plan } = view;
  const { step, state } = row;
  const now = useNow();
  const { run } = runs;
  const { status } = view.state;
  const stands = standsText({ status, here: view.here }, state, step.target ?? '', words);
  const dry = useMemo(() => dryRunOf(plan).rows.find(({ id }) => id === step.id), [plan, step.id]);
  const sent = [
    ...(dry?.sent ?? []),
    ...(dry?.looks.filter(({ when }) => when === 'until' || when === 'throttle') ?? []),
  ];
  const took = state.durationMs ?? (state.startedAt === null ? null : Math.max(0, now - state.startedAt));
  return (
    <article
      className={`step-panel step-panel-${state.state}`}
      data-testid="step-panel"
      data-step={step.id}
      data-state={state.state}
    >
      <header>
        <Shape mark={MARK_OF_STEP[state.state]} size={20} />
        <h2>
          {step.number} · {said(plan.procedure, step.title)}
        </h2>
        <Status mark={MARK_OF_STEP[state.state]} label={stepWord(state, language)} />
      </header>
      <div className="step-panel-body">
        <p className="soft">
          {[
            step.target,
            state.startedAt === null ? run.before : run.startedAt(time(state.startedAt)),
            state.state === 'pending' || took === null
              ? null
              : (state.endedAt === null ? run.lasts : run.took)(duration(took)),
            step.estimate && run.planned(duration(step.estimate.p50Ms)),
            state.attempt > 1 ? run.attempt(state.attempt) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {stands !== null && <p>{stands}</p>}
        {state.error && (
          <ErrorSentence error={state.error} mark="critical" isOver={view.state.closedAt !== null} />
        )}
        <Progress view={view} id={step.id} />
        <ThrottleControl view={view} id={step.id} />
        {step.kind === 'gate' && <Gate view={view} row={row} />}
        {step.kind === 'wait' && (
          <p>
            {run.waitsFor}: {said(plan.procedure, step.until.title)}
          </p>
        )}
        {state.state === 'waiting' && <StepWays view={view} />}
        {sent.length > 0 && (
          <>
            <h3 className="label">{run.willSend}</h3>
            <CodeLines lines={sent} />
          </>
        )}
        {dry && dry.changes.length > 0 && (
          <>
            <h3 className="label">{run.changes}</h3>
            <Changes procedure={plan.procedure} changes={dry.changes} />
          </>
        )}
        <Evidence view={view} row={row} />
      </div>
    </article>
  );
}

/** A bar only where the end is known; else what was counted so far. */
function Progress({ view, id }: { view: RunView; id: string }) {
  const { runs, language } = useWords();
  const words = runs.run.progress;
  const progress = Object.hasOwn(view.progress, id) ? view.progress[id] : undefined;
  if (!progress) return null;
  const { done, total, unit } = progress;
  const number = (value: number) => formatNumber(value, language);
  const says =
    total === null || total === 0
      ? words.unknown(number(done), unit)
      : words.of(number(done), number(total), unit);
  return (
    <div className="progress">
      {total !== null && total > 0 && (
        <progress aria-label={words.label} value={Math.min(done, total)} max={total} />
      )}
      <p>{says}</p>
    </div>
  );
}

function Gate({ view, row }: { view: RunView; row: StepRow }) {
  const words = useWords();
  const { gate } = words.runs.run;
  const lever = useOpenLever();
  const { step } = row;
  if (step.kind !== 'gate') return null;
  const { procedure } = view.plan;
  const request = lever?.request;
  const onLever =
    request && 'step' in request && request.run === view.state.id && request.step === step.id
      ? (lever?.readings ?? [])
      : [];
  // What lies on the lever is read each second; what the run itself reads, every few.
  const read = onLever.length > 0 ? onLever : (view.readings[step.id] ?? []);
  const { readings } = words.runs;
  return (
    <>
      <p className="gate-question">{words.plan(procedure, step.question)}</p>
      {step.unless.length > 0 && row.state.state === 'waiting' && <p>{gate.unless}</p>}
      {read.length > 0 ? (
        <>
          <p className="label label-row">
            {readings.summary(read.filter(({ holds }) => holds).length, read.length)}
            {onLever.length === 0 && <span>{gate.every}</span>}
          </p>
          <ReadingTable procedure={procedure} readings={read} />
        </>
      ) : (
        <ul className="said-list">
          {[...step.unless, ...step.readings].map(({ id, title }) => (
            <li key={id}>
              <Shape mark="todo" size={13} />
              <span>{words.plan(procedure, title)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="note">
        {gate.people(step.people)} · {gate.note}
      </p>
    </>
  );
}

/** What was read as proof: fact or check, and its value. */
function Evidence({ view: { plan }, row: { step, state } }: { view: RunView; row: StepRow }) {
  const { runs, plan: said } = useWords();
  const proofs = Object.entries(state.evidence);
  if (state.state === 'pending') return null;
  const checks = [
    ...step.precheck,
    ...step.verify,
    ...(step.undo?.verify ?? []),
    ...(step.kind === 'wait' || step.kind === 'repeat' ? [step.until] : []),
    ...(step.kind === 'gate' ? [...step.unless, ...step.readings] : []),
  ];
  const nameOf = (id: string): string => {
    const title =
      plan.facts.find(({ key }) => key === id)?.title ?? checks.find((check) => check.id === id)?.title;
    return title ? said(plan.procedure, title) : id;
  };
  return (
    <>
      <h3 className="label">{runs.run.evidence}</h3>
      {proofs.length === 0 ? (
        <p className="soft">{runs.run.noEvidence}</p>
      ) : (
        <table className="facts" data-testid="step-evidence">
          <tbody>
            {proofs.map(([id, value]) => (
              <tr key={id}>
                <th scope="row">{nameOf(id)}</th>
                <td className="mono foreign">{value === '' ? runs.readings.empty : value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
