import type { ReactNode } from 'react';
import { useRoute } from '../route';
import { useWords } from '../words';

/**
 * A number that opens to its formula, inputs and sources: Enter, E or a click. `name` is that of `openFigure`; `label` is what it
 * is called, for whoever cannot see what stands above it.
 */
export function Figure({
  name,
  label,
  className = '',
  children,
}: {
  name: string;
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const { planScreen } = useWords();
  const { route, setQuery } = useRoute();
  const open = route.query.open === name;
  return (
    <button
      type="button"
      className={`figure ${className}`}
      data-figure={name}
      title={planScreen.number(label)}
      aria-expanded={open}
      onClick={() => setQuery({ open: open ? null : name })}
    >
      <span className="visually-hidden">{`${label} `}</span>
      {children}
    </button>
  );
}
