import { toAppError } from '@shared/errors';
import type { RunView } from '@shared/runbook/state-model';
import { behindText } from '@shared/text/throttle-text';
import { useAction } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';

/** How fast a step goes, what keeps it from going faster, and the number that a person can turn while this console acts. */
export function ThrottleControl({ view, id }: { view: RunView; id: string }) {
  const { runs, language, time } = useWords();
  const words = runs.run.throttle;
  const set = useAction('run.throttle');
  const throttle = Object.hasOwn(view.throttles, id) ? view.throttles[id] : undefined;
  const state = view.state.steps[id]?.state ?? 'pending';
  if (!throttle || state === 'done' || state === 'undone') return null;
  const { unit, levels, most, rate, behind, waitsSince, error } = throttle;
  const text = behindText(view.plan.procedure, behind, language);
  const failed = error ?? (set.error && toAppError(set.error));
  return (
    <div className="throttle" data-testid="throttle" data-rate={rate ?? ''} data-waits={waitsSince !== null}>
      {levels.length > 0 && most !== null && (
        <p>
          <label>
            {words.label} · {words.set(unit)}{' '}
            <select
              className="field mono"
              data-testid="throttle-level"
              value={most}
              disabled={!view.here || set.isPending}
              onChange={(event) =>
                set.mutate({ id: view.state.id, step: id, level: Number(event.target.value) })
              }
            >
              {levels.map((level) => (
                <option key={level} value={level}>
                  {level}
                </option>
              ))}
            </select>
          </label>{' '}
          <span className="soft">{rate === null ? words.notNow : words.now(`${rate}`, unit)}</span>
        </p>
      )}
      {behind.length > 0 && (
        <p>{waitsSince === null ? words.slowed(text) : words.waits(time(waitsSince), text)}</p>
      )}
      {failed && <ErrorSentence error={failed} mark="critical" />}
    </div>
  );
}
