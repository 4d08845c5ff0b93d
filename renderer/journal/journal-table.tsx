import { isSending, type JournalEntry } from '@shared/journal/entry';
import { eventText, resultText } from '@shared/journal/entry-text';
import { hostOf } from '@shared/journal/groups';
import { formatDuration } from '@shared/text/format';
import { Status } from '../ui/marks';
import { useWords } from '../words';

export const keyOf = ({ lane, seq }: JournalEntry): string => `${lane}/${seq}`;

interface JournalTableProps {
  entries: readonly JournalEntry[];
  selected: string | null;
  onOpen: (key: string) => void;
}

/** The entries, newest first. Each row is one focus stop; Enter opens it. */
export function JournalTable({ entries, selected, onOpen }: JournalTableProps) {
  const { ui, journal } = useWords();
  const { columns } = journal;
  return (
    <table className="table journal-table" aria-label={ui.places.journal} data-testid="journal-table">
      <thead>
        <tr>
          <th scope="col">{columns.time}</th>
          <th scope="col">{columns.host}</th>
          <th scope="col">{columns.kind}</th>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.result}</th>
          <th scope="col" className="right">
            {columns.duration}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={keyOf(entry)} entry={entry} open={selected === keyOf(entry)} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ entry, open, onOpen }: { entry: JournalEntry; open: boolean; onOpen: (key: string) => void }) {
  const { journal, language, time, date } = useWords();
  const { at, what } = entry;
  const result = resultText(what, language);
  return (
    <tr className={open ? 'row-selected' : ''} data-kind={what.kind}>
      <td className="nowrap" title={date(at)}>
        {time(at)}
      </td>
      <td className="mono nowrap">{hostOf(what) ?? '—'}</td>
      <td className="nowrap">{journal.kinds[what.kind]}</td>
      <th scope="row">
        <button
          type="button"
          className="row-button journal-what"
          aria-expanded={open}
          data-entry={keyOf(entry)}
          onClick={() => onOpen(keyOf(entry))}
        >
          {isSending(what) && <span className="soft">{what.name} </span>}
          <span className="foreign">{eventText(what, language)}</span>
        </button>
      </th>
      <td className="nowrap">
        {result.state === 'failed' ? <Status mark="attention" label={result.text} /> : result.text}
      </td>
      <td className="right nowrap soft">
        {'durationMs' in what ? formatDuration(what.durationMs, language) : ''}
      </td>
    </tr>
  );
}
