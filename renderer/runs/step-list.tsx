import { formatDuration } from '@shared/text/format';
import { stepWord } from '@shared/text/step-word';
import { useEffect, useRef } from 'react';
import { useNow } from '../clock';
import { Shape } from '../ui/marks';
import { useWords } from '../words';
import { MARK_OF_STEP } from './marks';
import type { StepRow } from './step-rows';

/** All steps as they go, with the point of no return as a line between them. */
export function StepList({
  rows,
  procedure,
  selected,
  onSelect,
}: {
  rows: readonly StepRow[];
  procedure: string;
  selected: string | null;
  onSelect: (id: string) => void;
}) {
  const { runs } = useWords();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current
      ?.querySelector(`[data-step="${CSS.escape(selected ?? '')}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <section className="run-steps" aria-label={runs.run.steps}>
      <div className="label label-row run-steps-head">
        <h2 className="label">{runs.run.steps}</h2>
        <span>{runs.run.actualPlanned}</span>
      </div>
      <ol ref={list} data-testid="run-steps">
        {rows.map((row) => (
          <li key={row.step.id} data-step={row.step.id}>
            {row.noReturn && <p className="no-return">{runs.run.noReturn}</p>}
            <Row
              row={row}
              procedure={procedure}
              selected={row.step.id === selected}
              onSelect={() => onSelect(row.step.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Row({
  row: { step, state, depth },
  procedure,
  selected,
  onSelect,
}: {
  row: StepRow;
  procedure: string;
  selected: boolean;
  onSelect: () => void;
}) {
  const { plan, language } = useWords();
  const now = useNow();
  const running = state.startedAt !== null && state.endedAt === null;
  const took =
    state.durationMs ?? (running && state.startedAt !== null ? Math.max(0, now - state.startedAt) : null);
  const actual = took === null || state.state === 'pending' ? null : formatDuration(took, language);
  const planned = step.estimate && formatDuration(step.estimate.p50Ms, language);
  const times = [actual ?? (planned ? '—' : null), planned].filter((text) => text !== null).join(' / ');
  const word = stepWord(state, language);
  const isPlain = state.state === 'pending' || (state.state === 'done' && state.by !== 'checks');
  return (
    <button
      type="button"
      className={`run-step run-step-${state.state}`}
      aria-pressed={selected}
      data-testid={`run-step-${step.id}`}
      data-state={state.state}
      style={{ paddingLeft: 12 + depth * 14 }}
      onClick={(event) => {
        onSelect();
        // Whoever clicks does not walk by keys: the space bar stays the hold.
        if (event.detail > 0) event.currentTarget.blur();
      }}
    >
      <Shape mark={MARK_OF_STEP[state.state]} size={13} />
      <span className="step-number">{step.number}</span>
      <span className="run-step-title">
        <span className="run-step-name">{plan(procedure, step.title)}</span>
        <span className={isPlain ? 'visually-hidden' : 'note'}> {word}</span>
      </span>
      <span className="run-step-time">{step.kind === 'group' ? (actual ?? '') : times}</span>
    </button>
  );
}
