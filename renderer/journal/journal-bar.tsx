import { GROUPS } from '@shared/journal/groups';
import { IconFilter } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { Segments } from '../ui/segments';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { RANGES, type Wanted } from './use-journal';

interface JournalBarProps {
  wanted: Wanted;
  field: RefObject<HTMLInputElement | null>;
  /** What stands at the right end. */
  count: string;
  onChange: (query: Record<string, string | null>) => void;
}

/** What to find: text, kind, host, since when, failures. All of it is in the address. */
export function JournalBar({ wanted, field, count, onChange }: JournalBarProps) {
  const { ui, journal } = useWords();
  const { estate } = useWatched();
  return (
    <>
      <header className="bar">
        <h1>{ui.places.journal}</h1>
        <Segments
          label={journal.range.label}
          value={wanted.range}
          options={RANGES.map((value) => ({ value, label: journal.range[value] }))}
          onChange={(range) => onChange({ range: range === 'day' ? null : range })}
        />
        <span className="grow" />
        <span className="soft bar-summary" role="status" data-testid="journal-count">
          {count}
        </span>
        <label className="filter journal-filter">
          <IconFilter size={14} aria-hidden="true" />
          <span className="visually-hidden">{journal.filterLabel}</span>
          <input
            ref={field}
            type="search"
            placeholder={journal.filter}
            value={wanted.text}
            maxLength={200}
            onChange={(event) => onChange({ filter: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              onChange({ filter: null });
              event.currentTarget.blur();
            }}
          />
          <kbd>/</kbd>
        </label>
      </header>
      <div className="bar journal-chips">
        <Segments
          label={journal.kindsLabel}
          value={wanted.group}
          options={GROUPS.map((value) => ({ value, label: journal.groups[value] }))}
          onChange={(kind) => onChange({ kind: kind === 'events' ? null : kind })}
        />
        <select
          className="field"
          aria-label={journal.hostsLabel}
          value={wanted.host ?? ''}
          onChange={(event) => onChange({ host: event.target.value })}
        >
          <option value="">{journal.allHosts}</option>
          {estate.hosts.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
        <button
          type="button"
          className={wanted.failed ? 'tab tab-on' : 'tab'}
          aria-pressed={wanted.failed}
          onClick={() => onChange({ failed: wanted.failed ? null : 'yes' })}
        >
          {journal.failedOnly}
        </button>
      </div>
    </>
  );
}
