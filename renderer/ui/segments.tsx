import type { ReactNode } from 'react';

interface SegmentsProps<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; label: string; picture?: ReactNode }[];
  onChange: (value: V) => void;
}

/** One of a few, all of them in sight. */
export function Segments<V extends string>({ label, value, options, onChange }: SegmentsProps<V>) {
  return (
    <fieldset className="segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          aria-label={option.picture ? option.label : undefined}
          onClick={() => onChange(option.value)}
        >
          {option.picture ?? option.label}
        </button>
      ))}
    </fieldset>
  );
}
