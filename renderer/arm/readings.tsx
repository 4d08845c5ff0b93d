import type { Reading } from '@shared/runbook/state-model';
import { formatDuration } from '@shared/text/format';
import { useEffect, useState } from 'react';
import { useRealNow } from '../clock';
import { ErrorSentence } from '../ui/error-sentence';
import { type Mark, Shape } from '../ui/marks';
import { useWords } from '../words';

/** Milliseconds after which a fact closes the lever. */
const FRESH_MS = 2000;
/** A value longer than this has a line of its own. */
const SHORT = 22;

const markOf = ({ holds }: Reading): Mark => (holds === null ? 'unknown' : holds ? 'proved' : 'critical');

/** The one clock of the window beats once a second; what has just come is younger than its last beat. */
function useArrival(readings: readonly Reading[]): number {
  const now = useRealNow();
  const newest = readings.reduce((latest, { at }) => Math.max(latest, at), 0);
  const [arrived, setArrived] = useState(0);
  useEffect(() => {
    if (newest > 0) setArrived(Date.now());
  }, [newest]);
  return Math.max(now, arrived);
}

/** Facts beside what they must be, each with its age as a bar: full and dashed when it is too old to act on. */
export function FactList({ procedure, readings }: { procedure: string; readings: readonly Reading[] }) {
  const { plan } = useWords();
  const now = useArrival(readings);
  return (
    <ul className="fact-list" data-testid="lever-facts">
      {readings.map((reading) => {
        const { id, title, value, mustBe, at, error } = reading;
        const long = (value ?? '').length > SHORT;
        return (
          <li key={id} data-holds={String(reading.holds)} className={long ? 'fact-long' : ''}>
            <Shape mark={markOf(reading)} size={13} />
            <span className="fact-name">
              <HoldsWord reading={reading} />
              {plan(procedure, title)}
            </span>
            <ValueText value={value} />
            <AgeBar ms={Math.max(0, now - at)} />
            {reading.holds === false && <MustBe value={mustBe} />}
            {error && <ErrorSentence error={error} />}
          </li>
        );
      })}
    </ul>
  );
}

/** The shape is not the only sign. */
function HoldsWord({ reading: { holds } }: { reading: Reading }) {
  const { runs } = useWords();
  const { readings } = runs;
  const word = holds === null ? readings.unknown : holds ? readings.holds : readings.fails;
  return <span className="visually-hidden">{word}: </span>;
}

function ValueText({ value }: { value: string | null }) {
  const { runs, common } = useWords();
  return (
    <span className="fact-value mono foreign">
      {value === null ? common.unknown : value === '' ? runs.readings.empty : value}
    </span>
  );
}

function MustBe({ value }: { value: string }) {
  const { runs } = useWords();
  return (
    <span className="fact-must foreign">
      {runs.readings.mustBe(value === '' ? runs.readings.empty : value)}
    </span>
  );
}

function AgeBar({ ms }: { ms: number }) {
  const { language } = useWords();
  const share = Math.min(1, ms / FRESH_MS);
  return (
    <span className={ms > FRESH_MS ? 'age-bar age-bar-old' : 'age-bar'}>
      <svg width="28" height="4" aria-hidden="true">
        <rect className="age-bar-ground" width="28" height="4" />
        <rect className="age-bar-done" width={28 * share} height="4" />
      </svg>
      {formatDuration(Math.round(ms / 100) * 100, language)}
    </span>
  );
}

/** The same as a table with what each must be: at a gate. */
export function ReadingTable({ procedure, readings }: { procedure: string; readings: readonly Reading[] }) {
  const { plan, runs, time } = useWords();
  const { columns, empty } = runs.readings;
  return (
    <table className="table gate-readings">
      <thead>
        <tr>
          <th scope="col">{columns.reading}</th>
          <th scope="col">{columns.value}</th>
          <th scope="col">{columns.mustBe}</th>
          <th scope="col" className="right">
            {columns.where}
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.map((reading) => (
          <tr key={reading.id} data-holds={String(reading.holds)}>
            <th scope="row">
              <span className="with-mark">
                <Shape mark={markOf(reading)} size={13} />
                <span>
                  <HoldsWord reading={reading} />
                  {plan(procedure, reading.title)}
                </span>
              </span>
            </th>
            <td>
              <ValueText value={reading.value} />
            </td>
            <td className="mono foreign">{reading.mustBe === '' ? empty : reading.mustBe}</td>
            <td className="right nowrap">
              {reading.target} · {time(reading.at)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
