import type { Plan, PlanStep } from '@shared/views/plan';
import { Fragment } from 'react';
import { useRoute } from '../route';
import { Status } from '../ui/marks';
import { useWords } from '../words';

/** The steps in their order, with three durations each or the inputs they wait for. */
export function StepsTable({ plan }: { plan: Plan }) {
  const { ui } = useWords();
  const { route, setQuery } = useRoute();
  const columns = ui.plan.columns;
  const groups = inRuns(plan.steps);
  return (
    <section className="panel" data-testid="steps">
      <h2>{ui.plan.steps}</h2>
      <div className="panel-body">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{columns.step}</th>
              <th scope="col">{columns.track}</th>
              <th scope="col" className="right">
                {columns.optimistic}
              </th>
              <th scope="col" className="right">
                {columns.likely}
              </th>
              <th scope="col" className="right">
                {columns.pessimistic}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((steps) => (
              <Fragment key={steps[0].id}>
                <tr className="phase">
                  <th scope="rowgroup" colSpan={5}>
                    {ui.plan.phases[steps[0].phase]}
                  </th>
                </tr>
                {steps.map((step) => (
                  <Step
                    key={step.id}
                    step={step}
                    plan={plan}
                    open={route.id === step.id || route.query.step === step.id}
                    onToggle={() => setQuery({ step: route.query.step === step.id ? null : step.id })}
                    onInput={(path) => setQuery({ edit: path })}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Step({
  step,
  plan,
  open,
  onToggle,
  onInput,
}: {
  step: PlanStep;
  plan: Plan;
  open: boolean;
  onToggle: () => void;
  onInput: (path: string) => void;
}) {
  const { ui, common, minutes } = useWords();
  const critical = plan.totals.criticalPath.includes(step.id);
  const number = plan.steps.indexOf(step) + 1;
  const missing = step.missing ?? [];
  const title = (path: string) =>
    path === `steps/${step.id}`
      ? ui.plan.ownDuration
      : (plan.assumptions.find((each) => each.path === path)?.title ?? path);
  return (
    <tr className={critical ? 'step step-critical' : 'step'} data-testid={`step-${step.id}`}>
      <th scope="row">
        <button type="button" className="row-button" aria-expanded={open} onClick={onToggle}>
          <span className="step-number">{number}</span>
          {step.title}
        </button>
        {open && (
          <span className="why">
            {step.needs.length > 0 && (
              <>
                {ui.plan.columns.needs}{' '}
                {step.needs
                  .map((id) => plan.steps.findIndex((each) => each.id === id) + 1)
                  .filter((n) => n > 0)
                  .join(', ')}
                .{' '}
              </>
            )}
            {step.formula && (
              <>
                {ui.plan.formula} <code>{step.formula}</code>
              </>
            )}
          </span>
        )}
      </th>
      <td className="soft">{ui.plan.tracks[step.track]}</td>
      {step.minutes ? (
        <>
          <td className="right nowrap soft">{minutes(step.minutes.optimistic)}</td>
          <td className="right nowrap">{minutes(step.minutes.likely)}</td>
          <td className="right nowrap soft">{minutes(step.minutes.pessimistic)}</td>
        </>
      ) : (
        <td colSpan={3} className="right">
          {missing.length === 0 ? (
            <Status mark="unknown" label={common.unknown} />
          ) : (
            <>
              <Status mark="unknown" label={ui.plan.missing} />{' '}
              {missing.map((path, i) => (
                <Fragment key={path}>
                  {i > 0 && ', '}
                  <button type="button" className="link-button" onClick={() => onInput(path)}>
                    {title(path)}
                  </button>
                </Fragment>
              ))}
            </>
          )}
        </td>
      )}
    </tr>
  );
}

/** Steps of one phase that follow each other; a phase that is taken up again gets its heading again. */
function inRuns(steps: readonly PlanStep[]): [PlanStep, ...PlanStep[]][] {
  const runs: [PlanStep, ...PlanStep[]][] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last?.[0].phase === step.phase) last.push(step);
    else runs.push([step]);
  }
  return runs;
}
