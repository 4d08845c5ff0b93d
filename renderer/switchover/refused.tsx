import type { Refusal } from '@shared/views/lever';
import { useId, useState } from 'react';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** Case and accents are nobody's intention. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** Every reason against a plan with what would remove it, and where the estate leaves it to a person, the words to type. */
export function Refused({
  procedure,
  reasons,
  onAgain,
}: {
  /** Whose words the reasons are in. */
  procedure: string;
  reasons: readonly Refusal[];
  onAgain: (overrides: { code: string; typed: string }[]) => void;
}) {
  const { runs, plan } = useWords();
  const words = runs.switchover;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const overrides = reasons.flatMap(({ code, override }) =>
    override !== null && plain(typed[code] ?? '') === plain(override)
      ? [{ code, typed: typed[code] ?? '' }]
      : [],
  );
  return (
    <section className="refusals" data-testid="refused-plan">
      <h2>
        <Shape mark="critical" size={16} /> {words.refused(reasons.length)}
      </h2>
      <p className="soft">{words.refusedMore}</p>
      <ol>
        {reasons.map((reason, n) => (
          <li key={`${reason.code} ${JSON.stringify(reason.params)}`} data-code={reason.code}>
            <span className="step-number">{n + 1}</span>
            <div>
              <p className="strong">{plan(procedure, reason)}</p>
              <p>{plan(procedure, reason.remedy)}</p>
              {reason.override !== null && (
                <Override
                  text={reason.override}
                  typed={typed[reason.code] ?? ''}
                  given={overrides.some(({ code }) => code === reason.code)}
                  onType={(text) => setTyped({ ...typed, [reason.code]: text })}
                />
              )}
              <p className="note mono">{reason.code}</p>
            </div>
          </li>
        ))}
      </ol>
      {reasons.some(({ override }) => override !== null) && (
        <button
          type="button"
          className="button"
          data-testid="plan-with"
          disabled={overrides.length === 0}
          onClick={() => onAgain(overrides)}
        >
          {words.planWith(overrides.length)}
        </button>
      )}
    </section>
  );
}

function Override({
  text,
  typed,
  given,
  onType,
}: {
  text: string;
  typed: string;
  given: boolean;
  onType: (typed: string) => void;
}) {
  const { runs } = useWords();
  const words = runs.switchover;
  const id = useId();
  return (
    <div className="override">
      <label htmlFor={id}>{words.override(text)}</label>
      <input
        id={id}
        type="text"
        className="mono"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed}
        data-testid="override"
        onChange={(event) => onType(event.target.value)}
      />
      <span className="note" role="status">
        {given ? words.overridden : ''}
      </span>
    </div>
  );
}
