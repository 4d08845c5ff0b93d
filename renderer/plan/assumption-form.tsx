import type { LedgerEntry } from '@shared/contract';
import { toAppError } from '@shared/errors';
import type { Quantity } from '@shared/estate/schema';
import type { LedgerRow } from '@shared/plan/ledger/ledger';
import type { Plan, PlanAssumption } from '@shared/views/plan';
import { useEffect, useId, useRef, useState } from 'react';
import { useAction, useCall } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { EnteredChange } from './entered-change';
import { faultsOf } from './faults-of';
import { type Draft, quantityOf } from './quantity-of';
import { keepLedger } from './use-plan';

interface AssumptionFormProps {
  assumption: PlanAssumption;
  /** What the ledger says now: its dimension is what a new value is checked against. */
  row: LedgerRow | undefined;
  plan: Plan;
  planWith: (entry: LedgerEntry) => Plan;
  /** A person's value is in the ledger and can be taken out again. */
  kept: boolean;
  onDone: () => void;
}

const draftOf = ({ value, unit }: PlanAssumption, row: LedgerRow | undefined): Draft => {
  const range = row?.state === 'known' ? row.quantity.range : undefined;
  return {
    value: value === null ? '' : String(value),
    unit,
    low: range ? String(range.low) : '',
    high: range ? String(range.high) : '',
  };
};

/** Sets one number: shows old and new, and what the outage and the verdict become, before anything is kept. */
export function AssumptionForm({ assumption, row, plan, planWith, kept, onDone }: AssumptionFormProps) {
  const { ui, planScreen, planFigures } = useWords();
  const { data: app } = useCall('app.info', undefined);
  const set = useAction('ledger.set');
  const clear = useAction('ledger.clear');
  const [draft, setDraft] = useState(() => draftOf(assumption, row));
  const hint = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const operator = app?.operator ?? '';
  const read = quantityOf(draft, operator);
  const quantity: Quantity | null = read.state === 'read' ? read.quantity : null;
  const faults = quantity && row ? faultsOf(quantity, row, planFigures.problems) : [];
  const fault = read.state === 'wrong' ? ui.plan[read.because] : (faults[0] ?? null);
  const meant = quantity && faults.length === 0 ? quantity : null;
  const input = (name: keyof Draft, label: string, className = '') => (
    <label>
      {label}
      <input
        ref={name === 'value' ? field : undefined}
        className={`field ${className}`}
        inputMode={name === 'unit' ? 'text' : 'decimal'}
        value={draft[name]}
        aria-describedby={hint}
        aria-invalid={fault !== null}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  );
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
        if (meant) set.mutate({ path: assumption.path, quantity: meant }, keep);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    >
      {input('value', ui.plan.value)}
      {input('unit', ui.plan.unit, 'field-unit')}
      {input('low', planScreen.ledger.low, 'field-unit')}
      {input('high', planScreen.ledger.high, 'field-unit')}
      <div className="assumption-change" id={hint} role="status">
        {fault ? (
          <p className="note">
            <Shape mark="attention" /> {fault}
          </p>
        ) : (
          meant && (
            <EnteredChange
              assumption={assumption}
              quantity={meant}
              plan={plan}
              after={planWith({ path: assumption.path, quantity: meant, at: 0 })}
              operator={operator}
            />
          )
        )}
      </div>
      <div className="form-actions">
        <button type="submit" className="button button-main" disabled={!meant || set.isPending}>
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
