import type { Plan, PlanGate, PlanStep, StepCommand } from '@shared/views/plan';
import type { ReactNode } from 'react';
import { keyed } from '../ui/keyed';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** All that the runbook says of a step: who, what is typed, what has to be seen, how it is undone. */
export function StepDetails({ step, plan }: { step: PlanStep; plan: Plan }) {
  const { planScreen, ui, minutes } = useWords();
  const { timeline } = planScreen;
  const gate = plan.gates.find((each) => each.step === step.id);
  const needs = step.needs.flatMap((id) => plan.steps.find((each) => each.id === id)?.number ?? []);
  return (
    <dl className="step-details" data-testid="step-details">
      {gate && <Gate gate={gate} />}
      <Line name={timeline.owner}>
        {step.owner.title} · {timeline.backup(step.backup.title)} · {timeline.runs[step.runsBy]}
      </Line>
      {needs.length > 0 && <Line name={timeline.after}>{needs.join(', ')}</Line>}
      {step.check && <Line name={timeline.check}>{step.check}</Line>}
      {(step.commands.length > 0 || step.commandsNote) && (
        <Line name={timeline.commands}>
          <Commands commands={step.commands} />
          {step.commandsNote && <p className="note">{step.commandsNote}</p>}
        </Line>
      )}
      {!gate && (
        <Line name={timeline.undo}>
          {step.nature === 'no-return' && (
            <p className="no-return-word">
              <Shape mark="critical" /> {timeline.noReturn}
            </p>
          )}
          {step.undo ? (
            <>
              <p>
                {step.undo.text}
                {step.undo.minutes && (
                  <span className="soft"> · {timeline.undoTakes(minutes(step.undo.minutes.likely))}</span>
                )}
                {step.nature === 'hard' && <span className="soft"> · {timeline.hard}</span>}
              </p>
              <Commands commands={step.undo.commands} />
            </>
          ) : (
            <p className="soft">{timeline.noUndo}</p>
          )}
        </Line>
      )}
      {step.formula && (
        <Line name={ui.plan.formula}>
          <code>{step.formula}</code>
        </Line>
      )}
    </dl>
  );
}

/** A sheet on which people decide: what is read, what it must be, who signs. */
function Gate({ gate }: { gate: PlanGate }) {
  const { timeline } = useWords().planScreen;
  return (
    <>
      <Line name={gate.gate}>
        <strong>{gate.question}</strong>
        <table className="table gate-table">
          <thead>
            <tr>
              <th scope="col">{timeline.reading}</th>
              <th scope="col">{timeline.must}</th>
              <th scope="col">{timeline.where}</th>
            </tr>
          </thead>
          <tbody>
            {gate.readings.map((reading) => (
              <tr key={reading.id}>
                <th scope="row">{reading.what}</th>
                <td>{reading.must}</td>
                <td className="soft">{reading.where}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Line>
      <Line name={timeline.signs}>{gate.signs.map(({ title }) => title).join(', ')}</Line>
      <Line name={timeline.otherwise}>{gate.otherwise}</Line>
    </>
  );
}

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="step-line">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Commands as they are typed, each on the host it is for. A preview: nothing is sent from here. */
function Commands({ commands }: { commands: readonly StepCommand[] }) {
  const { timeline } = useWords().planScreen;
  if (commands.length === 0) return null;
  return (
    <ul className="step-commands">
      {keyed(commands, ({ on, text }) => `${on} ${text}`).map(({ key, one }) => (
        <li key={key}>
          <span className="note">{timeline.on(one.on)}</span>
          <pre className="raw">{one.text}</pre>
        </li>
      ))}
    </ul>
  );
}
