import { toAppError } from '@shared/errors';
import type { EnteredWindow, Plan } from '@shared/views/plan';
import { useState } from 'react';
import { Dialog } from '../ui/dialog';
import { ErrorSentence } from '../ui/error-sentence';
import { Shape } from '../ui/marks';
import { Segments } from '../ui/segments';
import { useWords } from '../words';
import { usePlanFrame } from './use-plan-frame';

type Which = NonNullable<EnteredWindow['which']> | 'once';

/** From when to when the cutover may last, by the clock of the place; what cannot be meant is said at its field. */
export function WindowForm({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { planScreen, zone } = useWords();
  const words = planScreen.window;
  const { setWindow, error } = usePlanFrame();
  const kept = plan.window.state === 'unset' ? null : plan.window.entered;
  const [draft, setDraft] = useState({
    start: kept?.start ?? '',
    end: kept?.end ?? '',
    zone: kept?.zone ?? zone,
  });
  const [which, setWhich] = useState<Which>(kept?.which ?? 'once');
  const problems = plan.window.state === 'refused' ? plan.window.problems : [];
  const full = Object.values(draft).every((text) => text.trim() !== '');
  const input = (name: keyof typeof draft, label: string, hint = '') => {
    const wrong = problems.filter((problem) => problem.input === `window/${name}`);
    return (
      <label>
        {label}
        <input
          className="field"
          data-first={name === 'start' ? '' : undefined}
          value={draft[name]}
          placeholder={hint}
          aria-invalid={wrong.length > 0}
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        />
        {wrong.map(({ text }) => (
          <span key={text} className="note">
            <Shape mark="attention" /> {text}
          </span>
        ))}
      </label>
    );
  };
  return (
    <Dialog title={words.title} onClose={onClose} testId="window-form">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          setWindow(which === 'once' ? draft : { ...draft, which });
        }}
      >
        {input('start', words.start, words.example)}
        {input('end', words.end, words.example)}
        {input('zone', words.zone)}
        <div>
          <p className="note">{words.which}</p>
          <Segments
            label={words.which}
            value={which}
            options={[
              { value: 'once', label: words.once },
              { value: 'first', label: words.first },
              { value: 'second', label: words.second },
            ]}
            onChange={setWhich}
          />
        </div>
        {error && <ErrorSentence error={toAppError(error)} mark="critical" />}
        <div className="form-actions">
          <span className="grow" />
          {kept && (
            <button type="button" className="button" onClick={() => setWindow(null)}>
              {words.clear}
            </button>
          )}
          <button type="button" className="button" onClick={onClose}>
            {plan.window.state === 'set' ? words.done : words.cancel}
          </button>
          <button type="submit" className="button button-main" disabled={!full}>
            {words.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
