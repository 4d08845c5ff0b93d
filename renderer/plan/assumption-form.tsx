import type { LedgerEntry } from '@shared/contract';
import { toAppError } from '@shared/errors';
import type { Quantity } from '@shared/estate/schema';
import type { Plan, PlanAssumption } from '@shared/views/plan';
import { useEffect, useId, useRef, useState } from 'react';
import { useAction, useCall } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';
import { parseNumber } from './parse-number';
import { keepLedger } from './use-plan';

interface AssumptionFormProps {
  assumption: PlanAssumption;
  plan: Plan;
  planWith: (entry: LedgerEntry) => Plan;
  /** A person's value is in the ledger and can be taken out again. */
  kept: boolean;
  onDone: () => void;
}

/** Sets one number: shows old and new, and what the outage becomes, before anything is kept. */
export function AssumptionForm({ assumption, plan, planWith, kept, onDone }: AssumptionFormProps) {
  const { ui, common, number, minutes } = useWords();
  const { data: app } = useCall('app.info', undefined);
  const set = useAction('ledger.set');
  const clear = useAction('ledger.clear');
  const [text, setText] = useState(assumption.value === null ? '' : String(assumption.value));
  const [unit, setUnit] = useState(assumption.unit);
  const hint = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const value = parseNumber(text);
  const fault =
    text !== '' && value === null ? ui.plan.notANumber : unit.trim() === '' ? ui.plan.noUnit : null;
  const operator = app?.operator ?? '';
  const quantity: Quantity | null =
    value === null || fault ? null : { value, unit: unit.trim(), source: 'assumed', by: operator };
  const after = quantity ? planWith({ path: assumption.path, quantity, at: 0 }).totals.outage : null;
  const before = plan.totals.outage;
  const show = (outage: typeof before) => (outage ? minutes(outage.likely) : common.unknown);
  const keep = {
    onSuccess: (ledger: LedgerEntry[]) => {
      keepLedger(ledger);
      onDone();
    },
  };
  const failed = set.error ?? clear.error;
  return (
    <form
      className="assumption-form"
      data-testid="assumption-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (quantity) set.mutate({ path: assumption.path, quantity }, keep);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    >
      <label>
        {ui.plan.value}
        <input
          ref={field}
          className="field"
          inputMode="decimal"
          value={text}
          aria-describedby={hint}
          aria-invalid={fault !== null}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label>
        {ui.plan.unit}
        <input className="field field-unit" value={unit} onChange={(event) => setUnit(event.target.value)} />
      </label>
      <p className="note" id={hint} role="status">
        {fault ??
          (quantity && (
            <>
              {ui.plan.change(
                assumption.value === null ? common.unknown : `${number(assumption.value)} ${assumption.unit}`,
                `${number(quantity.value)} ${quantity.unit}`,
              )}{' '}
              · {ui.plan.outageChange(show(before), show(after))} · {ui.plan.assumedBy(operator)}
            </>
          ))}
      </p>
      <div className="form-actions">
        <button type="submit" className="button button-main" disabled={!quantity || set.isPending}>
          {ui.plan.save}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {ui.plan.cancel}
        </button>
        {kept && (
          <button
            type="button"
            className="button"
            onClick={() => clear.mutate({ path: assumption.path }, keep)}
          >
            {ui.plan.clear}
          </button>
        )}
      </div>
      {failed && <ErrorSentence error={toAppError(failed)} mark="critical" />}
    </form>
  );
}
