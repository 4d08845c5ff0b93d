import type { Plan, PlanStep } from '@shared/views/plan';
import { Fragment, type ReactNode } from 'react';
import { useRoute } from '../route';
import { Shape, Status } from '../ui/marks';
import { useWords } from '../words';
import { Absent } from './absent';
import { Figure } from './figure';
import { StepDetails } from './step-details';

const COLUMNS = 7;

/** Every step in its order: who does it, when, how long, or the inputs it waits for; opened, all that the runbook says of it. */
export function StepsTable({ plan }: { plan: Plan }) {
  const { ui, planScreen } = useWords();
  const { timeline } = planScreen;
  const rollback = plan.rollback.length > 0;
  return (
    <>
      <section className="panel" data-testid="steps">
        <h2>{ui.plan.steps}</h2>
        <div className="panel-body">
          <Table label={ui.plan.steps}>
            {inRuns(plan.steps).map((steps) => (
              <Fragment key={steps[0].id}>
                <tr className="phase">
                  <th scope="rowgroup" colSpan={COLUMNS}>
                    {ui.plan.phases[steps[0].phase]}
                  </th>
                </tr>
                {steps.map((step) => (
                  <Fragment key={step.id}>
                    {step.id === plan.clock.pointOfNoReturn?.step && <NoReturnLine plan={plan} />}
                    <Step step={step} plan={plan} />
                    {step.lastFreeAbort && (
                      <tr className="free-line">
                        <td colSpan={COLUMNS}>{timeline.freeUntil}</td>
                      </tr>
                    )}
                  </Fragment>
                ))}
              </Fragment>
            ))}
          </Table>
        </div>
      </section>
      {rollback && (
        <section className="panel" data-testid="rollback">
          <h2>{timeline.rollback}</h2>
          <div className="panel-body">
            <Table label={timeline.rollback}>
              {plan.rollback.map((step) => (
                <Step key={step.id} step={step} plan={plan} />
              ))}
            </Table>
          </div>
        </section>
      )}
    </>
  );
}

function Table({ label, children }: { label: string; children: ReactNode }) {
  const { ui, planScreen } = useWords();
  const { timeline } = planScreen;
  return (
    <table className="table steps-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">{ui.plan.columns.step}</th>
          <th scope="col">{ui.plan.columns.track}</th>
          <th scope="col">{timeline.owner}</th>
          <th scope="col" className="right">
            {timeline.start}
          </th>
          <th scope="col" className="right">
            {timeline.likely}
          </th>
          <th scope="col" className="right">
            {timeline.p90End}
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function NoReturnLine({ plan }: { plan: Plan }) {
  const { timeline } = useWords().planScreen;
  const at = plan.clock.pointOfNoReturn?.at;
  return (
    <tr className="no-return-line" data-testid="no-return">
      <td colSpan={COLUMNS}>
        <Shape mark="critical" /> {at ? timeline.noReturnAt(at.local) : timeline.noReturn}
      </td>
    </tr>
  );
}

function Step({ step, plan }: { step: PlanStep; plan: Plan }) {
  const { ui } = useWords();
  const { route, setQuery } = useRoute();
  const open = route.id === step.id || route.query.step === step.id;
  const critical = plan.totals.criticalPath.includes(step.id);
  return (
    <>
      <tr className={`step ${critical ? 'step-critical' : ''}`} data-testid={`step-${step.id}`}>
        <td className="step-number">{step.gate ? <span className="gate">{step.gate}</span> : step.number}</td>
        <th scope="row">
          <button
            type="button"
            className="row-button"
            aria-expanded={open}
            onClick={() => setQuery({ step: open ? null : step.id })}
          >
            {step.title}
          </button>
          <span className="why">{step.when}</span>
        </th>
        <td className="soft">{ui.plan.tracks[step.track]}</td>
        <td className="soft">{step.owner.title}</td>
        <Times step={step} plan={plan} />
      </tr>
      {open && (
        <tr className="step-open">
          <td />
          <td colSpan={COLUMNS - 1}>
            <StepDetails step={step} plan={plan} />
          </td>
        </tr>
      )}
    </>
  );
}

function Times({ step, plan }: { step: PlanStep; plan: Plan }) {
  const { ui, common, planScreen, minutes } = useWords();
  const { setQuery } = useRoute();
  const { timeline } = planScreen;
  const { clock, missing = [] } = step;
  const fromStart = (at: number) =>
    at < 0 ? timeline.beforeStart(minutes(-at)) : timeline.fromStart(minutes(at));
  const title = (path: string) =>
    path === `steps/${step.id}`
      ? ui.plan.ownDuration
      : (plan.assumptions.find((each) => each.path === path)?.title ?? path);
  if (!step.minutes)
    return (
      <td colSpan={3} className="right">
        {missing.length === 0 ? (
          <Status mark="unknown" label={common.unknown} />
        ) : (
          <>
            <Status mark="unknown" label={ui.plan.missing} />{' '}
            {missing.map((path, i) => (
              <Fragment key={path}>
                {i > 0 && ', '}
                <button
                  type="button"
                  className="link-button"
                  onClick={() => setQuery({ tab: 'assumptions', edit: path })}
                >
                  {title(path)}
                </button>
              </Fragment>
            ))}
          </>
        )}
      </td>
    );
  return (
    <>
      <td className="right nowrap soft">
        {clock ? (clock.startsAt?.local ?? fromStart(clock.start)) : <Absent />}
      </td>
      <td className="right nowrap">
        <Figure name={`step/${step.id}`} label={step.title}>
          {minutes(step.minutes.likely)}
        </Figure>
        <span className="why">
          {ui.plan.range(minutes(step.minutes.optimistic), minutes(step.minutes.pessimistic))}
        </span>
      </td>
      <td className="right nowrap soft">
        {clock ? (clock.endsAtP90?.local ?? fromStart(clock.endP90)) : <Absent />}
      </td>
    </>
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
