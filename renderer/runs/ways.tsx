import { toAppError } from '@shared/errors';
import type { RunView, Way } from '@shared/runbook/state-model';
import { useAction } from '../api';
import { useKeys } from '../keys';
import { useRoute } from '../route';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';
import { askingStep, isLeverAct } from './lever-act';

const KEYS: Readonly<Partial<Record<Way, string>>> = {
  hold: 'Space',
  'go-on': 'Space',
  undo: 'U',
  resume: 'R',
  'hand-over': 'H',
  'take-over': 'T',
  go: 'G',
};
/** Decisions about the step that waits stand beside its readings. */
const AT_STEP: ReadonlySet<Way> = new Set(['go', 'no-go', 'again', 'enough']);

/** Goes a way: a hold at once, everything else by opening the lever. */
function useWay(view: RunView) {
  const { setQuery } = useRoute();
  const hold = useAction('run.hold');
  const take = (way: Way) => {
    if (isLeverAct(way)) setQuery({ act: way, at: AT_STEP.has(way) ? askingStep(view) : null });
    else hold.mutate({ id: view.state.id, on: way === 'hold' });
  };
  return { take, hold };
}

/** What may be done with the run now, and nothing else; none of these buttons acts on a server by itself. */
export function Ways({ view }: { view: RunView }) {
  const { runs } = useWords();
  const words = runs.run.ways;
  const { take, hold } = useWay(view);
  const ways = view.ways.filter((way) => !AT_STEP.has(way));
  useKeys(
    Object.fromEntries(
      view.ways.flatMap((way) => {
        const key = KEYS[way];
        return key === undefined ? [] : [[key === 'Space' ? ' ' : key, () => take(way)]];
      }),
    ),
  );
  return (
    <section className="ways" data-testid="run-ways">
      <h2 className="label">{words.title}</h2>
      {view.ways.length === 0 && (
        <p className="soft">{view.state.closedAt === null ? words.noneNow : words.none}</p>
      )}
      {ways.map((way) => (
        <WayButton key={way} way={way} busy={hold.isPending} onTake={() => take(way)} />
      ))}
      {hold.error && <ErrorSentence error={toAppError(hold.error)} mark="critical" />}
      {view.ways.some(isLeverAct) && <p className="note">{words.opens}</p>}
    </section>
  );
}

/** The answers to what waits for a person, beside its readings. */
export function StepWays({ view }: { view: RunView }) {
  const { take, hold } = useWay(view);
  const ways = view.ways.filter((way) => AT_STEP.has(way));
  if (ways.length === 0) return null;
  return (
    <div className="step-ways" data-testid="gate-ways">
      {ways.map((way) => (
        <WayButton key={way} way={way} busy={hold.isPending} onTake={() => take(way)} />
      ))}
    </div>
  );
}

function WayButton({ way, busy, onTake }: { way: Way; busy: boolean; onTake: () => void }) {
  const { runs } = useWords();
  const words = runs.run.ways;
  const key = KEYS[way];
  return (
    <button type="button" className="way" disabled={busy} data-testid={`way-${way}`} onClick={onTake}>
      <span className="way-name">
        <b>{words[way]}</b>
        {key !== undefined && <kbd>{key}</kbd>}
      </span>
      <span className="soft">{words.says[way]}</span>
    </button>
  );
}
