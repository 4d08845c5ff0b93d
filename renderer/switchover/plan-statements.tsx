import { type DryRow, dryRunOf } from '@shared/runbook/dry-run';
import type { RunPlan } from '@shared/runbook/plan';
import { throttleText } from '@shared/text/throttle-text';
import { useMemo, useState } from 'react';
import { useKeys } from '../keys';
import { Changes } from '../runs/changes-line';
import { CodeLines } from '../runs/code-lines';
import { useWords } from '../words';

/** What a step waits for or is decided by is its work; the readings around it are shown when asked for. */
const isWork = ({ when }: DryRow['looks'][number]): boolean =>
  when === 'throttle' || when === 'until' || when === 'unless' || when === 'gate';

/** Every statement and command in full, in the order they are sent, with the line from which nothing is taken back. */
export function PlanStatements({ plan }: { plan: RunPlan }) {
  const { runs } = useWords();
  const words = runs.switchover;
  const [all, setAll] = useState(false);
  useKeys({ 'Shift+E': () => setAll(!all) });
  const { rows, begins } = useMemo(() => dryRunOf(plan), [plan]);
  const line = rows.find(({ nature }) => nature === 'point-of-no-return')?.id;
  const count = rows.reduce((sum, { sent, looks }) => sum + sent.length + looks.filter(isWork).length, 0);
  const looks = rows.reduce((sum, row) => sum + row.looks.length, begins.length);
  return (
    <>
      <div className="label label-row">
        <h2 className="label">{words.statements}</h2>
        <span>{words.statementsCount(count)}</span>
      </div>
      {all && begins.length > 0 && (
        <div className="plan-step">
          <span className="step-number">0</span>
          <b>{words.begins}</b>
          <span />
          <div className="plan-detail">
            <CodeLines lines={begins} />
          </div>
        </div>
      )}
      <ol className="plan-steps" data-testid="plan-steps">
        {rows.map((row) => (
          <li key={row.id} data-step={row.id} data-nature={row.nature}>
            {row.id === line && (
              <div className="no-return-row">
                <p className="soft">{words.undoable}</p>
                <p className="no-return">{words.noReturn}</p>
              </div>
            )}
            <PlanStep plan={plan} row={row} all={all} />
          </li>
        ))}
      </ol>
      <p className="note">
        {words.secrets}{' '}
        <button
          type="button"
          className="link-button"
          aria-pressed={all}
          data-testid="all-statements"
          onClick={() => setAll(!all)}
        >
          {all ? words.looksHide : words.looksShow(looks)} <kbd>Shift E</kbd>
        </button>
      </p>
    </>
  );
}

function PlanStep({ plan: { procedure, steps }, row, all }: { plan: RunPlan; row: DryRow; all: boolean }) {
  const { runs, runbook, plan: said, duration, language } = useWords();
  const words = runs.switchover;
  const { id, number, kind, title, group, estimate, limitMs, sent, looks, changes } = row;
  if (kind === 'group') {
    const unbroken = steps.some((step) => step.id === id && step.kind === 'group' && step.unbroken);
    return (
      <p className="plan-group">
        <span className="step-number">{number}</span>
        <b>{said(procedure, title)}</b>
        {unbroken && <span className="soft">{words.unbroken}</span>}
      </p>
    );
  }
  const before = all ? looks.filter(({ when }) => when === 'before') : [];
  const after = all ? looks.filter(({ when }) => when === 'after') : [];
  const until = looks.filter(({ when }) => when === 'until');
  return (
    <div className={group === null ? 'plan-step' : 'plan-step plan-step-within'}>
      <span className="step-number">{number}</span>
      <b>{said(procedure, title)}</b>
      <span className="plan-time">
        {estimate === null
          ? words.notRehearsed
          : `${duration(estimate.p50Ms)} · ${estimate.basis === 'assumed' ? words.notRehearsed : words[estimate.basis]}`}
      </span>
      <div className="plan-detail">
        <div className="code-looks">
          <CodeLines lines={before} />
        </div>
        <CodeLines lines={[...sent, ...looks.filter(isWork)]} />
        <div className="code-looks">
          <CodeLines lines={after} />
        </div>
        {until.map(({ title }) => (
          <p key={JSON.stringify(title)} className="note">
            {words.until(said(procedure, title))}, {words.limit(duration(limitMs))}
          </p>
        ))}
        {looks.some(({ when }) => when === 'unless') && (
          <p className="note">{row.suffices ? runbook.asksUnlessAny : runbook.asksUnless}</p>
        )}
        {row.throttle && <p className="note">{throttleText(row.throttle, kind, language)}</p>}
        {row.goesOn && <p className="note">{runbook.goesOn}</p>}
        <Changes procedure={procedure} changes={changes} />
      </div>
    </div>
  );
}
