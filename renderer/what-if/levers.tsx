import type { Change } from '@shared/what-if/change';
import { IconX } from '@tabler/icons-react';
import { Segments } from '../ui/segments';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { replaced } from './changes';

const TIMES = ['1', '2', '5'] as const;

/** What is changed, each with a way to take it back; what it starts from; how many users there are. */
export function Levers({
  changes,
  titles,
  onChanges,
}: {
  changes: readonly Change[];
  /** Of the changes, in the same order; fewer where the drawing was refused. */
  titles: readonly string[];
  onChanges: (changes: readonly Change[]) => void;
}) {
  const { planScreen, say, common } = useWords();
  const words = planScreen.whatIf;
  const { estate } = useWatched();
  const scenario = changes.find((change) => change.kind === 'scenario');
  const load = changes.find((change) => change.kind === 'load');
  const times = TIMES.find((each) => Number(each) === (load?.times ?? 1)) ?? '1';
  const isScenario = ({ kind }: Change) => kind === 'scenario';
  const isLoad = ({ kind }: Change) => kind === 'load';
  return (
    <section className="section">
      <div className="what-if-from">
        <label>
          {words.startsFrom}
          <select
            className="field"
            value={scenario?.id ?? ''}
            onChange={({ target: { value } }) =>
              onChanges(replaced(changes, isScenario, value === '' ? null : { kind: 'scenario', id: value }))
            }
          >
            <option value="">{words.asIs}</option>
            {estate.scenarios.map(({ id, title }) => (
              <option key={id} value={id}>
                {title === undefined ? id : say(title)}
              </option>
            ))}
          </select>
        </label>
        <div>
          <p className="label">{words.load}</p>
          <Segments
            label={words.load}
            value={times}
            options={TIMES.map((value) => ({ value, label: `${value}×` }))}
            onChange={(value) =>
              onChanges(
                replaced(changes, isLoad, value === '1' ? null : { kind: 'load', times: Number(value) }),
              )
            }
          />
        </div>
      </div>
      <h2 className="label">
        {words.changes}
        {changes.length > 0 && (
          <button type="button" className="link-button" onClick={() => onChanges([])}>
            {words.reset}
          </button>
        )}
      </h2>
      {changes.length === 0 ? (
        <p className="soft">{common.none}</p>
      ) : (
        <ul className="what-if-changes" data-testid="changes">
          {changes.map((change, at) => (
            <li key={JSON.stringify(change)}>
              {titles[at] ?? JSON.stringify(change)}
              <button
                type="button"
                className="icon-button"
                aria-label={words.takeBack(titles[at] ?? change.kind)}
                onClick={() => onChanges(changes.filter((each) => each !== change))}
              >
                <IconX size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
