import type { DryChange } from '@shared/runbook/dry-run';
import { useWords } from '../words';

/** Positions and lists of accounts can be of any length; the statements beside them have them whole. */
const LONGEST = 60;
const short = (text: string): string => {
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join('')}…`;
};

/** What a step changes: before and after, fact by fact. */
export function Changes({ procedure, changes }: { procedure: string; changes: readonly DryChange[] }) {
  const { runs, plan: said } = useWords();
  const { empty, named } = runs.readings;
  const value = (text: string) => <span className="mono foreign">{text === '' ? empty : short(text)}</span>;
  if (changes.length === 0) return null;
  return (
    <ul className="changes">
      {changes.map(({ fact, title, from, to }) => (
        <li key={fact}>
          {named(said(procedure, title))} {value(from)} → {value(to)}
        </li>
      ))}
    </ul>
  );
}
