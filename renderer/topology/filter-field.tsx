import { IconFilter } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useWords } from '../words';

interface FilterFieldProps {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  /** How many were found, and which of them is open; null: nothing is searched for. */
  found: { at: number; all: number } | null;
  onChange: (text: string | null) => void;
  /** Enter goes to the next one found, with Shift to the one before. */
  onJump: (by: 1 | -1) => void;
}

/** Searches as one types: the rest steps back, Enter goes there. */
export function FilterField({ field, value, found, onChange, onJump }: FilterFieldProps) {
  const { ui, graph } = useWords();
  const text =
    !found || found.all === 0
      ? ''
      : found.at < 0
        ? graph.foundAll(found.all)
        : graph.found(found.at + 1, found.all);
  return (
    <label className="filter">
      <span className="soft filter-found" role="status">
        {text}
      </span>
      <IconFilter size={14} aria-hidden="true" />
      <span className="visually-hidden">{ui.topology.filter}</span>
      <input
        ref={field}
        type="search"
        placeholder={ui.topology.filter}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            onJump(event.shiftKey ? -1 : 1);
          }
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onChange(null);
          event.currentTarget.blur();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}
